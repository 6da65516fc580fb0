// What a push publishes: everything its references reach, without what is known to be on the remote it goes to.

import { UsageError } from '../errors.ts';
import { existing } from '../git/existing.ts';
import { openObjects } from '../git/objects.ts';
import type { Git } from '../git/process.ts';
import { fetchAddress, listRefs, listTracking, type Ref } from '../git/refs.ts';
import type { RawPath } from '../model.ts';
import type { NamedTip, RangeOptions } from './objects.ts';
import type { RefUpdate } from './ref-updates.ts';

export interface Destination {
  /** The name of the remote, or an address: what git gives as the first argument of pre-push. */
  readonly remote: string;
  /** Where it goes: the second argument. */
  readonly address: string;
}

export interface Push extends Destination {
  readonly tips: readonly NamedTip[];
  /** Object ids the remote is known to have; those that are not here as well are left aside. */
  readonly has: readonly string[];
  /** References the remote is known not to have. */
  readonly lacks: readonly RawPath[];
  readonly shown: string | null;
}

/** Only what is on that remote is left out: another one may be private (R90). Throws GitError. */
export async function pushedRange(git: Git, push: Push): Promise<RangeOptions> {
  const { tips, has, shown } = push;
  const from = [...new Set(tips.map(({ oid }) => oid))];
  const candidates = from.length === 0 ? [] : [...has, ...(await tracked(git, push)).map(({ oid }) => oid)];
  const without = [...(await existing(git, candidates))];
  return { mode: 'push', shown, range: { from, without }, refs: tips, allowShallow: true };
}

/** From what git says on standard input. */
export function saidPush(destination: Destination, updates: readonly RefUpdate[]): Push {
  const fresh = updates.flatMap((update) => (update.new === undefined ? [] : { ...update, oid: update.new }));
  return {
    ...destination,
    tips: fresh.map(({ oid, name }) => ({ oid, name })),
    has: updates.flatMap(({ old }) => old ?? []),
    lacks: updates.flatMap(({ old, name }) => (old === undefined ? name : [])),
    shown: fresh.map(({ old, oid }) => (old === undefined ? oid : `${old}..${oid}`)).join(' ') || null,
  };
}

/**
 * From the variables in which the pre-commit framework says what it read from standard input (its documentation,
 * "pre-commit during push"): no `from` for a push that begins with a first commit. It reads one line and keeps the rest
 * to itself, so what else could be meant is a tip, too. Undefined without them. Throws UsageError when they name nothing.
 */
export async function relayedPush(git: Git): Promise<Push | undefined> {
  const {
    PRE_COMMIT_REMOTE_NAME: remote,
    PRE_COMMIT_REMOTE_URL: address = '',
    PRE_COMMIT_REMOTE_BRANCH: name = '',
    PRE_COMMIT_FROM_REF: from,
    PRE_COMMIT_LOCAL_BRANCH: branch,
    PRE_COMMIT_TO_REF: to = branch,
  } = git.env;
  if (remote === undefined || to === undefined) return undefined;
  const [tip, base, others] = await Promise.all([
    resolved(git, to),
    from === undefined ? undefined : resolved(git, from),
    everyTip(git),
  ]);
  if (tip === undefined) throw new UsageError('PRE_COMMIT_TO_REF names no commit');
  const has = base === undefined ? [] : [base];
  const shown = base === undefined ? tip : `${base}..${tip}`;
  const tips = [...others, { oid: tip, name: bytesOfText(name) }];
  return { remote, address, tips, has, lacks: [], shown };
}

/**
 * When nothing is said: there is nothing to push, or something else has read it (git lfs, a script before this one).
 * So everything that could be meant: all branches and tags.
 */
export async function unsaidPush(git: Git, destination: Destination): Promise<Push> {
  return { ...destination, tips: await everyTip(git), has: [], lacks: [], shown: null };
}

async function everyTip(git: Git): Promise<readonly NamedTip[]> {
  const refs = await listRefs(git, 'refs/heads', 'refs/tags');
  const head = await resolved(git, 'HEAD');
  return [...refs, ...(head === undefined ? [] : [{ name: 'HEAD', oid: head }])];
}

/** The remote-tracking references that tell what the remote has. */
async function tracked(git: Git, { remote, address, lacks }: Push): Promise<readonly Ref[]> {
  const name = bytesOfText(remote);
  const own = `refs/remotes/${name}/`;
  const all = await listTracking(git);
  const others = all.filter((each) => each.remote !== name).map(({ prefix }) => prefix);
  const isOwn = all.some((each) => each.remote === name && each.prefix === own);
  if (!isOwn || others.some((prefix) => own.startsWith(prefix))) return [];
  // With a pushurl, or for the second of several addresses, they tell of another place than the push goes to.
  if (placeOf(await fetchAddress(git, remote)) !== placeOf(address)) return [];
  const refs = (await listRefs(git, 'refs/remotes')).filter((ref) => ref.name.startsWith(own));
  const gone = new Set(lacks.flatMap((ref) => (ref.startsWith(HEADS) ? own + ref.slice(HEADS.length) : [])));
  // A remote that lacks the main branch it had is another one now: nothing told of the old one holds.
  const main = refs.find((ref) => ref.name === `${own}HEAD`)?.target;
  const isReplaced = refs.some(
    (ref) => gone.has(ref.name) && [main, `${own}main`, `${own}master`].includes(ref.name),
  );
  if (isReplaced) return [];
  // The remote `team` does not have what `team/private` keeps in refs/remotes/team/private/.
  const isForeign = (ref: Ref): boolean => others.some((prefix) => ref.name.startsWith(prefix));
  return refs.filter((ref) => ref.target === '' && !gone.has(ref.name) && !isForeign(ref));
}

const HEADS = 'refs/heads/';

/** The same for two addresses of one repository by different protocols; different when in doubt. */
function placeOf(address: string): string {
  const { http, user, host, path } = (URL_FORM.exec(address) ?? SCP_FORM.exec(address))?.groups ?? {};
  if (host === undefined || path === undefined) return address;
  const steps = path.split('/').filter((step) => step !== '');
  const owner = http !== undefined || user === undefined || user === 'git' ? '' : `${user}@`;
  return `${owner}${host.toLowerCase()}/${steps.join('/').replace(/\.git$/, '')}`;
}

const URL_FORM = /^(?:(?<http>https?)|ssh|git):\/\/(?:(?<user>[^@/]*)@)?(?<host>[^/]+)(?<path>\/.*)$/s;
const SCP_FORM = /^(?:(?<user>[^@/:]*)@)?(?<host>[^/:]{2,}):(?!\/\/)(?<path>.*)$/s;

async function resolved(git: Git, name: string): Promise<string | undefined> {
  if (/[\n\0]/.test(name)) return undefined;
  const objects = openObjects(git);
  try {
    let oid: string | undefined;
    for await (const [, object] of objects.read([name])) oid = object?.oid;
    return oid;
  } finally {
    await objects.close();
  }
}

/** Environment and arguments are UTF-8 text, paths are bytes. */
const bytesOfText = (text: string): RawPath => Buffer.from(text, 'utf8').toString('latin1');
