// Random histories, looked at in two ways: every find of a range, and who brought it where, against every tree of every
// commit read one by one.

import { gitIn } from '../../src/git/process.ts';
import { scan } from '../../src/scan.ts';
import { openRange } from '../../src/sources/objects.ts';
import { freshKey } from '../support/keys.ts';
import { seed, seeded } from '../support/random.ts';
import { type ScratchRepository, withScratch } from '../support/repository.ts';
import { detector } from '../support/scanning.ts';

const COMMITS = 60;
const PATHS = ['a', 'b', 'd/a', 'd/b', 'd/e/f', 'x y', 'ä'];

/** What git fast-import takes: commits on commits, with merges, copies, changes of mode, deletions and keys. */
function history(random: () => number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const contents = Array.from({ length: 12 }, (_, n) =>
    n % 3 === 0 ? `key = ${freshKey()}\n` : `clean ${n}\n`,
  );
  const blobs = contents.map((text, n) => `blob\nmark :${n + 1}\ndata ${text.length}\n${text}\n`);
  const commits = Array.from({ length: COMMITS }, (_, n) => {
    const mark = (at: number) => `:${1000 + at}`;
    const parents = n === 0 ? [] : [n - 1 - Math.floor(random() * Math.min(n, 4)), Math.floor(random() * n)];
    const [first, second] = [...new Set(parents)];
    const from = first === undefined || random() < 0.05 ? '' : `from ${mark(first)}\n`;
    const merge = from !== '' && second !== undefined && random() < 0.3 ? `merge ${mark(second)}\n` : '';
    const changes = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      random() < 0.2
        ? `D ${pick(PATHS)}\n`
        : `M ${pick(['100644', '100755'])} :${1 + Math.floor(random() * contents.length)} ${pick(PATHS)}\n`,
    );
    const who = `committer C <c@example.com> ${1_700_000_000 + Math.floor(random() * 1000)} +0000`;
    return `commit refs/heads/b${n}\nmark ${mark(n)}\n${who}\ndata 2\nc\n${from}${merge}${changes.join('')}\n`;
  });
  return [...blobs, ...commits].join('');
}

/** `<commit> <path>` for every place where a commit has a key that no parent has there. */
function expected(repository: ScratchRepository): string[] {
  const trees = new Map<string, Map<string, string>>();
  const treeOf = (commit: string) => {
    const known = trees.get(commit) ?? new Map<string, string>();
    if (!trees.has(commit))
      for (const entry of repository.git('ls-tree', '-r', '-z', commit).split('\0').filter(Boolean)) {
        const [, oid = '', path = ''] = /^\d+ blob (\w+)\t([\s\S]*)$/.exec(entry) ?? [];
        known.set(path, oid);
      }
    trees.set(commit, known);
    return known;
  };
  const holds = new Map<string, boolean>();
  const isKey = (oid: string): boolean => {
    const known = holds.get(oid) ?? repository.git('cat-file', 'blob', oid).startsWith('key');
    holds.set(oid, known);
    return known;
  };
  return repository
    .git('rev-list', '--parents', '--all')
    .split('\n')
    .flatMap((line) => {
      const [commit = '', ...parents] = line.split(' ');
      return [...treeOf(commit)]
        .filter(([path, oid]) => isKey(oid) && parents.every((parent) => treeOf(parent).get(path) !== oid))
        .map(([path]) => `${commit} ${path}`);
    })
    .sort();
}

test.each([seed, seed + 1])('history %i', (number) =>
  withScratch(async (repository) => {
    repository.bytes(['fast-import', '--quiet'], history(seeded(number)));
    const range = { from: [], without: [], also: ['--all'] };
    const git = gitIn(repository.path, repository.env);
    const { source, close } = openRange(git, { mode: 'push', shown: null, allowShallow: false, range });
    const { findings, coverage } = await scan({ source, detector, finish: close });
    expect(coverage).toMatchObject({ complete: true, problems: [] });
    const found = findings.flatMap(({ occurrences }) =>
      occurrences.map(({ path, origin: { commit } }) => `${commit} ${path}`),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.sort()).toEqual(expected(repository));
  }),
);
