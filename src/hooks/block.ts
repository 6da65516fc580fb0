// keyscan's lines in the script of a team, as text: what they are, and where in the script they belong. Pure.

import type { GatedHook } from './gated.ts';
import { BlockError, marked, placeBlock, removeBlock } from './marked.ts';

/**
 * The script is the team's, so no path of this machine is in it: keyscan-cli is looked up as node does, from here to
 * the root (an earlier line may have changed the directory). A keyscan in node_modules/.bin without keyscan-cli beside
 * it is somebody else's package (reference/git-and-hooks.md §2.9). Works under `sh -e` (husky's) and without.
 */
export function renderBlock({ name, stdin }: GatedHook): string {
  const check = `(
  unset NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS
  from=$PWD
  until [ -z "$from" ] || [ -f "$from/node_modules/keyscan-cli/dist/hook.cjs" ]; do from=\${from%/*}; done
  if [ -n "$from" ] && command -v node >/dev/null; then
    exec node "$from/node_modules/keyscan-cli/dist/hook.cjs" ${name} "$@"
  fi
  case $(command -v keyscan) in
    '' | *node_modules/.bin/*) ;;
    *) exec keyscan hook ${name} "$@" ;;
  esac
  printf '%s\\n' 'keyscan: node is not in PATH or keyscan-cli is not installed, so nothing was checked and git stops here.' \\
    'Install the packages of this project again, or remove the check with keyscan uninstall.' \\
    'git ${stdin ? 'push' : 'commit'} --no-verify skips all hooks, this once.' >&2
  exit 1
) || exit
`;
  return stdin
    ? marked(`# Stays first: what git says on stdin is handed on. Taken out by: keyscan uninstall
keyscan_stdin=$(cat && echo x) || exit
printf %s "\${keyscan_stdin%x}" 2>/dev/null | ${check}if [ "$keyscan_stdin" = x ]; then exec </dev/null; else exec <<KEYSCAN_STDIN
\${keyscan_stdin%?x}
KEYSCAN_STDIN
fi
`)
    : marked(
        `# Stays last, so that what earlier lines stage is checked too. Taken out by: keyscan uninstall\n${check}`,
      );
}

/** Ends the script when it is reached (dash: `return`, too); `exec` with nothing but redirections does not. */
const ENDS = /^(?:exit|return|exec(?!\s+\d*[<>]))\b/;
/** An end before which the block can stand: one that is a command of its own and does not look at `$?`. */
const PLAIN_END = /^exit\s+\d+\s*(?:#.*)?$/;
const CONTINUES = /(?:\\|&&|\|)\s*$/;
const SAYS_NOTHING = /^\s*(?:#|$)/;
/** husky 5 to 8: this line starts the script once more, under `sh -e`. */
const OLD_HUSKY = /^\s*\.\s.*husky\.sh/;

/**
 * The script with the block where it belongs. A block that is there already is renewed and moved. `undefined` stands for a
 * file that is not there.
 *
 * What reads stdin goes first: another line may read it to its end, and what git pushes is settled by then. Everything
 * else goes last, at the end or before an `exit 0` that is the last command. Throws BlockError when another line may end
 * the script before: whether the block always runs cannot be seen from the text then, and a check that runs sometimes is
 * none.
 */
export function insertBlock(script: string | undefined, hook: GatedHook): string {
  const block = renderBlock(hook);
  const text = script === undefined ? undefined : removeBlock(script);
  if (text === undefined) return block;
  return placeBlock(text, block, hook.stdin ? firstCommand(text) : lastCommand(text));
}

/** `undefined` for the end, in both. */
function firstCommand(text: string): number | undefined {
  const lines = text.split('\n');
  const old = lines.findIndex((line) => OLD_HUSKY.test(line));
  if (old >= 0) return old + 1 < lines.length ? old + 1 : undefined;
  const first = lines.findIndex((line) => !SAYS_NOTHING.test(line));
  return first < 0 ? undefined : first;
}

function lastCommand(text: string): number | undefined {
  const lines = text.split('\n');
  const ending = lines.findIndex((line) => ENDS.test(line));
  if (ending < 0) return undefined;
  const line = lines[ending] ?? '';
  const last = lines.findLastIndex((each) => !SAYS_NOTHING.test(each)) === ending;
  if (!last || !PLAIN_END.test(line) || CONTINUES.test(lines[ending - 1] ?? ''))
    throw new BlockError({ kind: 'unreachable', line: ending + 1, text: line });
  return ending;
}
