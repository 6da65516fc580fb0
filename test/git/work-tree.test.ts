// What git says of a work tree: read as it is meant, each path once, and nothing else is taken for it.

import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitError } from '../../src/errors.ts';
import { type Git, gitIn } from '../../src/git/process.ts';
import { listWorkTree, type WorkTree } from '../../src/git/work-tree.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
beforeAll(() => {
  repository = scratchRepository();
});
afterAll(() => repository.remove());

/** A git that says this of what it knows and of what it ignores. */
function saying(known: string, ignored = '', complaint = ''): Git {
  const told = (name: string, text: string): string => {
    const path = join(repository.root, name);
    writeFileSync(path, text, 'latin1');
    return path;
  };
  const path = told(
    'git',
    `#!/bin/sh
case "$*" in
  *version) echo git version 2.39.5 ;;
  *--ignored*) cat '${told('ignored', ignored)}' ;;
  *) cat '${told('known', known)}'; cat '${told('complaint', complaint)}' >&2 ;;
esac
`,
  );
  chmodSync(path, 0o755);
  return { ...gitIn(repository.path, repository.env), path, cwd: repository.path, env: repository.env };
}

const standings = ({ entries }: WorkTree): string[] =>
  entries.map(({ path, standing }) => `${standing} ${path}`);
const [ID, LONG_ID] = ['a'.repeat(40), 'b'.repeat(64)];

test.each([
  ['a file that is not tracked', '? a b\n\xff\0', ['file a b\n\xff']],
  ['a repository within', '? inner/\0', ['repository inner/']],
  ['a tracked file', `H 100644 ${ID} 0\ta\0`, ['file a']],
  ['one with a name like a record', `H 100644 ${ID} 0\t? a\0`, ['file ? a']],
  ['one in a repository of long ids', `H 100755 ${LONG_ID} 0\ta\0`, ['file a']],
  ['a deleted one, which comes twice', `H 100644 ${ID} 0\ta\0R 100644 ${ID} 0\ta\0`, ['deleted a']],
  ['one that is not meant to be there', `S 100644 ${ID} 0\ta\0`, ['sparse a']],
  ['one with conflicts, once', [1, 2, 3].map((side) => `M 100644 ${ID} ${side}\ta\0`).join(''), ['file a']],
  ['a submodule', `H 160000 ${ID} 0\tsub\0`, ['repository sub']],
  ['a submodule that is not checked out', `R 160000 ${ID} 0\tsub\0`, ['repository sub']],
  ['nothing', '', []],
])('%s', async (_, known, expected) => {
  expect(standings(await listWorkTree(saying(known), false))).toEqual(expected);
});

test('what is in an ignored folder is not told beside it', async () => {
  const git = saying(
    '? a\0',
    ['build/x/y', 'build/', 'builder', 'a.log', 'build/z', 'c/d'].join('\0').concat('\0'),
  );
  expect(standings(await listWorkTree(git, false))).toEqual([
    'file a',
    'ignored a.log',
    'ignored build/',
    'ignored builder',
    'ignored c/d',
  ]);
  // Where ignored files are like others, they are among those that git knows of.
  expect(standings(await listWorkTree(git, true))).toEqual(['file a']);
});

test('folders that git cannot look into', async () => {
  const complaint = [
    "warning: could not open directory 'a b/': Permission denied",
    'warning: something else',
    "warning: could not open directory 'it's/': Permission denied",
  ];
  const { unlisted } = await listWorkTree(saying('', '', `${complaint.join('\n')}\n`), false);
  expect(unlisted).toEqual(['a b/', "it's/"]);
});

test.each([
  ['an end in the middle', '? a'],
  ['an empty record', '? a\0\0'],
  ['words', 'hello\0'],
  ['a tag nobody has asked for', `C 100644 ${ID} 0\ta\0`],
  ['a side there is not', `M 100644 ${ID} 4\ta\0`],
  ['a short id', `H 100644 ${ID.slice(1)} 0\ta\0`],
  ['no path', `H 100644 ${ID} 0\0`],
])('%s is refused', async (_, known) => {
  await expect(listWorkTree(saying(known), false)).rejects.toThrow(GitError);
  await expect(listWorkTree(saying(known), false)).rejects.toThrow(/ls-files is not what it should be/);
});
