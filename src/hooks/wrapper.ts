// The hook file of plain git, as text: what it says, and whether a file found later is still what was written. Pure.

import { createHash } from 'node:crypto';
import { renderAsking } from './asking.ts';
import { shellWord } from './shell-word.ts';

/** Raised whenever the text below changes, so that a person or `doctor` can tell which keyscan wrote a hook. */
const FORMAT = 2;
const MARK = /^#!\/bin\/sh\n# keyscan hook \d+ ([0-9a-f]{64})\n/;
const MARK_ANYWHERE = /^# keyscan hook \d+ [0-9a-f]{64}\r?$/m;

/** What an existing hook is called while keyscan stands in its place. */
export const PREVIOUS_SUFFIX = '.keyscan-prev';
const PREVIOUS = `"$0${PREVIOUS_SUFFIX}"`;

export interface WrapperParts {
  /** git's name for the hook. */
  readonly name: string;
  /** The hook is told something on stdin: previous hook and keyscan both get it. */
  readonly stdin: boolean;
  /** The hook is about what is staged: git can be asked while Node starts. */
  readonly asks: boolean;
  /** Absolute path of a Node to prefer. */
  readonly node: string;
  /** Absolute path of dist/hook.cjs to prefer. */
  readonly entry: string;
}

/**
 * POSIX sh, and no process that is not needed: in the usual case the shell looks at three files and becomes node. The
 * previous hook runs first, because what it stages must be looked at too (reference/git-and-hooks.md R16, R81, R82);
 * one that git would not run (not executable, a dangling link) does not run here either.
 */
export function renderWrapper({ name, stdin, asks, node, entry }: WrapperParts): string {
  const body = `# Written by keyscan install and removed by keyscan uninstall, as long as nobody else changes it.

node=${shellWord(node)}
entry=${shellWord(entry)}

fail() {
  printf '%s\\n' "keyscan: $1, so nothing was checked and git stops here." \\
    "Reinstall keyscan-cli and run keyscan install, or take the hook out with keyscan uninstall" \\
    "(by hand: delete $0, or put $0${PREVIOUS_SUFFIX} in its place if there is one)." \\
    "git commit --no-verify skips all hooks, this once." >&2
  exit 1
}

# The first "name" in package.json is the package's own. There is another package, called keyscan: not ours.
ours() {
  [ -f "$1" ] && [ -r "\${1%/*/*}/package.json" ] || return 1
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in *'"name"'*) ;; *) continue ;; esac
    case \${line#*'"name"'} in :'"keyscan-cli"'* | ': "keyscan-cli"'*) return 0 ;; *) return 1 ;; esac
  done <"\${1%/*/*}/package.json"
  return 1
}

find_node() {
  for node in "$(command -v node)" "\${NVM_DIR:-$HOME/.nvm}"/versions/node/*/bin/node \\
    "\${VOLTA_HOME:-$HOME/.volta}"/bin/node "\${ASDF_DATA_DIR:-$HOME/.asdf}"/installs/nodejs/*/bin/node \\
    "\${FNM_DIR:-$HOME/.local/share/fnm}"/node-versions/*/installation/bin/node \\
    "$HOME/Library/Application Support"/fnm/node-versions/*/installation/bin/node \\
    "$HOME"/.local/share/mise/installs/node/*/bin/node \\
    /opt/homebrew/bin/node /home/linuxbrew/.linuxbrew/bin/node /usr/local/bin/node /usr/bin/node; do
    [ -f "$node" ] && [ -x "$node" ] || continue
    case $("$node" --version 2>/dev/null) in v2[0-9].* | v[3-9][0-9].* | v[1-9][0-9][0-9].*) return ;; esac
  done
  fail 'Node.js 20 or newer was not found'
}

${stdin ? RUN_PREVIOUS_KEEPING_STDIN : RUN_PREVIOUS}
# What the environment loads into every Node has no business in the check; reading certificates takes 30 ms.
unset NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS
[ -f "$node" ] && [ -x "$node" ] || find_node
if ! ours "$entry"; then
  entry=$PWD/node_modules/keyscan-cli/dist/hook.cjs
  ours "$entry" || fail 'the package keyscan-cli was not found'
fi
${asks ? renderAsking(`"$node" "$entry" ${name}`) : ''}${stdin ? `[ -z "$input" ] || { printf '%s' "\${input%x}" | "$node" "$entry" ${name} "$@"; exit; }\n` : ''}exec "$node" "$entry" ${name} "$@"
`;
  return `#!/bin/sh\n# keyscan hook ${FORMAT} ${sha256(body)}\n${body}`;
}

const RUN_PREVIOUS = `if [ -f ${PREVIOUS} ] && [ -x ${PREVIOUS} ]; then
  ${PREVIOUS} "$@" || exit
fi
`;

/** The x keeps the newlines at the end, which $(…) cuts off. A previous hook may leave off reading (SIGPIPE). */
const RUN_PREVIOUS_KEEPING_STDIN = `input=
if [ -f ${PREVIOUS} ] && [ -x ${PREVIOUS} ]; then
  input=$(cat && printf x) || fail 'what git says on stdin could not be read'
  printf '%s' "\${input%x}" 2>/dev/null | ${PREVIOUS} "$@" || exit
fi
`;

/** `intact`: to the byte what some keyscan wrote. `modified`: that, changed since. `foreign`: not ours. */
export function recognizeWrapper(file: Buffer): 'intact' | 'modified' | 'foreign' {
  // latin1 keeps every byte, so a mark ends at the same offset in text and file.
  const text = file.toString('latin1');
  const mark = MARK.exec(text);
  if (mark) return sha256(file.subarray(mark[0].length)) === mark[1] ? 'intact' : 'modified';
  return MARK_ANYWHERE.test(text) ? 'modified' : 'foreign';
}

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
