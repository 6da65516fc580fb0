// Nothing of a secret gets out: not in a detection, not through a mask.

import fc from 'fast-check';
import { fingerprintOf } from '../../src/detect/redact.ts';
import { freshKey } from '../support/keys.ts';
import { marked, SHAPES, written } from '../support/matrix.ts';
import { agentIdentity, azureKey, oauthAccessToken, sessionCookie } from '../support/other-kinds.ts';
import { pick } from '../support/placed.ts';
import { seed, seeded } from '../support/random.ts';
import { brief, detector, scan } from '../support/scanning.ts';

const settings = { seed: seed | 0, numRuns: 300 };
/** Numbers, from which files are made: a failure prints the number, never a key. */
const anyFile = fc.nat();

describe(`nothing of a secret gets out (KEYSCAN_TEST_SEED=${seed})`, () => {
  const PREFIX = /^(?:sk-(?:proj|svcacct|admin|None|service-account-name|[a-z]{2}-[a-z]{5})-|sk-)/;

  /** Every eight characters in a row of what is secret. */
  function windowsOf(key: string): string[] {
    const body = key.replace(PREFIX, '');
    return Array.from({ length: Math.max(0, body.length - 7) }, (_, at) => body.slice(at, at + 8));
  }

  const leaks = (said: string, key: string): boolean =>
    windowsOf(key).some((window) => said.includes(window));

  test('no field of a detection holds eight characters of it', () => {
    fc.assert(
      fc.property(anyFile, (from) => {
        const { key, bytes } = written(from);
        for (const detection of scan(bytes)) {
          const said = JSON.stringify(detection);
          expect({ leaks: leaks(said, key), of: leaks(said, key) ? brief(detection) : '' }).toEqual({
            leaks: false,
            of: '',
          });
        }
      }),
      settings,
    );
  });

  test('the other kinds neither', () => {
    const random = seeded(seed);
    for (const make of [agentIdentity, azureKey, oauthAccessToken, sessionCookie]) {
      const secret = make(random);
      const said = JSON.stringify(scan(`__Secure-next-auth.session-token=${secret}\n`));
      expect(leaks(said.toLowerCase(), secret.slice(20).toLowerCase())).toBe(false);
    }
  });

  test('a preview is what the dashboard shows: the public prefix and the last four', () => {
    const random = seeded(seed);
    for (const [shape, prefix] of [
      ['F1', 'sk-'],
      ['F11', 'sk-proj-'],
      ['F12', 'sk-svcacct-'],
      ['F14', 'sk-admin-'],
    ] as const) {
      const key = freshKey(shape, random);
      expect(scan(`OPENAI_API_KEY=${key}\n`)[0]?.preview).toBe(`${prefix}…${key.slice(-4)}`);
    }
  });

  // Baselines and other reports have it: it may never become another.
  test('a fingerprint is a hash of the credential, and stays the same', () => {
    expect(fingerprintOf('not a key')).toBe('6d957f3271109890a93a5a8f90546593');
    expect(fingerprintOf('caf\xe9')).toBe('f5a4e39dd32ea8ac1a0bc801167c5970');
  });

  test('mask takes keys out of text and leaves the rest', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom('', 'a ', 'src/', 'fix: use '),
        fc.constantFrom('', '.txt', ' b', '\n'),
        (from, before, after) => {
          const random = seeded(from);
          const key = freshKey(pick(SHAPES.filter(marked), random), random);
          const masked = detector.mask(before + key + after);
          expect(leaks(masked, key)).toBe(false);
          expect(masked.startsWith(before) && masked.endsWith(after)).toBe(true);
          expect(detector.mask(before + after)).toBe(before + after);
        },
      ),
      settings,
    );
  });

  test('mask takes out several', () => {
    const random = seeded(seed);
    const keys = ['F11', 'F12', 'F9'].map((shape) => freshKey(shape, random));
    const masked = detector.mask(keys.join(' and '));
    expect(keys.some((key) => leaks(masked, key))).toBe(false);
    expect(masked.split(' and ')).toHaveLength(3);
  });
});
