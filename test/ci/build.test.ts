// What is read from the variables that CI services set, with the values their documentation shows.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Build, buildOf, type Variables } from '../../src/ci/build.ts';
import { SERVICES } from '../../src/ci/services.ts';

const BASE = 'b'.repeat(40);
const HEAD = 'a'.repeat(40);
const MERGE = 'c'.repeat(40);
const ZERO = '0'.repeat(40);

const github: Variables = {
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: 'octocat',
  GITHUB_EVENT_PATH: '/github/workflow/event.json',
  GITHUB_REPOSITORY: 'octocat/Hello-World',
  GITHUB_SHA: HEAD,
};
const pullRequest: Variables = {
  ...github,
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_BASE_REF: 'main',
  GITHUB_HEAD_REF: 'feature',
  GITHUB_REF: 'refs/pull/7/merge',
  GITHUB_SHA: MERGE,
};
const ofPullRequest = {
  action: 'synchronize',
  before: '1'.repeat(40),
  after: HEAD,
  number: 7,
  pull_request: { number: 7, base: { ref: 'main', sha: BASE }, head: { ref: 'feature', sha: HEAD } },
  repository: { default_branch: 'main' },
};
const push: Variables = { ...github, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' };
const ofPush = {
  after: HEAD,
  before: BASE,
  forced: false,
  ref: 'refs/heads/main',
  repository: { default_branch: 'main' },
};
const gitlab: Variables = {
  CI: 'true',
  GITLAB_CI: 'true',
  CI_COMMIT_BEFORE_SHA: ZERO,
  CI_COMMIT_SHA: HEAD,
  CI_DEFAULT_BRANCH: 'main',
  CI_PIPELINE_SOURCE: 'push',
};
const mergeRequest: Variables = {
  ...gitlab,
  CI_COMMIT_REF_NAME: 'feature',
  CI_MERGE_REQUEST_DIFF_BASE_SHA: BASE,
  CI_MERGE_REQUEST_EVENT_TYPE: 'detached',
  CI_MERGE_REQUEST_IID: '3',
  CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  CI_MERGE_REQUEST_TARGET_BRANCH_SHA: '',
  CI_PIPELINE_SOURCE: 'merge_request_event',
};
const bitbucket: Variables = { CI: 'true', BITBUCKET_BUILD_NUMBER: '12', BITBUCKET_COMMIT: HEAD };
const azure: Variables = {
  TF_BUILD: 'True',
  BUILD_REASON: 'IndividualCI',
  BUILD_SOURCEBRANCH: 'refs/heads/main',
  BUILD_SOURCEVERSION: HEAD,
};
const circle: Variables = { CI: 'true', CIRCLECI: 'true', CIRCLE_SHA1: HEAD };
const jenkins: Variables = { JENKINS_URL: 'https://jenkins.example/', BUILD_ID: '7', GIT_COMMIT: HEAD };
const buildkite: Variables = {
  CI: 'true',
  BUILDKITE: 'true',
  BUILDKITE_BRANCH: 'feature',
  BUILDKITE_COMMIT: HEAD,
  BUILDKITE_PIPELINE_DEFAULT_BRANCH: 'main',
  BUILDKITE_PULL_REQUEST: 'false',
  BUILDKITE_PULL_REQUEST_BASE_BRANCH: '',
  BUILDKITE_SOURCE: 'webhook',
};
const drone: Variables = {
  CI: 'true',
  DRONE: 'true',
  DRONE_BUILD_EVENT: 'push',
  DRONE_COMMIT_BEFORE: BASE,
  DRONE_COMMIT_BRANCH: 'main',
  DRONE_COMMIT_SHA: HEAD,
  DRONE_REPO_BRANCH: 'main',
};
const woodpecker: Variables = {
  CI: 'woodpecker',
  CI_COMMIT_BRANCH: 'feature',
  CI_COMMIT_SHA: HEAD,
  CI_PIPELINE_EVENT: 'push',
  CI_PREV_COMMIT_SHA: BASE,
  CI_REPO_DEFAULT_BRANCH: 'main',
};
const travis: Variables = {
  CI: 'true',
  TRAVIS: 'true',
  TRAVIS_BRANCH: 'main',
  TRAVIS_COMMIT: HEAD,
  TRAVIS_EVENT_TYPE: 'push',
  TRAVIS_PULL_REQUEST: 'false',
};
const appveyor: Variables = {
  CI: 'True',
  APPVEYOR: 'True',
  APPVEYOR_REPO_BRANCH: 'main',
  APPVEYOR_REPO_COMMIT: HEAD,
};

type Case = readonly [what: string, env: Variables, expected: Partial<Build>, event?: object];

const change = { kind: 'change', head: HEAD } as const;
const cases: readonly Case[] = [
  [
    'GitHub Actions pull_request',
    pullRequest,
    { ...change, bases: [{ mergedBy: MERGE }, { commit: BASE }, { branch: 'main' }] },
    ofPullRequest,
  ],
  [
    // Runs with the base checked out.
    'GitHub Actions pull_request',
    {
      ...pullRequest,
      GITHUB_EVENT_NAME: 'pull_request_target',
      GITHUB_SHA: BASE,
      GITHUB_REF: 'refs/heads/main',
    },
    { ...change, bases: [{ mergedBy: BASE }, { commit: BASE }, { branch: 'main' }] },
    ofPullRequest,
  ],
  [
    'GitHub Actions merge_group',
    { ...github, GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7-1' },
    { ...change, bases: [{ commit: BASE }, { branch: 'main' }] },
    { merge_group: { head_sha: HEAD, base_sha: BASE, base_ref: 'refs/heads/main' } },
  ],
  [
    'GitHub Actions push',
    push,
    { kind: 'push', head: HEAD, bases: [{ commit: BASE }], saysBefore: true },
    ofPush,
  ],
  [
    // A new repository, or a new default branch.
    'GitHub Actions push',
    push,
    { kind: 'push', bases: [], saysBefore: true },
    { ...ofPush, before: ZERO },
  ],
  [
    // A new branch.
    'GitHub Actions push',
    { ...push, GITHUB_REF: 'refs/heads/feature' },
    { kind: 'push', ref: 'refs/heads/feature', bases: [{ branch: 'main' }] },
    { ...ofPush, before: ZERO },
  ],
  [
    // Forced: the commit before is likely to be gone.
    'GitHub Actions push',
    { ...push, GITHUB_REF: 'refs/heads/feature' },
    { bases: [{ commit: BASE }, { branch: 'main' }] },
    { ...ofPush, forced: true },
  ],
  [
    'GitHub Actions tag',
    { ...push, GITHUB_REF: 'refs/tags/v1' },
    { kind: 'push', ref: 'refs/tags/v1', bases: [{ branch: 'main' }] },
    { ...ofPush, before: ZERO },
  ],
  [
    'GitHub Actions run without a change',
    { ...push, GITHUB_EVENT_NAME: 'schedule' },
    { kind: 'whole', head: HEAD, bases: [] },
    { schedule: '0 5 * * *', repository: { default_branch: 'main' } },
  ],
  [
    'GitHub Actions run without a change',
    { ...push, GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_REF: 'refs/heads/feature' },
    { kind: 'whole', bases: [{ branch: 'main' }] },
    { inputs: {}, repository: { default_branch: 'main' } },
  ],

  ['GitLab CI merge request', mergeRequest, { ...change, bases: [{ commit: BASE }, { branch: 'main' }] }],
  [
    'GitLab CI merged result',
    {
      ...mergeRequest,
      CI_COMMIT_SHA: MERGE,
      CI_MERGE_REQUEST_EVENT_TYPE: 'merged_result',
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: HEAD,
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: BASE,
    },
    { ...change, bases: [{ commit: BASE }, { mergedBy: MERGE }, { commit: BASE }, { branch: 'main' }] },
  ],
  [
    'GitLab CI external pull request',
    {
      ...gitlab,
      CI_COMMIT_BRANCH: 'feature',
      CI_EXTERNAL_PULL_REQUEST_IID: '9',
      CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA: HEAD,
      CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA: BASE,
    },
    { ...change, bases: [{ commit: BASE }, { branch: 'main' }] },
  ],
  [
    'GitLab CI push',
    { ...gitlab, CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: BASE },
    { kind: 'push', head: HEAD, bases: [{ commit: BASE }], saysBefore: true },
  ],
  [
    'GitLab CI push',
    { ...gitlab, CI_COMMIT_BRANCH: 'feature' },
    { kind: 'push', bases: [{ branch: 'main' }] },
  ],
  ['GitLab CI tag', { ...gitlab, CI_COMMIT_TAG: 'v1' }, { ref: 'refs/tags/v1', bases: [{ branch: 'main' }] }],
  [
    'GitLab CI run without a change',
    { ...gitlab, CI_COMMIT_BRANCH: 'main', CI_PIPELINE_SOURCE: 'schedule' },
    { kind: 'whole', bases: [] },
  ],

  [
    'Bitbucket Pipelines pull request',
    {
      ...bitbucket,
      BITBUCKET_BRANCH: 'feature',
      BITBUCKET_PR_DESTINATION_BRANCH: 'main',
      BITBUCKET_PR_DESTINATION_COMMIT: BASE.slice(0, 12),
      BITBUCKET_PR_ID: '5',
    },
    { ...change, bases: [{ commit: BASE.slice(0, 12) }, { branch: 'main' }] },
  ],
  [
    'Bitbucket Pipelines push',
    { ...bitbucket, BITBUCKET_BRANCH: 'main' },
    { kind: 'push', ref: 'refs/heads/main', bases: ['default branch'], saysBefore: false },
  ],
  ['Bitbucket Pipelines tag', { ...bitbucket, BITBUCKET_TAG: 'v1' }, { ref: 'refs/tags/v1' }],

  [
    'Azure Pipelines pull request',
    {
      ...azure,
      BUILD_REASON: 'PullRequest',
      BUILD_SOURCEBRANCH: 'refs/pull/3/merge',
      BUILD_SOURCEVERSION: MERGE,
      SYSTEM_PULLREQUEST_SOURCECOMMITID: HEAD,
      SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
    },
    { ...change, bases: [{ mergedBy: MERGE }, { branch: 'main' }] },
  ],
  [
    // Without the id of the source, which is not documented.
    'Azure Pipelines pull request',
    { ...azure, BUILD_SOURCEVERSION: MERGE, SYSTEM_PULLREQUEST_TARGETBRANCH: 'main' },
    { kind: 'change', head: MERGE, bases: [{ mergedBy: MERGE }, { branch: 'main' }] },
  ],
  ['Azure Pipelines push', azure, { kind: 'push', bases: ['default branch'], ref: 'refs/heads/main' }],
  ['Azure Pipelines tag', { ...azure, BUILD_SOURCEBRANCH: 'refs/tags/v1' }, { ref: 'refs/tags/v1' }],
  ['Azure Pipelines run without a change', { ...azure, BUILD_REASON: 'Schedule' }, { kind: 'whole' }],

  [
    'CircleCI push',
    { ...circle, CIRCLE_BRANCH: 'feature' },
    { kind: 'push', bases: ['default branch'], saysBefore: false },
  ],
  [
    'CircleCI push',
    { ...circle, CIRCLE_BRANCH: 'main', CIRCLE_BASE_REVISION: BASE },
    { bases: ['default branch', { commit: BASE }], saysBefore: true },
  ],
  ['CircleCI tag', { ...circle, CIRCLE_TAG: 'v1' }, { ref: 'refs/tags/v1' }],

  [
    'Jenkins pull request',
    { ...jenkins, BRANCH_NAME: 'PR-4', CHANGE_ID: '4', CHANGE_BRANCH: 'feature', CHANGE_TARGET: 'main' },
    { ...change, bases: [{ branch: 'main' }] },
  ],
  [
    'Jenkins push',
    { ...jenkins, BRANCH_NAME: 'main', GIT_PREVIOUS_SUCCESSFUL_COMMIT: BASE },
    { kind: 'push', bases: [{ commit: BASE }, 'default branch'], saysBefore: true },
  ],
  [
    // A pipeline that keeps its checkout's variables to itself.
    'Jenkins push',
    { JENKINS_URL: 'https://jenkins.example/' },
    { head: 'HEAD', ref: undefined, bases: ['default branch'] },
  ],

  [
    'Buildkite pull request',
    { ...buildkite, BUILDKITE_PULL_REQUEST: '8', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' },
    { ...change, bases: [{ branch: 'main' }] },
  ],
  [
    'Buildkite merge queue',
    {
      ...buildkite,
      BUILDKITE_MERGE_QUEUE_BASE_BRANCH: 'main',
      BUILDKITE_MERGE_QUEUE_BASE_COMMIT: BASE,
    },
    { ...change, bases: [{ commit: BASE }, { branch: 'main' }] },
  ],
  [
    'Buildkite push',
    { ...buildkite, BUILDKITE_COMMIT: 'HEAD' },
    { head: 'HEAD', bases: [{ branch: 'main' }] },
  ],
  ['Buildkite push', { ...buildkite, BUILDKITE_BRANCH: 'main' }, { bases: [] }],
  ['Buildkite run without a change', { ...buildkite, BUILDKITE_SOURCE: 'schedule' }, { kind: 'whole' }],

  ['Drone push', drone, { kind: 'push', bases: [{ commit: BASE }] }],
  [
    'Drone pull request',
    { ...drone, DRONE_BUILD_EVENT: 'pull_request', DRONE_TARGET_BRANCH: 'main' },
    { ...change, bases: [{ branch: 'main' }] },
  ],
  ['Drone run without a change', { ...drone, DRONE_BUILD_EVENT: 'cron' }, { kind: 'whole' }],
  ['Woodpecker push', woodpecker, { kind: 'push', bases: [{ branch: 'main' }] }],
  [
    'Woodpecker pull request',
    { ...woodpecker, CI_PIPELINE_EVENT: 'pull_request', CI_COMMIT_TARGET_BRANCH: 'main' },
    { ...change, bases: [{ branch: 'main' }] },
  ],
  ['Woodpecker run without a change', { ...woodpecker, CI_PIPELINE_EVENT: 'cron' }, { kind: 'whole' }],
  ['Travis CI run without a change', { ...travis, TRAVIS_EVENT_TYPE: 'cron' }, { kind: 'whole' }],
  ['Travis CI push', travis, { kind: 'push', bases: ['default branch'] }],
  [
    'Travis CI pull request',
    { ...travis, TRAVIS_COMMIT: MERGE, TRAVIS_PULL_REQUEST: '6', TRAVIS_PULL_REQUEST_SHA: HEAD },
    { ...change, bases: [{ mergedBy: MERGE }, { branch: 'main' }] },
  ],
  ['AppVeyor push', appveyor, { kind: 'push', bases: ['default branch'] }],
  [
    'AppVeyor pull request',
    { ...appveyor, APPVEYOR_PULL_REQUEST_HEAD_COMMIT: HEAD, APPVEYOR_PULL_REQUEST_NUMBER: '2' },
    { ...change, bases: [{ branch: 'main' }] },
  ],
];

test.each(cases.map((each) => [each[0], each] as const))('%s', (_, [name, env, expected, event]) => {
  expect(buildOf(env, event)).toMatchObject({ name, ...expected });
});

test('every event of every service is tried', () => {
  const tried = new Set(cases.map(([name]) => name));
  const known = SERVICES.flatMap(({ name, events }) => events.map((event) => `${name} ${event.name}`));
  expect(known.filter((name) => !tried.has(name))).toEqual([]);
});

test('docs/ci.md speaks of every service', () => {
  const page = readFileSync(join(__dirname, '../../docs/ci.md'), 'utf8');
  expect(SERVICES.filter(({ name }) => !page.includes(name))).toEqual([]);
});

test('a build has no service when only CI is set', () => {
  expect(buildOf({ CI: 'true', BUILD_ID: '3' }, undefined)).toBeUndefined();
});

describe('a value that is not what the service promises is refused and not repeated', () => {
  const refused: readonly (readonly [
    what: string,
    env: Variables,
    event: object | undefined,
    message: RegExp,
  ])[] = [
    [
      'an option for a commit',
      { ...gitlab, CI_COMMIT_SHA: '--all' },
      undefined,
      /^CI_COMMIT_SHA is not the id/,
    ],
    ['a branch for a commit', { ...circle, CIRCLE_SHA1: 'main' }, undefined, /^CIRCLE_SHA1 is not the id/],
    [
      'an expression for a branch',
      { ...buildkite, BUILDKITE_PULL_REQUEST: '1', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main~3' },
      undefined,
      /BASE_BRANCH is not the name of a branch$/,
    ],
    [
      'a line end in a tag',
      { ...gitlab, CI_COMMIT_TAG: 'v1\nHEAD' },
      undefined,
      /^CI_COMMIT_TAG is not the name/,
    ],
    [
      'a number in the event',
      push,
      { ...ofPush, before: 0 },
      /^event\.before of the event file is not text$/,
    ],
    ['a list in the event', push, { ...ofPush, before: [BASE] }, /is not text$/],
  ];

  test.each(refused)('%s', (...[, env, event, message]) => {
    expect(() => buildOf(env, event)).toThrow(message);
  });

  test('what every object has is no field of the event', () => {
    expect(buildOf(push, JSON.parse('{"__proto__": {"before": "x"}}'))?.bases).toEqual(['default branch']);
  });
});
