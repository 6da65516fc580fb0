// Completion in real shells: what each offers where the cursor stands. A shell that is not here is skipped, and said so.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERBS } from '../../src/cli/verbs.ts';
import { builtinRules } from '../../src/rules/builtin.ts';
import { keyscan } from '../support/keyscan.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
beforeAll(() => {
  repository = scratchRepository();
  repository.write('folder/file', '');
  repository.write('a file.txt', '');
  repository.commit();
  repository.git('branch', 'feature/one');
  // What a shell would run if it met it.
  repository.git('branch', `evil$(touch\${IFS}pwned)`);
  for (const shell of Object.keys(SHELLS)) writeFileSync(scriptOf(shell), printed(shell));
});
afterAll(() => repository.remove());

const scriptOf = (shell: string): string => join(repository.root, `completion.${shell}`);
const printed = (shell: string): string => keyscan(repository, ['completion', shell]).stdout;

type Ask = (lines: readonly string[]) => readonly (readonly string[])[];

/** How each shell is asked what it offers for lines with the cursor at the end. Words without quotes. */
const SHELLS: Readonly<Record<string, Ask>> = {
  bash: (lines) => lines.map(askBash),
  zsh: askZsh,
  fish: (lines) => lines.map(askFish),
};

function askBash(line: string): string[] {
  // As readline hands it over: "=" is a word of its own.
  const words = line.split(/(=)| /).filter((word) => word !== undefined && word !== '');
  if (/[ =]$/.test(line)) words.push('');
  const array = words.map((word) => `'${word}'`).join(' ');
  // Where the function says nothing, bash itself offers files.
  const program = `
    COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
    source "$1"
    COMP_WORDS=(${array})
    COMP_CWORD=${words.length - 1}
    _keyscan
    (( \${#COMPREPLY[@]} )) || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return linesOf(said('bash', ['--noprofile', '--norc', '-c', program, 'bash', scriptOf('bash')]));
}

const askFish = (line: string): string[] =>
  linesOf(said('fish', ['--no-config', '-c', `source ${scriptOf('fish')}; complete -C $argv[1]`, line])).map(
    (each) => each.split('\t')[0] ?? '',
  );

/** zsh completes only where somebody types: one session in a terminal of zsh's own for all lines. */
function askZsh(lines: readonly string[]): string[][] {
  const offered = join(repository.root, 'offered');
  const setup = join(repository.root, 'setup.zsh');
  writeFileSync(offered, '');
  writeFileSync(
    setup,
    `PROMPT=
     cd ${repository.path}
     autoload -Uz compinit
     compinit -u -D
     source ${scriptOf('zsh')}
     # Every way to offer something ends in compadd.
     compadd() {
       if [[ " $* " != *" -O "* && " $* " != *" -D "* ]]; then
         local -a hits
         builtin compadd -A hits "$@"
         print -rl -- $hits >>${offered}
       fi
       builtin compadd "$@"
     }
     typed() { print -r -- '<end>' >>${offered}; BUFFER=; print -n 'NE''XT' }
     zle -N typed
     bindkey '^X^D' typed
     zle-line-init() { print -n 'NE''XT' }
     zle -N zle-line-init\n`,
  );
  const program = `
    zmodload zsh/zpty
    zpty shell zsh -fi
    zpty -w shell "source ${setup}"
    for line; do
      zpty -r shell seen '*NEXT*'
      zpty -n -w shell "$line"$'\\t\\C-x\\C-d'
    done
    zpty -r shell seen '*NEXT*'
    zpty -d shell`;
  said('zsh', ['-fc', program, 'zsh', ...lines]);
  return readFileSync(offered, 'utf8').split('<end>\n').slice(0, -1).map(linesOf);
}

const linesOf = (text: string): string[] => [...new Set(text.split('\n').filter((each) => each !== ''))];

const here = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

function said(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: repository.path,
    env: { ...repository.env, TERM: 'dumb' },
    encoding: 'utf8',
    timeout: 50_000,
  });
  if (status === null) throw new Error(`${program} does not end: ${stderr}`);
  return stdout;
}

const CASES: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['keyscan sta', ['staged']],
  ['keyscan un', ['uninstall']],
  ['keyscan staged --fo', ['--format']],
  ['keyscan staged --format js', ['json', 'jsonl']],
  ['keyscan staged --format=sar', ['sarif']],
  ['keyscan rules --format js', ['json']],
  ['keyscan doctor --format=sar', []],
  ['keyscan --format html sta', ['staged']],
  ['keyscan -f html sta', ['staged']],
  ['keyscan staged -f ht', ['html']],
  ['keyscan - --stdin', ['--stdin-filename']],
  ['keyscan staged --report sar', ['sarif=']],
  ['keyscan staged --output fol', ['folder/']],
  ['keyscan staged --output=fol', ['folder/']],
  ['keyscan staged --report sarif=fol', ['folder/']],
  ['keyscan staged --report=sarif=fol', ['folder/']],
  ['keyscan ci --base fea', ['feature/one']],
  ['keyscan ci --head=fea', ['feature/one']],
  ['keyscan install --manager l', ['lefthook']],
  ['keyscan install --ba', []],
  ['keyscan rules openai-pro', ['openai-project-key']],
  ['keyscan rules openai-project-key openai-pro', []],
  ['keyscan hook pre-m', ['pre-merge-commit']],
  ['keyscan completion f', ['fish']],
  ['keyscan fol', ['folder/']],
  ['keyscan folder fol', ['folder/']],
  ['keyscan folder sta', []],
  ['keyscan -- sta', []],
];

/** Shells differ in how much of a word they show again: `--report=sarif=folder/`, `sarif=folder/` and `folder` are one offer. */
const bare = (offer: string): string =>
  offer
    .replace(/^--[a-z]+=(?=.)/, '')
    .replace(/^(?:sarif=)?folder\/?$/, 'folder/')
    .replace(/^(--[a-z-]+)=$/, '$1');

describe.each(Object.entries(SHELLS))('%s', (shell, ask) => {
  if (!here(shell)) {
    test.skip(`${shell} is not installed here`, () => undefined);
    return;
  }

  test('takes the script', () => {
    expect(spawnSync(shell, ['-n', scriptOf(shell)], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });

  test('offers what can stand there', () => {
    const answers = ask(CASES.map(([line]) => line));
    const offered = answers.map((each, at) => [CASES[at]?.[0], [...new Set(each.map(bare))].sort()]);
    expect(offered).toEqual(CASES.map(([line, expected]) => [line, expected]));
  });

  test('offers every verb at the beginning, every rule, every option', () => {
    const [verbs, rules, options] = ask(['keyscan ', 'keyscan rules ', 'keyscan rules --']);
    const names = VERBS.map(({ name }) => name).filter((name) => name !== '');
    expect(verbs).toEqual(expect.arrayContaining(names));
    expect(rules).toEqual(expect.arrayContaining(builtinRules.map(({ id }) => id)));
    expect(options?.map(bare)).toEqual(expect.arrayContaining(['--format', '--color', '--help']));
  });

  test('runs nothing, whatever a branch is called', () => {
    expect(ask(['keyscan ci --base evi']).flat().join()).toContain('evil');
    expect(existsSync(join(repository.path, 'pwned'))).toBe(false);
  });
});

test('a shell there is no completion for', () => {
  expect(keyscan(repository, ['completion', 'tcsh'])).toMatchObject({
    status: 2,
    stderr: 'keyscan: there is completion for bash, zsh or fish\n',
  });
});

test('the hooks that are offered are those that keyscan knows', () => {
  const words = VERBS.find(({ name }) => name === 'hook')?.words ?? '';
  expect(keyscan(repository, ['hook', 'x']).stderr).toContain(
    `it knows ${[...words].join(', ').replace(/, ([^,]*)$/, ' or $1')}`,
  );
});
