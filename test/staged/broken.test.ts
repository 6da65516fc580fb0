// Repositories that are hidden, damaged, foreign or in the middle of something: the key is found, or the run has failed.

import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Report } from '../../src/model.ts';
import { freshKey } from '../support/keys.ts';
import { keyscan, report, runHook } from '../support/keyscan.ts';
import {
  appendToGitDir,
  type Ran,
  type ScratchRepository,
  scratchRepository,
  withScratch,
} from '../support/repository.ts';
import { begin, expectNoSecret, expectRefused } from './proof.ts';

const line = (key: string): string => `OPENAI_API_KEY=${key}\n`;
const commit = { command: ['commit', '--quiet', '-m', 'x'] };

function stage(repository: ScratchRepository, key: string, name = 'a.env'): string {
  repository.write(name, line(key));
  repository.git('add', name);
  return repository.git('rev-parse', `:${name}`);
}

/** Where a loose object lies. */
const loose = (repository: ScratchRepository, oid: string): string =>
  join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2));

function expectIncomplete(ran: Ran, key: string, words: RegExp): void {
  expect({ status: ran.status, stderr: ran.stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(words),
  });
  expectNoSecret(ran, key);
}

describe('what git would show instead', () => {
  test.each([
    ['', undefined],
    [', which the repository insists on', 'true'],
  ])('a replacement of the staged blob%s', async (_, setting) => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      const oid = stage(repository, key);
      const clean = repository.tryGit(['hash-object', '-w', '--stdin'], { input: 'clean\n' }).stdout.trim();
      repository.git('replace', oid, clean);
      expect(repository.git('cat-file', 'blob', oid)).toBe('clean');
      if (setting) repository.git('config', 'core.useReplaceRefs', setting);
      expect(runHook(repository).status).toBe(1);
      repository.git('replace', '-d', oid);
      expectRefused(repository, key, commit);
    });
  });

  test('a replacement of HEAD that has the key already', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      stage(repository, key);
      const tree = repository.git('write-tree');
      const other = repository.git('commit-tree', '-m', 'x', tree);
      repository.git('replace', 'HEAD', other);
      expect(repository.git('diff', '--cached', '--name-only')).toBe('');
      expect(runHook(repository).status).toBe(1);
    });
  });

  test('grafts', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      appendToGitDir(repository, 'info/grafts', `${repository.git('rev-parse', 'HEAD')}\n`);
      stage(repository, key);
      expectRefused(repository, key, commit);
    });
  });

  test('SHA-256', async () => {
    await withScratch(
      (repository) => {
        const key = freshKey();
        stage(repository, key);
        expectRefused(repository, key, commit);
        const other = freshKey();
        stage(repository, other);
        expectRefused(repository, other, commit);
      },
      { objectFormat: 'sha256' },
    );
  });

  test('an alternate object store', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      const clone = join(repository.root, 'clone');
      repository.git('clone', '--quiet', '--shared', repository.path, clone);
      const tree = { ...repository, path: clone };
      const oid = stage(repository, key);
      const at = (...command: string[]): Ran => repository.tryGit(['-C', clone, ...command]);
      expect(at('update-index', '--add', '--cacheinfo', `100644,${oid},a.env`).status).toBe(0);
      expect(runHook(tree).status).toBe(1);
      rmSync(loose(repository, oid));
      expectIncomplete(runHook(tree), key, /is missing/);
    });
  });
});

describe('a damaged object', () => {
  test.each([
    ['missing', (path: string) => rmSync(path)],
    ['empty', (path: string) => truncateSync(path, 0)],
    ['cut off', (path: string) => truncateSync(path, 30)],
    ['of garbage', (path: string) => writeFileSync(path, 'garbage')],
  ])('the staged one is %s', async (_, damage) => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      const path = loose(repository, stage(repository, key));
      chmodSync(path, 0o644);
      damage(path);
      // The file is still there, and `git diff` would show that one.
      expectIncomplete(runHook(repository), key, /could not look at everything|git cat-file/);
    });
  });

  test('the others are read all the same', async () => {
    await withScratch((repository) => {
      const [key, lost] = [freshKey(), freshKey()];
      begin(repository);
      stage(repository, key, 'z.env');
      rmSync(loose(repository, stage(repository, lost, 'a.env')));
      const { coverage, findings }: Report = report(repository, ['staged']);
      expect(coverage).toMatchObject({ complete: false, problems: [{ path: 'a.env' }] });
      expect(findings).toMatchObject([{ occurrences: [{ path: 'z.env' }] }]);
      expect(keyscan(repository, ['staged', '--exit-zero']).status).toBe(2);
    });
  });

  test('the version in HEAD is gone: what is staged is new', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      const old = stage(repository, key);
      repository.commit();
      repository.write('a.env', `# edited\n${line(key)}`);
      repository.git('add', '.');
      expect(runHook(repository).status).toBe(0);
      rmSync(loose(repository, old));
      expect(runHook(repository).status).toBe(1);
    });
  });

  test('a tree of HEAD is gone', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      rmSync(loose(repository, repository.git('rev-parse', 'HEAD^{tree}')));
      stage(repository, key);
      expectIncomplete(runHook(repository), key, /git/);
    });
  });
});

describe('a damaged repository', () => {
  const CASES: Readonly<
    Record<string, readonly [damage: (repository: ScratchRepository) => void, words: RegExp]>
  > = {
    'an index of garbage': [
      ({ path }) => writeFileSync(join(path, '.git/index'), 'DIRCxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'),
      /index/,
    ],
    'an index that is cut off': [({ path }) => truncateSync(join(path, '.git/index'), 50), /index/],
    'no index': [({ path }) => unlinkSync(join(path, '.git/index')), /index file is missing/],
    'HEAD names a commit that is missing': [
      ({ path }) => writeFileSync(join(path, '.git/refs/heads/main'), `${'12'.repeat(20)}\n`),
      /HEAD names a commit that is missing/,
    ],
    'a branch of garbage': [
      ({ path }) => writeFileSync(join(path, '.git/refs/heads/main'), 'garbage\n'),
      /HEAD/,
    ],
    'HEAD of garbage': [
      ({ path }) => writeFileSync(join(path, '.git/HEAD'), 'garbage\n'),
      /git finds no repository here/,
    ],
    'a configuration of garbage': [
      ({ path }) => writeFileSync(join(path, '.git/config'), '[core\n'),
      /config/,
    ],
    'a format of the future': [
      (repository) => repository.git('config', 'core.repositoryFormatVersion', '99'),
      /repo version/,
    ],
  };

  test.each(Object.entries(CASES))('%s', async (_, [damage, words]) => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      stage(repository, key);
      damage(repository);
      expectIncomplete(runHook(repository), key, words);
      expectIncomplete(keyscan(repository, ['staged', '--exit-zero']), key, words);
    });
  });

  test('a GIT_INDEX_FILE that is missing', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      stage(repository, key);
      const env = { GIT_INDEX_FILE: '.git/next-index-1.lock' };
      expectIncomplete(runHook(repository, 'pre-commit', { env }), key, /index file is missing.*next-index/);
    });
  });

  test('unmerged files', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      repository.git('checkout', '--quiet', '-b', 'side');
      stage(repository, key, 'README');
      repository.commit();
      repository.git('checkout', '--quiet', 'main');
      repository.write('README', 'ours\n');
      repository.commit();
      repository.tryGit(['merge', 'side']);
      expectIncomplete(runHook(repository), key, /conflicts \(1 unmerged\)/);
    });
  });

  test('a bare repository, and none', async () => {
    const bare = scratchRepository({ bare: true });
    try {
      expectIncomplete(runHook(bare), freshKey(), /bare repository/);
      expectIncomplete(runHook({ ...bare, path: bare.root }), freshKey(), /git finds no repository here/);
    } finally {
      bare.remove();
    }
  });

  test.each([['staged'], ['.'], ['history'], ['install'], ['hook', 'pre-commit']])(
    'a git that would answer, but is too old: keyscan %s',
    async (...args) => {
      await withScratch((repository) => {
        const key = freshKey();
        begin(repository);
        stage(repository, key);
        const folder = join(repository.root, 'old');
        mkdirSync(folder);
        const old = `case " $* " in *' version '*) echo git version 2.24.9;; *) exec '${repository.git('--exec-path')}/git' "$@";; esac`;
        writeFileSync(join(folder, 'git'), `#!/bin/sh\n${old}\n`, { mode: 0o755 });
        expect(keyscan(repository, ['staged']).status).toBe(1);
        const PATH = `${folder}${delimiter}${repository.env.PATH}`;
        expectIncomplete(keyscan(repository, args, { env: { PATH } }), key, /git 2\.24\.9 is too old/);
      });
    },
  );

  test("somebody else's repository: git's own advice is passed on", async () => {
    if (process.getuid?.() !== 0) return; // Only root can give files away.
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      stage(repository, key);
      chownSync(repository.path, 12_345, 12_345);
      chownSync(join(repository.path, '.git'), 12_345, 12_345);
      expectIncomplete(runHook(repository), key, /dubious ownership(.|\n)*safe\.directory/);
      repository.git('config', '--global', '--add', 'safe.directory', repository.path);
      expect(runHook(repository).status).toBe(1);
    });
  });

  test('a promised object is missing, and nothing is fetched', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      const fetched = join(repository.root, 'fetched');
      const settings = [
        ['core.repositoryFormatVersion', '1'],
        ['extensions.partialClone', 'origin'],
        ['remote.origin.url', `ext::touch ${fetched}`],
        ['remote.origin.promisor', 'true'],
        ['protocol.ext.allow', 'always'],
      ] as const;
      for (const [name, value] of settings) repository.git('config', name, value);
      const oid = stage(repository, key);
      rmSync(loose(repository, oid));
      expectIncomplete(runHook(repository), key, /git/);
      expect(readdirSync(repository.root)).not.toContain('fetched');
      repository.tryGit(['cat-file', 'blob', oid]);
      expect(readdirSync(repository.root)).toContain('fetched');
    });
  });
});

describe('nothing is started and nothing is changed', () => {
  test('no program that the repository names', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      stage(repository, key);
      const ran = join(repository.root, 'ran');
      const program = `touch '${ran}'; cat`;
      const settings = [
        ['core.fsmonitor', program],
        ['diff.external', program],
        ['diff.evil.textconv', program],
        ['diff.evil.command', program],
        ['filter.evil.smudge', program],
        ['filter.evil.clean', program],
        ['core.pager', program],
        ['core.editor', program],
        ['core.sshCommand', program],
      ] as const;
      for (const [name, value] of settings) repository.git('config', name, value);
      appendToGitDir(repository, 'info/attributes', '* diff=evil filter=evil\n');
      const hook = join(repository.path, '.git/hooks/post-index-change');
      appendToGitDir(repository, 'hooks/post-index-change', `#!/bin/sh\ntouch '${ran}'\n`);
      chmodSync(hook, 0o755);
      expect(runHook(repository).status).toBe(1);
      expect(readdirSync(repository.root)).not.toContain('ran');
      repository.tryGit(['status']);
      expect(readdirSync(repository.root)).toContain('ran');
    });
  });

  test('an index.lock of another git is no obstacle', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      stage(repository, key);
      writeFileSync(join(repository.path, '.git/index.lock'), '');
      expect(runHook(repository).status).toBe(1);
    });
  });
});

describe('words of the hook', () => {
  test('a hook it does not know', async () => {
    await withScratch((repository) => {
      const words = /nothing to do in this hook(.|\n)*it knows pre-commit, pre-merge-commit,/;
      expectIncomplete(runHook(repository, 'update'), freshKey(), words);
      expectIncomplete(keyscan(repository, ['hook', 'update']), freshKey(), words);
    });
  });

  test('the command line does the same', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      stage(repository, key);
      const hook = runHook(repository);
      const command = keyscan(repository, ['hook', 'pre-commit']);
      expect(command).toEqual(hook);
      expect(hook.status).toBe(1);
    });
  });

  test('from inside another repository, that one is meant', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      stage(repository, key);
      repository.git('init', '--quiet', 'inner');
      expect(keyscan(repository, ['staged'], { cwd: 'inner' }).status).toBe(0);
      expect(keyscan(repository, ['staged'], { cwd: '.' }).status).toBe(1);
    });
  });
});
