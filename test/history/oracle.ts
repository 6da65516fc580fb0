// What a repository holds and who brought it, worked out the plain way: every object as git prints it, searched for the text.

import type { WorkTree } from '../support/repository.ts';

interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
}

export interface Oracle {
  /** Ids of the blobs, commits and tags in which a text stands. */
  holding(text: string): string[];
  /** `<introduced|removed> <commit> <path>` of all commits that are no merges; of merges only what they introduced. */
  moves(text: string): string[];
  /** Whether a merge could have removed it from the path. */
  canRemove(text: string, commit: string, path: string): boolean;
  /** `<tip|past> <name>` for every reference but stashes. */
  holders(text: string): string[];
  isMerge(commit: string): boolean;
  /** Whether any reference, reflog or the index leads to it. */
  isReachable(text: string): boolean;
}

export function openOracle(repo: WorkTree): Oracle {
  const types = new Map<string, string>();
  const contents = new Map<string, Buffer>();
  const all = repo.bytes(['cat-file', '--batch-all-objects', '--batch']);
  for (let at = 0; at < all.length; ) {
    const end = all.indexOf(10, at);
    const [oid = '', type = '', size = ''] = all.toString('latin1', at, end).split(' ');
    types.set(oid, type);
    contents.set(oid, all.subarray(end + 1, end + 1 + Number(size)));
    at = end + 2 + Number(size);
  }
  const of = (type: string): string[] => [...types].flatMap(([oid, each]) => (each === type ? oid : []));
  const text = (oid: string): string => contents.get(oid)?.toString('latin1') ?? '';
  const commits = new Map<string, Commit>(
    of('commit').map((oid) => {
      const [head = ''] = text(oid).split('\n\n');
      const [, tree = ''] = /^tree (\w+)/.exec(head) ?? [];
      return [oid, { tree, parents: [...head.matchAll(/^parent (\w+)/gm)].map(([, parent = '']) => parent) }];
    }),
  );
  const files = new Map<string, ReadonlyMap<string, string>>();
  function filesOf(tree: string): ReadonlyMap<string, string> {
    const known = files.get(tree);
    if (known) return known;
    const found = new Map<string, string>();
    const bytes = contents.get(tree) ?? Buffer.alloc(0);
    for (let at = 0; at < bytes.length; ) {
      const nul = bytes.indexOf(0, at);
      const name = bytes.toString('latin1', bytes.indexOf(32, at) + 1, nul);
      const oid = bytes.toString('hex', nul + 1, nul + 21);
      if (types.get(oid) === 'tree')
        for (const [path, file] of filesOf(oid)) found.set(`${name}/${path}`, file);
      else found.set(name, oid);
      at = nul + 21;
    }
    files.set(tree, found);
    return found;
  }
  /** The paths at which a commit has it. */
  const pathsIn = (commit: string, what: string): string[] =>
    [...filesOf(commits.get(commit)?.tree ?? '')].flatMap(([path, oid]) =>
      text(oid).includes(what) ? path : [],
    );
  const has = (commit: string, path: string, what: string): boolean =>
    text(filesOf(commits.get(commit)?.tree ?? '').get(path) ?? '').includes(what);
  function past(starts: readonly string[]): Set<string> {
    const seen = new Set<string>();
    const waiting = [...starts];
    for (let oid = waiting.pop(); oid !== undefined; oid = waiting.pop()) {
      if (seen.has(oid)) continue;
      seen.add(oid);
      waiting.push(...(commits.get(oid)?.parents ?? []));
    }
    return seen;
  }
  const refs = repo
    .git('for-each-ref', '--format=%(objectname) %(refname)')
    .split('\n')
    .map((each) => each.split(' ') as [string, string]);
  /** Where a tag leads, with the tags on the way. */
  function followed(start: string): string[] {
    const way = [start];
    for (let at = start; types.get(at) === 'tag'; way.push(at))
      at = /^object (\w+)/.exec(text(at))?.[1] ?? '';
    return way;
  }
  const own = (oid: string, what: string): boolean =>
    text(oid).includes(what) ||
    (types.get(oid) === 'tree' && [...filesOf(oid).values()].some((each) => text(each).includes(what)));
  const records = repo
    .git('log', '-g', '--all', '--format=%H')
    .split('\n')
    .filter((oid) => commits.has(oid));
  const index = repo
    .git('ls-files', '-s')
    .split('\n')
    .filter(Boolean)
    .map((each) => each.split(' ')[1] ?? '');

  return {
    holding: (what) =>
      [...contents.keys()].filter((oid) => types.get(oid) !== 'tree' && text(oid).includes(what)).sort(),
    moves: (what) =>
      [...commits]
        .flatMap(([oid, { parents }]) => [
          ...(text(oid).includes(what) ? [`introduced ${oid} commit/${oid}`] : []),
          ...pathsIn(oid, what).flatMap((path) =>
            parents.some((parent) => has(parent, path, what)) ? [] : `introduced ${oid} ${path}`,
          ),
          ...(parents.length > 1 ? [] : parents)
            .flatMap((parent) => pathsIn(parent, what))
            .flatMap((path) => (has(oid, path, what) ? [] : `removed ${oid} ${path}`)),
        ])
        .sort(),
    canRemove: (what, commit, path) =>
      !has(commit, path, what) &&
      (commits.get(commit)?.parents ?? []).some((parent) => has(parent, path, what)),
    holders: (what) =>
      refs
        .filter(([, name]) => name !== 'refs/stash')
        .flatMap(([oid, name]) => {
          const way = followed(oid);
          const tip = way.at(-1) ?? '';
          if (way.some((each) => own(each, what)) || pathsIn(tip, what).length > 0) return `tip ${name}`;
          const isPast = [...past([tip])].some((each) => own(each, what) || pathsIn(each, what).length > 0);
          return isPast ? `past ${name}` : [];
        })
        .sort(),
    isMerge: (commit) => (commits.get(commit)?.parents.length ?? 0) > 1,
    isReachable: (what) => {
      const tips = [...refs.map(([oid]) => oid), ...records, repo.git('rev-parse', 'HEAD')].flatMap(followed);
      return (
        index.some((oid) => text(oid).includes(what)) ||
        tips.some((oid) => own(oid, what)) ||
        [...past(tips)].some((oid) => own(oid, what) || pathsIn(oid, what).length > 0)
      );
    },
  };
}
