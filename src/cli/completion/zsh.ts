// The completion script for zsh: to be read in, or to be a file _keyscan in a folder of fpath.

import type { KnownOption, KnownVerb, ListedValue, Vocabulary } from './vocabulary.ts';

export function zshCompletion({ verbs, options }: Vocabulary): string {
  const valued = options.filter(({ value }) => value !== 'none');
  const named = verbs.filter(({ name }) => name !== '');
  const withFile = valued.flatMap(({ long, value }) => (isWithFile(value) ? [{ long, ...value }] : []));
  return `#compdef keyscan
# zsh completion for keyscan, as "keyscan completion zsh" prints it

_keyscan() {
  local word verb='' ended='' rest='*: :_keyscan_words'
  integer at count=0
  for ((at = 2; at < CURRENT; at++)); do
    word=\${words[at]}
    case $word in
      (--) ended=1; break ;;
      (${valued.flatMap(spellings).join('|')}) ((at++)) ;;
      (${named.map(({ name }) => name).join('|')})
        if ((count == 0)); then
          verb=$word
          words[at]=()
          ((CURRENT--, at--))
        fi
        ((count++)) ;;
      (-*) ;;
      (*) ((count++)) ;;
    esac
  done
  [[ $count -gt 0 || -n $ended ]] && rest='*:file:_files'
  case $verb in
    ${verbs.map(verbArm).join('\n    ')}
  esac
}

_keyscan_words() {
  local -a verbs=(
    ${named.map(({ name, summary }) => quoted(`${name}:${summary}`)).join('\n    ')}
  )
  _describe -t commands command verbs
  _files
}
${withFile
  .map(
    ({ long, listed }) => `
${functionFor(long)}() {
  if compset -P '*='; then _files; else compadd -S '' -- ${listed.map((each) => `${each}=`).join(' ')}; fi
}
`,
  )
  .join('')}
_keyscan_revisions() {
  compadd -- HEAD \${(f)"$(git for-each-ref --format='%(refname:short)' 2>/dev/null)"}
}

if [[ \${funcstack[1]} == _keyscan ]]; then
  _keyscan "$@"
elif (($+functions[compdef])); then
  compdef _keyscan keyscan
fi
`;
}

const spellings = ({ short, long }: KnownOption): string[] => [...(short ? [`-${short}`] : []), long];

const isWithFile = (value: KnownOption['value']): value is ListedValue =>
  typeof value !== 'string' && value.files;

const functionFor = (long: string): string => `_keyscan_${long.replace(/^--/, '')}`;

function verbArm(verb: KnownVerb): string {
  const words = [...verb.options.map(optionSpec), ...wordsSpec(verb)];
  return `(${verb.name || "''"})
      _arguments -s -S : \\
        ${words.join(' \\\n        ')}
      ;;`;
}

function wordsSpec({ name, words, hasMany }: KnownVerb): string[] {
  if (name === '') return ['"$rest"'];
  const number = hasMany ? '*' : '1';
  if (words === 'none') return [];
  if (words === 'files') return [`'${number}:file:_files'`];
  if (words === 'revisions') return [`'${number}:revision:_keyscan_revisions'`];
  return [`'${number}:${name}:(${words.join(' ')})'`];
}

/** `'(-f --format)'{-f,--format=}'[how the report is written]:FORMAT:(human json)'` */
function optionSpec(option: KnownOption): string {
  const { long, short, describe, value, isRepeatable } = option;
  const name = value === 'none' ? long : `${long}=`;
  const about = quoted(`[${describe.replace(/[[\]]/g, '\\$&')}]${valueSpec(option)}`);
  if (isRepeatable) return `'*${name}'${about}`;
  return short ? `'(-${short} ${long})'{-${short},${name}}${about}` : `'${name}'${about}`;
}

function valueSpec({ long, value, valueName }: KnownOption): string {
  if (value === 'none') return '';
  if (value === 'files') return `:${valueName}:_files`;
  if (value === 'revisions') return `:${valueName}:_keyscan_revisions`;
  if (value === 'anything') return `:${valueName}: `;
  return `:${valueName}:${value.files ? functionFor(long) : `(${value.listed.join(' ')})`}`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
