// The one loop: what is accounted for, what becomes a problem, and what the exit code makes of it.

import { ExitCode, UsageError } from '../../src/errors.ts';
import type { Judge, Report } from '../../src/model.ts';
import { exitCodeOf, scan } from '../../src/scan.ts';
import { blob, detector, source } from './fakes.ts';

const strict = { failOn: 'likely', exitZero: false } as const;
const fingerprints = ({ findings }: Report): string[] => findings.map(({ fingerprint }) => fingerprint);

test('a clean run', async () => {
  const skipped = { kind: 'skipped', path: 'inner', reason: 'submodule' } as const;
  const report = await scan({ source: source([blob('abc', 'a'), blob('', 'b'), skipped]), detector });
  expect(report).toEqual({
    schemaVersion: 1,
    tool: { name: 'keyscan', version: expect.any(String), rules: 'hash' },
    mode: 'files',
    coverage: {
      complete: true,
      objects: 2,
      bytes: 3,
      range: null,
      shard: null,
      skipped: [{ path: 'inner', reason: 'submodule' }],
      problems: [],
    },
    findings: [],
    ignored: [],
    notices: [],
  });
  expect(exitCodeOf(report, strict)).toBe(ExitCode.clean);
});

describe('a problem fails the run and keeps what was found', () => {
  const bug = new TypeError('the secret');
  const coded = Object.assign(new Error('the secret'), { code: 'EIO', syscall: 'read' });
  test.each([
    [
      'a blob breaks off',
      [blob(new UsageError('broke off'), 'a'), blob('{k}', 'b')],
      2,
      ['first', 'k'],
      ['broke off'],
    ],
    ['a blob breaks off, for the system', [blob(coded, 'a')], 1, ['first'], ['cannot be read (EIO)']],
    [
      'the source breaks off',
      [blob('{k}', 'a'), new UsageError('git died')],
      2,
      ['k'],
      ['git died', 'objects unaccounted for: 1'],
    ],
    [
      'the source has a bug',
      [blob('{k}', 'a'), bug],
      1,
      ['k'],
      [expect.stringMatching(/^internal error: TypeError at scan\.test\.ts:\d+:\d+$/)],
    ],
    [
      'the source says there is a problem',
      [blob('{k}', 'a'), { kind: 'problem', path: 'p', reason: 'missing' }],
      2,
      ['k'],
      ['missing'],
    ],
    ['something is left out', [blob('{k}', 'a')], 3, ['k'], ['objects unaccounted for: 2']],
    ['something comes twice', [blob('{k}', 'a'), blob('{k}', 'a')], 1, ['k'], ['objects nobody expected: 1']],
  ] as const)('%s', async (_, items, expected, found, problems) => {
    const report = await scan({ source: source(items, expected), detector });
    expect(fingerprints(report)).toEqual(found);
    expect(report.coverage.problems.map(({ reason }) => reason)).toEqual(problems);
    expect(report.coverage.complete).toBe(false);
    expect(exitCodeOf(report, strict)).toBe(ExitCode.incomplete);
    expect(exitCodeOf(report, { ...strict, exitZero: true })).toBe(ExitCode.incomplete);
  });

  test('one that comes from the content and again from the source is said once', async () => {
    const died = new UsageError('git died');
    const report = await scan({ source: source([blob(died, 'a'), died], 1), detector });
    expect(report.coverage.problems).toEqual([{ path: 'a', reason: 'git died' }]);
  });

  test('what closing throws, too; and what is no Error', async () => {
    const finish = async (): Promise<void> => {
      throw 'the secret';
    };
    const report = await scan({ source: source([blob('{k}', 'a')]), detector, finish });
    expect(report.coverage.problems).toEqual([{ path: '', reason: 'internal error: string' }]);
    expect(fingerprints(report)).toEqual(['k']);
  });

  test('a judge that fails lets nothing pass', async () => {
    const judge: Judge = async () => {
      throw new UsageError('cannot tell');
    };
    const report = await scan({ source: source([blob('{k}', 'a')]), detector, judge });
    expect(fingerprints(report)).toEqual(['k']);
    expect(report.coverage.problems).toEqual([{ path: '', reason: 'cannot tell' }]);
  });

  test('a detector that finds nothing does not even find its own key', async () => {
    const blind = {
      ...detector,
      open: () => ({ push: () => undefined, end: () => [], directives: () => [], isEmpty: () => true }),
    };
    const report = await scan({ source: source([blob('{k}', 'a')]), detector: blind });
    expect(report.coverage.problems).toEqual([
      { path: '', reason: expect.stringContaining('positive control failed') },
    ]);
    expect(exitCodeOf(report, strict)).toBe(ExitCode.incomplete);
  });
});

describe('judging', () => {
  test('comes after the last item, before closing, and sorts out what is ignored', async () => {
    const order: string[] = [];
    const items = source([blob('{k} {l}', 'a', 'b'), blob('{k}', 'c')]);
    const report = await scan({
      source: {
        ...items,
        async *items() {
          yield* items.items();
          order.push('last item');
        },
      },
      detector,
      judge: async ({ detection: { fingerprint }, place: { path } }) => {
        order.push(`${fingerprint} in ${path}`);
        return fingerprint === 'k' && path !== 'b' ? { by: 'committed', reason: 'old' } : undefined;
      },
      finish: async () => {
        order.push('finish');
      },
    });
    expect(order).toEqual(['last item', 'k in a', 'k in b', 'l in a', 'l in b', 'k in c', 'finish']);
    expect(
      report.findings.map(({ fingerprint, occurrences }) => [
        fingerprint,
        occurrences.map(({ path }) => path),
      ]),
    ).toEqual([
      ['l', ['a', 'b']],
      ['k', ['b']],
    ]);
    const entry = {
      ruleId: 'rule',
      fingerprint: 'k',
      preview: 'k…',
      line: 1,
      by: 'committed',
      reason: 'old',
    };
    expect(report.ignored).toEqual([
      { ...entry, path: 'a' },
      { ...entry, path: 'c' },
    ]);
  });
});

describe('names', () => {
  test('are scanned like content, on line 1, and never printed with a key in them', async () => {
    const report = await scan({
      source: source([
        blob('', 'x\n{k}.txt'),
        { kind: 'skipped', path: '{s}', reason: 'submodule {s}' },
        { kind: 'problem', path: '{p}', reason: 'cannot read {p}' },
      ]),
      detector,
    });
    const onLine1 = { line: 1, endLine: 1, origin: { kind: 'name' } };
    expect(report.findings).toMatchObject([
      { fingerprint: 'k', occurrences: [{ path: 'x\n{…}.txt', ...onLine1 }] },
      { fingerprint: 'p', occurrences: [{ path: '{…}', ...onLine1 }] },
      { fingerprint: 's', occurrences: [{ path: '{…}', ...onLine1 }] },
    ]);
    expect(JSON.stringify(report.coverage)).not.toMatch(/\{[ksp]\}/);
  });

  test('that are not UTF-8 are spelled out', async () => {
    const name = 'a\xff\xc3\xa9\xed\xa0\x80\xf0\x9f\x94\x91\xf4\x90\x80\x80\xc0\xaf';
    const report = await scan({ source: source([{ kind: 'skipped', path: name, reason: 'x' }]), detector });
    expect(report.coverage.skipped).toEqual([
      { path: 'a\\xffé\\xed\\xa0\\x80🔑\\xf4\\x90\\x80\\x80\\xc0\\xaf', reason: 'x' },
    ]);
  });
});

describe('the exit code', () => {
  test.each([
    ['certain', 'certain', false, ExitCode.findings],
    ['likely', 'certain', false, ExitCode.clean],
    ['likely', 'likely', false, ExitCode.findings],
    ['possible', 'likely', false, ExitCode.clean],
    ['possible', 'possible', false, ExitCode.findings],
    ['certain', 'possible', true, ExitCode.clean],
  ] as const)(
    'a %s finding with --fail-on %s, --exit-zero %s: %s',
    async (confidence, failOn, exitZero, code) => {
      const report = await scan({ source: source([blob(`{k rule high ${confidence}}`, 'a')]), detector });
      expect(exitCodeOf(report, { failOn, exitZero })).toBe(code);
    },
  );

  test('a report that is not complete is never clean', async () => {
    const report = await scan({ source: source([]), detector });
    const incomplete = { ...report, coverage: { ...report.coverage, complete: false } };
    expect(exitCodeOf(incomplete, strict)).toBe(ExitCode.incomplete);
  });
});
