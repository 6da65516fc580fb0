// The proof of a set-up: git is refused with the hook, and the very same command lands the key without it.

import { guard } from '../support/keyscan.ts';
import type { Ran, ScratchRepository, WorkTree } from '../support/repository.ts';

export interface Attempt {
  /** A git command that makes a commit and takes `--no-verify`. */
  readonly command: readonly string[];
  readonly input?: string;
  /** What brings the tree back to where the command can be tried again. */
  readonly undo?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** From the top of the work tree. */
  readonly cwd?: string;
  /** The bytes to look for in what was recorded; the key as UTF-8 unless told otherwise. */
  readonly recorded?: string | Uint8Array;
}

/** Throws unless the command is refused by keyscan because of the key, and lands the key when hooks are off. */
export function expectRefused(tree: WorkTree, key: string, attempt: Attempt): void {
  const { command, undo, recorded = key, ...options } = attempt;
  guard(tree);
  const before = head(tree);
  const refused = tree.tryGit(command, options);
  expect({ what: 'with the hook', status: refused.status, stderr: refused.stderr }).toEqual({
    what: 'with the hook',
    status: 1,
    stderr: expect.stringMatching(/keyscan: this commit would record \d OpenAI credential/),
  });
  // What a hook prints arrives there, wherever it was printed to; git itself may show the change.
  expectNoSecret({ ...refused, stdout: '' }, key);
  expect(head(tree)).toBe(before);

  if (undo) tree.git(...undo);
  const { status, stderr } = tree.tryGit([...command, '--no-verify'], options);
  expect({ what: 'without the hook', status, stderr }).toMatchObject({ status: 0 });
  expect(head(tree)).not.toBe(before);
  expect(recordedSince(tree, before).includes(Buffer.from(recorded))).toBe(true);
}

/** Throws unless the command makes a commit with the hook in place, and no key is in it. */
export function expectPassed(tree: WorkTree, key: string, attempt: Attempt): Ran {
  const { command, recorded = key, ...options } = attempt;
  guard(tree);
  const before = head(tree);
  const passed = tree.tryGit(command, options);
  expect({ status: passed.status, stderr: passed.stderr }).toMatchObject({ status: 0 });
  expect(head(tree)).not.toBe(before);
  expect(recordedSince(tree, before).includes(Buffer.from(recorded))).toBe(false);
  return passed;
}

/** No eight characters of the secret in a row; the public prefix and the last four may be shown. */
export function expectNoSecret({ stdout, stderr }: Ran, key: string): void {
  const body = key.replace(/^sk-(?:[a-z]+-)?/, '');
  for (let at = 0; at + 8 <= body.length; at += 1)
    if (`${stdout}${stderr}`.includes(body.slice(at, at + 8)))
      throw new Error(`characters ${at} to ${at + 8} shown`);
}

/** The commit HEAD names; empty before the first one. */
export const head = (tree: WorkTree): string =>
  tree.tryGit(['rev-parse', '--quiet', '--verify', 'HEAD']).stdout.trim();

/** Every object HEAD has and `before` has not, as bytes: names of files stand in the trees. */
function recordedSince(tree: WorkTree, before: string): Buffer {
  const range = ['HEAD', ...(before === '' ? [] : [`^${before}`])];
  const objects = tree.git('rev-list', '--objects', '--no-object-names', ...range);
  return tree.bytes(['cat-file', '--batch'], `${objects}\n`);
}

/** A repository with one clean commit in it. */
export function begin(repository: ScratchRepository): void {
  repository.write('README', 'clean\n');
  repository.commit();
}
