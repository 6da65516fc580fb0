// The lines a user adds where keyscan does not edit itself: nothing here is ever fetched, keyscan-cli has to be installed.

import { GATED_HOOKS } from './gated.ts';
import type { OtherManager } from './refusal.ts';
import { shellWord } from './shell-word.ts';
import type { Start } from './start.ts';

const command = (hook: string): string => `node node_modules/keyscan-cli/dist/hook.cjs ${hook}`;

const perHook = (lines: (hook: string) => string, separator = '\n'): string =>
  GATED_HOOKS.map(({ name }) => lines(name)).join(separator);

/** What to put into the configuration of another manager, without a final newline. */
export const SNIPPETS: Readonly<Record<OtherManager, string>> = {
  lefthook: perHook(
    (hook) => `${hook}:
  jobs:
    - name: keyscan
      run: ${command(hook)}`,
  ),
  // The scope comes from the index, not from names; a commit of deletions only must pass through it too.
  'pre-commit': `repos:
  - repo: local
    hooks:
${perHook(
  (hook) => `      - id: keyscan-${hook}
        name: keyscan
        entry: ${command(hook)}
        language: system
        pass_filenames: false
        always_run: true
        require_serial: true
        stages: [${hook}]`,
)}`,
  'simple-git-hooks': `"simple-git-hooks": {
${perHook((hook) => `  "${hook}": "${command(hook)}"`, ',\n')}
}`,
};

/** What makes the manager take its changed configuration into git. */
export const AFTERWARDS: Readonly<Record<OtherManager, string>> = {
  lefthook: 'lefthook install',
  'pre-commit': `pre-commit install ${perHook((hook) => `--hook-type ${hook}`, ' ')}`,
  'simple-git-hooks': 'node node_modules/simple-git-hooks/cli.js',
};

/** The last line of a hook script that is shared by all repositories. */
export const sharedLine = ({ node, entry }: Start): string =>
  `${shellWord(node)} ${shellWord(entry)} "\${0##*/}" "$@" || exit`;
