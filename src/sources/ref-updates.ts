// What git tells hooks on standard input about references: one line for each.

import { UsageError } from '../errors.ts';
import type { RawPath } from '../model.ts';

export interface RefUpdate {
  /** Where it goes, in full. */
  readonly name: RawPath;
  /** Undefined: it is not there yet. */
  readonly old: string | undefined;
  /** Undefined: it is deleted. */
  readonly new: string | undefined;
}

/**
 * pre-push: `<local ref> <local id> <remote ref> <remote id>`. The first may hold spaces: it is what the user wrote.
 * `input` is latin1. Throws UsageError.
 */
export function parsePushed(input: string): RefUpdate[] {
  return parseLines(input, PUSHED);
}

const OID = '(?:[0-9a-f]{40}|[0-9a-f]{64})';
// Not \S: in latin1 it stops at the second byte of many a letter.
const PUSHED = new RegExp(`^.* (?<fresh>${OID}) (?<name>[^ ]+) (?<old>${OID})$`, 's');

/**
 * pre-receive, reference-transaction: `<old id> <new id> <ref>`. Where a symbolic reference is made to point
 * (`ref:refs/heads/main`, git 2.46) is left out: no object comes with it. `input` is latin1. Throws UsageError.
 */
export function parseUpdates(input: string): RefUpdate[] {
  const lines = input.split('\n').filter((line) => !SYMBOLIC.test(line));
  return parseLines(lines.join('\n'), UPDATED);
}

const UPDATED = new RegExp(`^(?<old>${OID}) (?<fresh>${OID}) (?<name>[^ ]+)$`);
const SYMBOLIC = /^(?:ref:[^ ]+ [^ ]+|[^ ]+ ref:[^ ]+) [^ ]+$/;

function parseLines(input: string, grammar: RegExp): RefUpdate[] {
  const lines = input.split('\n');
  // Programs that pass it on may lose the last line end.
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => {
    const { name, old, fresh } = grammar.exec(line)?.groups ?? {};
    if (name === undefined || old === undefined || fresh === undefined) throw unreadable();
    return { name, old: idOf(old), new: idOf(fresh) };
  });
}

const idOf = (oid: string): string | undefined => (/^0+$/.test(oid) ? undefined : oid);

const unreadable = (): UsageError => new UsageError('standard input is not what git gives this hook');
