// Comments that ask to ignore a line: looked for around what was found, and nowhere else.

import type { Directive, Span } from '../model.ts';
import { decodeWide, type Encoding } from './decode/wide.ts';

/** Bytes before and after a credential within which a comment counts: a minified file is one line. */
const REACH = 4096;

/**
 * Of the lines that a credential at `[from, to)` of `bytes` stands on, `span` being their numbers, and of the line above
 * them. Unknown words where a rule may stand are given as the rule: a typing error must not ignore everything.
 */
export function directivesAround(
  bytes: Buffer,
  from: number,
  to: number,
  { line, endLine }: Span,
  encoding: Encoding,
): Directive[] {
  const start = Math.max(0, from - REACH);
  const stretch = bytes.subarray(start, to + REACH);
  if (encoding === 'utf-8' && !MENTIONS.some((word) => stretch.includes(word))) return [];
  // One character for each byte or unit, so that places stay known.
  const text = (encoding === 'utf-8' ? stretch : decodeWide(stretch, encoding).bytes).toString('latin1');
  const before = Math.floor(((from - start) * text.length) / stretch.length);
  const isCut = to + REACH < bytes.length;
  const first = line - (text.slice(0, before).split('\n').length - 1);
  const lines = text.split('\n');
  return lines
    .flatMap((content, index) => directivesIn(content, first + index, isCut && index === lines.length - 1))
    .filter((directive) => directive.line >= line && directive.line <= endLine);
}

/** `isCut`: the line goes on; a credential may be cut in its reason, which is left out then. */
function directivesIn(untrimmed: string, line: number, isCut: boolean): Directive[] {
  const content = untrimmed.trimEnd();
  const directives: Directive[] = [];
  for (const { groups = {} } of content.matchAll(OWN)) {
    const { next, rule, reason = '' } = groups;
    directives.push({
      tool: 'keyscan',
      line: next ? line + 1 : line,
      ruleId: rule,
      reason: isCut ? '' : Buffer.from(reason, 'latin1').toString('utf8'),
    });
  }
  for (const [tool, pattern] of FOREIGN) {
    for (const { groups = {} } of content.matchAll(pattern))
      directives.push({ tool, line: groups.next ? line + 1 : line, ruleId: undefined, reason: '' });
  }
  return directives;
}

const MENTIONS = ['keyscan:ignore', 'gitleaks:allow', 'trufflehog:ignore', 'pragma:'];

/** The reason ends where the line or the comment does. */
const OWN =
  /(?<![\w:-])keyscan:ignore(?<next>-next-line)?(?![\w-])(?:[ \t]+(?!--)(?<rule>\w[\w-]{0,60}))?(?:[ \t]+--[ \t]+(?<reason>.{0,2000}?))?(?=[ \t\r]{0,8}(?:\*\/|-->|#\}|%>|\x22|$))/g;

const FOREIGN: readonly (readonly [Directive['tool'], RegExp])[] = [
  ['gitleaks', /(?<![\w:-])gitleaks:allow(?![\w-])/g],
  ['trufflehog', /(?<![\w:-])trufflehog:ignore(?![\w-])/g],
  ['detect-secrets', /(?<![\w:-])pragma: ?(?:allow|white)list (?<next>nextline )?secret(?![\w-])/g],
];
