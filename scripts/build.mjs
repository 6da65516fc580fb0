// Bundles src/ into dist/: cli.js (ESM, loads what it needs when it runs) and hook.cjs (what git runs), which
// starts the one file hook-HASH.cjs.
// Usage: node scripts/build.mjs [OUTDIR]. The same sources give the same bytes.

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outdir = resolve(process.argv[2] ?? join(root, 'dist'));
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

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

const plan = workOutPlan();
const [cli, program] = await Promise.all([
  build({
    ...common,
    entryPoints: { cli: 'src/main.ts' },
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    // CommonJS packages ask for Node's own modules with `require`, which ESM does not have.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins: [inlineRules(['examples']), inlinePlan(), inlineSchemas()],
  }),
  build({
    ...common,
    entryPoints: ['src/hook-main.ts'],
    entryNames: 'hook-[hash]',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    // A function already, so that what starts it need not make a longer text of it (src/hook-start.ts).
    banner: { js: '(function(require){' },
    footer: { js: '})' },
    plugins: [inlineRules(['examples', 'sources']), inlinePlan(), inlineSchemas(), withoutReports()],
  }),
]);
const start = await build({
  ...common,
  entryPoints: { hook: 'src/hook-start.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { KEYSCAN_HOOK_PROGRAM: JSON.stringify(basename(program.outputFiles[0].path)) },
});

const files = new Map(
  [cli, program, start]
    .flatMap(({ outputFiles }) => outputFiles)
    .map((file) => [basename(file.path), file.contents]),
);
files.set('licenses.txt', Buffer.from(await licenses([cli.metafile, program.metafile])));
await replaceFolder(outdir, files);

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

/** A hook takes no options and writes no report files: what every commit loads does without the code of their formats. */
function withoutReports() {
  return {
    name: 'without-reports',
    setup(esbuild) {
      esbuild.onLoad({ filter: /[\\/]src[\\/]commands[\\/]write-reports\.ts$/ }, () => ({
        contents: `throw new Error('a hook writes no reports');`,
        loader: 'js',
      }));
    },
  };
}

async function workOutPlan() {
  const { outputFiles } = await build({
    ...common,
    stdin: {
      contents: `
        import { planOf } from './src/detect/compile.ts';
        import { builtinRules } from './src/rules/builtin.ts';
        export const plan = planOf(builtinRules);`,
      resolveDir: root,
    },
    format: 'esm',
    plugins: [inlineRules([])],
  });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`;
  return (await import(url)).plan;
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
  return name === 'cli.js' || name === 'hook.cjs';
}
