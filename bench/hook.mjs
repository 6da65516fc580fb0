// What a person waits for: the hook on 20 small staged files, and a whole commit with and without it.

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paired } from './paired.mjs';
import { sourceText } from './source-text.mjs';

const HOOK = join(import.meta.dirname, '../dist/hook.cjs');
const FILES = 200;
const STAGED = 20;
const BYTES = 3000;
const ROUNDS = 31;

export function hook() {
  const folder = mkdtempSync(join(tmpdir(), 'keyscan-bench-'));
  try {
    return measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(folder) {
  // A hook inherits what the shell has; what belongs to another repository or to other settings of git is left out.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const env = {
    ...Object.fromEntries(inherited),
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    ...Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((who) => [
        [`GIT_${who}_NAME`, 'Bench'],
        [`GIT_${who}_EMAIL`, 'bench@example.invalid'],
      ]),
    ),
  };
  const run = (command, args, more = {}) =>
    execFileSync(command, args, { cwd: folder, env: { ...env, ...more }, stdio: 'ignore' });
  const stage = (round) => {
    for (let i = 0; i < STAGED; i++)
      writeFileSync(join(folder, 'src', `file${i}.js`), sourceText(round * FILES + i, BYTES));
    run('git', ['add', '.']);
  };

  run('git', ['init', '--quiet']);
  mkdirSync(join(folder, 'src'));
  for (let i = 0; i < FILES; i++) writeFileSync(join(folder, 'src', `file${i}.js`), sourceText(i, BYTES));
  run('git', ['add', '.']);
  run('git', ['commit', '--quiet', '-m', 'first']);
  stage(1);

  // As git sets it for a hook of a plain commit (reference/git-and-hooks.md §1.3).
  const inHook = { GIT_INDEX_FILE: '.git/index', GIT_PREFIX: '' };
  const start = (more) =>
    paired(
      () => run(process.execPath, [HOOK, 'pre-commit'], { ...inHook, ...more }),
      () => run(process.execPath, ['-e', '0'], more),
      ROUNDS,
    );
  const asInherited = start({});
  // Certificates and options a machine gives to every node make node itself slower, and so the ratio smaller.
  const bare = start({ NODE_EXTRA_CA_CERTS: '', NODE_OPTIONS: '' });

  const script = join(folder, '.git', 'hooks', 'pre-commit');
  mkdirSync(join(folder, '.git', 'hooks'), { recursive: true });
  writeFileSync(script, `#!/bin/sh\nexec "${process.execPath}" "${HOOK}" pre-commit\n`);
  chmodSync(script, 0o755);
  let round = 2;
  const commit = (options) => () => {
    stage(round++);
    run('git', ['commit', '--quiet', '-m', 'next', ...options]);
  };
  const whole = paired(commit([]), commit(['--no-verify']), ROUNDS >> 1);
  return [
    { work: `hook, ${STAGED} staged files`, floor: 'node -e 0', target: '<= 1.6', ...asInherited },
    { work: `hook, ${STAGED} staged files, node bare`, floor: 'node -e 0, node bare', ...bare },
    { work: `git add and commit, ${STAGED} files`, floor: 'the same, no hook', ...whole },
  ];
}
