// The shards of docs/history.md, run by GNU parallel, and the reports of several repositories.

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { judged, neverIssuedKey, promise, snippet } from './world.mjs';

export const parallel = {
  name: 'GNU parallel',
  prove(world) {
    const version = /^GNU parallel (\d+)/.exec(world.run(['parallel', '--version']).stdout)?.[1];
    if (version === undefined) return { missing: 'GNU parallel is not installed (apt-get install parallel)' };
    world.installed();
    const { path, run, write, git } = world.repository('sharded', {}, { keyscan: false });
    for (const name of ['a', 'b', 'c']) {
      write(`${name}.txt`, `token = ${neverIssuedKey()}\n`);
      git('add', '.');
      git('commit', '--quiet', '-m', name);
    }
    git('rm', '--quiet', 'a.txt');
    git('commit', '--quiet', '-m', 'clean');
    const whole = run(['keyscan', 'history', '--no-cache', '-f', 'json']);
    const { status, output } = run(['bash', '-e', '-c', snippet('docs/history.md', 'One machine')]);
    promise(status === 1 && judged(output), `one machine, eight parts: ${output}`);
    const parts = readdirSync(path).filter((name) => name.startsWith('part-'));
    const merged = run(['keyscan', 'merge', '-f', 'json', ...parts]);
    promise(
      parts.length === 8 && merged.stdout === whole.stdout,
      'the parts say what one run says, byte for byte',
    );
    rmSync(join(path, 'part-3.json'));
    promise(
      run(['bash', '-c', 'keyscan merge part-*.json']).status === 2,
      'a part that is missing is noticed',
    );

    const several = join(world.root, 'several');
    for (const name of ['one', 'two'])
      git('clone', '--quiet', '--mirror', path, join(several, 'mirrors', `${name}.git`));
    const all = world.run(['bash', '-e', '-c', snippet('docs/history.md', 'Thousands of repositories')], {
      cwd: several,
    });
    promise(all.status === 1, `many repositories: ${all.output}`);
    promise(readdirSync(several).includes('keyscan.html'), 'they are one page');
    return {
      version,
      proven: 'eight parts say what one run says, a missing one is noticed; two repositories are one page',
    };
  },
};
