// A repository as a service hosts it, and clones of it as the services make them.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
