// The text of .keyscan-baseline: one line for each accepted credential, so that git can merge it line by line.
//
//   salt <64 hex>
//   v1 <32 hex> <rule> <day added> [expires=<day>] <reason>
//
// No line number, path or time: nothing changes that nobody decided. After a merge (`merge=union`) lines may stand twice,
// in any order, and there may be several salts.

import { type Day, isDay } from '../day.ts';
import { UsageError } from '../errors.ts';

export interface BaselineEntry {
  /** HMAC-SHA256 of the fingerprint under one of the salts, first half, in hex: says nothing of the credential. */
  readonly hash: string;
  /** For people; what is matched is the credential. */
  readonly rule: string;
  readonly added: Day;
  /** The last day on which it holds. */
  readonly expires?: Day;
  readonly reason: string;
}

export interface Baseline {
  /** Each 64 hex characters. */
  readonly salts: readonly string[];
  readonly entries: readonly BaselineEntry[];
}

/** `name` is what the file is called. Throws UsageError, with the line, for anything that is not as above. */
export function parseBaseline(text: string, name: string): Baseline {
  const salts = new Set<string>();
  const entries = new Map<string, BaselineEntry>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const salt = /^salt ([0-9a-f]{64})$/.exec(line.trimEnd())?.[1];
    const entry = salt === undefined ? parseEntry(line.trimEnd()) : undefined;
    if (salt !== undefined) salts.add(salt);
    else if (entry) entries.set(entry.hash, laterOf(entries.get(entry.hash), entry));
    else throw unreadable(name, index + 1, line);
  }
  if (entries.size > 0 && salts.size === 0)
    throw new UsageError(
      `${name} has no salt, so nothing in it can be matched`,
      'bring its line `salt …` back',
    );
  return { salts: [...salts], entries: [...entries.values()] };
}

function parseEntry(line: string): BaselineEntry | undefined {
  const [, hash = '', rule = '', added = '', expires, reason = ''] = ENTRY.exec(line) ?? [];
  if (hash === '' || !isDay(added) || (expires !== undefined && !isDay(expires))) return undefined;
  return { hash, rule, added, reason, ...(expires !== undefined && { expires }) };
}

const ENTRY =
  /^v1 ([0-9a-f]{32}) ([a-z0-9]+(?:-[a-z0-9]+)*|-) (\d{4}-\d\d-\d\d)(?: expires=(\d{4}-\d\d-\d\d))?(?: (\S.*))?$/;

/** Of two lines about one credential, the same one whatever their order; the one that ends sooner is the safer one. */
function laterOf(one: BaselineEntry | undefined, other: BaselineEntry): BaselineEntry {
  if (one === undefined) return other;
  const key = ({ expires = '9999-12-31', ...entry }: BaselineEntry) => `${expires} ${entryLine(entry)}`;
  return key(one) < key(other) ? one : other;
}

function unreadable(name: string, line: number, text: string): UsageError {
  if (/^(?:<{7}|={7}|>{7}|\|{7})/.test(text))
    return new UsageError(
      `${name}:${line}: a merge left its marks here`,
      'Keep the lines of both sides, and put this into .gitattributes: .keyscan-baseline merge=union',
    );
  return new UsageError(
    `${name}:${line}: not a line of a baseline`,
    'keyscan baseline and keyscan ignore write it; take the line out, or put it back as it was',
  );
}

/** Sorted, LF, UTF-8; the same entries always give the same text. */
export function formatBaseline({ salts, entries }: Baseline): string {
  const lines = [...salts.map((salt) => `salt ${salt}`), ...entries.map(entryLine)];
  return `${[HEADING, ...[...new Set(lines)].sort()].join('\n')}\n`;
}

const HEADING =
  '# OpenAI credentials accepted in this repository, by salted hash. Written by keyscan; safe to commit.';

function entryLine({ hash, rule, added, expires, reason }: BaselineEntry): string {
  return ['v1', hash, rule, added, expires && `expires=${expires}`, reason].filter(Boolean).join(' ');
}
