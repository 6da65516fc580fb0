// The CI services keyscan knows, as data. Their documentation is named where the names come from.

import type { BaseField, BuildEvent, Condition, Field, Service } from './service.ts';

const push = (before: Field): BuildEvent => ({
  name: 'push',
  kind: 'push',
  bases: [{ commit: before }, 'default branch'],
});

/** For services that do not say what was there before. */
const PUSH: BuildEvent = { name: 'push', kind: 'push', bases: ['default branch'] };

const change = (name: string, when: Condition, bases: readonly BaseField[], head?: Field): BuildEvent => ({
  name,
  kind: 'change',
  when,
  ...(head !== undefined && { head }),
  bases,
});

const unchanged = (when?: Condition): BuildEvent => ({
  name: 'run without a change',
  kind: 'whole',
  ...(when && { when }),
  bases: ['default branch'],
});

/** A service that sets the variables of another one, too, stands before it. */
export const SERVICES: readonly Service[] = [
  {
    // https://docs.github.com/actions/reference/variables-reference, /webhooks/webhook-events-and-payloads
    name: 'GitHub Actions',
    sign: ['GITHUB_ACTIONS', 'true'],
    eventFile: 'GITHUB_EVENT_PATH',
    cure: 'give actions/checkout "fetch-depth: 0"',
    fields: { head: 'GITHUB_SHA', ref: 'GITHUB_REF', defaultBranch: 'event.repository.default_branch' },
    events: [
      change(
        'pull_request',
        ['event.pull_request.head.sha'],
        [
          { mergedBy: 'GITHUB_SHA' },
          { commit: 'event.pull_request.base.sha' },
          { branch: 'event.pull_request.base.ref' },
        ],
        'event.pull_request.head.sha',
      ),
      change(
        'merge_group',
        ['event.merge_group.head_sha'],
        [{ commit: 'event.merge_group.base_sha' }, { branch: 'event.merge_group.base_ref' }],
        'event.merge_group.head_sha',
      ),
      { ...push('event.before'), when: ['GITHUB_EVENT_NAME', 'push'] },
      unchanged(),
    ],
  },
  {
    // https://docs.gitlab.com/ci/variables/predefined_variables/
    name: 'GitLab CI',
    sign: ['GITLAB_CI'],
    cure: 'set the variable GIT_DEPTH: "0" for the job',
    fields: {
      head: 'CI_COMMIT_SHA',
      ref: 'CI_COMMIT_BRANCH',
      tag: 'CI_COMMIT_TAG',
      defaultBranch: 'CI_DEFAULT_BRANCH',
    },
    events: [
      // Merged results: CI_COMMIT_SHA is the merge, and only then the ids of both branches are set.
      change(
        'merged result',
        ['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'],
        [
          { commit: 'CI_MERGE_REQUEST_TARGET_BRANCH_SHA' },
          { mergedBy: 'CI_COMMIT_SHA' },
          { commit: 'CI_MERGE_REQUEST_DIFF_BASE_SHA' },
          { branch: 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME' },
        ],
        'CI_MERGE_REQUEST_SOURCE_BRANCH_SHA',
      ),
      change(
        'merge request',
        ['CI_MERGE_REQUEST_IID'],
        [{ commit: 'CI_MERGE_REQUEST_DIFF_BASE_SHA' }, { branch: 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME' }],
      ),
      change(
        'external pull request',
        ['CI_EXTERNAL_PULL_REQUEST_IID'],
        [
          { commit: 'CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA' },
          { branch: 'CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME' },
        ],
        'CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA',
      ),
      unchanged(['CI_PIPELINE_SOURCE', 'schedule', 'web', 'api', 'trigger', 'chat']),
      push('CI_COMMIT_BEFORE_SHA'),
    ],
  },
  {
    // https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/; ids may be short, and the checkout of
    // a pull request has its destination merged in.
    name: 'Bitbucket Pipelines',
    sign: ['BITBUCKET_BUILD_NUMBER'],
    cure: 'set "clone: depth: full" in bitbucket-pipelines.yml',
    fields: { head: 'BITBUCKET_COMMIT', ref: 'BITBUCKET_BRANCH', tag: 'BITBUCKET_TAG' },
    events: [
      change(
        'pull request',
        ['BITBUCKET_PR_ID'],
        [{ commit: 'BITBUCKET_PR_DESTINATION_COMMIT' }, { branch: 'BITBUCKET_PR_DESTINATION_BRANCH' }],
      ),
      PUSH,
    ],
  },
  {
    // https://learn.microsoft.com/azure/devops/pipelines/build/variables; a pull request is built as a merge.
    name: 'Azure Pipelines',
    sign: ['TF_BUILD'],
    cure: 'give the checkout step "fetchDepth: 0"',
    fields: { head: 'BUILD_SOURCEVERSION', ref: 'BUILD_SOURCEBRANCH' },
    events: [
      change(
        'pull request',
        ['SYSTEM_PULLREQUEST_TARGETBRANCH'],
        [{ mergedBy: 'BUILD_SOURCEVERSION' }, { branch: 'SYSTEM_PULLREQUEST_TARGETBRANCH' }],
        'SYSTEM_PULLREQUEST_SOURCECOMMITID',
      ),
      unchanged(['BUILD_REASON', 'Schedule', 'Manual']),
      PUSH,
    ],
  },
  {
    // https://circleci.com/docs/reference/variables/: no id of a base. CIRCLE_BASE_REVISION is what the job's
    // environment may set to << pipeline.git.base_revision >>, the commit the branch's last pipeline was about.
    name: 'CircleCI',
    sign: ['CIRCLECI'],
    cure: 'give the checkout step "method: full"',
    fields: { head: 'CIRCLE_SHA1', ref: 'CIRCLE_BRANCH', tag: 'CIRCLE_TAG' },
    events: [{ name: 'push', kind: 'push', bases: ['default branch', { commit: 'CIRCLE_BASE_REVISION' }] }],
  },
  {
    // https://buildkite.com/docs/pipelines/configure/environment-variables
    name: 'Buildkite',
    sign: ['BUILDKITE'],
    cure: 'take --depth out of BUILDKITE_GIT_CLONE_FLAGS and BUILDKITE_GIT_FETCH_FLAGS',
    fields: {
      head: 'BUILDKITE_COMMIT',
      ref: 'BUILDKITE_BRANCH',
      tag: 'BUILDKITE_TAG',
      defaultBranch: 'BUILDKITE_PIPELINE_DEFAULT_BRANCH',
    },
    events: [
      change(
        'merge queue',
        ['BUILDKITE_MERGE_QUEUE_BASE_COMMIT'],
        [{ commit: 'BUILDKITE_MERGE_QUEUE_BASE_COMMIT' }, { branch: 'BUILDKITE_MERGE_QUEUE_BASE_BRANCH' }],
      ),
      change('pull request', ['BUILDKITE_PULL_REQUEST'], [{ branch: 'BUILDKITE_PULL_REQUEST_BASE_BRANCH' }]),
      unchanged(['BUILDKITE_SOURCE', 'schedule', 'ui']),
      PUSH,
    ],
  },
  {
    // https://docs.drone.io/pipeline/environment/reference/
    name: 'Drone',
    sign: ['DRONE', 'true'],
    cure: 'take "depth" out of "clone" in .drone.yml',
    fields: {
      head: 'DRONE_COMMIT_SHA',
      ref: 'DRONE_COMMIT_BRANCH',
      tag: 'DRONE_TAG',
      defaultBranch: 'DRONE_REPO_BRANCH',
    },
    events: [
      change('pull request', ['DRONE_BUILD_EVENT', 'pull_request'], [{ branch: 'DRONE_TARGET_BRANCH' }]),
      unchanged(['DRONE_BUILD_EVENT', 'cron', 'custom']),
      push('DRONE_COMMIT_BEFORE'),
    ],
  },
  {
    // https://woodpecker-ci.org/docs/usage/environment: partial and shallow unless told otherwise.
    name: 'Woodpecker',
    sign: ['CI', 'woodpecker'],
    cure: 'give the clone step the settings "depth: 0" and "partial: false"',
    fields: {
      head: 'CI_COMMIT_SHA',
      ref: 'CI_COMMIT_BRANCH',
      tag: 'CI_COMMIT_TAG',
      defaultBranch: 'CI_REPO_DEFAULT_BRANCH',
    },
    events: [
      change(
        'pull request',
        ['CI_PIPELINE_EVENT', 'pull_request', 'pull_request_closed'],
        [{ branch: 'CI_COMMIT_TARGET_BRANCH' }],
      ),
      unchanged(['CI_PIPELINE_EVENT', 'cron', 'manual']),
      // CI_PREV_COMMIT_SHA may be the head of somebody's pull request into this branch.
      PUSH,
    ],
  },
  {
    // https://docs.travis-ci.com/user/environment-variables/: TRAVIS_BRANCH is the target of a pull request.
    name: 'Travis CI',
    sign: ['TRAVIS', 'true'],
    cure: 'set "git: depth: false" in .travis.yml',
    fields: { head: 'TRAVIS_COMMIT', ref: 'TRAVIS_BRANCH', tag: 'TRAVIS_TAG' },
    events: [
      change(
        'pull request',
        ['TRAVIS_PULL_REQUEST'],
        [{ mergedBy: 'TRAVIS_COMMIT' }, { branch: 'TRAVIS_BRANCH' }],
        'TRAVIS_PULL_REQUEST_SHA',
      ),
      unchanged(['TRAVIS_EVENT_TYPE', 'cron', 'api']),
      PUSH,
    ],
  },
  {
    // https://www.appveyor.com/docs/environment-variables/: the branch is the target of a pull request.
    name: 'AppVeyor',
    sign: ['APPVEYOR'],
    cure: 'take "clone_depth" and "shallow_clone" out of appveyor.yml',
    fields: { head: 'APPVEYOR_REPO_COMMIT', ref: 'APPVEYOR_REPO_BRANCH', tag: 'APPVEYOR_REPO_TAG_NAME' },
    events: [
      change(
        'pull request',
        ['APPVEYOR_PULL_REQUEST_NUMBER'],
        [{ branch: 'APPVEYOR_REPO_BRANCH' }],
        'APPVEYOR_PULL_REQUEST_HEAD_COMMIT',
      ),
      PUSH,
    ],
  },
  {
    // https://plugins.jenkins.io/git/: ids of what was built on this branch before; CHANGE_* from the multibranch plugin.
    name: 'Jenkins',
    sign: ['JENKINS_URL'],
    cure: 'clone without "shallow", and fetch the target branch, too (Advanced clone behaviours)',
    fields: { head: 'GIT_COMMIT', ref: 'BRANCH_NAME', tag: 'TAG_NAME' },
    events: [
      change('pull request', ['CHANGE_TARGET'], [{ branch: 'CHANGE_TARGET' }]),
      push('GIT_PREVIOUS_SUCCESSFUL_COMMIT'),
    ],
  },
];
