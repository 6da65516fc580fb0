// The steps a report gives are followed to the letter, as a person would: afterwards no object has the key any more.

import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exposure, Step } from '../../src/model.ts';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, withScratch } from '../support/repository.ts';
import { openOracle } from './oracle.ts';
import { history } from './told.ts';

interface Case {
  /** Puts the key somewhere; what has been pushed before is clean. */
  readonly build: (repo: ScratchRepository, key: string) => void;
  readonly verdict: Exposure['verdict'];
  /** What the commands must look like. */
  readonly commands: RegExp;
  /** How much of what was done besides must be there afterwards. */
  readonly keeps?: readonly string[];
}

const more = (repo: ScratchRepository, name = 'later'): void => {
  repo.write(name, `${name}\n`);
  repo.commit(name);
};
const FILE = 'config.ts';
const content = (key: string): string => `// first\nconst key = "${key}";\n// last\n`;
const brought = (repo: ScratchRepository, key: string): void => {
  repo.write(FILE, content(key));
  repo.commit('brings it');
};

const CASES: Readonly<Record<string, Case>> = {
  'in the last commit': {
    build: brought,
    verdict: 'local',
    commands: /^git add -u\ngit commit --amend --no-edit\n/,
    keeps: ['base', 'brings it'],
  },
  'in an older commit, and still in the file': {
    build: (repo, key) => {
      brought(repo, key);
      more(repo);
      more(repo, 'last');
    },
    verdict: 'local',
    commands: /^git add -u\ngit commit --fixup=\w+\nGIT_SEQUENCE_EDITOR=: git rebase -i --autosquash/,
    keeps: ['base', 'brings it', 'later', 'last'],
  },
  'in an older commit, taken out of the file since': {
    build: (repo, key) => {
      brought(repo, key);
      more(repo);
      repo.write(FILE, content('from the environment'));
      repo.commit('takes it out');
      more(repo, 'last');
    },
    verdict: 'local',
    commands: /^git rebase -i --rebase-merges \w+\^ main\n/,
    keeps: ['base', 'brings it', 'later', 'last'],
  },
  'in two commits at two places': {
    build: (repo, key) => {
      brought(repo, key);
      more(repo);
      repo.write('copy.ts', `copied("${key}");\n`);
      repo.commit('copies it');
    },
    verdict: 'local',
    commands: /^git rebase -i --rebase-merges \w+\^ main\n/,
    keeps: ['base', 'brings it', 'later', 'copies it'],
  },
  'amended away and rebased away': {
    build: (repo, key) => {
      brought(repo, key);
      repo.write(FILE, 'clean\n');
      repo.git('commit', '-q', '-a', '--amend', '-m', 'without');
      repo.write('other', `key = "${key}"\n`);
      repo.commit('again');
      repo.git('reset', '-q', '--hard', 'HEAD~');
    },
    verdict: 'local',
    commands: /^git reflog expire .*\ngit gc --prune=now\n$/,
    keeps: ['base', 'without'],
  },
  'in the message of the last commit': {
    build: (repo, key) => {
      repo.write(FILE, 'clean\n');
      repo.commit(`message with ${key}`);
    },
    verdict: 'local',
    commands: /^git commit --amend --reset-author\n/,
    keeps: ['base', 'message with nothing'],
  },
  'in the message of an older commit': {
    build: (repo, key) => {
      repo.write(FILE, 'clean\n');
      repo.commit(`message with ${key}`);
      more(repo);
    },
    verdict: 'local',
    commands: /^git rebase -i --rebase-merges \w+\^ main\n/,
    keeps: ['base', 'message with nothing', 'later'],
  },
  'on another branch': {
    build: (repo, key) => {
      repo.git('checkout', '-q', '-b', 'feature');
      brought(repo, key);
      more(repo);
      repo.git('checkout', '-q', 'main');
    },
    verdict: 'local',
    commands: /^git rebase -i --rebase-merges \w+\^ feature\n/,
    keeps: ['base', 'brings it', 'later'],
  },
  'in two stashes, around a clean one': {
    build: (repo, key) => {
      for (const text of [content(key), 'clean\n', content(key)]) {
        repo.write('base', text);
        repo.git('stash', '-q');
      }
    },
    verdict: 'local',
    commands: /^git stash drop 'stash@\{2\}'\ngit stash drop 'stash@\{0\}'\n/,
  },
  'staged only': {
    build: (repo, key) => {
      repo.write(FILE, content(key));
      repo.git('add', '-A');
    },
    verdict: 'local',
    commands: /^git add -u\n/,
  },
  'on no branch': {
    build: (repo, key) => {
      repo.git('checkout', '-q', '--detach');
      brought(repo, key);
      more(repo);
    },
    verdict: 'local',
    commands: /^git add -u\ngit commit --fixup/,
  },
  'with a tag, which may have been pushed': {
    build: (repo, key) => {
      brought(repo, key);
      repo.git('tag', 'v1');
    },
    verdict: 'unknown',
    commands: /\ngit tag -d v1\n/,
  },
  'in a note and under another reference': {
    build: (repo, key) => {
      repo.git('notes', 'add', '-m', `see ${key}`);
      brought(repo, key);
      repo.git('update-ref', 'refs/odd/one', 'HEAD');
      repo.git('reset', '-q', '--hard', 'HEAD~');
    },
    verdict: 'unknown',
    commands: /git update-ref -d refs\/notes\/commits\ngit update-ref -d refs\/odd\/one\n/,
  },
  'in the first commit of all, of a repository that was never pushed': {
    build: (repo, key) => {
      repo.git('update-ref', '-d', 'refs/remotes/origin/main');
      repo.git('checkout', '-q', '--orphan', 'fresh');
      repo.git('branch', '-q', '-D', 'main');
      brought(repo, key);
      more(repo);
    },
    verdict: 'unknown',
    commands: /\nGIT_SEQUENCE_EDITOR=: git rebase -i --autosquash --rebase-merges --root\n/,
  },
};

test.each(Object.entries(CASES))('%s', (_, { build, verdict, commands, keeps = [] }) =>
  withScratch(async (repo) => {
    const key = freshKey();
    repo.write('base', 'base\n');
    repo.commit('base');
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    build(repo, key);
    const [finding] = (await history(repo)).report.findings;
    expect(finding?.exposure?.verdict).toBe(verdict);
    const steps = finding?.exposure?.steps ?? [];
    expect(`${steps.flatMap((step) => step.commands).join('\n')}\n`).toMatch(commands);
    const person = becomePerson(repo, key);
    for (const step of steps) person.follow(step);
    // What was only staged is no object of any commit: git keeps it for two weeks (git-gc(1)).
    repo.git('gc', '-q', '--prune=now');
    expect(openOracle(repo).holding(key)).toEqual([]);
    expect((await history(repo)).code).toBe(0);
    const subjects = repo.git('log', '--all', '--format=%s').split('\n');
    expect(subjects).toEqual(expect.arrayContaining([...keeps]));
  }),
);

/** Does what steps say, and no more: takes the key out of files and messages, marks commits with "edit". */
function becomePerson(repo: ScratchRepository, key: string): { follow(step: Step): void } {
  const script = (name: string, text: string): string => {
    const path = join(repo.root, name);
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const editor = script('editor', `sed -i "s/${key}/nothing/" "$1"`);

  function takeOut(folder: string): void {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (name === '.git') continue;
      if (statSync(path).isDirectory()) takeOut(path);
      else {
        const text = readFileSync(path, 'utf8');
        if (text.includes(key)) writeFileSync(path, text.replaceAll(key, 'process.env.KEY'));
      }
    }
  }

  function run(command: string, marked: readonly string[]): boolean {
    const mark = marked.map((id) => `-e 's/^pick ${id.slice(0, 7)}/edit ${id.slice(0, 7)}/'`).join(' ');
    const sequence = script('sequence', mark === '' ? 'exit 1' : `sed -i ${mark} "$1"`);
    const env = { ...repo.env, GIT_EDITOR: editor, GIT_SEQUENCE_EDITOR: sequence };
    const { status } = spawnSync('sh', ['-c', command], { cwd: repo.path, env, stdio: 'ignore' });
    return status === 0;
  }

  const isRebasing = (): boolean => repo.tryGit(['rev-parse', '-q', '--verify', 'REBASE_HEAD']).status === 0;

  function follow({ text, commands }: Step): void {
    const marked = /before ([0-9a-f, ]+)\./.exec(text)?.[1]?.split(', ') ?? [];
    if (/take it out/i.test(text)) takeOut(repo.path);
    for (const command of commands) {
      if (marked.length > 0 && !command.startsWith('git rebase')) goOn(command, marked.length);
      else expect({ command, isDone: run(command, marked) }).toEqual({ command, isDone: true });
    }
  }

  /** Where a rebase stops. */
  function goOn(command: string, stops: number): void {
    for (let n = 0; n < stops + 2; n += 1) {
      takeOut(repo.path);
      if (!run(command, []) && isRebasing()) run('git rebase --skip', []);
    }
  }

  return { follow };
}
