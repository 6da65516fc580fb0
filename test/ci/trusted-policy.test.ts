// What a change says about itself does not count: comments, exceptions and switched-off rules it brings along.

import { type Decided, trustedPolicy } from '../../src/ci/trusted-policy.ts';
import type { CommitFiles } from '../../src/git/commit-files.ts';
import type { Confidence, Detection, Detector, Directive, Hit, Judge, Verdict } from '../../src/model.ts';

const COMMENT: Directive = { tool: 'keyscan', line: 1, ruleId: undefined, reason: 'a sample' };
const INLINE: Verdict = { by: 'inline', reason: 'a sample' };
const BASELINE: Verdict = { by: 'baseline', reason: 'revoked' };

const detection = (fingerprint: string): Detection => ({
  ruleId: 'openai-project-key',
  severity: 'critical',
  confidence: 'certain',
  fingerprint,
  preview: 'sk-proj-…last',
  span: { line: 1, column: 1, endLine: 1, endColumn: 9 },
  decoded: [],
});

function hitAt(path: string, directives: readonly Directive[] = [], fingerprint = 'one'): Hit {
  const place = { path, origin: { kind: 'commit' }, previous: [], object: `object of ${path}` } as const;
  return { detection: detection(fingerprint), place, places: [place], directives };
}

/** Finds in a file what its content says: a fingerprint, and `#` when there is a comment beside it. */
const detector = {
  open: () => {
    let text = '';
    return {
      push: (chunk: Uint8Array) => {
        text += Buffer.from(chunk).toString('latin1');
      },
      end: () => [detection(text.replace('#', ''))],
      directives: () => (text.includes('#') ? [COMMENT] : []),
    };
  },
  describe: (ruleId: string) => ({ id: ruleId }),
} as unknown as Detector;

const heedsComments: Judge = async ({ directives }) => (directives.length > 0 ? INLINE : undefined);
const nothing: Judge = async () => undefined;
const decided = (judge: Judge, failOn: Confidence = 'likely'): Decided => ({ detector, judge, failOn });

function filesBefore(files: Readonly<Record<string, string>>, oids: readonly string[] = []): CommitFiles {
  return {
    read: async (path) => (path in files ? Buffer.from(files[path] ?? '') : undefined),
    holds: async (oid) => oids.includes(oid),
  };
}

describe('a comment counts', () => {
  const cases: readonly (readonly [what: string, files: CommitFiles, counts: boolean])[] = [
    ['not when the file is new', filesBefore({}), false],
    ['not when the file was there without the key', filesBefore({ a: 'another' }), false],
    ['not when the key was there without the comment', filesBefore({ a: 'one' }), false],
    ['not when the comment stood beside another key', filesBefore({ a: 'another#' }), false],
    ['when it stood beside the key', filesBefore({ a: 'one#' }), true],
    ['when the same content was there under another name', filesBefore({}, ['object of a']), true],
  ];

  test.each(cases)('%s', async (_, files, counts) => {
    const before = decided(heedsComments);
    const { judge, allowed } = trustedPolicy({ before, files, own: async () => before });
    const hit = hitAt('a', [COMMENT]);
    expect(await judge(hit)).toEqual(counts ? INLINE : undefined);
    expect(await allowed()).toEqual(counts ? [] : [{ hit, verdict: INLINE }]);
  });

  test('and does not take the place of other reasons to ignore', async () => {
    const before = decided(async ({ directives }) => (directives.length > 0 ? INLINE : BASELINE));
    const { judge } = trustedPolicy({ before, files: filesBefore({}), own: async () => before });
    expect(await judge(hitAt('a', [COMMENT]))).toEqual(BASELINE);
  });
});

describe('what the change would allow itself', () => {
  const trusted = (own: () => Promise<Decided>) =>
    trustedPolicy({ before: decided(nothing), files: filesBefore({}), own });

  test('is told once for each credential', async () => {
    const { judge, allowed } = trusted(async () => decided(async () => BASELINE));
    const hits = [hitAt('a'), hitAt('b'), hitAt('c', [], 'another')];
    for (const hit of hits) expect(await judge(hit)).toBeUndefined();
    expect(await allowed()).toEqual([
      { hit: hits[0], verdict: BASELINE },
      { hit: hits[2], verdict: BASELINE },
    ]);
  });

  test('a rule that it does not have any more is told, too', async () => {
    const without = { ...decided(nothing), detector: { ...detector, describe: () => fail() } };
    const { judge, allowed } = trusted(async () => without);
    await judge(hitAt('a'));
    expect(await allowed()).toMatchObject([{ verdict: { by: 'policy' } }]);
  });

  test('a threshold that it raises is told where it matters', async () => {
    const { judge, allowed } = trusted(async () => decided(nothing, 'certain'));
    const unsure = (confidence: Confidence): Hit => {
      const hit = hitAt('a', [], confidence);
      return { ...hit, detection: { ...hit.detection, confidence } };
    };
    for (const confidence of ['certain', 'likely', 'possible'] as const) await judge(unsure(confidence));
    const verdict = { by: 'policy', reason: 'only certain is to count' };
    expect(await allowed()).toEqual([{ hit: unsure('likely'), verdict }]);
  });

  test.each([
    ['when something counts', [hitAt('a')]],
    ['when nothing does', []],
  ])('a policy of its own that cannot be read is an error, %s', async (_, hits) => {
    const { judge, allowed } = trusted(async () => fail());
    for (const hit of hits) await judge(hit);
    await expect(allowed()).rejects.toThrow('unreadable');
  });
});

function fail(): never {
  throw new Error('unreadable');
}
