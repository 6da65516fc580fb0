// The files at the head of a build: each one is looked at, whatever it is and however old.

import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { keyscan, report } from '../support/keyscan.ts';
import { withScratch } from '../support/repository.ts';
import { commit } from './hosted.ts';

const base = ['ci', '--base', 'HEAD^'];

test('names of any kind, links, links to other repositories, and LFS objects', () =>
  withScratch((host) => {
    const key = freshKey();
    const content = `OPENAI_API_KEY=${freshKey()}\n`;
    const oid = createHash('sha256').update(content).digest('hex');
    host.submodule('module');
    symlinkSync(`../${freshKey()}`, join(host.path, 'link'));
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`;
    const stored = join(host.path, '.git/lfs/objects', oid.slice(0, 2), oid.slice(2, 4), oid);
    mkdirSync(dirname(stored), { recursive: true });
    writeFileSync(stored, content);
    commit(host, {
      'ä/line\nend "quoted"': freshKey(),
      'same/one': key,
      'same/two': key,
      'big.bin': pointer,
    });
    const head = commit(host, { new: '1' });
    const { findings, coverage } = report(host, base);
    const places = findings.map(({ occurrences }) => occurrences.map(({ path }) => path));
    expect(places).toEqual([['big.bin'], ['link'], ['same/one', 'same/two'], ['ä/line\nend "quoted"']]);
    expect(findings.flatMap(({ occurrences }) => occurrences.map(({ origin }) => origin))).toEqual(
      Array(5).fill({ kind: 'file', commit: head }),
    );
    expect(coverage).toMatchObject({
      complete: true,
      skipped: [{ path: 'module', reason: 'submodule, not scanned' }],
    });
  }));

test('a file that is new is told of the commit that brought it, not a second time', () =>
  withScratch((host) => {
    commit(host, { a: '1' });
    const head = commit(host, { b: freshKey() });
    const { findings } = report(host, base);
    expect(findings.flatMap(({ occurrences }) => occurrences)).toMatchObject([
      { path: 'b', origin: { kind: 'commit', commit: head } },
    ]);
  }));

test('every object is counted: those of the range, and the older files', () =>
  withScratch((host) => {
    commit(host, { a: '1', 'folder/b': '2' });
    commit(host, { c: '3' });
    // One commit, one tree, one file; two older files.
    expect(report(host, base).coverage).toMatchObject({ complete: true, objects: 5 });
  }));

test.each([
  ['of the range', (host: { git(...args: string[]): string }) => host.git('rev-parse', 'HEAD:new')],
  ['of an older file', (host: { git(...args: string[]): string }) => host.git('rev-parse', 'HEAD:old')],
])('an object %s that is missing: exit code 2, and the rest is still scanned', (_, which) =>
  withScratch((host) => {
    commit(host, { old: '1', key: freshKey() });
    commit(host, { new: '2' });
    const oid = which(host);
    rmSync(join(host.path, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    const { status, stdout, stderr } = keyscan(host, base);
    expect(stdout).toContain('key:1:1');
    expect(stderr).toContain(`git object ${oid} is missing`);
    expect(status).toBe(2);
  }),
);

test('SHA-256', () =>
  withScratch(
    (host) => {
      commit(host, { old: freshKey() });
      commit(host, { new: freshKey() });
      expect(report(host, base).findings).toHaveLength(2);
    },
    { objectFormat: 'sha256' },
  ));
