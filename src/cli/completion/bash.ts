// The completion script for bash, 3.2 of macOS included.

import type { KnownOption, KnownVerb, ListedValue, Value, Vocabulary } from './vocabulary.ts';

/** Files are left to bash (`-o default`), which quotes them; where words of ours can stand beside them, they come along. */
export function bashCompletion({ verbs, options }: Vocabulary): string {
  const valued = options.filter(({ value }) => value !== 'none');
  const listed = valued.flatMap((option) => (isListed(option.value) ? [{ option, ...option.value }] : []));
  const named = verbs.filter(({ name }) => name !== '');
  return `# bash completion for keyscan, as "keyscan completion bash" prints it

_keyscan() {
  local IFS=$' \\t\\n' word option= verb= current value prefix= i count=0 ended=
  local -a words=()
  COMPREPLY=()
  # To bash "=" is a word of its own; here it belongs to the words around it.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if ((i > 1)) && [[ $word == =* || \${COMP_WORDS[i - 1]} == '=' ]]; then
      words[\${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
  done
  current=\${words[\${#words[@]} - 1]}
  for ((i = 0; i < \${#words[@]} - 1; i++)); do
    word=\${words[i]}
    if [[ -n $option ]]; then
      option=
    elif [[ -n $ended || $word == - || $word != -* ]]; then
      if [[ $count -eq 0 && -z $ended ]]; then
        case $word in
          ${named.map(({ name }) => name).join(' | ')}) verb=$word ;;
        esac
      fi
      count=$((count + 1))
    elif [[ $word == -- ]]; then
      ended=1
    else
      case $word in
        ${valued.flatMap(spellings).join(' | ')}) option=$word ;;
      esac
    fi
  done
  value=$current
  if [[ -z $option$ended && $current == --*=* ]]; then
    option=\${current%%=*}
    value=\${current#*=}
    prefix=$option=
  fi
  if [[ -n $option ]]; then
    case $option in
      ${[
        ...listed.map(({ option, listed, files }) =>
          files
            ? `${spellings(option).join(' | ')})
        [[ $value == *=* ]] && return
        compopt -o nospace 2>/dev/null
        _keyscan_offer "$value" '${listed.map((each) => `${each}=`).join(' ')}'
        ;;`
            : `${spellings(option).join(' | ')}) ${offered(option, verbs)} ;;`,
        ),
        ...arm(valued, 'revisions', '_keyscan_revisions "$value"'),
        ...arm(valued, 'anything', 'compopt +o default +o bashdefault 2>/dev/null'),
      ].join('\n      ')}
    esac
    # What bash replaces begins after the last "=".
    if [[ $COMP_WORDBREAKS != *=* ]]; then
      for i in "\${!COMPREPLY[@]}"; do COMPREPLY[i]=$prefix\${COMPREPLY[i]}; done
    fi
    return
  fi
  if [[ -z $ended && $current == -* && $current != - ]]; then
    case $verb in
      ${verbs.map((verb) => `${verb.name || "''"}) _keyscan_offer "$current" '${optionWords(verb)}' ;;`).join('\n      ')}
    esac
    return
  fi
  case $verb in
    ${[
      `'')
      [[ $count -gt 0 || -n $ended ]] && return
      _keyscan_offer "$current" '${named.map(({ name }) => name).join(' ')}'
      # With no word of ours, bash offers the files.
      if [[ -n $current && \${#COMPREPLY[@]} -gt 0 ]]; then
        compopt -o filenames 2>/dev/null
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
      fi
      ;;`,
      ...named.flatMap(operandArm),
    ].join('\n    ')}
  esac
}

_keyscan_offer() {
  COMPREPLY=($(compgen -W "$2" -- "$1"))
}

# Names of branches can hold what a shell would run.
_keyscan_revisions() {
  local name
  while IFS= read -r name; do
    [[ $name == "$1"* ]] && COMPREPLY+=("$(printf %q "$name")")
  done < <(echo HEAD; git for-each-ref --format='%(refname:short)' 2>/dev/null)
}

complete -o bashdefault -o default -F _keyscan keyscan
`;
}

const spellings = ({ short, long }: KnownOption): string[] => [...(short ? [`-${short}`] : []), long];

const optionWords = ({ options }: KnownVerb): string => options.map(({ long }) => long).join(' ');

const isListed = (value: Value): value is ListedValue => typeof value !== 'string';

/** The words an option takes; some commands take only some of them. */
function offered({ long, value }: KnownOption, verbs: readonly KnownVerb[]): string {
  const offer = (words: Value): string =>
    `_keyscan_offer "$value" '${isListed(words) ? words.listed.join(' ') : ''}'`;
  const others = new Map<string, string[]>();
  for (const { name, options } of verbs)
    for (const own of options)
      if (own.long === long && offer(own.value) !== offer(value))
        others.set(offer(own.value), [...(others.get(offer(own.value)) ?? []), name]);
  if (others.size === 0) return offer(value);
  const arms = [...others].map(([command, names]) => `${names.join(' | ')}) ${command} ;;`);
  return `case $verb in ${arms.join(' ')} *) ${offer(value)} ;; esac`;
}

/** One arm for all options that take that. */
function arm(options: readonly KnownOption[], value: Value, command: string): string[] {
  const words = options.filter((each) => each.value === value).flatMap(spellings);
  return words.length === 0 ? [] : [`${words.join(' | ')}) ${command} ;;`];
}

/** Files are what bash offers where nothing is said. */
function operandArm({ name, words }: KnownVerb): string[] {
  if (words === 'files') return [];
  if (words === 'none') return [`${name}) compopt +o default +o bashdefault 2>/dev/null ;;`];
  if (words === 'revisions') return [`${name}) _keyscan_revisions "$current" ;;`];
  return [`${name}) [[ $count -gt 1 ]] || _keyscan_offer "$current" '${words.join(' ')}' ;;`];
}
