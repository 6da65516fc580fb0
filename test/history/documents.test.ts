// The recipes of docs/history.md for several machines, their parts one after the other, each as its service would start it:
// together they say what one run says. scripts/integrations runs those for GNU parallel.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { freshKey } from '../support/keys.ts';
import { BIN, keyscan } from '../support/keyscan.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import { snippet } from '../support/snippets.ts';

const recipe = (section: string): string => snippet('docs/history.md', section);

let repository: ScratchRepository;
let whole: string;
beforeAll(() => {
  repository = scratchRepository();
  const tools = join(repository.root, 'tools');
  mkdirSync(tools);
  const tool = (name: string, text: string) =>
    writeFileSync(join(tools, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  tool('keyscan', `exec '${process.execPath}' '${BIN}' "$@"`);
  tool('npx', '[ "$1" = --no-install ] && shift && exec "$@"');
  tool('npm', '[ "$*" = "ci --ignore-scripts" ]');
  repository.env.PATH = `${tools}${delimiter}${repository.env.PATH}`;
  for (const name of ['a', 'b', 'c']) {
    repository.write(name, freshKey());
    repository.commit(name);
  }
  repository.git('rm', '--quiet', 'a');
  repository.commit('clean');
  whole = keyscan(repository, ['history', '--no-cache', '-f', 'json']).stdout;
});
afterAll(() => repository.remove());

let folder: string;
let count = 0;
beforeEach(() => {
  folder = join(repository.root, `reports-${++count}`);
  mkdirSync(folder);
  // What an earlier run remembers would be left out, and counted as known.
  rmSync(join(repository.path, '.git', 'keyscan'), { recursive: true, force: true });
});

/** A line as a machine starts it, in the repository; the reports go to a folder of their own. */
function run(line: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', inFolder(line)], {
    cwd: repository.path,
    env: { ...repository.env, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const inFolder = (line: string): string =>
  line.replaceAll(/(["\s=])(?:\/reports\/)?(part-|keyscan\.html|gl-secret)/g, `$1${folder}/$2`);

/** All parts, then what puts them together. */
function expectWhole(
  parts: readonly (() => { status: number | null; stderr: string })[],
  merge: string,
): void {
  for (const part of parts) expect(part()).toMatchObject({ status: 0 });
  const names = readdirSync(folder);
  expect(names).toHaveLength(parts.length);
  const files = names.map((name) => join(folder, name));
  expect(keyscan(repository, ['merge', '-f', 'json', ...files]).stdout).toBe(whole);
  expect(run(merge)).toMatchObject({ status: 1 });
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1);

const onPosix = process.platform === 'win32' ? describe.skip : describe;
onPosix('docs/history.md', () => {
  test('GitHub Actions', () => {
    const { jobs } = parse(recipe('GitHub Actions'));
    const numbers: readonly number[] = jobs.part.strategy.matrix.part;
    const line = jobs.part.steps.find((step: { run?: string }) => step.run?.includes('--shard')).run;
    const parts = numbers.map((part) => () => {
      const filled = line
        .replaceAll(/\$\{\{ matrix\.part \}\}/g, String(part))
        .replaceAll(/\$\{\{ strategy\.job-total \}\}/g, String(numbers.length));
      expect(filled).not.toContain('${{');
      return run(filled);
    });
    const merge = jobs.merge.steps.find((step: { run?: string }) => step.run?.includes('merge')).run;
    expectWhole(parts, merge);
    expect(readFileSync(join(folder, 'keyscan.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  });

  test('GitLab CI', () => {
    const { part, merge } = parse(recipe('GitLab CI'));
    const parts = upTo(part.parallel).map((index) => () => {
      const env = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(part.parallel) };
      return run(part.script.join('\n'), env);
    });
    expectWhole(parts, merge.script.join('\n'));
    for (const name of [...merge.artifacts.paths, merge.artifacts.reports.secret_detection])
      expect(readdirSync(folder)).toContain(name);
  });

  test('Kubernetes', () => {
    const { spec } = parse(recipe('Kubernetes'));
    const [container] = spec.template.spec.containers;
    expect(container.command).toEqual(['sh', '-c']);
    const parts = upTo(spec.completions).map(
      (index) => () => run(container.args[0], { JOB_COMPLETION_INDEX: String(index - 1) }),
    );
    expectWhole(parts, 'keyscan merge /reports/part-*.json');
  });

  test('Slurm', () => {
    const [, script = ''] = /<<'END'\n([\s\S]*?)^END$/m.exec(recipe('Slurm')) ?? [];
    const [, merge = ''] = /--wrap '(.*)'/.exec(recipe('Slurm')) ?? [];
    const parts = upTo(3).map(
      (index) => () => run(script, { SLURM_ARRAY_TASK_ID: String(index), SLURM_ARRAY_TASK_COUNT: '3' }),
    );
    expectWhole(parts, merge);
  });
});
