// What to do about one credential, by where it is: sentences, and commands for a POSIX shell.

import type { Exposure, Holder, KnownHolder, KnownMove, Step } from '../model.ts';

export interface Situation
  extends Pick<Exposure, 'refs' | 'isReachable' | 'inIndex' | 'inWorkTree' | 'verdict'> {
  /** Whether this repository has remote-tracking references at all. */
  readonly isCompared: boolean;
  readonly moves: readonly KnownMove[];
  readonly holders: readonly KnownHolder[];
}

export function stepsFor(situation: Situation): Step[] {
  const { verdict, isReachable, isCompared } = situation;
  if (verdict === 'pushed')
    return [
      {
        text:
          'It has been pushed, so it is known: revoke it first. Rewriting the history does not take it back from those ' +
          'who have fetched it.',
        commands: [],
      },
      REVOKE,
      ...outOfFiles(situation),
    ];
  const rewriting = rewrite(situation);
  if (verdict === 'local')
    return [
      ...rewriting,
      {
        text: 'If it has ever left this machine by another way (sent, pasted, logged, backed up), revoke it as well.',
        commands: [],
      },
    ];
  const reason = !isReachable
    ? 'Nothing leads to it any more, so nothing tells whether it was pushed before'
    : isCompared
      ? 'A tag or another reference that goes to remotes without a trace leads to it'
      : 'There are no remote-tracking references to compare with';
  return [{ text: `${reason}: take it for known, and revoke it.`, commands: [] }, REVOKE, ...rewriting];
}

const REVOKE: Step = {
  text: 'Revoke it at https://platform.openai.com/api-keys (for another kind of credential, see the advice), and put a fresh one into an environment variable or a secret store.',
  commands: [],
};

const ELSEWHERE = 'an environment variable or a secret store can hold it';

function outOfFiles({ inIndex, inWorkTree }: Situation): Step[] {
  if (inIndex)
    return [{ text: `Take it out of the file, and stage that; ${ELSEWHERE}.`, commands: ['git add -u'] }];
  return inWorkTree ? [{ text: `Take it out of the file; ${ELSEWHERE}.`, commands: [] }] : [];
}

function rewrite(situation: Situation): Step[] {
  const { refs, holders, isReachable } = situation;
  const of = (kind: Holder['kind']): string[] =>
    refs.flatMap((each) => (each.kind === kind && SAFE.test(each.name) ? each.name : []));
  const current = holders.find(
    ({ kind, name }) => name === 'HEAD' && (kind === 'branch head' || kind === 'head'),
  );
  const rewritten = current && outOfCurrent(situation, current);
  const others = holders.filter(
    ({ kind, name }) => kind === 'branch' && (!rewritten || name !== current?.branch) && SAFE.test(name),
  );
  const steps: Step[] = [
    // What the last commit has is taken out of the file on the way.
    ...(current?.at === 'tip' && rewritten ? [] : outOfFiles(situation)),
    ...(rewritten ?? []),
    ...others.slice(0, MOST).flatMap((branch) => outOfPast(situation, branch) ?? []),
  ];
  const stashes = of('stash').map((name) =>
    name === 'refs/stash' ? 'stash@{0}' : name.slice('refs/'.length),
  );
  if (stashes.length > 0)
    steps.push({
      text: 'Drop the stash, after taking out of it what you still need.',
      // From the last on: dropping one renumbers those after it.
      commands: stashes
        .sort((one, other) => numberIn(other) - numberIn(one))
        .map((name) => `git stash drop '${name}'`),
    });
  const tags = of('tag').map((name) => name.slice('refs/tags/'.length));
  if (tags.length > 0)
    steps.push({
      text: 'Make the tag anew without it.',
      commands: tags.slice(0, MOST).map((tag) => `git tag -d ${tag}`),
    });
  const rest = [...of('note'), ...of('other')];
  if (rest.length > 0)
    steps.push({
      text: 'Remove the reference that holds it; what else it has goes with it.',
      commands: rest.slice(0, MOST).map((name) => `git update-ref -d ${name}`),
    });
  if (refs.length > 0 || !isReachable)
    steps.push({
      text: 'Then let git forget what it keeps of it (this also forgets every other old state of this repository, all stashes but the last included):',
      commands: ['git reflog expire --expire=now --expire-unreachable=now --all', 'git gc --prune=now'],
    });
  return steps;
}

/** Commits that a holder leads to and that brought it, the oldest first. */
function culprits({ moves }: Situation, { brought }: KnownHolder): KnownMove[] {
  const commits = new Map<string, KnownMove>();
  for (const move of moves)
    if (move.kind === 'introduced' && brought.includes(move.commit) && !commits.has(move.commit))
      commits.set(move.commit, move);
  return [...commits.values()];
}

/** The branch one is on, or the commits of a work tree on no branch. */
function outOfCurrent(situation: Situation, current: KnownHolder): Step[] | undefined {
  const commits = culprits(situation, current);
  const [only] = commits;
  if (only === undefined || commits.length > 1 || current.at !== 'tip') return outOfPast(situation, current);
  const isMessage = only.path === `commit/${only.commit}`;
  if (only.commit === current.oid)
    return [
      {
        text: isMessage
          ? 'It is in the last commit itself: write its message, or who made it, anew.'
          : `It is in the last commit: take it out of the file (${ELSEWHERE}), and amend the commit.`,
        commands: isMessage
          ? ['git commit --amend --reset-author']
          : ['git add -u', 'git commit --amend --no-edit'],
      },
    ];
  if (isMessage) return outOfPast(situation, current);
  return [
    {
      text: `Take it out of the file (${ELSEWHERE}), and put that change into the commit that brought it.`,
      commands: [
        'git add -u',
        `git commit --fixup=${shortId(only.commit)}`,
        `GIT_SEQUENCE_EDITOR=: git rebase -i --autosquash --rebase-merges ${baseOf(only)}`,
      ],
    },
  ];
}

function outOfPast(situation: Situation, holder: KnownHolder): Step[] | undefined {
  const commits = culprits(situation, holder);
  const [oldest] = commits;
  if (oldest === undefined) return undefined;
  const branch = holder.kind === 'branch' ? holder.name : holder.branch;
  const name = branch.slice('refs/heads/'.length);
  if (branch !== '' && !SAFE.test(branch)) return undefined;
  const more = commits.length - MOST;
  const ids = commits
    .slice(0, MOST)
    .map(({ commit }) => shortId(commit))
    .join(', ');
  const marked = `${ids}${more > 0 ? `, and ${more} more` : ''}`;
  return [
    {
      text:
        `Rewrite ${branch === '' ? 'the commits' : `the branch ${name}`}: in the list that the first command opens, put "edit" in the place of "pick" before ` +
        `${marked}. Where it stops, take the credential out of the file or the message, then give the second. (A commit that has nothing left: git rebase --skip.)`,
      commands: [
        `git rebase -i --rebase-merges ${baseOf(oldest)}${branch === '' ? '' : ` ${name}`}`,
        'git add -u && git commit --amend && git rebase --continue',
      ],
    },
  ];
}

const shortId = (commit: string): string => commit.slice(0, 12);
/** What a rebase leaves alone (git-rebase(1)). */
const baseOf = ({ commit, isRoot }: KnownMove): string => (isRoot ? '--root' : `${shortId(commit)}^`);

const numberIn = (name: string): number => Number(/\d+/.exec(name)?.[0]);
const MOST = 8;
/** Needs no quotes. */
const SAFE = /^[\w./@{}+=-]+$/;
