// keyscan baseline and keyscan ignore, as a person uses them.

import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { keyscan } from '../support/keyscan.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
const [old, other] = [freshKey(), freshKey()];
beforeEach(() => {
  repository = scratchRepository();
  repository.write('src/old.ts', `const key = '${old}';\n`);
});
afterEach(() => repository.remove());

const run = (...args: string[]) => keyscan(repository, args);
const baseline = () => readFileSync(join(repository.path, '.keyscan-baseline'), 'utf8');
const fingerprints = (...args: string[]): string[] =>
  JSON.parse(run('--format', 'json', ...args).stdout).findings.map(
    ({ fingerprint }: { fingerprint: string }) => fingerprint,
  );

test('what is there is accepted, what comes is not, and the file holds nothing of either', () => {
  expect(run('.').status).toBe(1);
  expect(run('baseline', '--reason', 'revoked in May')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/1 credential accepted in \.keyscan-baseline/),
  });
  expect(statSync(join(repository.path, '.keyscan-baseline')).mode & 0o777).toBe(0o644);
  expect(baseline()).toMatch(
    /^#.*\nsalt [0-9a-f]{64}\nv1 [0-9a-f]{32} openai-[a-z-]+-key \d{4}-\d\d-\d\d revoked in May\n$/,
  );
  expect(run('.').status).toBe(0);
  // Moved, and on another line: the same credential.
  repository.write('src/moved.ts', `\n\n// here now\nconst key = '${old}';\n`);
  expect(run('.').status).toBe(0);
  repository.write('src/old.ts', `const key = '${other}';\n`);
  expect(run('.').status).toBe(1);
});

test('doing it twice changes nothing', () => {
  run('baseline');
  const once = baseline();
  expect(run('baseline')).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing to accept') });
  expect(baseline()).toBe(once);
});

test('one credential, for a time', () => {
  repository.write('src/other.ts', `const key = '${other}';\n`);
  const [first = '', second] = fingerprints('.');
  expect(run('ignore', first, '--reason', 'demo', '--expires', '2999-12-31')).toMatchObject({ status: 0 });
  expect(baseline()).toMatch(/ expires=2999-12-31 demo\n$/);
  expect(fingerprints('.')).toEqual([second]);
  expect(run('ignore', first, '--reason', 'for good')).toMatchObject({ status: 0 });
  expect(baseline()).toMatch(/-key \d{4}-\d\d-\d\d for good\n$/);
});

test('a credential that is nowhere here', () => {
  expect(run('ignore', '0'.repeat(32), '--reason', 'elsewhere').stdout).toContain('not in the files here');
  expect(baseline()).toMatch(/^v1 [0-9a-f]{32} - /m);
});

test.each<[what: string, args: string[], message: RegExp]>([
  ['no reason', ['ignore', '0'.repeat(32)], /needs --reason/],
  ['a blank reason', ['ignore', '0'.repeat(32), '--reason', ' '], /needs --reason/],
  ['two lines', ['ignore', '0'.repeat(32), '--reason', 'a\nv1'], /one line/],
  [
    'no such day',
    ['ignore', '0'.repeat(32), '--reason', 'x', '--expires', '2027-02-30'],
    /--expires needs a day/,
  ],
  ['a day that is over', ['baseline', '--expires', '2020-01-01'], /in the past/],
  [
    'a credential in the reason',
    ['ignore', '0'.repeat(32), '--reason', `was ${other}`],
    /holds a credential/,
  ],
  ['the same for all', ['baseline', '--reason', `was ${other}`], /holds a credential/],
  ['no fingerprint', ['ignore', 'abc', '--reason', 'x'], /no fingerprint/],
])('%s is refused and nothing written', (_, args, message) => {
  const { status, stderr } = run(...args);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(message) });
  expect(existsSync(join(repository.path, '.keyscan-baseline'))).toBe(false);
});

test('a credential given for a fingerprint is not repeated', () => {
  const { status, stdout, stderr } = run('ignore', old, '--reason', 'x');
  expect(status).toBe(2);
  expect(stdout + stderr).not.toContain(old.slice(-12));
});

test('a baseline that cannot be understood stays as it is', () => {
  repository.write('.keyscan-baseline', 'something else\n');
  expect(run('baseline')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('.keyscan-baseline:1'),
  });
  expect(baseline()).toBe('something else\n');
});

test('a link is not followed', () => {
  repository.write('elsewhere', '');
  symlinkSync('elsewhere', join(repository.path, '.keyscan-baseline'));
  expect(run('baseline').status).toBe(2);
  expect(readFileSync(join(repository.path, 'elsewhere'), 'utf8')).toBe('');
});

test('nothing is accepted when something could not be read', () => {
  symlinkSync('nowhere', join(repository.path, 'src/gone.ts'));
  expect(run('baseline', 'src/gone.ts', 'src/nothing-here').status).toBe(2);
  expect(existsSync(join(repository.path, '.keyscan-baseline'))).toBe(false);
});
