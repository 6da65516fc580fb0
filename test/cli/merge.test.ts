// keyscan merge from the built command line: reports of other runs in, one report out.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report, Shard } from '../../src/model.ts';
import { freshKey } from '../support/keys.ts';
import { keyscan } from '../support/keyscan.ts';
import { leakOf } from '../support/leaks.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
const key = freshKey();
beforeEach(() => {
  repository = scratchRepository();
});
afterEach(() => repository.remove());

const inside = (name: string): string => join(repository.path, name);

/** What a run has written that found `content`; `shard` as a part of a split one. */
function written(name: string, content: string, shard: Shard | null = null): void {
  keyscan(repository, ['-', '-f', 'json', '-o', name], { input: content });
  const report: Report = JSON.parse(readFileSync(inside(name), 'utf8'));
  writeFileSync(inside(name), JSON.stringify({ ...report, coverage: { ...report.coverage, shard } }));
}

test('parts that are all there have the exit code of the whole, in any format', () => {
  written('a.json', 'clean\n', { index: 1, count: 2 });
  written('b.json', `OPENAI_API_KEY=${key}\n`, { index: 2, count: 2 });
  const { status, stdout } = keyscan(repository, ['merge', 'a.json', 'b.json', '--report', 'html=x.html']);
  expect(status).toBe(1);
  expect(stdout).toContain(key.slice(-4));
  expect(readFileSync(inside('x.html'), 'utf8')).toContain('1 OpenAI credential found');
  expect(keyscan(repository, ['merge', 'a.json', 'b.json', '--exit-zero']).status).toBe(0);
});

test('a part that is missing, or cannot be read, is exit code 2, and what was found is printed', () => {
  written('b.json', `OPENAI_API_KEY=${key}\n`, { index: 2, count: 2 });
  for (const files of [['b.json'], ['b.json', 'lost.json']]) {
    const { status, stdout, stderr } = keyscan(repository, ['merge', ...files, '--exit-zero']);
    expect(status).toBe(2);
    expect(stdout).toContain(key.slice(-4));
    expect(stderr).toContain('missing of 2 parts: 1');
  }
});

test('one report is written again as another format; what is none is told without a word of it', () => {
  written('whole.json', 'clean\n');
  expect(keyscan(repository, ['merge', 'whole.json', '-f', 'junit']).stdout).toContain('<testsuites');
  repository.write(`${key}.json`, `{"${key}": 1}`);
  const { status, stdout, stderr } = keyscan(repository, ['merge', `${key}.json`]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('is not a report of keyscan --format json');
  expect(leakOf(key, stderr)).toBeUndefined();
});

test('a credential that somebody has put into a report is not passed on', () => {
  written('a.json', `OPENAI_API_KEY=${key}\n`);
  repository.write('a.json', readFileSync(inside('a.json'), 'utf8').replaceAll('<stdin>', `see ${key}`));
  const { status, stdout, stderr } = keyscan(repository, ['merge', 'a.json', '-f', 'json']);
  expect(status).toBe(1);
  expect(leakOf(key, stdout + stderr)).toBeUndefined();
});

test('a rule that only the report knows is told by its words', () => {
  written('a.json', `OPENAI_API_KEY=${key}\n`);
  const text = readFileSync(inside('a.json'), 'utf8').replaceAll('openai-project-key', 'acme-key');
  repository.write('a.json', text);
  for (const format of ['human', 'sarif', 'html', 'gitlab']) {
    const { status, stdout } = keyscan(repository, ['merge', 'a.json', '-f', format]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/acme-key|OpenAI project API key/);
  }
});
