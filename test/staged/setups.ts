// Every set-up of reference/git-and-hooks.md table 1.1 in which git really records the key, and some of R19 and R20.

import { symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendToGitDir, type WorkTree } from '../support/repository.ts';
import type { Attempt } from './proof.ts';

export interface Setup {
  readonly name: string;
  /** Leaves the key staged, after one clean commit unless `isFirst`. */
  readonly stage: (tree: WorkTree, key: string) => void;
  readonly isFirst?: true;
  /** What `git commit` is given beside `-m`. */
  readonly attempt?: Partial<Attempt>;
  readonly recorded?: (key: string) => Uint8Array;
}

const line = (key: string): string => `const client = new OpenAI({ apiKey: '${key}' });\n`;

function add(tree: WorkTree, name: string, content: string | Uint8Array): void {
  tree.write(name, content);
  tree.git('add', '--', name);
}

/** Puts a file into the index under any name, past the work tree. */
function enter(tree: WorkTree, name: Buffer, content: string): void {
  const oid = tree.bytes(['hash-object', '-w', '--stdin'], content).toString().trim();
  const entry = Buffer.concat([Buffer.from(`100644 ${oid}\t`), name, Buffer.of(0)]);
  tree.bytes(['update-index', '-z', '--index-info'], entry);
}

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const BIG = Array.from({ length: 400 }, (_, n) => `line ${n} of a file that is long enough\n`).join('');
const plain = (tree: WorkTree, key: string): void => add(tree, 'app.js', line(key));

/** A set-up that differs from the plain one by its configuration. */
const configured = (name: string, value: string): Setup => ({
  name: `${name}=${value}`,
  stage: (tree, key) => {
    tree.git('config', name, value);
    plain(tree, key);
  },
});

/** … or by the environment of `git commit`. */
const inEnvironment = (name: string, value: string): Setup => ({
  name: `${name}=${value}`,
  stage: plain,
  attempt: { env: { [name]: value } },
});

const named = (what: string, name: string | Buffer): Setup => ({
  name: `a file named ${what}`,
  stage: (tree, key) => enter(tree, Buffer.from(name), line(key)),
});

const inSub = (name: string, prepare: (tree: WorkTree) => void): Setup => ({
  name,
  stage: (tree, key) => {
    prepare(tree);
    add(tree, 'sub/clean.txt', 'clean\n');
    plain(tree, key);
  },
  attempt: { cwd: 'sub' },
});

export const SETUPS: readonly Setup[] = [
  { name: 'a new file', stage: plain },
  { name: 'the first commit', stage: plain, isFirst: true },
  {
    name: 'staged, then cleaned in the work tree',
    stage: (tree, key) => {
      plain(tree, key);
      tree.write('app.js', 'clean\n');
    },
  },
  {
    name: 'staged, then deleted from the work tree',
    stage: (tree, key) => {
      plain(tree, key);
      unlinkSync(join(tree.path, 'app.js'));
    },
  },
  {
    name: 'a rename of a big file, with the key added',
    stage: (tree, key) => {
      tree.write('big.txt', BIG);
      tree.commit();
      tree.git('mv', 'big.txt', 'moved.txt');
      add(tree, 'moved.txt', BIG + line(key));
    },
  },
  {
    name: 'a copy of a big file, with the key added, and diff.renames=copies',
    stage: (tree, key) => {
      tree.git('config', 'diff.renames', 'copies');
      tree.write('big.txt', BIG);
      tree.commit();
      add(tree, 'big.txt', `${BIG}more\n`);
      add(tree, 'copy.txt', BIG + line(key));
    },
  },
  {
    name: 'a symlink that becomes a file',
    stage: (tree, key) => {
      symlinkSync('README', join(tree.path, 'link'));
      tree.commit();
      unlinkSync(join(tree.path, 'link'));
      add(tree, 'link', line(key));
    },
  },
  {
    name: 'a file that becomes a symlink to the key',
    stage: (tree, key) => {
      tree.write('link', 'clean\n');
      tree.commit();
      unlinkSync(join(tree.path, 'link'));
      symlinkSync(key, join(tree.path, 'link'));
      tree.git('add', 'link');
    },
  },
  {
    name: 'a new symlink to the key',
    stage: (tree, key) => {
      symlinkSync(key, join(tree.path, 'link'));
      tree.git('add', 'link');
    },
  },
  named('with spaces', ' two words '),
  named('with a line end', 'a\nb'),
  named('with a tab', 'a\tb'),
  named('with quotes', `a"b'c`),
  named('with a backslash', 'a\\"b'),
  named('that is not UTF-8', Buffer.from([0x61, 0xff, 0xfe])),
  named('--help', '--help'),
  named('-', '-'),
  named('by a pattern', ':(glob)**/[a-z]*'),
  {
    name: 'a key only in the name of a file',
    stage: (tree, key) => enter(tree, Buffer.from(`${key}.txt`), 'clean\n'),
  },
  {
    name: 'a key only in the name of a folder',
    stage: (tree, key) => enter(tree, Buffer.from(`keys/${key}/value`), 'clean\n'),
  },
  ...['binary', '-diff', '-text', 'export-ignore', 'linguist-generated'].map(
    (attribute): Setup => ({
      name: `.gitattributes says ${attribute}`,
      stage: (tree, key) => {
        add(tree, '.gitattributes', `* ${attribute}\n`);
        plain(tree, key);
      },
    }),
  ),
  {
    name: '.git/info/attributes says -diff',
    stage: (tree, key) => {
      appendToGitDir(tree, 'info/attributes', '* -diff\n');
      plain(tree, key);
    },
  },
  { name: 'NUL bytes at the beginning', stage: (tree, key) => add(tree, 'a.bin', `\0\0\0${line(key)}`) },
  {
    name: 'a picture by its name',
    stage: (tree, key) => add(tree, 'logo.png', `\x89PNG\r\n\x1a\n\0\0${line(key)}`),
  },
  {
    name: 'UTF-16 with a byte order mark',
    stage: (tree, key) => add(tree, 'a.txt', Buffer.from(`\ufeff${line(key)}`, 'utf16le')),
    recorded: (key) => Buffer.from(key, 'utf16le'),
  },
  {
    name: 'UTF-16 without a byte order mark',
    stage: (tree, key) => add(tree, 'a.txt', Buffer.from(line(key), 'utf16le')),
    recorded: (key) => Buffer.from(key, 'utf16le'),
  },
  {
    name: 'UTF-16, the other way round',
    stage: (tree, key) => add(tree, 'a.txt', swapped(`\ufeff${line(key)}`)),
    recorded: (key) => swapped(key),
  },
  {
    name: 'UTF-16 in the work tree, UTF-8 in the index (working-tree-encoding)',
    stage: (tree, key) => {
      add(tree, '.gitattributes', '*.txt working-tree-encoding=UTF-16\n');
      add(tree, 'a.txt', Buffer.from(`\ufeff${line(key)}`, 'utf16le'));
    },
  },
  configured('core.bigFileThreshold', '10'),
  {
    name: 'a textconv that shows something else',
    stage: (tree, key) => {
      tree.git('config', 'diff.hide.textconv', 'echo hidden; :');
      add(tree, '.gitattributes', '* diff=hide\n');
      plain(tree, key);
    },
  },
  {
    name: 'a diff driver with a command of its own',
    stage: (tree, key) => {
      tree.git('config', 'diff.hide.command', 'true');
      add(tree, '.gitattributes', '* diff=hide\n');
      plain(tree, key);
    },
  },
  configured('diff.external', 'true'),
  inEnvironment('GIT_EXTERNAL_DIFF', 'true'),
  configured('color.ui', 'always'),
  configured('color.diff', 'always'),
  // With a file that is missing, git itself refuses to commit.
  configured('diff.orderFile', 'README'),
  inSub('in a sub-folder', () => undefined),
  inSub('in a sub-folder, diff.relative=true', (tree) => tree.git('config', 'diff.relative', 'true')),
  {
    name: 'a clean filter that puts the key in',
    stage: (tree, key) => {
      const secret = join(tree.path, '../secret');
      writeFileSync(secret, line(key));
      tree.git('config', 'filter.leak.clean', `cat '${secret}'`);
      add(tree, '.gitattributes', '*.js filter=leak\n');
      add(tree, 'app.js', 'clean\n');
    },
  },
  configured('diff.noprefix', 'true'),
  configured('diff.mnemonicPrefix', 'true'),
  configured('diff.algorithm', 'histogram'),
  configured('diff.ignoreSubmodules', 'all'),
  configured('core.abbrev', '4'),
  configured('core.quotePath', 'false'),
  configured('core.autocrlf', 'true'),
  configured('core.precomposeUnicode', 'true'),
  configured('index.version', '4'),
  configured('feature.manyFiles', 'true'),
  configured('log.showSignature', 'true'),
  configured('i18n.logOutputEncoding', 'UTF-16'),
  inEnvironment('GIT_DIFF_OPTS', '-u0'),
  inEnvironment('LANG', 'de_DE.UTF-8'),
  inEnvironment('LC_ALL', 'tr_TR.UTF-8'),
  inEnvironment('GIT_LITERAL_PATHSPECS', '1'),
  inEnvironment('GIT_GLOB_PATHSPECS', '1'),
  inEnvironment('GIT_NOGLOB_PATHSPECS', '1'),
  inEnvironment('GIT_ICASE_PATHSPECS', '1'),
  inEnvironment('GIT_TRACE', '1'),
  inEnvironment('GIT_TRACE2', '2'),
  inEnvironment('GIT_PAGER', 'false'),
  inEnvironment('GIT_FLUSH', '0'),
  inEnvironment('GIT_OPTIONAL_LOCKS', '1'),
  inEnvironment('NO_COLOR', '1'),
  inEnvironment('FORCE_COLOR', '3'),
  inEnvironment('CI', 'true'),
  {
    name: 'a setting on the command line of git',
    stage: plain,
    attempt: {
      command: ['-c', 'diff.external=true', '-c', 'color.ui=always', 'commit', '--quiet', '-m', 'x'],
    },
  },
  {
    name: 'a split index',
    stage: (tree, key) => {
      tree.git('update-index', '--split-index');
      plain(tree, key);
    },
  },
  ...['--skip-worktree', '--assume-unchanged'].map(
    (flag): Setup => ({
      name: `an entry with ${flag}`,
      stage: (tree, key) => {
        enter(tree, Buffer.from('README'), line(key));
        tree.git('update-index', flag, 'README');
      },
    }),
  ),
  {
    name: 'a file-system monitor that says nothing has changed',
    stage: (tree, key) => {
      tree.git('config', 'core.fsmonitor', 'true #');
      plain(tree, key);
    },
  },
  {
    name: 'an executable file',
    stage: (tree, key) => {
      plain(tree, key);
      tree.git('update-index', '--chmod=+x', 'app.js');
    },
  },
  {
    name: 'a key that another file holds already',
    stage: (tree, key) => {
      tree.write('old.js', line(key));
      tree.commit();
      add(tree, 'new.js', `${line(key)}// moved\n`);
    },
  },
  {
    name: 'a folder that becomes a file',
    stage: (tree, key) => {
      tree.write('thing/inside', 'clean\n');
      tree.commit();
      tree.git('rm', '-r', '--quiet', 'thing');
      add(tree, 'thing', line(key));
    },
  },
  ...['.git/another', '../another'].map(
    (index): Setup => ({
      name: `another index, ${index}`,
      stage: (tree, key) => {
        const env = { GIT_INDEX_FILE: index };
        tree.write('app.js', line(key));
        for (const command of [
          ['read-tree', 'HEAD'],
          ['add', 'app.js'],
        ])
          tree.tryGit(command, { env });
      },
      attempt: { env: { GIT_INDEX_FILE: index } },
    }),
  ),
];
