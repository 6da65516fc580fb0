// What there is to know of a CI service: which of its variables say what a build is about.

/** Where a value is found: an environment variable, or with `event.` a field of the event file. */
export type Field = string;

/** Holds when the field is set and not "false", or when it has one of the values. */
export type Condition = readonly [field: Field, ...values: string[]];

export type BaseField =
  /** An object id; all zeros say that there was nothing before. */
  | { readonly commit: Field }
  /** The name of a branch, with or without `refs/heads/`. */
  | { readonly branch: Field }
  /** The id of a merge the service has made to try the head: its other parent. */
  | { readonly mergedBy: Field }
  /** The branch that others come from, unless it is the one being built. */
  | 'default branch';

/**
 * `change`: asks to be taken into a branch, so there is a base. `push`: has happened; the base may be nothing.
 * `whole`: nobody has changed anything, the whole history is asked for; the base only says whose policy holds.
 */
export type Kind = 'change' | 'push' | 'whole';

export interface BuildEvent {
  /** As people call it there. */
  readonly name: string;
  readonly kind: Kind;
  /** Left out: always. */
  readonly when?: Condition;
  /** The commit that is built, where it is not the service's. */
  readonly head?: Field;
  /** Tried in turn; the first that is in the clone holds. */
  readonly bases: readonly BaseField[];
}

export interface Service {
  readonly name: string;
  /** What only this service sets. */
  readonly sign: Condition;
  /** The variable that names a JSON file with the fields of the event. */
  readonly eventFile?: string;
  /** One line that makes it clone everything. */
  readonly cure: string;
  readonly fields: {
    /** The commit that is built. */
    readonly head: Field;
    /** The branch that is built; a value that begins with `refs/tags/` is a tag. */
    readonly ref: Field;
    readonly tag?: Field;
    readonly defaultBranch?: Field;
  };
  /** The first that applies; the last one has no condition. */
  readonly events: readonly BuildEvent[];
}
