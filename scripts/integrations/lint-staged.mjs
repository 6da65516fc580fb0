// lint-staged, with the configuration in docs/integrations.md, from a hook of plain git.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judged, neverIssuedKey, promise, snippet } from './world.mjs';

export const lintStaged = {
  name: 'lint-staged',
  prove(world) {
    // From 17 on it needs Node.js 22.
    const name = Number.parseInt(process.versions.node, 10) < 22 ? 'lint-staged@16' : 'lint-staged';
    const config = snippet('docs/integrations.md', 'lint-staged');
    const { path, run, git, write, commits } = world.repository('linted', {
      'lint-staged.config.js': config,
    });
    write('package.json', '{ "private": true, "type": "module" }\n');
    const installed = run(['npm', 'install', '--silent', '--no-save', name, world.tarball()]);
    if (installed.status !== 0) return { missing: 'the registry of npm could not be reached' };
    git('add', '.');
    git('commit', '--quiet', '--no-verify', '-m', 'set up');
    promise(commits() === 'landed', 'a key passes without the hook');

    write('.git/hooks/pre-commit', '#!/bin/sh\nexec npx --no-install lint-staged\n');
    world.must(['chmod', '+x', join(path, '.git/hooks/pre-commit')]);
    promise(commits() === 'refused', 'a commit is refused');
    write('tracked.txt', 'clean\n');
    git('add', '.');
    const clean = run(['git', 'commit', '--quiet', '-m', 'clean']);
    promise(clean.status === 0, `a clean commit passes: ${clean.output}`);
    promise(commits('tracked.txt', ['--all']) === 'refused', 'a commit --all is refused');
    promise(commits('tracked.txt', ['--', 'tracked.txt']) === 'refused', 'a commit of a path is refused');
    write('tracked.txt', `token = ${neverIssuedKey()}\n`);
    git('add', 'tracked.txt');
    write('tracked.txt', 'clean again\n');
    const partial = run(['git', 'commit', '--quiet', '-m', 'a key']);
    promise(partial.status === 1 && judged(partial.output), `what is staged is refused: ${partial.output}`);
    git('reset', '--quiet');
    write('more.txt', 'clean\n');
    git('add', 'more.txt');
    write('tracked.txt', `token = ${neverIssuedKey()}\n`);
    const unstaged = run(['git', 'commit', '--quiet', '-m', 'no key']);
    promise(unstaged.status === 0, `what is not staged is no reason: ${unstaged.output}`);
    const manifest = join(path, 'node_modules', 'lint-staged', 'package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    return { version, proven: 'add, --all, a path and partly staged files: refused; clean ones pass' };
  },
};
