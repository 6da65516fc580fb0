// Every place of a repository where a key can lie (reference/git-and-hooks.md §1.2, openai-credentials.md §4.3), and its story.

import { rmSync } from 'node:fs';
import type { Exposure, Finding, Report } from '../../src/model.ts';
import { freshKey } from '../support/keys.ts';
import { keyscan, report } from '../support/keyscan.ts';
import { type ScratchRepository, scratchRepository, type WorkTree } from '../support/repository.ts';

let repository: ScratchRepository;
let told: Report;
const keys = new Map<string, string>();

/** A fresh key for a place, found again by its end: a second one with the same end would be taken for it. */
function key(place: string): string {
  const ends = [...keys.values()].map((each) => each.slice(-4));
  let known = keys.get(place);
  while (known === undefined) {
    const fresh = freshKey();
    if (!ends.includes(fresh.slice(-4))) known = fresh;
  }
  keys.set(place, known);
  return known;
}

const line = (place: string): string => `key = "${key(place)}"\n`;
const findingOf = (place: string): Finding | undefined =>
  told.findings.find(({ preview }) => key(place).endsWith(preview.slice(-4)));

function build(repo: WorkTree): void {
  const hash = (type: string, text: string): string =>
    repo.bytes(['hash-object', '-w', '-t', type, '--stdin', '--literally'], text).toString().trim();
  repo.write('root', line('root'));
  repo.write('keep', 'keep\n');
  repo.commit('root');
  repo.write('removed', line('removed'));
  repo.commit('add');
  rmSync(`${repo.path}/removed`);
  repo.commit('remove');
  repo.git('mv', 'root', 'moved');
  repo.commit('move');
  repo.write('.gitattributes', '*.nodiff -diff\n');
  repo.write('a.nodiff', line('nodiff'));
  repo.write('wide', Buffer.from(line('utf16'), 'utf16le'));
  repo.commit('hidden from diffs');
  repo.commit(`message ${key('message')}`);
  repo.write(`dir-${key('name')}/file`, 'x\n');
  repo.commit('a name');
  repo.git('rm', '-rq', `dir-${key('name')}`);
  repo.commit('no name');

  repo.git('checkout', '-q', '-b', 'side');
  repo.write('side', 'side\n');
  repo.commit('side');
  repo.git('checkout', '-q', 'main');
  repo.git('merge', '-q', '--no-ff', '--no-commit', 'side');
  repo.write('evil', line('evil'));
  repo.commit('evil merge');

  repo.git('tag', '-a', 'annotated', '-m', `tag ${key('tag message')}`);
  repo.git('tag', 'blobtag', hash('blob', line('tag to blob')));
  const inTree = hash('blob', line('tag to tree'));
  repo.git('tag', 'treetag', repo.bytes(['mktree'], `100644 blob ${inTree}\tf\n`).toString().trim());
  repo.git('notes', 'add', '-m', line('note'), 'HEAD');
  repo.git('update-ref', 'refs/odd/place', commitOf(repo, 'odd ref'));
  repo.git('checkout', '-q', '-b', 'gone');
  repo.write('gone', line('deleted branch'));
  repo.commit('on a branch');
  repo.git('checkout', '-q', 'main');
  repo.git('branch', '-q', '-D', 'gone');
  repo.write('amended', line('amended'));
  repo.commit('to be amended');
  repo.git('reset', '-q', '--hard', 'HEAD~');
  const unreachable = commitOf(repo, 'unreachable commit');
  expect(unreachable).toMatch(/^[0-9a-f]+$/);

  for (const place of ['older stash', 'top stash']) {
    repo.write('keep', line(place));
    repo.write(`untracked ${place}`, line(`${place} untracked`));
    repo.git('stash', '-q', '-u');
  }
  const hidden = hash('blob', line('replaced'));
  repo.git('replace', hidden, hash('blob', 'clean\n'));
  repo.write('dangling', line('dangling blob'));
  repo.git('add', 'dangling');
  repo.git('rm', '-q', '-f', '--cached', 'dangling');
  rmSync(`${repo.path}/dangling`);
  repo.write('staged', line('staged'));
  repo.git('add', 'staged');
}

/** A commit of its own, with one file and no parent, that nothing leads to. */
function commitOf(repo: WorkTree, place: string): string {
  const blob = repo.bytes(['hash-object', '-w', '--stdin'], line(place)).toString().trim();
  const tree = repo.bytes(['mktree'], `100644 blob ${blob}\t${place}\n`).toString().trim();
  return repo.git('commit-tree', tree, '-m', place);
}

beforeAll(() => {
  repository = scratchRepository();
  build(repository);
  told = report(repository, ['history', '--no-cache']);
});
afterAll(() => repository.remove());

test('every key is found, once', () => {
  expect(told.coverage.problems).toEqual([]);
  expect([...keys.keys()].filter((place) => !findingOf(place))).toEqual([]);
  expect(told.findings).toHaveLength(keys.size);
});

type Expected = [place: string, path: string, holders: readonly string[], more?: Partial<Exposure>];

test.each<Expected>([
  ['root', 'moved', ['refs/heads/main tip'], { inWorkTree: true, removed: null, isReachable: true }],
  ['removed', 'removed', ['refs/heads/main past'], { inWorkTree: false }],
  ['nodiff', 'a.nodiff', ['refs/heads/main tip']],
  ['utf16', 'wide', ['refs/heads/main tip']],
  ['message', 'commit/', ['refs/heads/main past']],
  ['evil', 'evil', ['refs/heads/main tip']],
  [
    'tag message',
    'refs/tags/annotated',
    ['refs/tags/annotated tip'],
    { verdict: 'unknown', introduced: null },
  ],
  ['tag to blob', 'refs/tags/blobtag', ['refs/tags/blobtag tip'], { introduced: null }],
  ['tag to tree', 'refs/tags/treetag', ['refs/tags/treetag tip']],
  ['note', '', ['refs/notes/commits tip']],
  ['odd ref', 'odd ref', ['refs/odd/place tip']],
  ['deleted branch', 'gone', ['HEAD@{ tip'], { isReachable: true }],
  ['amended', 'amended', ['HEAD@{ tip', 'refs/heads/main@{ tip'], { isReachable: true }],
  ['unreachable commit', 'unreachable commit', [], { isReachable: false, verdict: 'unknown' }],
  ['top stash', 'keep', ['refs/stash tip'], { removed: null }],
  ['top stash untracked', 'untracked top stash', ['refs/stash tip']],
  ['older stash', 'keep', ['refs/stash@{1} tip']],
  ['older stash untracked', 'untracked older stash', ['refs/stash@{1} tip']],
  ['replaced', 'blob/', [], { isReachable: false }],
  ['dangling blob', 'blob/', [], { isReachable: false, verdict: 'unknown', introduced: null, days: null }],
  [
    'staged',
    'staged',
    [],
    { inIndex: true, inWorkTree: true, isReachable: true, introduced: null, verdict: 'local' },
  ],
])('%s', (place, path, holders, more = {}) => {
  const { exposure, occurrences = [] } = findingOf(place) ?? {};
  expect(occurrences.some((each) => each.path.startsWith(path))).toBe(true);
  const refs = (exposure?.refs ?? []).map(({ name, at }) => `${name} ${at}`);
  const shown = refs.map((each) => each.replace(/^(HEAD|refs\/heads\/main)@\{\d+\} /, '$1@{ '));
  if (holders.length === 0) expect(shown).toEqual([]);
  else expect(shown).toEqual(expect.arrayContaining([...holders]));
  expect(exposure).toMatchObject(more);
});

test('who brought it and who took it away', () => {
  const { exposure, occurrences } = findingOf('removed') ?? {};
  const [add, remove] = ['add', 'remove'].map((subject) =>
    repository.git('log', '--format=%H', `--grep=^${subject}$`),
  );
  expect(exposure?.introduced).toMatchObject({ commit: add, author: 'Test Person', path: 'removed' });
  expect(exposure?.removed).toMatchObject({ commit: remove, path: 'removed' });
  expect(occurrences?.[0]?.origin).toMatchObject({ kind: 'commit', commit: add, author: 'Test Person' });
  expect(findingOf('root')?.exposure?.moves.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'introduced root',
    'introduced moved',
    'removed root',
  ]);
  expect(findingOf('name')?.exposure).toMatchObject({
    introduced: { author: 'Test Person' },
    removed: { kind: 'removed' },
  });
  expect(findingOf('evil')?.exposure?.introduced?.commit).toBe(
    repository.git('log', '--format=%H', '--grep=^evil merge$'),
  );
});

test('no secret is in any output', () => {
  const { stdout, stderr } = keyscan(repository, ['history', '--verbose']);
  for (const each of keys.values())
    expect(JSON.stringify(told) + stdout + stderr).not.toContain(each.slice(12));
});
