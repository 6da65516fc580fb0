// One rule at length, for people.

import type { Paint } from '../report/paint.ts';
import { wrap, wrapAfter } from '../report/wrap.ts';
import { type Form, isLiteral, parseForm } from '../rules/form.ts';
import type { Context, FormRule, Match, Rule } from '../rules/rule.ts';

const WIDTH = 80;
const SHOWN = 8;

export function rulePage(
  { id, title, severity, summary, match, advice, links, sources, examples }: Rule,
  paint: Paint,
): string {
  return [
    paint('strong', title),
    `${id}, ${severity}`,
    '',
    ...wrap(summary, WIDTH),
    ...section('Looks like', looks(match)),
    ...section(
      'Examples',
      (examples?.found.length ? examples.found : examplesOf(match)).flatMap(exampleLines),
    ),
    ...section('Left alone', (examples?.ignored ?? []).flatMap(exampleLines)),
    ...section('What to do when it is found', bullets(advice)),
    ...section(
      'Links',
      links.map((link) => `  ${link}`),
    ),
    ...section('Sources', bullets(sources ?? [])),
    '',
  ].join('\n');

  function section(heading: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : ['', paint('strong', heading), ...lines];
  }
}

function bullets(sentences: readonly string[]): string[] {
  return sentences.flatMap((sentence) => wrapAfter('  - ', sentence, WIDTH));
}

function looks(match: Match): string[] {
  if ('forms' in match) return [...match.forms.flatMap(formLines), ...contextLines(match.context)];
  if ('assigned' in match) {
    const { names, value } = match.assigned;
    const what = value === undefined ? 'a random-looking value' : sketch(parseForm(value));
    return [
      ...bullets([`${what} given to a name with one of: ${names.join(', ')}`]),
      ...contextLines(match.context),
    ];
  }
  if ('jwt' in match) {
    const { issuers, claim } = match.jwt;
    const tells = [issuers && `issued by ${issuers.join(' or ')}`, claim && `with the claim ${claim}`].filter(
      Boolean,
    );
    return bullets([`a JSON Web Token ${tells.join(', or ')}`]);
  }
  const { prefixes, names } = match.exposure;
  return bullets([
    `a variable beginning with one of: ${prefixes.join(', ')}`,
    `and named after one of: ${names.join(', ')}`,
  ]);
}

function formLines({ format, form, confidence }: FormRule): string[] {
  const parsed = parseForm(form);
  return [
    `  ${sketch(parsed)}`,
    ...wrap([format, lengthOf(parsed), confidence].filter(Boolean).join(', '), WIDTH, '      '),
  ];
}

/** Of what no form can generate: a checksum, a signature. */
function examplesOf(match: Match): readonly string[] {
  if ('forms' in match) return match.forms.slice(0, 1).map(({ form }) => `api-key: ${form}`);
  return 'jwt' in match ? ['Authorization: Bearer eyJ<alnum:9>.eyJ<alnum:9>.<alnum:9>'] : [];
}

const exampleLines = (example: string): string[] => wrapAfter('  ', sketch(parseForm(example)), WIDTH);

/** The shape of it, with `x` where a real one is random: nothing that could be taken for a credential. */
function sketch(form: Form): string {
  return form
    .map((part) => {
      if (isLiteral(part)) return part.literal;
      const length = part.longest;
      if (part.alphabet.length === 1) return part.alphabet.repeat(length);
      return length > SHOWN ? `${'x'.repeat(SHOWN)}…` : 'x'.repeat(length);
    })
    .join('');
}

function lengthOf(form: Form): string {
  const sum = (at: 0 | -1): number =>
    form.reduce(
      (total, part) =>
        total + (isLiteral(part) ? part.literal.length : at === 0 ? part.shortest : part.longest),
      0,
    );
  const [least, most] = [sum(0), sum(-1)];
  return least === most ? `${least} characters` : `${least} to ${most} characters`;
}

function contextLines(context: Context | undefined): string[] {
  return context ? bullets([`only near one of these words: ${context.words.join(', ')}`]) : [];
}
