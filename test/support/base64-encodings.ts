// Base64 in every dress: alignments, alphabets, wrapped lines, repeated, inside and around other encodings.

import { between, type Encoding, type Placed, placeAt, type Sample, utf8 } from './placed.ts';

type Random = () => number;

/** Bytes to encode, and the offset in them where the credential starts. */
interface Body {
  readonly bytes: Buffer;
  readonly at: number;
}

const bodyOf = ({ before, key, after }: Sample, lead = ''): Body => ({
  bytes: utf8(lead + before + key + after),
  at: utf8(lead + before).length,
});

/** `text[at]` holds the first bits of the credential. */
interface Written {
  readonly text: string;
  readonly at: number;
}

const base64 = ({ bytes, at }: Body): Written => ({
  text: bytes.toString('base64'),
  at: Math.floor((at * 8) / 6),
});

const again = ({ text, at }: Written): Written => base64({ bytes: utf8(text), at });

/** Rewrites single characters, keeping the place. */
const replaced = ({ text, at }: Written, by: Readonly<Record<string, string>>): Written => {
  const chars = Array.from(text, (char) => by[char] ?? char);
  return { text: chars.join(''), at: chars.slice(0, at).join('').length };
};

const wrapped = ({ text, at }: Written, width: number, eol: string, indent: string): Written => {
  const lines = Array.from({ length: Math.ceil(text.length / width) }, (_, i) =>
    text.slice(i * width, (i + 1) * width),
  );
  const row = Math.floor(at / width);
  return {
    text: lines.map((line) => indent + line).join(eol),
    at: row * (width + indent.length + eol.length) + indent.length + (at % width),
  };
};

const within = (lead: string, { text, at }: Written, trail: string, bytesOf = utf8): Placed =>
  placeAt(lead + text + trail, lead.length + at, bytesOf);

/** Text before the body, so that line breaks of the wrapping fall anywhere in the key; holds what becomes `+` and `/`. */
const filler = (random: Random): string =>
  `${'lorem ipsum ???>>> '.repeat(8).slice(between(0, 90, random))}\n`;

const encoding = (name: string, place: Encoding['place'], reach: Encoding['reach'] = 'text'): Encoding => ({
  name,
  reach,
  decoded: 'some',
  place,
});

const aligned = [0, 1, 2].map((alignment) =>
  encoding(`base64-aligned-${alignment}`, (sample) => {
    const body = bodyOf(sample);
    const lead = ' '.repeat((3 + alignment - (body.at % 3)) % 3);
    return within('blob: "', base64(bodyOf(sample, lead)), '"\n');
  }),
);

const wrappings = (
  [
    ['76-lf', 76, '\n', ''],
    ['64-lf', 64, '\n', ''],
    ['76-crlf', 76, '\r\n', ''],
    ['64-crlf', 64, '\r\n', ''],
    ['64-yaml', 64, '\n', '    '],
    ['76-yaml-crlf', 76, '\r\n', '      '],
  ] as const
).map(([name, width, eol, indent]) =>
  encoding(`base64-wrapped-${name}`, (sample, random) => {
    const lead = indent === '' ? `-----BEGIN DATA-----${eol}` : `data:${eol}  file: |${eol}`;
    return within(lead, wrapped(base64(bodyOf(sample, filler(random))), width, eol, indent), eol);
  }),
);

const unpadded = ({ text, at }: Written): Written => ({ text: text.replace(/=+$/, ''), at });

const utf16Body = ({ before, key, after }: Sample): Body => ({
  bytes: Buffer.from(before + key + after, 'utf16le'),
  at: 2 * before.length,
});

/** The key alone is encoded, and what names it stands outside. */
const ofKey = (name: string, lead: string, trail: string, inside = ''): Encoding =>
  encoding(
    name,
    ({ key }) => within(lead, base64({ bytes: utf8(inside + key), at: inside.length }), trail),
    'statement',
  );

export const BASE64_ENCODINGS: readonly Encoding[] = [
  ...aligned,
  ...wrappings,
  encoding('base64-url', (sample, random) =>
    within('"', replaced(unpadded(base64(bodyOf(sample, filler(random)))), { '+': '-', '/': '_' }), '"\n'),
  ),
  encoding('base64-unpadded', (sample, random) =>
    within('token ', unpadded(base64(bodyOf(sample, filler(random)))), '\n'),
  ),
  encoding('base64-json-slash', (sample, random) =>
    within('{"blob":"', replaced(base64(bodyOf(sample, filler(random))), { '/': '\\/' }), '"}\n'),
  ),
  encoding('base64-percent', (sample, random) =>
    within(
      'https://example.org/?state=',
      replaced(base64(bodyOf(sample, filler(random))), { '+': '%2B', '/': '%2F', '=': '%3D' }),
      '&x=1\n',
    ),
  ),
  encoding('base64-twice', (sample, random) =>
    within('blob: ', again(base64(bodyOf(sample, filler(random).slice(-between(1, 40, random))))), '\n'),
  ),
  encoding('base64-thrice', (sample, random) =>
    within(
      'blob: ',
      again(again(base64(bodyOf(sample, filler(random).slice(-between(1, 40, random)))))),
      '\n',
    ),
  ),
  encoding('base64-of-utf16', (sample) =>
    within('powershell -EncodedCommand ', base64(utf16Body(sample)), '\n'),
  ),
  encoding('base64-in-utf16', (sample) =>
    within('blob: ', base64(bodyOf(sample)), '\r\n', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  ),
  ofKey(
    'base64-k8s-secret',
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: openai\ndata:\n  OPENAI_API_KEY: ',
    '\ntype: Opaque\n',
  ),
  ofKey('base64-k8s-quoted', 'kind: Secret\ndata:\n    openai-api-key: "', '"\n'),
  ofKey('base64-basic-auth', 'curl https://api.openai.com/v1/models -H "Authorization: Basic ', '"\n', ':'),
];
