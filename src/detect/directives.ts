// Comments that ask to ignore a line: looked for around what was found, and nowhere else.

import type { Directive, Span } from '../model.ts';
import { firstNotBelow } from './ascending.ts';
import { decodeWide, type Encoding } from './decode/wide.ts';

/** Bytes before and after a credential within which a comment counts: a minified file is one line. */
const REACH = 4096;

/** The comments in one stretch of bytes. */
export class Comments {
  private readonly bytes: Buffer;
  private readonly encoding: Encoding;
  /** Where something stands that could be one, in ascending order; looked for once something was found. */
  private mentions: readonly number[] | undefined;

  constructor(bytes: Buffer, encoding: Encoding) {
    this.bytes = bytes;
    this.encoding = encoding;
  }

  /**
   * Those about the lines that a credential at `[from, to)` stands on, `span` being their numbers. Unknown words where a
   * rule may stand are given as the rule: a typing error must not ignore everything.
   */
  about(from: number, to: number, { line, endLine }: Span): Directive[] {
    this.mentions ??= mentionsIn(this.bytes, this.encoding);
    const near = this.mentions[firstNotBelow(this.mentions, from - REACH)];
    if (near === undefined || near >= to + REACH) return [];
    const { text, before, isCut } = this.linesAround(from, to);
    const lines = text.split('\n');
    const first = line - (text.slice(0, before).split('\n').length - 1);
    return lines
      .flatMap((content, index) => directivesIn(content, first + index, isCut && index === lines.length - 1))
      .filter((directive) => directive.line >= line && directive.line <= endLine);
  }

  /** The lines of `[from, to)` and the one above, as far as they are near; `before`: characters before `from`. */
  private linesAround(from: number, to: number) {
    const unit = this.encoding === 'utf-8' ? 1 : this.encoding.startsWith('utf-16') ? 2 : 4;
    const aligned = from - (from % unit);
    const start = Math.max(0, aligned - REACH);
    const stretch = this.bytes.subarray(start, to + REACH);
    // One character for each byte or unit, so that places stay known.
    const text = (unit === 1 ? stretch : decodeWide(stretch, this.encoding as 'utf-16le').bytes).toString(
      'latin1',
    );
    const [at, end] = [(aligned - start) / unit, Math.ceil((to - start) / unit)];
    const above = text.lastIndexOf('\n', text.lastIndexOf('\n', at - 1) - 1) + 1;
    const lineEnd = text.indexOf('\n', end);
    return {
      text: text.slice(above, lineEnd < 0 ? undefined : lineEnd),
      before: at - above,
      isCut: lineEnd < 0 && to + REACH < this.bytes.length,
    };
  }
}

function mentionsIn(bytes: Buffer, encoding: Encoding): number[] {
  const found: number[] = [];
  for (const word of MENTIONS) {
    const written = inEncoding(word, encoding);
    for (let at = bytes.indexOf(written); at >= 0; at = bytes.indexOf(written, at + 1)) found.push(at);
  }
  return found.sort((a, b) => a - b);
}

const MENTIONS = ['keyscan:ignore', 'gitleaks:allow', 'trufflehog:ignore', 'pragma:'];

function inEncoding(word: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(word);
  const width = encoding.startsWith('utf-16') ? 2 : 4;
  const units = Buffer.alloc(word.length * width);
  const place = encoding.endsWith('be') ? width - 1 : 0;
  for (let i = 0; i < word.length; i++) units[i * width + place] = word.charCodeAt(i);
  return units;
}

/** `isCut`: the line goes on; a credential may be cut in its reason, which is left out then. */
function directivesIn(content: string, line: number, isCut: boolean): Directive[] {
  const directives: Directive[] = [];
  for (const match of content.matchAll(OWN)) {
    const [whole, next] = match;
    const said = saidIn(content.slice(match.index + whole.length));
    if (said === undefined) continue;
    const reason = isCut ? '' : Buffer.from(said.reason, 'latin1').toString('utf8');
    directives.push({ tool: 'keyscan', line: next ? line + 1 : line, ruleId: said.rule, reason });
  }
  for (const [tool, pattern] of FOREIGN) {
    for (const [, next] of content.matchAll(pattern))
      directives.push({ tool, line: next ? line + 1 : line, ruleId: undefined, reason: '' });
  }
  return directives;
}

/** `[rule] [-- reason]` up to the end of the comment; `undefined` when something else follows. */
function saidIn(rest: string): { readonly rule: string | undefined; readonly reason: string } | undefined {
  const comment = rest.split(CLOSINGS, 1)[0] ?? '';
  const [words = '', ...reasons] = comment.split(/(?<=[ \t])--(?=[ \t])/);
  const [rule, more] = words.split(/[ \t\r]/).filter((word) => word !== '');
  if (more !== undefined || (rule !== undefined && !/^\w[\w-]{0,60}$/.test(rule))) return undefined;
  return { rule, reason: reasons.join('--').trim() };
}

const OWN = /(?<![\w:-])keyscan:ignore(-next-line)?(?![\w-])/g;
/** In C, HTML, Jinja, ERB, and where the comment stands in a string. */
const CLOSINGS = /\*\/|-->|#\}|%>|"/;

const FOREIGN: readonly (readonly [Directive['tool'], RegExp])[] = [
  ['gitleaks', /(?<![\w:-])gitleaks:allow(?![\w-])/g],
  ['trufflehog', /(?<![\w:-])trufflehog:ignore(?![\w-])/g],
  ['detect-secrets', /(?<![\w:-])pragma: ?(?:allow|white)list (nextline )?secret(?![\w-])/g],
];
