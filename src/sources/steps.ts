// What to do about one credential, by where it is: sentences, and commands for a POSIX shell.

import type { Exposure, Holder, Step } from '../model.ts';

/** `isCompared`: whether this repository has remote-tracking references at all. */
export function stepsFor(story: Omit<Exposure, 'moves' | 'days' | 'steps'>, isCompared: boolean): Step[] {
  const { verdict, inIndex, inWorkTree, isReachable } = story;
  const out = inIndex || inWorkTree ? [OUT] : [];
  if (verdict === 'pushed')
    return [
      {
        text:
          'It has been pushed, so it is known: revoke it first. Rewriting the history does not take it back from those ' +
          'who have fetched it.',
        commands: [],
      },
      REVOKE,
      ...out,
    ];
  const rewriting = [...out, ...rewrite(story)];
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
      ? 'Only a tag leads to it, and nothing tells which tags were pushed'
      : 'There are no remote-tracking references to compare with';
  return [{ text: `${reason}: take it for known, and revoke it.`, commands: [] }, REVOKE, ...rewriting];
}

const REVOKE: Step = {
  text: 'Revoke it at https://platform.openai.com/api-keys (for another kind of credential, see the advice), and put a fresh one into an environment variable or a secret store.',
  commands: [],
};

const OUT: Step = {
  text: 'Take it out of the file and stage that; an environment variable or a secret store can hold it.',
  commands: ['git add -p'],
};

function rewrite({ introduced, refs, isReachable }: Omit<Exposure, 'moves' | 'days' | 'steps'>): Step[] {
  const of = (kind: Holder['kind']): string[] =>
    refs.flatMap((each) => (each.kind === kind && SAFE.test(each.name) ? each.name : []));
  const branches = of('branch').map((name) => name.slice('refs/heads/'.length));
  const steps: Step[] = [];
  if (branches.length > 0 && introduced)
    steps.push({
      text:
        `Rewrite ${branches.length === 1 ? 'the branch' : 'each branch'} that holds it: put "edit" before the commit, ` +
        'change the file or the message there, and go on. (The first commit of all takes --root in the place of its id.)',
      commands: branches
        .slice(0, MOST)
        .flatMap((branch) => [`git rebase -i --rebase-merges ${introduced.commit.slice(0, 12)}^ ${branch}`])
        .concat('git add -u && git commit --amend --no-edit && git rebase --continue'),
    });
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
  const others = [...of('note'), ...of('other')];
  if (others.length > 0)
    steps.push({
      text: 'Remove the reference that holds it; what else it has goes with it.',
      commands: others.slice(0, MOST).map((name) => `git update-ref -d ${name}`),
    });
  if (refs.length > 0 || !isReachable)
    steps.push({
      text: 'Then let git forget what it keeps of it (this also forgets every other old state of this repository, all stashes but the last included):',
      commands: ['git reflog expire --expire=now --expire-unreachable=now --all', 'git gc --prune=now'],
    });
  return steps;
}

const numberIn = (name: string): number => Number(/\d+/.exec(name)?.[0]);
const MOST = 8;
/** Needs no quotes. */
const SAFE = /^[\w./@{}+=-]+$/;
