// The hooks this repository has for the pre-commit framework (.pre-commit-hooks.yaml), installed by the framework itself
// from a repository with the files of this one: built by npm, as it does for everybody.

import { join } from 'node:path';
import { judged, neverIssuedKey, promise, snippet } from './world.mjs';

export const preCommit = {
  name: 'pre-commit hooks',
  prove(world) {
    const version = world.version('pre-commit');
    if (version === undefined) return { missing: 'pre-commit is not installed (apt-get install pre-commit)' };
    const source = world.source();
    const manifest = world.run(['pre-commit', 'validate-manifest', join(source, '.pre-commit-hooks.yaml')]);
    promise(manifest.status === 0, `the manifest is valid: ${manifest.output}`);
    tryRepo(world, source);
    configured(world, source);
    return {
      version,
      proven:
        'try-repo finds a key; commits, merges, messages and each of several pushed branches are refused',
    };
  },
};

function tryRepo(world, source) {
  const { run, write, git } = world.repository('tried', {}, { keyscan: false });
  const tried = () => run(['pre-commit', 'try-repo', source, 'keyscan', '--verbose', '--all-files']);
  const clean = tried();
  promise(clean.status === 0, `try-repo passes over clean files: ${clean.output}`);
  write('key.txt', `token = ${neverIssuedKey()}\n`);
  git('add', 'key.txt');
  git('commit', '--quiet', '--no-verify', '-m', 'a key');
  const { status, output } = tried();
  promise(status === 1 && judged(output), `try-repo finds a key in a file that git tracks: ${output}`);
}

/** As docs/integrations.md says it. */
function configured(world, source) {
  const commit = world.must(['git', '-C', source, 'rev-parse', 'HEAD']);
  const config = snippet('docs/integrations.md', 'pre-commit hooks')
    .replace('https://example.com/OWNER/keyscan', source)
    .replace('COMMIT', commit);
  const { run, git, write, commits, pushes } = world.repository(
    'configured',
    { '.pre-commit-config.yaml': config, 'tracked.txt': 'clean\n' },
    { keyscan: false },
  );
  const says = (message) => run(['git', 'commit', '--quiet', '--allow-empty', '-m', message]);
  promise(commits() === 'landed' && pushes() === 'landed', 'a key passes without the hooks');
  const types = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'];
  const set = run(['pre-commit', 'install', '--install-hooks', ...types.flatMap((type) => ['-t', type])]);
  promise(set.status === 0, `pre-commit install: ${set.output}`);
  promise(commits() === 'refused', 'a commit is refused');
  promise(commits('tracked.txt', ['--all']) === 'refused', 'a commit --all is refused');
  promise(pushes() === 'refused', 'a push is refused that has the key in its second branch');
  const message = says(`use ${neverIssuedKey()}`);
  promise(message.status === 1 && judged(message.output), `a message is refused: ${message.output}`);
  write('clean.txt', 'nothing\n');
  git('add', 'clean.txt');
  const clean = says('clean');
  promise(clean.status === 0, `a clean commit passes: ${clean.output}`);
  merge({ run, git, write });
}

/** A merge driver makes a key that neither side has. */
function merge({ run, git, write }) {
  git('branch', 'side');
  write('.gitattributes', 'file.txt merge=leaky\n');
  for (const branch of ['main', 'side']) {
    git('switch', '--quiet', branch);
    write('.gitattributes', 'file.txt merge=leaky\n');
    write('file.txt', `${branch}\n`);
    git('add', '.');
    git('commit', '--quiet', '--no-verify', '-m', branch);
  }
  write('.git/generated', `token = ${neverIssuedKey()}\n`);
  git('config', 'merge.leaky.driver', 'cp .git/generated %A');
  const { status, output } = run(['git', 'merge', '--no-edit', 'main']);
  promise(status !== 0 && judged(output), `a merge is refused: ${output}`);
}
