// The part of a hook's script that asks git what is staged while Node starts, as text. Pure.

import { FIXED_VARIABLES } from '../git/environment.ts';
import { FIRST_ASKED, HANDED_OVER } from '../git/handed-over.ts';
import { GIT_SETTINGS } from '../git/process.ts';
import { INDEX_LISTING } from '../git/raw-diff.ts';
import { shellWord } from './shell-word.ts';

/**
 * POSIX sh that runs `start` (the words of a command) with git's answers on its standard input and exits with its code;
 * where git has not said which git is running the hook, it does nothing. Whatever is amiss, Node notices and asks again
 * itself. Every git is the last thing its subshell does, so `exec` saves a process each.
 */
export function renderAsking(start: string): string {
  const variables = Object.entries(FIXED_VARIABLES).map(([name, value]) => `${name}=${shellWord(value)}`);
  return `case $GIT_EXEC_PATH in /*) if [ -x "$GIT_EXEC_PATH/git" ]; then
  {
    unset ${DISTURBING.join(' ')}
    export ${variables.join(' ')}
    git() { exec "$GIT_EXEC_PATH/git" ${GIT_SETTINGS.map(shellWord).join(' ')} "$@" 2>/dev/null; }
    changes=$(git -c core.quotePath=true ${INDEX_LISTING.join(' ')} HEAD --)
    code=$?
    [ -z "$changes" ] || printf '%s\\n' "$changes"
    printf '\\n%s\\n' "$code"
    {
      printf '%s\\n' ${FIRST_ASKED.map(shellWord).join(' ')}
      set -f
      IFS='
'
      for each in $changes; do
        each=\${each#:* * * }
        printf '%s\\n' "\${each%% *}"
      done
    } | git cat-file --batch
  } | ${start} ${HANDED_OVER}
  exit
fi ;; esac
`;
}

/** Of what environment.ts takes away, all that could change what these two print, or print itself. */
const DISTURBING = [
  'GIT_EXTERNAL_DIFF',
  'GIT_DIFF_OPTS',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_TRACE',
  'GIT_TRACE2',
];
