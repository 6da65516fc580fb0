// The message of a commit, as git will record it: what it cuts off is nobody's problem, what it keeps is.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cleanup, recorded } from '../../src/sources/commit-message.ts';
import { freshKey } from '../support/keys.ts';
import { leakOf } from '../support/leaks.ts';
import { type ScratchRepository, withScratch } from '../support/repository.ts';
import { commitFile, PREVIEW, setHook } from './pushing.ts';

const inRepository = (use: (repository: ScratchRepository) => void): Promise<void> =>
  withScratch((repository) => {
    commitFile(repository, 'f', 'clean\n');
    use(repository);
  });

/** Commits with an editor that writes this in front of what git shows. */
function edited(repository: ScratchRepository, text: string, args: readonly string[]) {
  const front = join(repository.root, 'front');
  writeFileSync(front, text);
  const editor = join(repository.root, 'editor');
  writeFileSync(editor, `#!/bin/sh\ncat '${front}' "$1" >"$1.new" && mv "$1.new" "$1"\n`, { mode: 0o755 });
  return repository.tryGit(['commit', '-q', '--allow-empty', ...args], { env: { GIT_EDITOR: editor } });
}

const lastMessage = (repository: ScratchRepository): string => repository.git('cat-file', 'commit', 'HEAD');

interface Case {
  readonly config?: readonly (readonly [name: string, value: string])[];
  readonly args?: readonly string[];
  readonly text: (key: string) => string;
}

const KEPT: Readonly<Record<string, Case>> = {
  'in the text': { text: (key) => `subject\n\nkey ${key}\n` },
  'in a line that begins with the comment character of others': {
    config: [['core.commentChar', ';']],
    text: (key) => `subject\n\n# ${key}\n`,
  },
  'in a comment that commit.cleanup keeps': {
    config: [['commit.cleanup', 'whitespace']],
    text: (key) => `subject\n# ${key}\n`,
  },
  'above the scissors, in a comment': {
    config: [['commit.cleanup', 'scissors']],
    text: (key) => `subject\n# ${key}\n`,
  },
};

const CUT: Readonly<Record<string, Case>> = {
  'in a comment': { text: (key) => `subject\n# ${key}\n` },
  'in a comment with a character of its own': {
    config: [['core.commentChar', ';']],
    text: (key) => `subject\n; ${key}\n`,
  },
  'below scissors of one’s own': {
    config: [['commit.cleanup', 'scissors']],
    text: (key) => `subject\n# ------------------------ >8 ------------------------\n${key}\n`,
  },
};

const configure = (repository: ScratchRepository, { config = [] }: Case): void => {
  for (const [name, value] of config) repository.git('config', name, value);
};

describe('refused: git would record it', () => {
  test.each(Object.entries(KEPT))('%s', (_, each) =>
    inRepository((repository) => {
      const key = freshKey();
      configure(repository, each);
      expect(edited(repository, each.text(key), []).status).toBe(0);
      expect(lastMessage(repository)).toContain(key);
      repository.git('reset', '-q', '--soft', 'HEAD^');
      setHook(repository, 'commit-msg');
      const { status, stdout, stderr } = edited(repository, each.text(key), []);
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(PREVIEW) });
      expect(leakOf(key, stdout + stderr)).toBeUndefined();
      expect(lastMessage(repository)).not.toContain(key);
    }),
  );

  test('without an editor git keeps comments and scissors', () =>
    inRepository((repository) => {
      const key = freshKey();
      const text = `subject\n\n# ------------------------ >8 ------------------------\n# ${key}\n`;
      const commit = () => repository.tryGit(['commit', '-q', '--allow-empty', '-m', text]);
      expect(commit().status).toBe(0);
      expect(lastMessage(repository)).toContain(key);
      setHook(repository, 'commit-msg');
      expect(commit()).toMatchObject({ status: 1, stderr: expect.stringMatching(PREVIEW) });
    }));

  test('in a merge, and in a linked work tree', () =>
    inRepository((repository) => {
      setHook(repository, 'commit-msg');
      repository.git('switch', '-q', '-c', 'side');
      commitFile(repository, 'side', 'clean\n');
      repository.git('switch', '-q', 'main');
      const merge = repository.tryGit(['merge', '-q', '--no-ff', '-m', freshKey(), 'side']);
      expect(merge).toMatchObject({ status: 1, stderr: expect.stringMatching(PREVIEW) });
      const linked = repository.worktree('linked');
      const commit = linked.tryGit(['commit', '-q', '--allow-empty', '-m', freshKey()]);
      expect(commit).toMatchObject({ status: 1, stderr: expect.stringMatching(PREVIEW) });
    }));
});

describe('let through: git cuts it off', () => {
  test.each(Object.entries(CUT))('%s', (_, each) =>
    inRepository((repository) => {
      const key = freshKey();
      configure(repository, each);
      setHook(repository, 'commit-msg');
      const { status, stderr } = edited(repository, each.text(key), []);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(lastMessage(repository)).not.toContain(key);
    }),
  );

  test.each([
    ['remove', []],
    ['#1 remove', ['-c', 'core.commentChar=auto']],
  ])('the diff that commit --verbose shows: %j %j', (message, options) =>
    inRepository((repository) => {
      const key = freshKey();
      commitFile(repository, 'key', key);
      repository.git('rm', '-q', 'key');
      setHook(repository, 'commit-msg');
      const args = [...options, 'commit', '-q', '-v', '-e', '-m', message];
      const { status, stderr } = repository.tryGit(args, { env: { GIT_EDITOR: 'true' } });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(lastMessage(repository)).toMatch(new RegExp(`\n${message}$`));
    }),
  );
});

describe('what is recorded of a text', () => {
  const LINE = '# ------------------------ >8 ------------------------\n';
  const DEFAULT: Cleanup = { mode: 'default', comment: '#', isEdited: true };
  test.each<[text: string, cleanup: Partial<Cleanup>, kept: string]>([
    ['a\n#b\nc\n', {}, 'a\n\nc\n'],
    ['a\n#b\nc\n', { isEdited: false }, 'a\n#b\nc\n'],
    ['a\n#b\nc\n', { comment: undefined }, 'a\n#b\nc\n'],
    ['a\n#b\nc\n', { mode: 'verbatim' }, 'a\n#b\nc\n'],
    ['a\n#b\nc\n', { mode: 'strip' }, 'a\n\nc\n'],
    ['a\n//b\nc', { comment: '//' }, 'a\n\nc'],
    [`a\n${LINE}# say\ndiff --git a b\n+k\n`, {}, 'a\n'],
    [`a\n${LINE}# say\n\ndiff --cc a\n+k\n`, {}, 'a\n'],
    [`a\n${LINE}# say\nSubmodule x 1..2:\n`, {}, 'a\n'],
    [`a\n${LINE}# say\n`, {}, 'a\n'],
    [`a\n${LINE}# say\nk\n`, {}, 'a\n\n\nk\n'],
    [`a\n${LINE}\nk\n`, {}, 'a\n\n\nk\n'],
    [`a\n${LINE}# say\nk\n`, { mode: 'scissors' }, 'a\n'],
    [`a\n${LINE}# say\nk\n`, { mode: 'scissors', isEdited: false }, 'a\n'],
    [`a\n${LINE}diff --git a b\n`, { isEdited: false }, `a\n${LINE}diff --git a b\n`],
    [`a\n x${LINE}diff --git a b\n`, {}, `a\n x${LINE}diff --git a b\n`],
    [`a\n${LINE.replace('#', ';')}; say\ndiff --git a b\n`, { comment: undefined }, 'a\n'],
  ])('%j %j', (text, cleanup, kept) => {
    expect(recorded(text, { ...DEFAULT, ...cleanup })).toBe(kept);
  });
});
