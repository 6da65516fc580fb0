// Finds the commits a build is about in the clone, or says what the clone is missing.

import { UsageError } from '../errors.ts';
import type { ObjectType } from '../git/batch-answers.ts';
import { isPartial, isShallow } from '../git/clone.ts';
import { listObjects } from '../git/object-list.ts';
import { type ObjectReader, readObject, readWhole } from '../git/objects.ts';
import { askGit, type Git } from '../git/process.ts';
import { type Base, type Build, IN_A_BUILD } from './build.ts';

/** Object ids, in full. */
export interface BuildRange {
  readonly head: string;
  /** Without one, everything the head builds on is in the range. */
  readonly base: string | undefined;
  /** The tag that is built, when it has a message of its own. */
  readonly tag: string | undefined;
  readonly commits: number;
  /** The commit whose policy holds; undefined: all there is is under test. */
  readonly policy: string | undefined;
  /** Commits of the range are not in the clone, and the user has allowed it. */
  readonly isCut: boolean;
}

/**
 * Never by what remotes have: in a clone made for a build that is the head itself (reference/git-and-hooks.md R92).
 * Throws UsageError when the clone does not hold the range, with what the service needs to be told.
 */
export async function findRange(
  git: Git,
  objects: ObjectReader,
  build: Build,
  allowShallow: boolean,
): Promise<BuildRange> {
  const isCutClone = await isShallow(git);
  const find = finder(git, objects, build);
  const head = await find.commit(build.head);
  if (head === undefined) throw absent('the commit it is about', build, isCutClone, build.head);
  const found = await find.base(head);
  const isBaseless = found === undefined && build.kind === 'change';
  if (isBaseless && !(isCutClone && allowShallow))
    throw absent('the base of the change', build, isCutClone, baseName(build));
  const base = build.kind === 'whole' ? undefined : found;
  const isCut = isCutClone && (isBaseless || (await isCutOff(git, objects, head, base)));
  if (isCut && !allowShallow) throw absent('a part of its commits', build, isCutClone);
  const lacking = await countLacking(git, head, base);
  if (lacking > 0) {
    const whole = { ...build, cure: `${build.cure}, without a filter` };
    throw incomplete(whole, `${lacking} of its objects are not in this clone, which is partial`);
  }
  const commits = await countNew(git, head, base);
  if (commits === 0 && base !== undefined && build.kind === 'change') await refuseOld(objects, base, head);
  return { head, base, tag: await find.tag(), commits, policy: found ?? (await find.policy(head)), isCut };
}

interface Finder {
  commit(revision: string): Promise<string | undefined>;
  /** The first base of the build that is there. */
  base(head: string): Promise<string | undefined>;
  /** The tag that is built, as an object of its own. */
  tag(): Promise<string | undefined>;
  /** Whose policy holds where there is no base. */
  policy(head: string): Promise<string | undefined>;
}

function finder(git: Git, objects: ObjectReader, build: Build): Finder {
  const commit = async (revision: string): Promise<string | undefined> => {
    // A line of its own, and so never an option; only a line end could make two of it.
    if (/[\r\n]/.test(revision)) throw new UsageError('a revision has no line ends');
    const oid = (await identify(objects, `${revision}^{commit}`))?.oid;
    // git takes a shortened id for a branch or tag first, when somebody has called one so.
    return /^[0-9a-f]{7,}$/.test(revision) && !oid?.startsWith(revision) ? undefined : oid;
  };

  const defaultBranch = async (): Promise<string | undefined> => {
    const ref = await line(git, ['for-each-ref', '--format=%(symref)', 'refs/remotes/origin/HEAD']);
    const isBuilt = ref.replace('refs/remotes/origin/', 'refs/heads/') === build.ref;
    return ref === '' || isBuilt ? undefined : commit(ref);
  };

  /** Where nobody says which branch is built, a branch that has the head already may be the one. */
  const unlessBuilt = async (oid: string | undefined, head: string): Promise<string | undefined> => {
    const mayBeBuilt = build.kind === 'push' && build.ref === undefined;
    return oid !== undefined && mayBeBuilt && (await countNew(git, head, oid)) === 0 ? undefined : oid;
  };

  const resolve = async (base: Base, head: string): Promise<string | undefined> => {
    if (base === 'default branch') return unlessBuilt(await defaultBranch(), head);
    // Never a local branch: some services make one of that name and merge the change into it.
    if ('branch' in base) return unlessBuilt(await commit(`refs/remotes/origin/${base.branch}`), head);
    if ('commit' in base) return commit(base.commit);
    const merge = await commit(base.mergedBy);
    const [one, other, ...more] = merge === undefined ? [] : await parentsOf(objects, merge);
    if (one === undefined || other === undefined || more.length > 0) return undefined;
    return one === head ? commit(other) : other === head ? commit(one) : undefined;
  };

  return {
    commit,
    base: async (head) => {
      for (const base of build.bases) {
        const found = await resolve(base, head);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    tag: async () => {
      const found = build.ref?.startsWith('refs/tags/') ? await identify(objects, build.ref) : undefined;
      return found?.type === 'tag' ? found.oid : undefined;
    },
    policy: async (head) => {
      if (build.kind === 'whole') return head;
      // Nothing was there before, or it is lost: everything the head says is under test.
      if (build.kind === 'change' || build.saysBefore) return undefined;
      // Nobody says what is new. The newest commit may be, what it was merged into or put on top of hardly.
      const [first] = await parentsOf(objects, head);
      return first && commit(first);
    },
  };
}

/**
 * In a shallow clone a commit whose parents are not there looks like a first one; the object itself still names them.
 */
async function isCutOff(git: Git, objects: ObjectReader, head: string, base?: string): Promise<boolean> {
  const roots = await line(git, ['rev-list', '--max-parents=0', head, ...without(base)]);
  for (const root of roots.split('\n').filter(Boolean))
    if ((await parentsOf(objects, root)).length > 0) return true;
  return false;
}

/** A clone made with a filter; the scan would say so of each object, here it is said once. Nothing is fetched (R33). */
async function countLacking(git: Git, head: string, base: string | undefined): Promise<number> {
  if (!(await isPartial(git))) return 0;
  let lacking = 0;
  const range = { from: [head], without: base === undefined ? [] : [base] };
  for (const also of [[], ['--no-walk']])
    for await (const listed of listObjects(git, { ...range, also }))
      lacking += listed.filter(({ isMissing }) => isMissing).length;
  return lacking;
}

async function countNew(git: Git, head: string, base: string | undefined): Promise<number> {
  return Number(await line(git, ['rev-list', '--count', head, ...without(base)]));
}

const without = (base: string | undefined): string[] => (base === undefined ? [] : [`^${base}`]);

/** A change without commits is one that has been merged, or one looked at the wrong way round (R92). */
async function refuseOld(objects: ObjectReader, base: string, head: string): Promise<void> {
  const [one, other] = [await identify(objects, `${base}^{tree}`), await identify(objects, `${head}^{tree}`)];
  if (one?.oid === other?.oid) return;
  throw new UsageError(
    `there are no commits to scan: ${base.slice(0, 12)} has all that ${head.slice(0, 12)} has`,
    'name what was there before with --base, and the newest commit with --head',
  );
}

/** `wanted`: what git would have to fetch, if anything can be named. */
function absent(what: string, build: Build, isShallow: boolean, wanted?: string): UsageError {
  if (isShallow) return incomplete(build, `${what} is not in this clone, which is shallow`);
  const fetch =
    wanted === undefined || build.name === undefined ? 'git fetch origin' : `git fetch origin ${wanted}`;
  return incomplete({ ...build, cure: fetch + IN_A_BUILD }, `${what} is not in this clone`);
}

const incomplete = ({ name = 'this range', cure }: Build, what: string): UsageError =>
  new UsageError(`${name}: ${what}`, cure);

function baseName({ bases }: Build): string | undefined {
  const last = bases.at(-1);
  if (last === undefined || last === 'default branch') return undefined;
  if ('branch' in last) return quoted(`+refs/heads/${last.branch}:refs/remotes/origin/${last.branch}`);
  return 'commit' in last ? last.commit : last.mergedBy;
}

/** People paste it, and whoever names a branch may put more into the name. */
const quoted = (text: string): string =>
  /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

async function identify(
  objects: ObjectReader,
  name: string,
): Promise<{ readonly oid: string; readonly type: ObjectType } | undefined> {
  for await (const [, object] of objects.read([name]))
    return object && { oid: object.oid, type: object.type };
  return undefined;
}

/** `commit`: an object id that git has. As the object says, whatever a shallow clone has of it. */
async function parentsOf(objects: ObjectReader, commit: string): Promise<string[]> {
  const raw = Buffer.from(await readWhole(readObject(objects, commit))).toString('latin1');
  const header = raw.slice(0, raw.indexOf('\n\n') + 1);
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, oid = '']) => oid);
}

async function line(git: Git, args: readonly string[]): Promise<string> {
  return (await askGit(git, args)).toString('utf8').replace(/\r?\n$/, '');
}
