// Reads JSON (RFC 8259) and remembers where everything stands, for messages that lead to the line. JSON.parse tells no
// place, repeats what it has read in its messages, and lets the last of two equal keys win without a word.

/** Objects have no prototype: no key of a file means anything but itself. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The way to a value: keys and indices from the top. */
export type Way = readonly (string | number)[];

export interface Document {
  readonly value: Json;
  /** `line:column` of a value, or of the key that leads to it; both from 1. */
  placeOf(way: Way): string;
}

/** What is wrong, without anything of the file in it, and where. */
export class JsonFault extends Error {
  readonly place: string;
  constructor(message: string, place: string) {
    super(message);
    this.place = place;
  }
}

const DEEPEST = 32;

/** Throws JsonFault. */
export function parseJson(text: string): Document {
  const places = new Map<string, number>();
  let at = 0;

  const fail = (message: string, where = at): never => {
    throw new JsonFault(message, placeIn(text, where));
  };

  function skipBlanks(): void {
    while (at < text.length && ' \t\r\n'.includes(text[at] as string)) at++;
  }

  function readValue(way: Way): Json {
    skipBlanks();
    if (!places.has(keyOf(way))) places.set(keyOf(way), at);
    if (way.length > DEEPEST) fail('nested too deeply');
    const first = text[at];
    if (first === '{') return readObject(way);
    if (first === '[') return readList(way);
    if (first === '"') return readString();
    const [word] = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/.exec(
      text.slice(at, at + 64),
    ) ?? [undefined];
    if (word === undefined) return fail(at < text.length ? 'here a value is expected' : ENDED);
    at += word.length;
    return JSON.parse(word);
  }

  /** The members between two brackets, separated by commas. */
  function readMembers(close: string, readMember: (index: number) => void): void {
    at++;
    skipBlanks();
    for (let index = 0; text[at] !== close; index++) {
      readMember(index);
      skipBlanks();
      if (text[at] === close) break;
      if (text[at] !== ',') fail(at < text.length ? `here a comma or ${close} is expected` : ENDED);
      at++;
      skipBlanks();
      if (text[at] === close) fail(`no comma is allowed before ${close}`);
    }
    at++;
  }

  function readObject(way: Way): JsonObject {
    const object: { [key: string]: Json } = Object.create(null);
    readMembers('}', () => {
      const start = at;
      if (text[at] !== '"') fail(at < text.length ? 'here a key in double quotes is expected' : ENDED);
      const key = readString();
      if (key in object) fail('this key is there twice', start);
      places.set(keyOf([...way, key]), start);
      skipBlanks();
      if (text[at] !== ':') fail('here a colon is expected');
      at++;
      object[key] = readValue([...way, key]);
    });
    return object;
  }

  function readList(way: Way): Json[] {
    const list: Json[] = [];
    readMembers(']', (index) => list.push(readValue([...way, index])));
    return list;
  }

  function readString(): string {
    const start = at;
    STRING.lastIndex = at;
    const [written] = STRING.exec(text) ?? [];
    if (written === undefined)
      return fail('this string has no end, or a character that must be escaped', start);
    at += written.length;
    return JSON.parse(written);
  }

  const value = readValue([]);
  skipBlanks();
  if (at < text.length) fail('nothing is expected behind the end');
  return { value, placeOf: (way) => placeIn(text, places.get(keyOf(way)) ?? 0) };
}

const ENDED = 'the file ends too early';
const STRING = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

const keyOf = (way: Way): string => JSON.stringify(way);

function placeIn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `${before.split('\n').length}:${offset - before.lastIndexOf('\n')}`;
}
