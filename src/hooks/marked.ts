// keyscan's lines in a file that belongs to others, between two marks: put in and taken out so that every other byte
// stays. Pure.

const OPENING = '# >>> keyscan >>>';
const CLOSING = '# <<< keyscan <<<';

/** `lines` end in a newline. Works wherever `#` begins a comment: in shell scripts, YAML and git's configuration. */
export const marked = (lines: string): string => `${OPENING}\n${lines}${CLOSING}\n`;

/** Why a file cannot be edited; `line` counts from 1. */
export type BlockObstacle =
  | { readonly kind: 'unreachable'; readonly line: number; readonly text: string }
  | { readonly kind: 'broken-block' };

export class BlockError extends Error {
  override readonly name = 'BlockError';
  readonly obstacle: BlockObstacle;
  constructor(obstacle: BlockObstacle) {
    super(obstacle.kind);
    this.obstacle = obstacle;
  }
}

const BLOCK = new RegExp(`^${OPENING}\\r?\\n[\\s\\S]*?^${CLOSING}(?:\\r?\\n|(?![\\s\\S]))`, 'm');

/** The block in a text, with its marks. */
export const blockIn = (text: string): string | undefined => BLOCK.exec(text)?.[0];

/**
 * Puts a block without another into a text: before the line of that index, or at the end. A text without a final newline
 * (or without anything) keeps that: its block has none either, and brings the one before it. So the text alone tells what
 * to take out again.
 */
export function placeBlock(text: string, block: string, before?: number): string {
  if (before !== undefined) {
    const lines = text.split('\n');
    return [...lines.slice(0, before), block.slice(0, -1), ...lines.slice(before)].join('\n');
  }
  return text.endsWith('\n') ? text + block : `${text}\n${block.slice(0, -1)}`;
}

/**
 * The text as it was before `placeBlock`, to the byte; `undefined` when the block is all there is; the same when there is
 * no block. Throws BlockError on half a block.
 */
export function removeBlock(text: string): string | undefined {
  const match = BLOCK.exec(text);
  const before = match ? text.slice(0, match.index) : text;
  const after = match ? text.slice(match.index + match[0].length) : '';
  if ([before, after].some((part) => part.includes(OPENING) || part.includes(CLOSING)))
    throw new BlockError({ kind: 'broken-block' });
  const endsFile = match !== null && after === '' && !match[0].endsWith('\n');
  if (endsFile) return before.slice(0, -1);
  return match?.[0] === text ? undefined : before + after;
}
