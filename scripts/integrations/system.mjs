// What keyscan is to a system it is installed on: a hook of a server, and a manual page.

import { join } from 'node:path';
import { judged, neverIssuedKey, promise, snippet } from './world.mjs';

export const server = {
  name: 'pre-receive',
  prove(world) {
    world.installed();
    const remote = join(world.root, 'server.git');
    world.must(['git', 'init', '--quiet', '--bare', remote]);
    const { run, git, write } = world.repository('client', {}, { keyscan: false });
    const push = (...refs) => run(['git', 'push', '--quiet', remote, ...refs]);
    const has = (key) =>
      world.must(['git', '-C', remote, 'cat-file', '--batch-all-objects', '--batch']).includes(key);
    const guilty = (branch) => {
      const key = neverIssuedKey();
      git('switch', '--quiet', '-c', branch);
      write('key.txt', `token = ${key}\n`);
      git('add', 'key.txt');
      git('commit', '--quiet', '-m', 'a key');
      git('switch', '--quiet', 'main');
      return key;
    };
    const before = guilty('before');
    promise(push('before').status === 0 && has(before), 'a key lands without the hook');
    const hook = join(remote, 'hooks', 'pre-receive');
    const written = world.run(['sh', '-c', `cat >'${hook}' && chmod +x '${hook}'`], {
      input: snippet('docs/integrations.md', 'pre-receive'),
    });
    promise(written.status === 0, 'the hook is written');
    const clean = push('main');
    promise(clean.status === 0, `a clean push passes: ${clean.output}`);
    const after = guilty('after');
    const { status, output } = push('main:refs/heads/other', 'after');
    promise(
      status === 1 && judged(output) && !has(after),
      `a key in the second branch is refused: ${output}`,
    );
    return {
      version: `git ${world.version('git')}`,
      proven: 'a push with a key in its second branch leaves nothing',
    };
  },
};

export const manPage = {
  name: 'man page',
  prove(world) {
    const pages = join(world.installed(), 'share', 'man');
    const page = join(pages, 'man1', 'keyscan.1');
    const found = ['mandoc', 'groff', 'man'].filter(
      (program) => world.run([program, '--version']).status !== null,
    );
    if (found.length === 0) return { missing: 'mandoc, groff and man are not installed' };
    const reads = {
      mandoc: ['mandoc', '-T', 'lint', '-W', 'style', page],
      groff: ['groff', '-man', '-ww', '-Tutf8', '-z', page],
    };
    for (const program of found.filter((each) => each in reads)) {
      const { status, output } = world.run(reads[program]);
      promise(status === 0 && output === '', `${program} has nothing to say: ${output}`);
    }
    if (found.includes('man')) {
      const { status, stdout, stderr } = world.run(['man', '-P', 'cat', 'keyscan'], {
        env: { MANPATH: pages, MANWIDTH: '80', LC_ALL: 'C' },
      });
      promise(status === 0 && /keep OpenAI credentials out of git/.test(stdout), `man keyscan: ${stderr}`);
    }
    return { version: found.join(', '), proven: 'installed with the package, found, and without a warning' };
  },
};
