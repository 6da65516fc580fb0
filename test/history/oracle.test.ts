// Random repositories, looked at in two ways: keyscan history, and a plain search through every object that git prints.

import { join } from 'node:path';
import { indexedPacks } from '../../src/git/packs/open-pack.ts';
import { gitIn } from '../../src/git/process.ts';
import type { Finding, Hit } from '../../src/model.ts';
import { scan, testKey } from '../../src/scan.ts';
import { openWhole } from '../../src/sources/repository.ts';
import { openPacks } from '../../src/sources/sieve/packs.ts';
import { keyscan, report } from '../support/keyscan.ts';
import { seed, seeded } from '../support/random.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import { detector } from '../support/scanning.ts';
import { generate } from './generated.ts';
import { type Oracle, openOracle } from './oracle.ts';

const ACTIONS = 80;

describe.each([seed, seed + 1])('repository %i', (number) => {
  let repository: ScratchRepository;
  let oracle: Oracle;
  let keys: readonly string[];
  let findings: readonly Finding[];
  beforeAll(() => {
    repository = scratchRepository();
    keys = generate(repository, seeded(number), ACTIONS);
    oracle = openOracle(repository);
    const told = report(repository, ['history', '--no-cache']);
    expect(told.coverage).toMatchObject({ complete: true, problems: [] });
    findings = told.findings;
  });
  afterAll(() => repository.remove());

  /** None where two previews end alike. */
  const findingOf = (key: string): Finding | undefined => {
    const alike = findings.filter(({ preview }) => key.endsWith(preview.slice(-4)));
    return alike.length === 1 ? alike[0] : undefined;
  };
  const isHeld = (key: string): boolean => oracle.holding(key).length > 0;

  test('the same objects hold the same keys', async () => {
    let seen: readonly Hit[] = [];
    const git = gitIn(repository.path, repository.env);
    const { source } = openWhole(git, {
      ...{ allowShallow: false, shard: undefined, known: undefined },
      packs: openPacks(
        () => indexedPacks(join(repository.path, '.git/objects')),
        detector,
        testKey(),
        undefined,
      ),
      tell: async (hits) => {
        seen = hits;
        return { hits, evidence: new Map() };
      },
    });
    await scan({ source, detector });
    const found = seen.map(({ place, detection }) => `${place.object} ${detection.preview.slice(-4)}`);
    const expected = keys.flatMap((key) => oracle.holding(key).map((oid) => `${oid} ${key.slice(-4)}`));
    expect(expected.length).toBeGreaterThan(20);
    expect([...new Set(found)].sort()).toEqual([...new Set(expected)].sort());
    expect(findings).toHaveLength(keys.filter(isHeld).length);
  });

  test('the same commits brought them and took them away', () => {
    for (const key of keys.filter(isHeld)) {
      const { exposure } = findingOf(key) ?? {};
      if (!exposure) continue;
      const told = exposure.moves.map(({ kind, commit, path }) => ({ kind, commit, path }));
      const byMerges = told.filter(({ kind, commit }) => kind === 'removed' && oracle.isMerge(commit));
      for (const { commit, path } of byMerges) expect(oracle.canRemove(key, commit, utf8(path))).toBe(true);
      const rest = told.filter((each) => !byMerges.includes(each));
      expect(rest.map(({ kind, commit, path }) => `${kind} ${commit} ${utf8(path)}`).sort()).toEqual(
        oracle.moves(key),
      );
    }
  });

  test('the same references hold them, at their tips or in their past', () => {
    for (const key of keys.filter(isHeld)) {
      const { exposure } = findingOf(key) ?? {};
      if (!exposure) continue;
      const told = exposure.refs.filter(({ kind }) => !['reflog', 'stash', 'head'].includes(kind));
      const expected = oracle.holders(key);
      expect(told.map(({ name, at }) => `${at} ${name}`).sort()).toEqual(expected);
      expect(exposure.isReachable).toBe(oracle.isReachable(key));
      const isPushed = expected.some((each) => each.includes(' refs/remotes/'));
      if (isPushed) expect(exposure.verdict).toBe('pushed');
      if (expected.some((each) => /refs\/(?:tags|notes|odd)/.test(each)) || !exposure.isReachable)
        expect(exposure.verdict).not.toBe('local');
      const isAtTip = expected.some((each) => each.startsWith('tip ')) || exposure.inIndex;
      if (isAtTip) expect(exposure.removed).toBeNull();
    }
  });

  test('the parts of a split run are the run', () => {
    const parts = [1, 2, 3].map((index) => {
      const file = `../part-${index}.json`;
      const args = ['history', '--no-cache', '--shard', `${index}/3`, '-f', 'json', '-o', file];
      expect(keyscan(repository, args).status).toBe(1);
      return file;
    });
    const whole = keyscan(repository, ['history', '--no-cache', '-f', 'json']);
    expect(keyscan(repository, ['merge', ...parts, '-f', 'json'])).toEqual(whole);
  });
});

const utf8 = (path: string): string => Buffer.from(path, 'utf8').toString('latin1');
