// As much YAML as is needed to add lines to a team's file and be sure of what they mean: the keys at the left margin. Pure.

export interface TopLevelKey {
  readonly key: string;
  /** Counts from 0. */
  readonly line: number;
  /** What follows the colon on the same line, without a comment. */
  readonly value: string;
}

/**
 * The keys of a file that is one block mapping; `undefined` for any other (flow style, several documents, an odd line),
 * which needs a person.
 */
export function topLevelKeys(lines: readonly string[]): readonly TopLevelKey[] | undefined {
  const keys: TopLevelKey[] = [];
  for (const [line, text] of lines.entries()) {
    if (/^(?:\s|#|$)/.test(text)) continue;
    if (text.trimEnd() === '---' && keys.length === 0) continue;
    if (/^-\s/.test(text) && keys.length > 0) continue;
    const match = KEY.exec(text);
    const key = match?.[1] ?? match?.[2] ?? match?.[3];
    if (key === undefined) return undefined;
    keys.push({ key, line, value: (match?.[4] ?? '').split(/(?:^|\s)#/, 1)[0]?.trim() ?? '' });
  }
  return keys;
}

const KEY = /^(?:"([^"\\]+)"|'([^']+)'|([\w./-]+))\s*:(?:\s+(.*))?$/s;
