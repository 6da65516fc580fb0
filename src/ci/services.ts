// The CI services keyscan knows, as data. Their documentation is named where the names come from.

import type { BuildEvent, Condition, Service } from './service.ts';

/** For services that do not say what was there before. */
const PUSH: BuildEvent = { name: 'push', kind: 'push', bases: ['default branch'] };

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
    head: 'GITHUB_SHA',
    ref: 'GITHUB_REF',
    defaultBranch: 'event.repository.default_branch',
    events: [
      {
        name: 'pull_request',
        kind: 'change',
        when: ['event.pull_request.head.sha'],
        head: 'event.pull_request.head.sha',
        bases: [
          { mergedBy: 'GITHUB_SHA' },
          { commit: 'event.pull_request.base.sha' },
          { branch: 'event.pull_request.base.ref' },
        ],
      },
      {
        name: 'merge_group',
        kind: 'change',
        when: ['event.merge_group.head_sha'],
        head: 'event.merge_group.head_sha',
        bases: [{ commit: 'event.merge_group.base_sha' }, { branch: 'event.merge_group.base_ref' }],
      },
      {
        name: 'push',
        kind: 'push',
        when: ['GITHUB_EVENT_NAME', 'push'],
        bases: [{ commit: 'event.before' }, 'default branch'],
      },
      unchanged(),
    ],
  },
  {
    // https://docs.gitlab.com/ci/variables/predefined_variables/
    name: 'GitLab CI',
    sign: ['GITLAB_CI'],
    cure: 'set the variable GIT_DEPTH: "0" for the job',
    head: 'CI_COMMIT_SHA',
    ref: 'CI_COMMIT_BRANCH',
    tag: 'CI_COMMIT_TAG',
    defaultBranch: 'CI_DEFAULT_BRANCH',
    events: [
      {
        // Merged results: CI_COMMIT_SHA is the merge, and only then the ids of both branches are set.
        name: 'merged result',
        kind: 'change',
        when: ['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'],
        head: 'CI_MERGE_REQUEST_SOURCE_BRANCH_SHA',
        bases: [
          { commit: 'CI_MERGE_REQUEST_TARGET_BRANCH_SHA' },
          { mergedBy: 'CI_COMMIT_SHA' },
          { commit: 'CI_MERGE_REQUEST_DIFF_BASE_SHA' },
          { branch: 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME' },
        ],
      },
      {
        name: 'merge request',
        kind: 'change',
        when: ['CI_MERGE_REQUEST_IID'],
        bases: [
          { commit: 'CI_MERGE_REQUEST_DIFF_BASE_SHA' },
          { branch: 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME' },
        ],
      },
      {
        name: 'external pull request',
        kind: 'change',
        when: ['CI_EXTERNAL_PULL_REQUEST_IID'],
        head: 'CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA',
        bases: [
          { commit: 'CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA' },
          { branch: 'CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME' },
        ],
      },
      unchanged(['CI_PIPELINE_SOURCE', 'schedule', 'web', 'api', 'trigger', 'chat']),
      { name: 'push', kind: 'push', bases: [{ commit: 'CI_COMMIT_BEFORE_SHA' }, 'default branch'] },
    ],
  },
  {
    // https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/; ids may be short, and the checkout of
    // a pull request has its destination merged in.
    name: 'Bitbucket Pipelines',
    sign: ['BITBUCKET_BUILD_NUMBER'],
    cure: 'set "clone: depth: full" in bitbucket-pipelines.yml',
    head: 'BITBUCKET_COMMIT',
    ref: 'BITBUCKET_BRANCH',
    tag: 'BITBUCKET_TAG',
    events: [
      {
        name: 'pull request',
        kind: 'change',
        when: ['BITBUCKET_PR_ID'],
        bases: [{ commit: 'BITBUCKET_PR_DESTINATION_COMMIT' }, { branch: 'BITBUCKET_PR_DESTINATION_BRANCH' }],
      },
      PUSH,
    ],
  },
  {
    // https://learn.microsoft.com/azure/devops/pipelines/build/variables; a pull request is built as a merge.
    name: 'Azure Pipelines',
    sign: ['TF_BUILD'],
    cure: 'give the checkout step "fetchDepth: 0"',
    head: 'BUILD_SOURCEVERSION',
    ref: 'BUILD_SOURCEBRANCH',
    events: [
      {
        name: 'pull request',
        kind: 'change',
        when: ['SYSTEM_PULLREQUEST_TARGETBRANCH'],
        head: 'SYSTEM_PULLREQUEST_SOURCECOMMITID',
        bases: [{ mergedBy: 'BUILD_SOURCEVERSION' }, { branch: 'SYSTEM_PULLREQUEST_TARGETBRANCH' }],
      },
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
    head: 'CIRCLE_SHA1',
    ref: 'CIRCLE_BRANCH',
    tag: 'CIRCLE_TAG',
    events: [{ name: 'push', kind: 'push', bases: ['default branch', { commit: 'CIRCLE_BASE_REVISION' }] }],
  },
  {
    // https://buildkite.com/docs/pipelines/configure/environment-variables
    name: 'Buildkite',
    sign: ['BUILDKITE'],
    cure: 'take --depth out of BUILDKITE_GIT_CLONE_FLAGS and BUILDKITE_GIT_FETCH_FLAGS',
    head: 'BUILDKITE_COMMIT',
    ref: 'BUILDKITE_BRANCH',
    tag: 'BUILDKITE_TAG',
    defaultBranch: 'BUILDKITE_PIPELINE_DEFAULT_BRANCH',
    events: [
      {
        name: 'merge queue',
        kind: 'change',
        when: ['BUILDKITE_MERGE_QUEUE_BASE_COMMIT'],
        bases: [
          { commit: 'BUILDKITE_MERGE_QUEUE_BASE_COMMIT' },
          { branch: 'BUILDKITE_MERGE_QUEUE_BASE_BRANCH' },
        ],
      },
      {
        name: 'pull request',
        kind: 'change',
        when: ['BUILDKITE_PULL_REQUEST'],
        bases: [{ branch: 'BUILDKITE_PULL_REQUEST_BASE_BRANCH' }],
      },
      unchanged(['BUILDKITE_SOURCE', 'schedule', 'ui']),
      PUSH,
    ],
  },
  {
    // https://docs.drone.io/pipeline/environment/reference/
    name: 'Drone',
    sign: ['DRONE', 'true'],
    cure: 'take "depth" out of "clone" in .drone.yml',
    head: 'DRONE_COMMIT_SHA',
    ref: 'DRONE_COMMIT_BRANCH',
    tag: 'DRONE_TAG',
    defaultBranch: 'DRONE_REPO_BRANCH',
    events: [
      {
        name: 'pull request',
        kind: 'change',
        when: ['DRONE_BUILD_EVENT', 'pull_request'],
        bases: [{ branch: 'DRONE_TARGET_BRANCH' }],
      },
      unchanged(['DRONE_BUILD_EVENT', 'cron', 'custom']),
      { name: 'push', kind: 'push', bases: [{ commit: 'DRONE_COMMIT_BEFORE' }, 'default branch'] },
    ],
  },
  {
    // https://woodpecker-ci.org/docs/usage/environment: partial and shallow unless told otherwise.
    name: 'Woodpecker',
    sign: ['CI', 'woodpecker'],
    cure: 'give the clone step the settings "depth: 0" and "partial: false"',
    head: 'CI_COMMIT_SHA',
    ref: 'CI_COMMIT_BRANCH',
    tag: 'CI_COMMIT_TAG',
    defaultBranch: 'CI_REPO_DEFAULT_BRANCH',
    events: [
      {
        name: 'pull request',
        kind: 'change',
        when: ['CI_PIPELINE_EVENT', 'pull_request', 'pull_request_closed'],
        bases: [{ branch: 'CI_COMMIT_TARGET_BRANCH' }],
      },
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
    head: 'TRAVIS_COMMIT',
    ref: 'TRAVIS_BRANCH',
    tag: 'TRAVIS_TAG',
    events: [
      {
        name: 'pull request',
        kind: 'change',
        when: ['TRAVIS_PULL_REQUEST'],
        head: 'TRAVIS_PULL_REQUEST_SHA',
        bases: [{ mergedBy: 'TRAVIS_COMMIT' }, { branch: 'TRAVIS_BRANCH' }],
      },
      unchanged(['TRAVIS_EVENT_TYPE', 'cron', 'api']),
      PUSH,
    ],
  },
  {
    // https://www.appveyor.com/docs/environment-variables/: the branch is the target of a pull request.
    name: 'AppVeyor',
    sign: ['APPVEYOR'],
    cure: 'take "clone_depth" and "shallow_clone" out of appveyor.yml',
    head: 'APPVEYOR_REPO_COMMIT',
    ref: 'APPVEYOR_REPO_BRANCH',
    tag: 'APPVEYOR_REPO_TAG_NAME',
    events: [
      {
        name: 'pull request',
        kind: 'change',
        when: ['APPVEYOR_PULL_REQUEST_NUMBER'],
        head: 'APPVEYOR_PULL_REQUEST_HEAD_COMMIT',
        bases: [{ branch: 'APPVEYOR_REPO_BRANCH' }],
      },
      PUSH,
    ],
  },
  {
    // https://plugins.jenkins.io/git/: ids of what was built on this branch before; CHANGE_* from the multibranch plugin.
    name: 'Jenkins',
    sign: ['JENKINS_URL'],
    cure: 'clone without "shallow", and fetch the target branch, too (Advanced clone behaviours)',
    head: 'GIT_COMMIT',
    ref: 'BRANCH_NAME',
    tag: 'TAG_NAME',
    events: [
      {
        name: 'pull request',
        kind: 'change',
        when: ['CHANGE_TARGET'],
        bases: [{ branch: 'CHANGE_TARGET' }],
      },
      {
        name: 'push',
        kind: 'push',
        bases: [{ commit: 'GIT_PREVIOUS_SUCCESSFUL_COMMIT' }, 'default branch'],
      },
    ],
  },
];
