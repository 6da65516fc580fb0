// Workload "peers": other scanners at the same work as keyscan, as far as they are here. Each with its own rules and
// settings, without asking anybody whether a key is valid.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fillHistory } from './generated.mjs';
import { fill as stageFiles } from './hook.mjs';
import { loadTests } from './load-tests.mjs';
import { compare, inTurns } from './paired.mjs';
import { CLI, must, root, sized } from './programs.mjs';
import { ordinaryFiles } from './texts.mjs';

const VERSIONS = sized(2000);
/** What one would look for without a scanner. */
const PATTERN = 'sk-[A-Za-z0-9_-]+T3BlbkFJ[A-Za-z0-9_-]+';

const leaks = (name, source) => ({
  name,
  from: source,
  files: [name, 'dir', '--no-banner', '--exit-code=0', '.'],
  staged: [name, 'git', '--no-banner', '--exit-code=0', '--pre-commit', '--staged', '.'],
  history: [name, 'git', '--no-banner', '--exit-code=0', '--log-opts=--full-history --all', '.'],
});

const PEERS = [
  {
    name: 'secretlint',
    from: 'npm ci --prefix bench',
    files: ['secretlint', '**/*'],
    staged: (paths) => ['secretlint', ...paths],
    least: { files: 100 },
  },
  leaks('gitleaks', 'https://github.com/gitleaks/gitleaks'),
  leaks('betterleaks', 'https://github.com/betterleaks/betterleaks'),
  {
    name: 'trufflehog',
    from: 'https://github.com/trufflesecurity/trufflehog',
    files: ['trufflehog', 'filesystem', '--no-verification', '--no-update', '.'],
    history: ['trufflehog', 'git', '--no-verification', '--no-update', 'file://.'],
  },
  {
    name: 'detect-secrets',
    from: 'pip install detect-secrets',
    files: ['detect-secrets', 'scan', '--no-verify', '--all-files', '.'],
    staged: (paths) => ['detect-secrets-hook', '--no-verify', ...paths],
  },
  {
    name: 'git-secrets',
    from: 'the package git-secrets of Debian',
    files: ['git', 'secrets', '--scan', '-r', '.'],
    staged: ['git', 'secrets', '--pre_commit_hook'],
    history: ['git', 'secrets', '--scan-history'],
  },
  {
    name: 'rg',
    from: 'the package ripgrep of Debian',
    files: ['rg', '--hidden', '--text', PATTERN, '.'],
  },
  {
    name: 'cat',
    from: 'every Unix',
    files: ['sh', '-c', 'git ls-files -z | xargs -0 cat'],
    history: ['git', 'cat-file', '--batch-all-objects', '--unordered', '--batch', '--buffer'],
  },
];

export async function peers(rounds) {
  const { scratchRepository, seeded } = await loadTests(
    './test/support/repository.ts',
    './test/support/random.ts',
  );
  const PATH = [join(root, 'bench', 'node_modules', '.bin'), ...(process.env.PATH ?? '').split(delimiter)];
  const here = PEERS.filter(({ name, from }) => {
    const isHere = PATH.some((folder) => existsSync(join(folder, name)));
    if (!isHere) console.log(`not compared with ${name}, which is not on this machine: see ${from}`);
    return isHere;
  });

  async function against(work, title, args, prepare) {
    const repository = scratchRepository();
    try {
      const at = { cwd: repository.path, env: { ...repository.env, PATH: PATH.join(delimiter) } };
      const paths = prepare(repository, seeded(1)) ?? [];
      setUp(repository);
      const options = { ...at, statuses: [0, 1], stdio: ['ignore', 'ignore', 'pipe'] };
      const own = here.filter((peer) => peer[work] !== undefined);
      const arms = own.map((peer) => {
        const [command, ...rest] = typeof peer[work] === 'function' ? peer[work](paths) : peer[work];
        return [`${peer.name} (${work})`, () => must(command, rest, options)];
      });
      const times = await inTurns(rounds, {
        [title]: () => must(process.execPath, [CLI, ...args], { ...at, stdio: options.stdio }),
        ...Object.fromEntries(arms),
      });
      return own.map(({ name, least }) =>
        compare(times, `${name} (${work})`, title, { least: least?.[work] }),
      );
    } finally {
      repository.remove();
    }
  }

  return [
    ...(await against('files', 'keyscan .', ['.'], writeFiles)),
    ...(await against('staged', 'keyscan staged', ['staged'], (repository, random) => {
      stageFiles(repository, random);
      return repository.git('diff', '--cached', '--name-only').split('\n');
    })),
    ...(await against('history', 'keyscan history', ['history', '--no-cache'], (repository, random) =>
      fillHistory(repository, random, VERSIONS),
    )),
  ];
}

/** 1,900 files of 13 MB, all tracked. */
function writeFiles(repository) {
  for (const { path, bytes } of ordinaryFiles())
    repository.write(path.replace('node_modules', 'packages'), bytes);
  repository.commit();
}

/** What some of them do not start without; seen by none of them as a file to scan. */
function setUp(repository) {
  repository.write('.git/info/exclude', '.secretlintrc.json\n');
  const preset = { id: '@secretlint/secretlint-rule-preset-recommend' };
  repository.write('.secretlintrc.json', JSON.stringify({ rules: [preset] }));
  repository.git('config', '--add', 'secrets.patterns', PATTERN);
}
