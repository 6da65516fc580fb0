// What git is told through its environment, so that no setting of the caller changes which bytes are read
// (reference/git-and-hooks.md §1.5).

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `own`: the repository the caller stands in. Inside a hook, git names its index and directories through variables;
 * without them `git commit -a` looks empty. `foreign`: a repository named by a path, which those variables would
 * replace by the caller's; settings the caller gives (`git -c`, GIT_CONFIG_COUNT: safe.directory in a container) stay, as
 * git keeps them for a submodule.
 */
export type Whose = 'own' | 'foreign';

/** The environment for every git child. Pure; names are compared without case, as Windows does. */
export function gitEnvironment(env: Environment, whose: Whose): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => {
    const upper = name.toUpperCase();
    return !DISTURBING.test(upper) && (whose === 'own' || !isLocal(upper));
  });
  return { ...Object.fromEntries(kept), ...FIXED_VARIABLES };
}

/** `git rev-parse --local-env-vars`; a test compares it with the real git. Later versions of git may add names. */
export const LOCAL_VARIABLES: readonly string[] = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_CONFIG',
  'GIT_CONFIG_PARAMETERS',
  'GIT_CONFIG_COUNT',
  'GIT_OBJECT_DIRECTORY',
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_GRAFT_FILE',
  'GIT_INDEX_FILE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_REPLACE_REF_BASE',
  'GIT_PREFIX',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_COMMON_DIR',
];

const isLocal = (name: string): boolean =>
  LOCAL_VARIABLES.includes(name) && !['GIT_CONFIG_PARAMETERS', 'GIT_CONFIG_COUNT'].includes(name);

/** Programs started, output rewritten, redirected or mixed with traces, paths read as patterns. */
const DISTURBING =
  /^GIT_(?:EXTERNAL_DIFF|DIFF_OPTS|PAGER|INTERNAL_SUPER_PREFIX|TRACE.*|[A-Z]+_PATHSPECS|REDIRECT_STD.*)$/;

/** What every git gets. */
export const FIXED_VARIABLES = {
  LC_ALL: 'C',
  LANGUAGE: '',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  // Replace refs and grafts show other objects than the ones git records (R25).
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null',
  // A missing object is a finding of its own, never a reason to use the network or start a transport (R33, §2.3).
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: '',
} as const;
