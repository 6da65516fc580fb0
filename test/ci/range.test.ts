// keyscan ci in real clones, with the variables each event brings: what is scanned, and when it refuses to guess.

import { SERVICES } from '../../src/ci/services.ts';
import type { Report } from '../../src/model.ts';
import { freshKey } from '../support/keys.ts';
import { keyscan, report } from '../support/keyscan.ts';
import { leakOf } from '../support/leaks.ts';
import { type WorkTree, withScratch } from '../support/repository.ts';
import {
  CHANGES,
  checkedOutMerge,
  commit,
  detach,
  fork,
  github,
  pullRequest,
  push,
  tryMerge,
  type Variables,
  ZERO,
} from './hosted.ts';

const ci = (tree: WorkTree, env: Variables, ...args: string[]) => keyscan(tree, ['ci', ...args], { env });
const read = (tree: WorkTree, env: Variables, ...args: string[]): Report =>
  report(tree, ['ci', ...args], { env });
const places = ({ findings }: Report): string[] =>
  findings.flatMap(({ occurrences }) =>
    occurrences.map(({ path, origin }) => `${path} ${origin.kind} ${origin.commit}`),
  );

describe('what is scanned', () => {
  test('pull request, checked out as a merge: a key that was added and taken out again is found', () =>
    withScratch((host) => {
      const { base, added, removed, moved, merge, key } = fork(host);
      const clone = checkedOutMerge(host);
      const env = pullRequest(host, base, removed, merge);
      const scanned = read(clone, env);
      expect(places(scanned)).toEqual([`src/a.ts commit ${added}`]);
      // The base is what the merge was made with, not what it was when the branch was made.
      expect(scanned).toMatchObject({
        mode: 'ci',
        coverage: { complete: true, range: `${moved}..${removed}` },
      });
      const { status, stdout, stderr } = ci(clone, env);
      expect(status).toBe(1);
      expect(stderr).toContain(
        `keyscan: ${moved.slice(0, 12)}..${removed.slice(0, 12)}, 2 commits, GitHub Actions pull_request\n`,
      );
      expect(leakOf(key, stdout + stderr)).toBeUndefined();
    }));

  test('pull request, checked out as its head', () =>
    withScratch((host) => {
      const { base, added, removed, merge } = fork(host);
      const clone = detach(host.clone('clone'), removed);
      const scanned = read(clone, pullRequest(host, base, removed, merge));
      expect(places(scanned)).toEqual([`src/a.ts commit ${added}`]);
      expect(scanned.coverage.range).toBe(`${base}..${removed}`);
    }));

  test('pull request into a repository that has its key already: found among the files at the head', () =>
    withScratch((host) => {
      commit(host, { 'old.ts': `'${freshKey()}'`, 'copy/of-old.ts': 'x' });
      host.git('mv', '-f', 'old.ts', 'copy/of-old.ts');
      const base = commit(host, {});
      host.git('checkout', '--quiet', '-b', 'feature');
      const head = commit(host, { 'b.ts': '// new\n' });
      const scanned = read(
        detach(host.clone('clone'), head),
        pullRequest(host, base, head, tryMerge(host, 'feature', 'refs/pull/7/merge')),
      );
      expect(places(scanned)).toEqual([`copy/of-old.ts file ${head}`]);
    }));

  test('push of several commits', () =>
    withScratch((host) => {
      const before = commit(host, { a: '1' });
      const first = commit(host, { b: freshKey() });
      const after = commit(host, { b: 'gone', c: '2' });
      const scanned = read(detach(host.clone('clone'), after), push(host, before, after));
      expect(places(scanned)).toEqual([`b commit ${first}`]);
      expect(scanned.coverage.range).toBe(`${before}..${after}`);
    }));

  test('push of a new branch: what the default branch does not have', () =>
    withScratch((host) => {
      const { base, added, removed } = fork(host);
      const clone = detach(host.clone('clone'), removed);
      const scanned = read(clone, push(host, ZERO, removed, 'refs/heads/feature'));
      expect(places(scanned)).toEqual([`src/a.ts commit ${added}`]);
      expect(scanned.coverage.range).toBe(`${host.git('rev-parse', 'main')}..${removed}`);
      expect(base).not.toBe(removed);
    }));

  test('forced push: what was there before is gone, so the default branch is compared with', () =>
    withScratch((host) => {
      const { added, removed } = fork(host);
      const clone = detach(host.clone('clone'), removed);
      const gone = '5'.repeat(40);
      expect(places(read(clone, push(host, gone, removed, 'refs/heads/feature')))).toEqual([
        `src/a.ts commit ${added}`,
      ]);
    }));

  test('forced push to the default branch, and the first push: everything there is', () =>
    withScratch((host) => {
      const first = commit(host, { a: freshKey() });
      const after = commit(host, { a: 'gone' });
      const clone = detach(host.clone('clone'), after);
      for (const before of ['5'.repeat(40), ZERO]) {
        const env = push(host, before, after);
        const scanned = read(clone, env);
        expect(places(scanned)).toEqual([`a commit ${first}`]);
        expect(scanned.coverage.range).toBe(after);
        expect(ci(clone, env).stderr).toMatch(/everything up to .*, 2 commits, .*so nothing is ignored\n/);
      }
    }));

  test('merge queue', () =>
    withScratch((host) => {
      const { added, moved, merge } = fork(host);
      const clone = checkedOutMerge(host);
      const event = { merge_group: { base_sha: moved, head_sha: merge, base_ref: 'refs/heads/main' } };
      const variables = { GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7', GITHUB_SHA: merge };
      const scanned = read(clone, github(host, 'merge_group', event, variables));
      expect(places(scanned)).toEqual([`src/a.ts commit ${added}`]);
      expect(scanned.coverage.range).toBe(`${moved}..${merge}`);
    }));

  test('a tag: its own message, too', () =>
    withScratch((host) => {
      const head = commit(host, { a: '1' });
      host.git('tag', '-a', 'v1', '-m', `the key is ${freshKey()}`);
      const clone = detach(host.clone('clone'), 'v1');
      const scanned = read(clone, push(host, ZERO, head, 'refs/tags/v1'));
      expect(places(scanned)).toEqual(['refs/tags/v1 tag undefined']);
    }));

  test('the name of a branch', () =>
    withScratch((host) => {
      const head = commit(host, { a: '1' });
      const key = freshKey();
      const name = `refs/heads/${key}`;
      host.git('update-ref', name, head);
      const { status, stdout, stderr } = ci(host.clone('clone'), push(host, ZERO, head, name));
      expect(stdout).toContain('in the name of the reference');
      expect(leakOf(key, stdout + stderr)).toBeUndefined();
      expect(status).toBe(1);
    }));

  test('schedule: everything there is', () =>
    withScratch((host) => {
      const first = commit(host, { a: freshKey() });
      const head = commit(host, { a: 'gone' });
      const env = github(host, 'schedule', {}, { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: head });
      expect(places(read(detach(host.clone('clone'), head), env))).toEqual([`a commit ${first}`]);
    }));

  test('--base and --head win over the variables', () =>
    withScratch((host) => {
      const { base, added, removed, merge } = fork(host);
      const clone = checkedOutMerge(host);
      const env = pullRequest(host, base, removed, merge);
      expect(places(read(clone, env, '--base', added, '--head', 'origin/feature'))).toEqual([]);
      expect(places(read(clone, {}, '--base', 'origin/main'))).toEqual([`src/a.ts commit ${added}`]);
      expect(read(clone, env, '--head', added).coverage.range).toBe(`${base}..${added}`);
    }));

  // Which commit each other service compares with: the rest is the same.
  test.each(CHANGES)('%s', (_, variables, base) =>
    withScratch((host) => {
      const forked = fork(host);
      const scanned = read(checkedOutMerge(host), variables(forked));
      expect(places(scanned)).toEqual([`src/a.ts commit ${forked.added}`]);
      expect(scanned.coverage.range).toBe(`${forked[base]}..${forked.removed}`);
    }),
  );

  test('CircleCI on the default branch: nobody says what is new, so everything is looked at', () =>
    withScratch((host) => {
      commit(host, { a: freshKey() });
      const head = commit(host, { a: 'gone' });
      const env = { CIRCLECI: 'true', CIRCLE_BRANCH: 'main', CIRCLE_SHA1: head };
      expect(read(host.clone('clone'), env)).toMatchObject({
        findings: [{}],
        coverage: { range: head },
      });
    }));
});

test('a branch that has the head already is no base when nobody says which branch is built', () =>
  withScratch((host) => {
    commit(host, { a: freshKey() });
    const head = commit(host, { a: 'gone' });
    const clone = detach(host.clone('clone'), head);
    expect(clone.git('rev-list', 'HEAD', '--not', '--remotes')).toBe('');
    expect(read(clone, { JENKINS_URL: 'https://jenkins.example/' })).toMatchObject({
      findings: [{}],
      coverage: { range: head },
    });
  }));

describe('nobody can move the base by what they call a branch or tag', () => {
  test('not with a name like a shortened id', () =>
    withScratch((host) => {
      const { base, removed } = fork(host);
      const short = base.slice(0, 12);
      host.git('tag', short, removed);
      host.git('branch', short, removed);
      const clone = detach(host.clone('clone'), removed);
      expect(clone.git('rev-parse', short)).toBe(removed);
      const env = {
        BITBUCKET_BUILD_NUMBER: '1',
        BITBUCKET_COMMIT: removed,
        BITBUCKET_PR_ID: '1',
        BITBUCKET_PR_DESTINATION_COMMIT: short,
      };
      const { status, stderr } = ci(clone, env);
      expect(stderr).toMatch(/the base of the change is not in this clone/);
      expect(status).toBe(2);
    }));

  test('not with a local branch of the name of the target', () =>
    withScratch((host) => {
      const { removed } = fork(host);
      const clone = detach(host.clone('clone', '--single-branch', '--branch=feature'), removed);
      clone.git('branch', 'main', removed);
      const env = {
        BUILDKITE: 'true',
        BUILDKITE_COMMIT: removed,
        BUILDKITE_PULL_REQUEST: '7',
        BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main',
      };
      expect(ci(clone, env).status).toBe(2);
    }));
});

describe('a clone that does not hold all of it', () => {
  const ofOneCommit = (service: string, head: string): Variables => {
    const found = SERVICES.find(({ name }) => name === service);
    const [sign = '', value = 'true'] = found?.sign ?? [];
    return { [sign]: value, [found?.fields.head ?? '']: head };
  };
  const others = SERVICES.filter(({ eventFile }) => eventFile === undefined);

  test('shallow: every service is told what it needs', () =>
    withScratch((host) => {
      commit(host, { a: freshKey() });
      const head = commit(host, { a: 'gone' });
      const clone = host.clone('clone', '--depth=1');
      for (const { name, cure } of others) {
        const { status, stdout, stderr } = ci(clone, ofOneCommit(name, head));
        expect({ name, status, stdout }).toEqual({ name, status: 2, stdout: '' });
        expect(stderr).toBe(
          `keyscan: ${name} push: a part of its commits is not in this clone, which is shallow\n  ${cure}\n`,
        );
      }
    }));

  test('shallow, pull request: neither the merge nor its parents can stand in for the base', () =>
    withScratch((host) => {
      const { base, removed, merge } = fork(host);
      const env = pullRequest(host, base, removed, merge);
      for (const depth of [1, 2]) {
        const clone = host.clone(`clone-${depth}`, '--no-checkout', `--depth=${depth}`);
        clone.git('fetch', '--quiet', `--depth=${depth}`, 'origin', 'refs/pull/7/merge');
        const { status, stderr } = ci(detach(clone, 'FETCH_HEAD'), env);
        expect(status).toBe(2);
        expect(stderr).toMatch(
          /^keyscan: GitHub Actions pull_request: .* is not in this clone, which is shallow\n.*"fetch-depth: 0"\n$/,
        );
      }
    }));

  test('shallow, but deep enough for the change', () =>
    withScratch((host) => {
      commit(host, { a: '1' });
      const before = commit(host, { a: '2' });
      const after = commit(host, { b: '3' });
      const clone = host.clone('clone', '--depth=2');
      expect(clone.git('rev-parse', '--is-shallow-repository')).toBe('true');
      expect(read(clone, push(host, before, after))).toMatchObject({
        coverage: { complete: true, range: `${before}..${after}` },
      });
    }));

  test('--allow-shallow scans what is there and says so', () =>
    withScratch((host) => {
      commit(host, { a: freshKey() });
      const head = commit(host, { a: 'gone', b: freshKey() });
      const clone = host.clone('clone', '--depth=1');
      const scanned = read(clone, push(host, ZERO, head), '--allow-shallow');
      expect(places(scanned)).toEqual([`b commit ${head}`]);
      expect(scanned.notices).toEqual([{ path: '', reason: expect.stringContaining('--allow-shallow') }]);
    }));

  test('partial: nothing is fetched, and it is said once', () =>
    withScratch((host) => {
      host.git('config', 'uploadpack.allowFilter', 'true');
      commit(host, { a: freshKey() });
      const head = commit(host, { a: 'gone' });
      const clone = host.clone('clone', '--filter=blob:none');
      const { status, stderr } = ci(clone, push(host, ZERO, head));
      expect(stderr).toBe(
        'keyscan: GitHub Actions push: 1 of its objects are not in this clone, which is partial\n' +
          '  give actions/checkout "fetch-depth: 0", without a filter\n',
      );
      expect(status).toBe(2);
      expect(clone.git('rev-list', '--objects', '--all', '--missing=print')).toMatch(/^\?/m);
    }));

  test('the head is not there: the checkout is of another commit', () =>
    withScratch((host) => {
      const base = commit(host, { a: '1' });
      const head = '7'.repeat(40);
      const { status, stderr } = ci(host.clone('clone'), pullRequest(host, base, head, base));
      expect(status).toBe(2);
      expect(stderr).toBe(
        `keyscan: GitHub Actions pull_request: the commit it is about is not in this clone\n  git fetch origin ${head} # fetch-depth: 0 in a CI checkout\n`,
      );
    }));

  test('the branch to compare with is not there', () =>
    withScratch((host) => {
      const head = commit(host, { a: '1' });
      const env = { JENKINS_URL: 'https://jenkins.example/', CHANGE_TARGET: 'release', GIT_COMMIT: head };
      const { status, stderr } = ci(host.clone('clone'), env);
      expect(status).toBe(2);
      expect(stderr).toMatch(
        /the base of the change is not in this clone\n {2}git fetch origin \+refs\/heads\/release:refs\/remotes\/origin\/release # fetch-depth: 0 in a CI checkout\n/,
      );
      // The line is there to be pasted.
      expect(ci(host, { ...env, CHANGE_TARGET: 'a;b' }).stderr).toContain(
        "git fetch origin '+refs/heads/a;b:refs/remotes/origin/a;b' # ",
      );
    }));
});

describe('keyscan without a command', () => {
  test.each([
    ['is keyscan ci where CI is set', 'ci', { CI: 'true' }, '.'],
    ['scans files where it is not', 'files', { CI: '' }, '.'],
    ['scans files where it says no', 'files', { CI: 'false' }, '.'],
    ['scans files outside of a repository', 'files', { CI: 'true' }, '..'],
  ])('%s', (_, mode, more, cwd) =>
    withScratch((host) => {
      const before = commit(host, { a: '1' });
      const env = { ...push(host, before, commit(host, { b: '2' })), ...more };
      expect(report(host, [], { env, cwd }).mode).toBe(mode);
    }),
  );
});

describe('no new commits', () => {
  test('said, and complete, when base and head are the same', () =>
    withScratch((host) => {
      const head = commit(host, { a: '1' });
      const { status, stderr } = ci(host, {}, '--base', head);
      expect(stderr).toContain('no new commits');
      expect(stderr).toContain('1 object');
      expect(status).toBe(0);
    }));

  test('refused when the head should have something that the base has not', () =>
    withScratch((host) => {
      const { base, moved } = fork(host);
      const { status, stderr } = ci(host, {}, '--base', moved, '--head', base);
      expect(stderr).toMatch(/no commits to scan.*\n {2}name what was there before with --base/);
      expect(status).toBe(2);
    }));

  test('a push that takes commits back has none', () =>
    withScratch((host) => {
      const after = commit(host, { a: '1' });
      const before = commit(host, { a: '2' });
      const { status, stderr } = ci(detach(host.clone('clone'), after), push(host, before, after));
      expect(stderr).toContain('no new commits');
      expect(status).toBe(0);
    }));
});

describe('refused with exit code 2', () => {
  test('no service, no base', () =>
    withScratch((host) => {
      commit(host, { a: '1' });
      const { status, stderr } = ci(host, { CI: 'true' });
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: expect.stringMatching(/\n {2}say it yourself: keyscan ci --base origin\/main\n$/),
      });
    }));

  test('not a repository', () =>
    withScratch((host) => {
      const { status, stderr } = keyscan(host, ['ci', '--base', 'HEAD'], { cwd: '..' });
      expect(stderr).toMatch(/git finds no repository here/);
      expect(status).toBe(2);
    }));

  test.each([
    ['no such revision', 'no-such-branch'],
    ['an option', '--all'],
    ['a range', 'HEAD..HEAD'],
    ['two lines', 'HEAD\nHEAD'],
  ])('--base is %s', (_, base) =>
    withScratch((host) => {
      commit(host, { a: '1' });
      expect(ci(host, {}, `--base=${base}`).status).toBe(2);
    }),
  );

  test('a key as a revision is not repeated', () =>
    withScratch((host) => {
      commit(host, { a: '1' });
      const key = freshKey();
      const { status, stdout, stderr } = ci(host, {}, '--base', key);
      expect(status).toBe(2);
      expect(leakOf(key, stdout + stderr)).toBeUndefined();
    }));

  test.each([
    ['is not there', { GITHUB_EVENT_PATH: '/nonexistent/event.json' }, /cannot be read \(ENOENT\)/],
    ['is a device', { GITHUB_EVENT_PATH: '/dev/zero' }, /no regular file of at most 32 MiB/],
    ['is not named', { GITHUB_EVENT_PATH: '' }, /is not named/],
  ])('the event file %s', (_, more, message) =>
    withScratch((host) => {
      const head = commit(host, { a: '1' });
      const { status, stderr } = ci(host, { ...push(host, ZERO, head), ...more });
      expect(stderr).toMatch(message);
      expect(status).toBe(2);
    }),
  );
});
