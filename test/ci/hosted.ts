// A repository as a service hosts it, and clones of it as the services make them.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import type { ScratchRepository, WorkTree } from '../support/repository.ts';

export type Variables = Readonly<Record<string, string>>;

export const ZERO = '0'.repeat(40);

/** Commits on the branch that is checked out; gives the id. */
export function commit(
  tree: WorkTree,
  files: Readonly<Record<string, string>>,
  message = 'a commit',
): string {
  for (const [path, content] of Object.entries(files)) tree.write(path, content);
  tree.commit(message);
  return tree.git('rev-parse', 'HEAD');
}

/** What a service builds to try a branch out: the branch merged into main, on no branch, published as `ref`. */
export function tryMerge(host: WorkTree, branch: string, ref: string): string {
  host.git('checkout', '--quiet', '--detach', 'main');
  host.git('merge', '--quiet', '--no-ff', '--no-verify', '-m', `Merge ${branch}`, branch);
  host.git('update-ref', ref, 'HEAD');
  host.git('checkout', '--quiet', 'main');
  return host.git('rev-parse', ref);
}

/** Checks a commit out as most services do: on no branch. */
export function detach(clone: WorkTree, revision: string): WorkTree {
  clone.git('checkout', '--quiet', '--detach', revision);
  return clone;
}

/** The variables of GitHub Actions, with the event in a file. */
export function github(
  host: ScratchRepository,
  name: string,
  event: object,
  variables: Variables,
): Variables {
  const path = join(host.root, 'event.json');
  writeFileSync(path, JSON.stringify({ repository: { default_branch: 'main' }, ...event }));
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: path,
    ...variables,
  };
}

export function pullRequest(host: ScratchRepository, base: string, head: string, merge: string): Variables {
  const event = { pull_request: { base: { ref: 'main', sha: base }, head: { ref: 'feature', sha: head } } };
  return github(host, 'pull_request', event, { GITHUB_REF: 'refs/pull/7/merge', GITHUB_SHA: merge });
}

export function push(
  host: ScratchRepository,
  before: string,
  after: string,
  ref = 'refs/heads/main',
): Variables {
  return github(host, 'push', { before, after, ref }, { GITHUB_REF: ref, GITHUB_SHA: after });
}

/** main with one commit; feature with one that adds a key and one that takes it out again; main has moved on since. */
export interface Forked {
  readonly base: string;
  readonly added: string;
  readonly removed: string;
  readonly moved: string;
  readonly merge: string;
  readonly key: string;
}

export function fork(host: ScratchRepository): Forked {
  const key = freshKey();
  const base = commit(host, { 'README.md': 'hello\n' });
  host.git('checkout', '--quiet', '-b', 'feature');
  const added = commit(host, { 'src/a.ts': `const key = '${key}';\n` });
  const removed = commit(host, { 'src/a.ts': 'const key = process.env.KEY;\n' });
  host.git('checkout', '--quiet', 'main');
  const moved = commit(host, { 'b.ts': '// elsewhere\n' });
  return { base, added, removed, moved, merge: tryMerge(host, 'feature', 'refs/pull/7/merge'), key };
}

/** A clone with that merge checked out, as services do it that build the merge. */
export function checkedOutMerge(host: ScratchRepository, ...args: string[]): WorkTree {
  const clone = host.clone('clone', '--no-checkout', ...args);
  clone.git(
    'fetch',
    '--quiet',
    ...args.filter((arg) => arg.startsWith('--depth')),
    'origin',
    'refs/pull/7/merge',
  );
  return detach(clone, 'FETCH_HEAD');
}

/** What services say of a change from `feature` to `main`, and the commit of `fork` they let keyscan compare with. */
export const CHANGES: readonly (readonly [
  service: string,
  variables: (forked: Forked) => Variables,
  base: keyof Forked,
])[] = [
  [
    'GitLab CI, merge request',
    ({ base, removed }) => ({
      GITLAB_CI: 'true',
      CI_COMMIT_SHA: removed,
      CI_MERGE_REQUEST_IID: '1',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    }),
    'base',
  ],
  [
    'GitLab CI, merged result',
    ({ base, removed, moved, merge }) => ({
      GITLAB_CI: 'true',
      CI_COMMIT_SHA: merge,
      CI_MERGE_REQUEST_IID: '1',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: removed,
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: moved,
    }),
    'moved',
  ],
  [
    'Bitbucket Pipelines, pull request',
    ({ base, removed }) => ({
      BITBUCKET_BUILD_NUMBER: '1',
      BITBUCKET_COMMIT: removed.slice(0, 12),
      BITBUCKET_PR_ID: '1',
      BITBUCKET_PR_DESTINATION_COMMIT: base.slice(0, 12),
    }),
    'base',
  ],
  [
    'Azure Pipelines, pull request',
    ({ removed, merge }) => ({
      TF_BUILD: 'True',
      BUILD_SOURCEVERSION: merge,
      SYSTEM_PULLREQUEST_SOURCECOMMITID: removed,
      SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
    }),
    'moved',
  ],
  [
    'CircleCI, another branch than the default one',
    ({ removed }) => ({ CIRCLECI: 'true', CIRCLE_BRANCH: 'feature', CIRCLE_SHA1: removed }),
    'moved',
  ],
  [
    'Jenkins, pull request',
    ({ removed }) => ({
      JENKINS_URL: 'https://jenkins.example/',
      CHANGE_TARGET: 'main',
      GIT_COMMIT: removed,
    }),
    'moved',
  ],
  [
    'Jenkins, branch',
    ({ base, removed }) => ({
      JENKINS_URL: 'https://jenkins.example/',
      BRANCH_NAME: 'feature',
      GIT_COMMIT: removed,
      GIT_PREVIOUS_SUCCESSFUL_COMMIT: base,
    }),
    'base',
  ],
  [
    'Buildkite, pull request',
    ({ removed }) => ({
      BUILDKITE: 'true',
      BUILDKITE_BRANCH: 'feature',
      BUILDKITE_COMMIT: removed,
      BUILDKITE_PULL_REQUEST: '7',
      BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main',
    }),
    'moved',
  ],
];
