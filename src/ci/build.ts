// What a build is about, read from what its CI service says: pure, before git is asked.

import { UsageError } from '../errors.ts';
import type { BaseField, BuildEvent, Condition, Field, Kind, Service } from './service.ts';
import { SERVICES } from './services.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Something to compare with, not yet looked for in the clone. */
export type Base =
  /** An object id, maybe shortened, or a revision the user has given. */
  | { readonly commit: string }
  /** Without `refs/heads/`. */
  | { readonly branch: string }
  /** The object id of a merge of the head into the base, or the other way round. */
  | { readonly mergedBy: string }
  /** What the clone says the default branch of its remote is. */
  | 'default branch';

export interface Build {
  /** `GitHub Actions pull_request`; undefined when the user has named the range. */
  readonly name: string | undefined;
  readonly kind: Kind;
  /** An object id, maybe shortened, or a revision the user has given; `HEAD` when nobody says. */
  readonly head: string;
  /** The branch or the tag that is built, as `refs/…/name`; undefined when nobody says. */
  readonly ref: string | undefined;
  /** Tried in turn; the first that is in the clone holds. */
  readonly bases: readonly Base[];
  /** Whether the service says what was there before, be it nothing; otherwise nobody knows what is new. */
  readonly saysBefore: boolean;
  /** One line that makes the service clone everything. */
  readonly cure: string;
}

/**
 * `event`: what the event file holds, if the service has one. Undefined where no service is known. Throws UsageError
 * when a value is not what the service promises; values are not repeated, since whoever sets variables may set the
 * wrong one.
 */
export function buildOf(env: Variables, event: unknown): Build | undefined {
  const service = serviceOf(env);
  const read = (field: Field): string | undefined =>
    field.startsWith('event.') ? eventField(event, field) : env[field] || undefined;
  const built = service?.events.find(({ when }) => when === undefined || holds(when, read));
  return service && built && described(service, built, read);
}

/** What the user has named; revisions, looked up as git does. */
export const namedBuild = (env: Variables, base: string, head = 'HEAD'): Build => ({
  name: undefined,
  kind: 'change',
  head,
  ref: undefined,
  bases: [{ commit: base }],
  saysBefore: true,
  cure: serviceOf(env)?.cure ?? `git fetch --unshallow${IN_A_BUILD}`,
});

/** CONTRACT §6: whoever reads it in the log of a build looks for this. The line can still be pasted. */
export const IN_A_BUILD = ' # fetch-depth: 0 in a CI checkout';

export const serviceOf = (env: Variables): Service | undefined =>
  SERVICES.find(({ sign }) => holds(sign, (name) => env[name] || undefined));

type Read = (field: Field) => string | undefined;

function described(service: Service, event: BuildEvent, read: Read): Build {
  const ref = builtRef(service, read);
  const commits = event.bases.flatMap((base) =>
    typeof base === 'object' && 'commit' in base ? base.commit : [],
  );
  return {
    name: `${service.name} ${ref?.startsWith('refs/tags/') ? 'tag' : event.name}`,
    kind: event.kind,
    head: (event.head && commitId(event.head, read)) ?? commitId(service.fields.head, read) ?? 'HEAD',
    ref,
    bases: event.bases.flatMap((base) => baseOf(base, service, ref, read)),
    saysBefore: commits.some((field) => read(field) !== undefined),
    cure: service.cure,
  };
}

function baseOf(base: BaseField, service: Service, ref: string | undefined, read: Read): Base[] {
  if (base === 'default branch') {
    const { defaultBranch } = service.fields;
    const branch = defaultBranch && branchName(defaultBranch, read);
    if (!branch) return ['default branch'];
    return `refs/heads/${branch}` === ref ? [] : [{ branch }];
  }
  if ('branch' in base) {
    const branch = branchName(base.branch, read);
    return branch === undefined ? [] : [{ branch }];
  }
  const commit = commitId('commit' in base ? base.commit : base.mergedBy, read);
  if (commit === undefined || /^0+$/.test(commit)) return [];
  return ['commit' in base ? { commit } : { mergedBy: commit }];
}

function commitId(field: Field, read: Read): string | undefined {
  const value = read(field);
  // Buildkite says HEAD where nobody has asked for a certain commit.
  if (value === undefined || value === 'HEAD') return undefined;
  if (!/^[0-9a-f]{7,64}$/.test(value)) throw new UsageError(`${field} is not the id of a commit`);
  return value;
}

function branchName(field: Field, read: Read): string | undefined {
  const value = read(field)?.replace(/^refs\/heads\//, '');
  if (value !== undefined && !isName(value)) throw new UsageError(`${field} is not the name of a branch`);
  return value;
}

/** What the service calls a branch may be something else (`refs/pull/1/merge`): then it is no branch of that name. */
function builtRef({ fields: { tag, ref } }: Service, read: Read): string | undefined {
  const tagName = tag && read(tag);
  const value = tagName === undefined ? read(ref) : `refs/tags/${tagName.replace(/^refs\/tags\//, '')}`;
  if (value === undefined) return undefined;
  if (!isName(value))
    throw new UsageError(`${tagName === undefined ? ref : tag} is not the name of a branch or tag`);
  return value.startsWith('refs/') ? value : `refs/heads/${value}`;
}

/** git-check-ref-format(1): nothing that git reads as more than a name. */
const isName = (text: string): boolean => text !== '' && !/[\0-\x20~^:?*[\\\x7f]|\.\.|@\{|^-/.test(text);

function holds([field, ...values]: Condition, read: Read): boolean {
  const value = read(field);
  if (value === undefined) return false;
  return values.length > 0 ? values.includes(value) : value !== 'false';
}

function eventField(event: unknown, field: Field): string | undefined {
  let value = event;
  for (const name of field.split('.').slice(1)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new UsageError(`${field} of the event file is not text`);
  return value;
}
