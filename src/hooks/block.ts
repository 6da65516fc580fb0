// keyscan's lines in a husky script, as text: put in last, and taken out so that every other byte stays. Pure.

const OPENING = '# >>> keyscan >>>';
const CLOSING = '# <<< keyscan <<<';

/**
 * The script is the team's, so no path of this machine is in it: keyscan-cli is looked up as node does, from here to
 * the root (an earlier line may have changed the directory). A keyscan in node_modules/.bin without keyscan-cli beside
 * it is somebody else's package (reference/git-and-hooks.md §2.9). Works under `sh -e` (husky's) and without.
 */
export function renderBlock(hook: string): string {
  return `${OPENING}
# Stays last, so that what earlier lines stage is checked too. Taken out by: keyscan uninstall
(
  unset NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS
  from=$PWD
  until [ -z "$from" ] || [ -f "$from/node_modules/keyscan-cli/dist/hook.cjs" ]; do from=\${from%/*}; done
  if [ -n "$from" ] && command -v node >/dev/null; then
    exec node "$from/node_modules/keyscan-cli/dist/hook.cjs" ${hook} "$@"
  fi
  case $(command -v keyscan) in
    '' | *node_modules/.bin/*) ;;
    *) exec keyscan hook ${hook} "$@" ;;
  esac
  printf '%s\\n' 'keyscan: node is not in PATH or keyscan-cli is not installed, so nothing was checked and git stops here.' \\
    'Install the packages of this project again, or remove the check with keyscan uninstall.' \\
    'git commit --no-verify skips all hooks, this once.' >&2
  exit 1
) || exit
${CLOSING}
`;
}

/** Why a script cannot be edited; `line` counts from 1. */
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
/** Ends the script when it is reached (dash: `return`, too); `exec` with nothing but redirections does not. */
const ENDS = /^(?:exit|return|exec(?!\s+\d*[<>]))\b/;
/** An end before which the block can stand: one that is a command of its own and does not look at `$?`. */
const PLAIN_END = /^exit\s+\d+\s*(?:#.*)?$/;
const CONTINUES = /(?:\\|&&|\|)\s*$/;
const SAYS_NOTHING = /^\s*(?:#|$)/;

/**
 * The script with the block where it runs last: at the end, or before an `exit 0` that is the last command. A block that
 * is there already is renewed and moved. `undefined` stands for a file that is not there. Throws BlockError when another
 * line may end the script before: whether the block always runs cannot be seen from the text then, and a check that runs
 * sometimes is none.
 */
export function insertBlock(script: string | undefined, block: string): string {
  const text = script === undefined ? undefined : removeBlock(script);
  if (text === undefined) return block;
  const lines = text.split('\n');
  const ending = lines.findIndex((line) => ENDS.test(line));
  // A script without a final newline (or without anything) keeps that: its block has none either, and brings the one
  // before it. So the text alone tells what to take out again.
  if (ending < 0) return text.endsWith('\n') ? text + block : `${text}\n${block.slice(0, -1)}`;
  const line = lines[ending] ?? '';
  const last = lines.findLastIndex((each) => !SAYS_NOTHING.test(each)) === ending;
  if (!last || !PLAIN_END.test(line) || CONTINUES.test(lines[ending - 1] ?? ''))
    throw new BlockError({ kind: 'unreachable', line: ending + 1, text: line });
  return [...lines.slice(0, ending), block.slice(0, -1), ...lines.slice(ending)].join('\n');
}

/**
 * The script as it was before `insertBlock`, to the byte; `undefined` when that made the file; the same when there is no
 * block. Throws BlockError on half a block.
 */
export function removeBlock(script: string): string | undefined {
  const match = BLOCK.exec(script);
  const before = match ? script.slice(0, match.index) : script;
  const after = match ? script.slice(match.index + match[0].length) : '';
  if ([before, after].some((text) => text.includes(OPENING) || text.includes(CLOSING)))
    throw new BlockError({ kind: 'broken-block' });
  const endsFile = match !== null && after === '' && !match[0].endsWith('\n');
  if (endsFile) return before.slice(0, -1);
  return match?.[0] === script ? undefined : before + after;
}
