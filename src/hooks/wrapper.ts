// The hook file of plain git, as text: what it says, and whether a file found later is still what was written. Pure.

import { createHash } from 'node:crypto';
import { renderAsking } from './asking.ts';
import type { GatedHook } from './gated.ts';
import { shellWord, textOfWord } from './shell-word.ts';

/** Raised whenever the text below changes, so that a person or `doctor` can tell which keyscan wrote a hook. */
const FORMAT = 2;
const MARK = /^#!\/bin\/sh\n# keyscan hook \d+ ([0-9a-f]{64})\n/;
const MARK_ANYWHERE = /^# keyscan hook \d+ [0-9a-f]{64}\r?$/m;

/** What an existing hook is called while keyscan stands in its place. */
export const PREVIOUS_SUFFIX = '.keyscan-prev';

export interface WrapperParts {
  readonly hook: GatedHook;
  /** Absolute path of a Node to prefer; empty: the one in PATH. */
  readonly node: string;
  /** Path of dist/hook.cjs to prefer, absolute or from the top of the work tree. */
  readonly entry: string;
  /** The hook to run first: the one this file has taken the place of, or the repository's own (see `renderForwarder`). */
  readonly previous: 'beside' | 'repository';
}

/**
 * POSIX sh, and no process that is not needed: in the usual case the shell looks at three files and becomes node. The
 * previous hook runs first, because what it stages must be looked at too (reference/git-and-hooks.md R16, R81, R82);
 * one that git would not run (not executable, a dangling link) does not run here either.
 */
export function renderWrapper({ hook, node, entry, previous }: WrapperParts): string {
  const { name, stdin, asks } = hook;
  const beside = previous === 'beside';
  return hookFile(`# Written by keyscan install and removed by keyscan uninstall, as long as nobody else changes it.

node=${shellWord(node)}
entry=${shellWord(entry)}

fail() {
  printf '%s\\n' "keyscan: $1, so nothing was checked and git stops here." \\
    "Reinstall keyscan-cli and run keyscan install${beside ? '' : ' --global'}, or take the hook out with keyscan uninstall${beside ? '' : ' --global'}" \\
    "(by hand: ${beside ? 'delete $0, or put $previous in its place if there is one' : 'git config --global --unset core.hooksPath'})." \\
    "${WITHOUT_HOOKS[name]}, this once." >&2
  exit 1
}

${beside ? `previous=$0${PREVIOUS_SUFFIX}` : ownHook(name)}

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

${stdin ? RUN_PREVIOUS_KEEPING_STDIN : RUN_PREVIOUS}${name === 'reference-transaction' ? ONLY_NEW_COMMITS : ''}
# What the environment loads into every Node has no business in the check; reading certificates takes 30 ms.
unset NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS
[ -f "$node" ] && [ -x "$node" ] || find_node
if ! ours "$entry"; then
  entry=$PWD/node_modules/keyscan-cli/dist/hook.cjs
  ours "$entry" || fail 'the package keyscan-cli was not found'
fi
${asks ? renderAsking(`"$node" "$entry" ${name}`) : ''}${stdin ? `[ -z "$input" ] || { printf '%s' "\${input%x}" | "$node" "$entry" ${name} "$@"; exit; }\n` : ''}exec "$node" "$entry" ${name} "$@"
`);
}

/**
 * A hook for a directory that all repositories share (core.hooksPath) and that keyscan has nothing to do in: runs the
 * repository's own, which git does not look for any more.
 */
export function renderForwarder(name: string): string {
  return hookFile(`# Written by keyscan install --global and removed by keyscan uninstall --global: core.hooksPath makes git look here,
# and this runs the hook of the repository, if it has one.

fail() {
  printf '%s\\n' "keyscan: $1, so the ${name} hook of this repository did not run." >&2
  exit 1
}
${ownHook(name)}
[ -f "$previous" ] && [ -x "$previous" ] || exit 0
exec "$previous" "$@"
`);
}

/** --no-verify is for the hooks a person waits for; git-commit(1), git-merge(1), git-push(1). */
export const WITHOUT_HOOKS: Readonly<Record<GatedHook['name'], string>> = {
  'pre-commit': 'git commit --no-verify skips all hooks',
  'pre-merge-commit': 'git merge --no-verify skips all hooks',
  'pre-push': 'git push --no-verify skips all hooks',
  'reference-transaction': 'git -c core.hooksPath=/dev/null and the rest of the command skips all hooks',
};

function hookFile(body: string): string {
  return `#!/bin/sh\n# keyscan hook ${FORMAT} ${sha256(body)}\n${body}`;
}

/** In the usual case without starting git, which takes longer than all the rest. A linked work tree has no hooks. */
const ownHook = (name: string): string => `previous=\${GIT_DIR:-.git}
if [ ! -d "$previous/hooks" ] || [ -f "$previous/commondir" ]; then
  previous=$(git rev-parse --git-common-dir) || fail 'git does not say where this repository is'
fi
previous=$previous/hooks/${name}`;

const RUN_PREVIOUS = `if [ -f "$previous" ] && [ -x "$previous" ]; then
  "$previous" "$@" || exit
fi
`;

/** The x keeps the newlines at the end, which $(…) cuts off. A previous hook may leave off reading (SIGPIPE). */
const READ_STDIN = `input=$(cat && printf x) || fail 'what git says on stdin could not be read'`;
const RUN_PREVIOUS_KEEPING_STDIN = `input=
if [ -f "$previous" ] && [ -x "$previous" ]; then
  ${READ_STDIN}
  printf '%s' "\${input%x}" 2>/dev/null | "$previous" "$@" || exit
fi
`;

/**
 * This hook runs several times for every git command (R85), so Node starts only for commits that no reference holds yet,
 * on their way into a branch. githooks(5): lines are `<old> <new> <reference>`; a symbolic reference is `ref:<target>`.
 */
const ONLY_NEW_COMMITS = `
[ "$1" = prepared ] || exit 0
[ -n "$input" ] || ${READ_STDIN}
commits=
while read -r old new reference; do
  case $reference in HEAD | refs/heads/*) ;; *) continue ;; esac
  case $new in ref:*) ;; *[!0]*) commits="$commits $new" ;; esac
done <<REFERENCES
\${input%x}
REFERENCES
[ -n "$commits" ] || exit 0
known=$(git rev-list -n 1 $commits --not --all 2>/dev/null) && [ -z "$known" ] && exit 0
`;

/** `intact`: to the byte what some keyscan wrote. `modified`: that, changed since. `foreign`: not ours. */
export function recognizeWrapper(file: Buffer): 'intact' | 'modified' | 'foreign' {
  // latin1 keeps every byte, so a mark ends at the same offset in text and file.
  const text = file.toString('latin1');
  const mark = MARK.exec(text);
  if (mark) return sha256(file.subarray(mark[0].length)) === mark[1] ? 'intact' : 'modified';
  return MARK_ANYWHERE.test(text) ? 'modified' : 'foreign';
}

/** What keyscan's hook starts, as it was recorded; `undefined` for any other file, and for a forwarder. */
export function recordedStart(file: Buffer): { readonly node: string; readonly entry: string } | undefined {
  const [, node, entry] =
    (recognizeWrapper(file) !== 'foreign' && RECORDED.exec(file.toString('utf8'))) || [];
  return node === undefined || entry === undefined
    ? undefined
    : { node: textOfWord(node), entry: textOfWord(entry) };
}

const RECORDED = /^node=('(?:[^']|'\\'')*')\nentry=('(?:[^']|'\\'')*')$/m;

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
