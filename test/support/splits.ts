// A key taken apart the way source code does it: concatenation, join, continuation, folding.

import { MARKER } from '../../src/rules/form.ts';
import { between, type Encoding, placeAt } from './placed.ts';

type Random = () => number;
type Frame = (pieces: readonly string[]) => string;

/** Stands before the first piece while a statement is put together; then taken out. */
const START = '\u0001';

const quoted = (pieces: readonly string[], quote = '"'): string[] =>
  pieces.map((piece) => quote + piece + quote);

const joined =
  (lead: string, glue: string, trail: string, quote = '"'): Frame =>
  (pieces) =>
    lead + quoted(pieces, quote).join(glue) + trail;

/** Inside one literal, or none: the pieces themselves are joined. */
const broken =
  (lead: string, glue: string, trail: string): Frame =>
  (pieces) =>
    lead + pieces.join(glue) + trail;

const inNotebook = (source: readonly string[]): string =>
  JSON.stringify({ cells: [{ cell_type: 'code', metadata: {}, outputs: [], source }], nbformat: 4 }, null, 1)
    // JSON.stringify writes the mark as an escape.
    .replace('\\u0001', START);

const FRAMES: Readonly<Record<string, Frame>> = {
  'js-plus': joined('const openaiKey = ', ' + ', ';\n'),
  'js-plus-tight': joined('client=new OpenAI({apiKey:', '+', '});\n', "'"),
  'js-plus-lines': joined('const OPENAI_API_KEY =\n  ', ' +\n  ', ';\n', "'"),
  'js-plus-leading': joined('const OPENAI_API_KEY =\n  ', '\n  + ', ';\n', "'"),
  'js-template': (pieces) => `const openaiKey = \`${pieces.map((piece) => `\${"${piece}"}`).join('')}\`;\n`,
  'js-template-literals': joined('const openaiKey = ', ' + ', ';\n', '`'),
  'js-backslash-newline': broken('const openaiKey = "', '\\\n', '";\n'),
  'js-array-join': joined('const openaiKey = [', ', ', "].join('');\n"),
  'js-array-join-lines': joined('const openaiKey = [\n  ', ',\n  ', '\n].join("");\n', "'"),
  'js-array-join-tight': joined('openaiKey=[', ',', '].join("")\n'),
  'python-plus': joined('openai.api_key = ', ' + ', '\n'),
  'python-adjacent': joined('openai.api_key = ', ' ', '\n'),
  'python-adjacent-lines': joined('openai.api_key = (\n    ', '\n    ', '\n)\n'),
  'python-backslash-lines': joined('openai.api_key = ', ' \\\n    ', '\n', "'"),
  'python-backslash-newline': broken("openai.api_key = '", '\\\n', "'\n"),
  'python-join': joined("openai.api_key = ''.join([", ', ', '])\n', "'"),
  'go-plus': joined('openaiKey := ', ' + ', '\n'),
  'go-plus-lines': joined('openaiKey := ', ' +\n\t\t', '\n'),
  'csharp-plus': joined('var openAiKey = ', ' + ', ';\n'),
  'csharp-plus-lines': joined('string openAiKey = ', '\n            + ', ';\n'),
  'csharp-verbatim': (pieces) => `var openAiKey = ${pieces.map((piece) => `@"${piece}"`).join(' + ')};\n`,
  'php-dot': joined('$openai_key = ', ' . ', ';\n', "'"),
  'php-dot-tight': joined('$openai_key=', '.', ';\n', "'"),
  'php-dot-lines': joined('$openai_key = ', '\n    . ', ';\n', "'"),
  'vb-ampersand': joined('openAiKey = ', ' & ', '\n'),
  'vb-ampersand-lines': joined('openAiKey = ', ' & _\n    ', '\n'),
  'c-adjacent': joined('const char *openai_key = ', ' ', ';\n'),
  'c-adjacent-lines': joined('const char *openai_key =\n  ', '\n  ', ';\n'),
  'comment-lines': broken('# openai key:\n# ', '\n# ', '\nrun()\n'),
  'comment-block': broken('/*\n * openai key:\n * ', '\n * ', '\n */\n'),
  'mail-quoted': broken('> > The openai key:\n> > ', '\n> > ', '\n\n'),
  'shell-continuation': broken('export OPENAI_API_KEY=', '\\\n', '\n'),
  'shell-quoted-continuation': broken('export OPENAI_API_KEY="', '\\\n', '"\n'),
  'shell-adjacent-quotes': joined('export OPENAI_API_KEY=', '', '\n'),
  'dockerfile-continuation': broken('FROM node:20\nENV OPENAI_API_KEY=', '\\\n', '\n'),
  'yaml-folded': broken('env:\n  openai_api_key: >-\n    ', '\n    ', '\nnext: 1\n'),
  'yaml-double-quoted': broken('openai_api_key: "', '\\\n  ', '"\n'),
  'hcl-join': joined('openai_api_key = join("", [', ', ', '])\n'),
  'quoted-printable': broken(
    'Content-Transfer-Encoding: quoted-printable\r\n\r\nOPENAI_API_KEY=3D',
    '=\r\n',
    '\r\n',
  ),
  'notebook-plus': (pieces) => inNotebook([`openai.api_key = ${quoted(pieces).join(' + ')}\n`, 'run()\n']),
  'notebook-lines': (pieces) =>
    inNotebook(['openai.api_key = (\n', ...quoted(pieces).map((piece) => `    ${piece}\n`), ')\n']),
};

/** Where a key is cut: offsets in it, ascending. */
const CUTS: Readonly<Record<string, (key: string, random: Random) => number[]>> = {
  prefix: (key, random) => [between(1, key.lastIndexOf('-', 12) + 1 || 3, random)],
  marker: (key, random) => {
    const at = key.indexOf(MARKER);
    return [at < 0 ? between(10, key.length - 10, random) : at + between(1, MARKER.length - 1, random)];
  },
  body: (key, random) => [between(4, key.length - 1, random)],
  thrice: (key, random) => Array.from({ length: 3 }, () => between(1, key.length - 1, random)),
};

/** Array joins are also written with one or three characters in each element. */
const evenly =
  (size: number) =>
  (key: string): number[] =>
    Array.from({ length: Math.ceil(key.length / size) - 1 }, (_, i) => (i + 1) * size);

function split(key: string, cuts: readonly number[]): string[] {
  const ends = [...new Set(cuts), key.length].sort((a, b) => a - b);
  return ends.map((end, i) => key.slice(i === 0 ? 0 : ends[i - 1], end));
}

const splitEncoding = (
  frameName: string,
  frame: Frame,
  cutName: string,
  cut: (key: string, random: Random) => number[],
  crlf = false,
): Encoding => ({
  name: `split-${frameName}-${cutName}`,
  reach: 'statement',
  decoded: 'some',
  place: ({ key }, random) => {
    const [first = '', ...rest] = split(key, cut(key, random));
    const written = frame([START + first, ...rest]);
    const text = crlf ? written.replaceAll(/\r?\n/g, '\r\n') : written;
    const at = text.indexOf(START);
    return placeAt(text.slice(0, at) + text.slice(at + 1), at);
  },
});

/** All frames with all cuts; frames of several lines also with CRLF; joins also evenly. */
export const SPLIT_ENCODINGS: readonly Encoding[] = Object.entries(FRAMES).flatMap(([name, frame]) => [
  ...Object.entries(CUTS).map(([cutName, cut]) => splitEncoding(name, frame, cutName, cut)),
  ...(/lines|newline|continuation|yaml|leading/.test(name) && !name.startsWith('notebook')
    ? [splitEncoding(name, frame, 'evenly-crlf', evenly(16), true)]
    : []),
  ...(/join/.test(name)
    ? [1, 3].map((size) => splitEncoding(name, frame, `each-${size}`, evenly(size)))
    : []),
]);
