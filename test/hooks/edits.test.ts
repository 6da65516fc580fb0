// All edits or none, whatever fails and when.

import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyEdits, type Edit } from '../../src/hooks/edits.ts';
import { HookRefusal } from '../../src/hooks/refusal.ts';
import { snapshot } from './guarding.ts';

let root: string;
let edits: readonly Edit[];
beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'keyscan-edits-'));
  for (const name of ['moved', 'removed', 'written'])
    fs.writeFileSync(join(root, name), name, { mode: 0o640 });
  edits = [
    { kind: 'move', path: join(root, 'moved'), to: join(root, 'moved-away') },
    { kind: 'write', path: join(root, 'moved'), bytes: Buffer.from('new'), mode: 0o755 },
    { kind: 'remove', path: join(root, 'removed') },
    { kind: 'write', path: join(root, 'written'), bytes: Buffer.from('new'), mode: 0o755 },
    { kind: 'write', path: join(root, 'folder', 'new'), bytes: Buffer.from('new'), mode: 0o600 },
  ];
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(root, { recursive: true });
});

function refusal(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error instanceof HookRefusal ? error.refusal : error;
  }
  return undefined;
}

const full = (): never => {
  throw Object.assign(new Error('disk full'), { code: 'ENOSPC', syscall: 'write' });
};

/** Lets a function of fs fail from its nth call on, `times` times. */
function failing(
  name: 'renameSync' | 'rmSync' | 'fsyncSync',
  from: number,
  times: number,
  fail = full,
): void {
  const real = fs[name] as (...args: unknown[]) => unknown;
  let calls = 0;
  jest.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
    calls += 1;
    return calls >= from && calls < from + times ? fail() : real(...args);
  }) as never);
}

test('all of them', () => {
  applyEdits(edits);
  expect(Object.keys(snapshot(root))).toEqual(['folder', 'folder/new', 'moved', 'moved-away', 'written']);
  expect(fs.statSync(join(root, 'moved')).mode & 0o777).toBe(0o755);
});

test.each([
  ['renameSync', 1, 'moved'],
  ['renameSync', 2, 'moved'],
  ['rmSync', 1, 'removed'],
  ['renameSync', 3, 'written'],
  ['fsyncSync', 1, 'moved'],
  ['fsyncSync', 2, 'written'],
  ['fsyncSync', 3, 'folder/new'],
] as const)('%s fails the %ith time: as before', (name, from, path) => {
  const before = snapshot(root);
  failing(name, from, 1);
  expect(refusal(() => applyEdits(edits))).toEqual({
    kind: 'io',
    path: join(root, path),
    code: 'ENOSPC',
    undone: true,
  });
  const after = snapshot(root);
  delete after.folder;
  expect(after).toEqual(before);
});

test('what cannot be taken back is said', () => {
  failing('renameSync', 2, 100);
  expect(refusal(() => applyEdits(edits))).toMatchObject({ kind: 'io', undone: false });
});

test('a bug stays a bug, and nothing is left of it', () => {
  const before = snapshot(root);
  failing('fsyncSync', 2, 1, () => {
    throw new TypeError('a bug');
  });
  expect(refusal(() => applyEdits(edits))).toBeInstanceOf(TypeError);
  expect(snapshot(root)).toEqual(before);
});
