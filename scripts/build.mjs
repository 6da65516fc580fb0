// Bundles src/ into dist/: cli.cjs (the command line) and hook.cjs (what git runs), each of which starts one file,
// cli-HASH.cjs or hook-HASH.cjs; and sieve-HASH.cjs, which the command line runs in threads.
// Usage: node scripts/build.mjs [OUTDIR]. The same sources give the same bytes.

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import wabt from 'wabt';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outdir = resolve(process.argv[2] ?? join(root, 'dist'));
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/**
 * Three times as much of a function is run before it counts as hot: a scan is over while V8 would still optimise what is only
 * lukewarm, and that takes a third of the time of a scan of 2,000 files (bench/README.md).
 */
const PATIENCE = '--interrupt-budget=400000';

const common = {
  absWorkingDir: root,
  outdir,
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  // Bundled licences go into licenses.txt instead, once each.
  legalComments: 'none',
  logLevel: 'warning',
  define: { KEYSCAN_VERSION: JSON.stringify(version) },
};

const plan = workOut(`
  import { planOf } from './src/detect/compile.ts';
  import { builtinRules } from './src/rules/builtin.ts';
  export default planOf(builtinRules);`);
const verbs = workOut(`
  import { VERBS } from './src/cli/verbs.ts';
  export default VERBS.map(({ name }) => name).filter((name) => name !== '');`);
const coldTable = workOut(`export { coldTable as default } from './src/detect/cold-search.ts';`);
const hooks = workOut(`
  import { GATED_HOOKS } from './src/hooks/gated.ts';
  export default GATED_HOOKS.map(({ name }) => name);`);
const sieve = await thread();
const [cli, hook] = await Promise.all([
  program('src/main.ts', 'cli', inlineRules([])),
  program('src/hook-main.ts', 'hook', inlineRules(['examples', 'sources']), withoutReports()),
]);
const starts = await Promise.all([
  start('cli', cli, await verbs, PATIENCE),
  start('hook', hook, await hooks, '', inlineColdParts()),
]);

const files = new Map(
  [cli, hook, sieve, ...starts]
    .flatMap(({ outputFiles }) => outputFiles)
    .map((file) => [basename(file.path), file.contents]),
);
files.set('licenses.txt', Buffer.from(await licenses([cli.metafile, hook.metafile])));
await replaceFolder(outdir, files);

/** One file, in which a module that is imported when it is needed runs when it is needed. */
function program(entry, name, ...plugins) {
  return build({
    ...common,
    entryPoints: [entry],
    entryNames: `${name}-[hash]`,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    // A function already, so that what starts it need not make a longer text of it (src/start.ts).
    banner: {
      js: `(function(require,program,glanced){const own={get url(){return require('node:url').pathToFileURL(program).href}};`,
    },
    footer: { js: '})' },
    define: {
      ...common.define,
      'import.meta.url': 'own.url',
      KEYSCAN_THREAD: JSON.stringify(basename(sieve.outputFiles[0].path)),
    },
    // A script that is not a module can only ask for modules with `require`.
    supported: { 'dynamic-import': false },
    plugins: [...plugins, inlinePlan(), inlineSchemas(), laterSegmenters()],
  });
}

/** What `keyscan history` reads packs with, as many times as there are cores. */
function thread() {
  return build({
    ...common,
    entryPoints: ['src/sieve-main.ts'],
    entryNames: 'sieve-[hash]',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    plugins: [inlineRules(['examples', 'sources']), inlinePlan()],
  });
}

function start(name, { outputFiles }, verbs, flags, ...plugins) {
  return build({
    ...common,
    entryPoints: { [name]: `src/${name}-start.ts` },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    define: {
      KEYSCAN_PROGRAM: JSON.stringify(basename(outputFiles[0].path)),
      KEYSCAN_VERBS: JSON.stringify(verbs),
      KEYSCAN_V8_FLAGS: JSON.stringify(flags),
    },
    plugins,
  });
}

/** Puts the content of rules/*.json in the place of src/rules/builtin.ts, so that no rule file is read at run time. */
function inlineRules(without) {
  return {
    name: 'inline-rules',
    setup(esbuild) {
      esbuild.onLoad({ filter: /[\\/]src[\\/]rules[\\/]builtin\.ts$/ }, async () => {
        const folder = join(root, 'rules');
        const names = (await readdir(folder)).filter(
          (name) => name.endsWith('.json') && name !== 'rule.schema.json',
        );
        const rules = await Promise.all(
          names.sort().map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))),
        );
        const shipped = rules.map((rule) =>
          Object.fromEntries(
            Object.entries(rule).filter(([field]) => !without.includes(field) && field !== '$schema'),
          ),
        );
        return {
          contents: `export const builtinRules = JSON.parse(${JSON.stringify(JSON.stringify(shipped))});`,
          loader: 'js',
        };
      });
    },
  };
}

/** Puts the schemas in the place of src/config/schemas.ts, without their words for editors. */
function inlineSchemas() {
  return {
    name: 'inline-schemas',
    setup(esbuild) {
      esbuild.onLoad({ filter: /[\\/]src[\\/]config[\\/]schemas\.ts$/ }, async () => {
        const read = async (path) =>
          JSON.parse(await readFile(join(root, path), 'utf8'), (key, value) =>
            key === 'description' && typeof value === 'string' ? undefined : value,
          );
        const schemas = {
          '': await read('schema/config.schema.json'),
          '../rules/rule.schema.json': await read('rules/rule.schema.json'),
        };
        const text = JSON.stringify(JSON.stringify(schemas));
        return { contents: `export const configSchemas = () => JSON.parse(${text});`, loader: 'js' };
      });
    },
  };
}

/** Puts what follows from the rules in the place of src/detect/builtin-plan.ts, so that no commit waits for it. */
function inlinePlan() {
  return {
    name: 'inline-plan',
    setup(esbuild) {
      esbuild.onLoad({ filter: /[\\/]src[\\/]detect[\\/]builtin-plan\.ts$/ }, async () => {
        const text = JSON.stringify(JSON.stringify(await plan));
        return { contents: `export const builtinPlan = () => JSON.parse(${text});`, loader: 'js' };
      });
    },
  };
}

/** Puts what the cold search is made of in the place of src/detect/builtin-cold-search.ts. */
function inlineColdParts() {
  return {
    name: 'inline-cold-parts',
    setup(esbuild) {
      esbuild.onLoad({ filter: /[\\/]src[\\/]detect[\\/]builtin-cold-search\.ts$/ }, async () => {
        const path = join(root, 'src/detect/cold-search.wat');
        const module = (await wabt()).parseWat(path, await readFile(path, 'utf8')).toBinary({}).buffer;
        const { literals, windows } = (await plan).table;
        const table = (await coldTable)(literals, windows);
        const bytes = (each) => `Buffer.from('${Buffer.from(each).toString('base64')}', 'base64')`;
        const contents = `export const builtinColdParts = () => ({
          module: ${bytes(module)}, table: ${bytes(table)}, count: ${literals.length} });`;
        return { contents, loader: 'js' };
      });
    },
  };
}

/** The columns of help are measured by a segmenter; to make one takes 10 ms, and two were made whenever yargs is loaded. */
function laterSegmenters() {
  return {
    name: 'later-segmenters',
    setup(esbuild) {
      esbuild.onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, async ({ path }) => {
        const [before, after, ...more] = (await readFile(path, 'utf8')).split('new Intl.Segmenter()');
        if (after === undefined || more.length > 0)
          throw new Error(`${path} makes its segmenter in another way`);
        const later =
          '{ segment(text) { this.made ??= new Intl.Segmenter(); return this.made.segment(text); } }';
        return { contents: `${before}${later}${after}`, loader: 'js' };
      });
    },
  };
}

/** A hook takes no options, writes no report files and tells no story of a repository: every commit loads its program. */
function withoutReports() {
  const never = (name) => `export const ${name} = () => { throw new Error('a hook does without it'); };`;
  const instead = {
    'commands/write-reports.ts': `throw new Error('a hook writes no reports');`,
    'detect/line-hash.ts': never('withLineHashes'),
    'report/history-steps.ts': never('historySteps'),
    // It is asked of every report.
    'report/story.ts': `${never('storyLines')} export const URGENCY = []; export const verdictsOf = () => '';`,
  };
  return {
    name: 'without-reports',
    setup(esbuild) {
      for (const [path, contents] of Object.entries(instead)) {
        const ending = path.replace('/', '[\\\\/]').replace('.', '\\.');
        esbuild.onLoad({ filter: new RegExp(`[\\\\/]src[\\\\/]${ending}$`) }, () => ({
          contents,
          loader: 'js',
        }));
      }
    },
  };
}

/** What a module with these contents exports by default. */
async function workOut(contents) {
  const { outputFiles } = await build({
    ...common,
    stdin: { contents, resolveDir: root },
    format: 'esm',
    external: ['yargs'],
    plugins: [inlineRules([])],
  });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`;
  return (await import(url)).default;
}

/** The licence of every package that ends up in the bundles; theirs ask to be kept with every copy. */
async function licenses(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const packages = new Set(
    inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
  );
  const texts = await Promise.all(
    [...packages].sort().map(async (folder) => {
      const about = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
      const name = (await readdir(join(root, folder))).find((file) => /^licen[cs]e/i.test(file));
      if (!name) throw new Error(`${folder} has no licence file`);
      const text = await readFile(join(root, folder, name), 'utf8');
      return `${about.name} ${about.version} (${about.license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
    }),
  );
  return `keyscan contains parts of these packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** Entries last and by rename, so that a keyscan started meanwhile sees one whole build; left-over chunks go. */
async function replaceFolder(folder, contents) {
  await mkdir(folder, { recursive: true });
  const entriesLast = [...contents].sort(([a], [b]) => Number(isEntry(a)) - Number(isEntry(b)));
  for (const [name, bytes] of entriesLast) {
    const temporary = join(folder, `.${name}.${process.pid}`);
    await writeFile(temporary, bytes);
    await rename(temporary, join(folder, name));
  }
  for (const name of await readdir(folder)) {
    if (!contents.has(name) && !name.startsWith('.')) await rm(join(folder, name), { recursive: true });
  }
}

function isEntry(name) {
  return name === 'cli.cjs' || name === 'hook.cjs';
}
