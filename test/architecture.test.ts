// The shape of src/: which way imports run and why, what does no I/O, how long a file may be.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const root = join(__dirname, '../src');

/** Files and folders that count as one. Every other file or folder directly below src/ is a layer of its name. */
const LAYERS: Readonly<Record<string, string>> = {
  'hook-main.ts': 'main',
  'start.ts': 'main',
  'cli-start.ts': 'main',
  'hook-start.ts': 'main',
  'sieve-main.ts': 'thread',
  'complaint.ts': 'complaint',
  'exposure.ts': 'model',
  'ledger.ts': 'scan',
  'path-text.ts': 'scan',
  // ../schema, what is promised of a report.
  '..': 'schema',
};

/** Every allowed import between layers, with its reason. What is not listed is not allowed. */
const ARROWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  main: {
    gate: 'puts the process around what runs',
    cli: 'the command line',
    commands: 'dist/hook.cjs starts its one command without the command line',
    options: 'the hook runs with the defaults',
    glance: 'what a hook does before anything is loaded',
    git: 'the word that says that git was asked',
    errors: 'exit codes',
  },
  glance: {
    git: 'what was handed over',
    detect: 'the search that is ready at once',
    policy: 'where files of policy would lie',
    rules: 'the marker, which must be found',
    sources: 'pointers of Git LFS',
  },
  thread: {
    detect: 'makes the detector it was given the parts of',
    sources: 'its share of a pack',
  },
  gate: {
    io: 'hands the streams of the process in',
    errors: 'exit codes; UsageError is told differently from a bug',
    complaint: 'the words for both',
    detect: 'messages of git and the user are masked, on the way out only',
  },
  cli: {
    commands: 'runs one of them',
    options: 'the table it parses by',
    report: 'help is wrapped as reports are',
    model: 'shared types',
    nearest: 'for mistyped words',
    git: 'whether a bare keyscan is started in a repository',
    rules: 'completion offers their ids',
    errors: 'usage errors and exit codes',
    io: 'hands it on',
    version: '--version',
  },
  commands: {
    nearest: 'for mistyped ids of rules',
    config: 'reads text that people write',
    ci: 'what a build is about, and whose policy holds there',
    day: 'says which exceptions are over',
    policy: 'what counts here',
    detect: 'compiles the rules',
    scan: 'the one loop',
    sources: 'what to scan',
    triage: 'what does not count',
    rules: 'the rules themselves',
    report: 'how it is said',
    glance: 'what the hook has seen before its program was loaded',
    hooks: 'install and uninstall',
    git: 'opens the repository',
    options: 'what the user asked for',
    model: 'shared types',
    errors: 'usage errors and exit codes',
    io: 'the outside world',
    undisturbed: 'Ctrl-C leaves no half report behind',
    version: 'stands in what doctor reports',
    collect: 'between one part of the work and the next',
  },
  policy: {
    config: 'what files say',
    triage: 'what does not count',
    detect: 'compiles the built-in rules and the own ones',
    rules: 'the rules themselves',
    scan: 'paths in notices are written as in reports',
    git: 'where a repository begins',
    nearest: 'for mistyped words',
    options: 'what the user asked for',
    day: 'exceptions end on a day',
    model: 'shared types',
    errors: 'files that cannot be read or understood',
  },
  config: {
    rules: 'own rules are written in the language of the built-in ones',
    nearest: 'for mistyped words',
    day: 'exceptions end on a day',
    model: 'shared types',
    errors: 'a file that cannot be understood',
  },
  nearest: {},
  complaint: { errors: 'the bad news it words', report: 'names in messages are made safe to print' },
  scan: {
    complaint: 'a bug is named in the report as it is in a crash',
    model: 'shared types',
    errors: 'exit codes; what went wrong becomes a problem',
    rules: 'the form of the key it tests itself with',
    triage: 'judges and sorts what was found',
    version: 'stands in the report',
  },
  sources: {
    git: 'bytes and listings come through its door',
    story: 'what is known of a credential is concluded from here',
    undisturbed: 'Ctrl-C leaves no half cache behind',
    day: 'a day in --since counts whole',
    model: 'shared types',
    errors: 'usage errors',
    collect: 'what listing the packs has left is freed while threads read them',
  },
  ci: {
    git: 'looks for the commits in the clone',
    triage: 'which finds count',
    model: 'shared types',
    errors: 'what a service does not say, or a clone does not hold',
  },
  hooks: {
    git: 'asks where hooks belong, and runs them',
    rules: 'the key doctor tests hooks with is of the form of today',
    errors: 'a git that does not answer is something doctor tells',
  },
  git: { model: 'raw paths', errors: 'GitError' },
  story: { model: 'shared types' },
  triage: {
    story: 'what parts of a run know of a credential is concluded from once more',
    model: 'shared types',
    errors: 'a baseline that cannot be understood',
    day: 'exceptions end on a day',
  },
  day: {},
  report: {
    model: 'shared types',
    options: 'colour, and what counts',
    schema: 'what a report that is read again must be like',
  },
  detect: {
    model: 'shared types',
    rules: 'rules are what it compiles',
    errors: 'says what it does not look into',
  },
  rules: { model: 'shared types' },
  options: { model: 'the levels of confidence, the parts of a split run' },
  model: {},
  errors: {},
  io: {},
  collect: {},
  schema: {},
  undisturbed: {},
  version: {},
};

/** Packages from npm: where, and only loaded when needed. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  cli: ['yargs'],
  config: ['picomatch'],
  git: ['simple-git'],
  sources: ['fast-glob'],
};

/** No I/O here: only these of Node's own modules, which compute. */
const PURE = {
  layers: ['detect', 'triage', 'report', 'rules', 'model'],
  modules: ['node:crypto', 'node:buffer'],
};
/** The same, loaded when first needed: every commit waits for what is loaded. */
const LAZY = /process\s*\.getBuiltinModule\('node:crypto'\)/g;
/** rules/builtin.ts reads the rules for tests; the build replaces it. */
const READS_RULES = 'rules/builtin.ts';

interface Import {
  readonly from: string;
  readonly target: string;
  /** A type only, or loaded when it is needed. */
  readonly isLight: boolean;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const imports: readonly Import[] = files.flatMap(importsOf);

test('imports run the ways that are listed, and no other', () => {
  const between = imports
    .filter(isOwn)
    .map(({ from, target }) => [from, layerOf(from), layerOf(resolved(from, target))]);
  const wrong = between.filter(([, from = '', to = '']) => from !== to && ARROWS[from]?.[to] === undefined);
  expect(wrong.map(([file, , to]) => `${file} must not import ${to}`)).toEqual([]);
});

test('every listed way is used', () => {
  const used = new Set(
    imports.filter(isOwn).map(({ from, target }) => `${layerOf(from)} -> ${layerOf(resolved(from, target))}`),
  );
  const listed = Object.entries(ARROWS).flatMap(([from, to]) =>
    Object.keys(to).map((each) => `${from} -> ${each}`),
  );
  expect(listed.filter((arrow) => !used.has(arrow))).toEqual([]);
});

test('no way leads back', () => {
  const seen = new Set<string>();
  const visit = (layer: string, above: readonly string[]): void => {
    if (above.includes(layer)) throw new Error([...above, layer].join(' -> '));
    for (const below of Object.keys(ARROWS[layer] ?? {})) visit(below, [...above, layer]);
    seen.add(layer);
  };
  visit('main', []);
  visit('thread', []);
  expect([...seen].sort()).toEqual(Object.keys(ARROWS).sort());
});

test('packages are used where they belong and loaded only when needed', () => {
  const foreign = imports.filter(({ target }) => !target.startsWith('.') && !target.startsWith('node:'));
  const wrong = foreign.filter(
    ({ from, target, isLight }) => !isLight || !PACKAGES[layerOf(from)]?.includes(target),
  );
  expect(wrong).toEqual([]);
});

test('detection, triage and reports do no I/O', () => {
  const inside = (path: string) => PURE.layers.includes(layerOf(path)) && path !== READS_RULES;
  const modules = imports.filter(({ from, target }) => inside(from) && target.startsWith('node:'));
  expect(modules.filter(({ target }) => !PURE.modules.includes(target))).toEqual([]);
  expect(
    files.filter(
      (path) => inside(path) && /\b(?:process|console|globalThis|fetch)\b\s*[.([]/.test(code(path)),
    ),
  ).toEqual([]);
});

test('one door to git, one place that knows the environment', () => {
  const starting = imports.filter(({ target }) => target === 'node:child_process').map(({ from }) => from);
  expect(starting.filter((path) => layerOf(path) !== 'git')).toEqual([]);
  const environment = files.filter((path) => /\bprocess\.(?:env|argv|cwd|std\w+|exit\w*)\b/.test(code(path)));
  expect(environment.filter((path) => !['main', 'gate'].includes(layerOf(path)))).toEqual([]);
});

describe('every file', () => {
  test('has at most 300 lines', () => {
    expect(files.filter((path) => read(path).split('\n').length - 1 > 300)).toEqual([]);
  });

  test('begins with what it is for', () => {
    expect(files.filter((path) => !/^\/\/ \S/.test(read(path)))).toEqual([]);
  });

  test('is named for one thing', () => {
    expect(
      files.filter((path) => /(?:^|[/-])(?:utils?|helpers?|managers?|common|misc)(?:[/.-]|$)/.test(path)),
    ).toEqual([]);
  });
});

function layerOf(path: string): string {
  const [top = ''] = path.split('/');
  return LAYERS[top] ?? top.replace(/\.ts$/, '');
}

function isOwn({ target }: Import): boolean {
  return target.startsWith('.');
}

function resolved(from: string, target: string): string {
  return posix.join(dirname(from), target);
}

function importsOf(from: string): Import[] {
  const source = read(from);
  const fixed = [...source.matchAll(/^(?:import|export)\s(type\s)?[^;]*?from '([^']+)'/gm)];
  const loaded = [...source.matchAll(/\bimport\('([^']+)'\)/g)];
  return [
    ...fixed.map((match) => ({ from, target: match[2] ?? '', isLight: match[1] !== undefined })),
    ...loaded.map((match) => ({ from, target: match[1] ?? '', isLight: true })),
  ];
}

/** Without comments and strings. */
function code(path: string): string {
  return read(path)
    .replace(LAZY, '')
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/gm, '');
}
