// The bundles: the same sources give the same bytes, and what git runs for every commit holds no more than it needs.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
let scratch: string;
let first: ReadonlyMap<string, string>;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'keyscan-build-'));
  first = built('first');
});
afterAll(() => rmSync(scratch, { recursive: true }));

test('two builds are the same, byte for byte', () => {
  expect([...built('second')]).toEqual([...first]);
});

test('a build over an older one leaves nothing of it', () => {
  writeFileSync(join(scratch, 'first', 'chunk-OLD.js'), '');
  expect([...built('first')]).toEqual([...first]);
});

test('nothing is needed at run time but Node and the files themselves', () => {
  const needed = [...first].flatMap(([name, text]) =>
    name === 'licenses.txt'
      ? []
      : [...text.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*"([\w./:-]+)"/g)].map(
          (match) => match[1] ?? '',
        ),
  );
  const builtin = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
  const missing = needed.filter((name) => !builtin.has(name) && !first.has(name.replace('./', '')));
  expect(missing).toEqual([]);
  expect(needed.length).toBeGreaterThan(10);
});

test('the hook holds neither the command line nor the packages it uses, nor examples and sources of rules', () => {
  const hook = [...first].find(([name]) => /^hook-[A-Z0-9]+\.cjs$/.test(name))?.[1] ?? '';
  expect(hook).toContain('openai-project-key');
  expect(hook).not.toMatch(/yargs|simple-git|fast-glob|y18n|readdirSync\(/);
  const { sources, examples, advice } = JSON.parse(
    readFileSync(join(root, 'rules/openai-project-key.json'), 'utf8'),
  );
  expect(hook).toContain(advice[0]);
  const assigned = examples.found.filter((each: string) => each.startsWith('OPENAI_API_KEY='));
  expect([...sources, ...assigned].filter((each) => hook.includes(each))).toEqual([]);
  expect(hook.length).toBeLessThan(240_000);
});

test('the command line knows the sources of rules, and the version', () => {
  const all = [...first.values()].join('');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(all).toContain('sources');
  expect(all).toContain(JSON.stringify(version));
  expect(all).not.toContain('0.0.0-source');
});

test('no path of the machine that built it, and no key, is in it', () => {
  const all = [...first.values()].join('');
  expect(all).not.toContain(root);
  expect(all).not.toMatch(/sk-[\w-]{0,200}T3BlbkFJ[\w-]{16}/);
});

test('the licence of every bundled package comes along', () => {
  const licenses = first.get('licenses.txt') ?? '';
  expect(licenses).toMatch(/^yargs \S+ \(MIT\)$/m);
  expect(licenses).toMatch(/^simple-git \S+ \(MIT\)$/m);
});

function built(name: string): Map<string, string> {
  const folder = join(scratch, name);
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), folder], { cwd: scratch });
  return new Map(
    readdirSync(folder)
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
}
