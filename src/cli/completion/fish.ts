// The completion script for fish.

import type { KnownOption, KnownVerb, Value, Vocabulary } from './vocabulary.ts';

/** Stands for the verb of files, which has no name. */
const FILES = '.';

export function fishCompletion({ verbs, options }: Vocabulary): string {
  const valued = options.filter(({ value }) => value !== 'none');
  const named = verbs.filter(({ name }) => name !== '');
  const all = new Map(verbs.flatMap((verb) => verb.options).map((option) => [asked(option), option]));
  return `# fish completion for keyscan, as "keyscan completion fish" prints it

# The command before the cursor ("${FILES}" for none), and how many words stand behind it.
function __keyscan_verb
    set -l verb ${FILES}
    set -l count 0
    set -l value ''
    for word in (commandline -opc)[2..-1]
        if test -n "$value"
            set value ''
            continue
        end
        switch $word
            case --
                set count (math $count + 1)
                break
            case ${valued.flatMap(spellings).join(' ')}
                set value $word
            case ${named.map(({ name }) => name).join(' ')}
                if test "$verb$count" = ${FILES}0
                    set verb $word
                else
                    set count (math $count + 1)
                end
            case '-*'
            case '*'
                set count (math $count + 1)
        end
    end
    echo $verb
    echo $count
end

function __keyscan_in
    set -l at (__keyscan_verb)
    contains -- $at[1] $argv
end

function __keyscan_first
    set -l at (__keyscan_verb)
    test "$at[2]" = 0; and contains -- $at[1] $argv
end

function __keyscan_revisions
    echo HEAD
    git for-each-ref --format='%(refname:short)' 2>/dev/null
end

function __keyscan_with_file
    set -l parts (commandline -ct | string replace -r '^--[a-z-]+=' '' | string split -m 1 =)
    if set -q parts[2]
        string replace -r '^' -- $parts[1]= (__fish_complete_path $parts[2])
    else
        printf '%s=\\n' $argv
    end
end

complete -c keyscan -f
${[
  ...named.map(
    ({ name, summary }) =>
      `complete -c keyscan -n '__keyscan_first ${FILES}' -a ${name} -d ${quoted(summary)}`,
  ),
  ...verbs.flatMap(wordLines),
  ...[...all.values()].map((option) => optionLine(option, verbs)),
].join('\n')}
`;
}

const spellings = ({ short, long }: KnownOption): string[] => [...(short ? [`-${short}`] : []), long];

/** One option takes other values with another command. */
const asked = ({ long, value }: KnownOption): string => `${long} ${JSON.stringify(value)}`;

const nameOf = ({ name }: KnownVerb): string => name || FILES;

function wordLines(verb: KnownVerb): string[] {
  const { words, hasMany } = verb;
  const where = `complete -c keyscan -n '${hasMany ? '__keyscan_in' : '__keyscan_first'} ${nameOf(verb)}'`;
  if (words === 'none') return [];
  if (words === 'files') return [`${where} -F`];
  if (words === 'revisions') return [`${where} -a '(__keyscan_revisions)'`];
  return [`${where} -a '${words.join(' ')}'`];
}

function optionLine(option: KnownOption, verbs: readonly KnownVerb[]): string {
  const having = verbs.filter(({ options }) => options.map(asked).includes(asked(option))).map(nameOf);
  const short = option.short ? ` -s ${option.short}` : '';
  return (
    `complete -c keyscan -n '__keyscan_in ${having.join(' ')}'${short} -l ${option.long.replace(/^--/, '')}` +
    `${taken(option.value)} -d ${quoted(option.describe)}`
  );
}

function taken(value: Value): string {
  if (value === 'none') return '';
  if (value === 'files') return ' -r -F';
  if (value === 'anything') return ' -x';
  if (value === 'revisions') return " -x -a '(__keyscan_revisions)'";
  return value.files
    ? ` -x -a '(__keyscan_with_file ${value.listed.join(' ')})'`
    : ` -x -a '${value.listed.join(' ')}'`;
}

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
