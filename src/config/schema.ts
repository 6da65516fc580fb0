// Checks a value against a JSON schema: the part of draft 7 that our own schemas use, and a sentence for what is wrong.

import { nearest } from '../nearest.ts';
import type { Json, JsonObject, Way } from './json.ts';

export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'boolean' | 'integer';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  /** Said when the pattern does not match: what would. */
  readonly title?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly minProperties?: number;
  readonly oneOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
}

export interface Mismatch {
  readonly way: Way;
  readonly message: string;
  readonly hint?: string;
}

/** By the path in which a `$ref` names them; `''` is the schema to begin with. */
export type Schemas = Readonly<Record<string, Schema>>;

/** The first thing in which the value differs from the schema. */
export function mismatchOf(schemas: Schemas, value: Json): Mismatch | undefined {
  return checked('', { $ref: '' }, value, []);

  function checked(base: string, given: Schema, value: Json, way: Way): Mismatch | undefined {
    const { file, schema } = resolved(base, given);
    if (schema.oneOf) return checked(file, branchFor(file, schema.oneOf, value), value, way);
    if (schema.type && typeOf(value) !== schema.type)
      return { way, message: `${nameOf(way)} must be ${TYPES[schema.type]}` };
    if (schema.enum && !schema.enum.includes(value as string)) return notOneOf(schema.enum, value, way);
    if (typeof value === 'string') return stringMismatch(schema, value, way);
    if (typeof value === 'number') return numberMismatch(schema, value, way);
    if (isList(value)) return listMismatch(file, schema, value, way);
    return isObject(value) ? objectMismatch(file, schema, value, way) : undefined;
  }

  /** `other.json` is the whole of another schema, `#/definitions/name` a part of the one it stands in. */
  function resolved(base: string, schema: Schema): { readonly file: string; readonly schema: Schema } {
    if (schema.$ref === undefined) return { file: base, schema };
    const name = schema.$ref.replace('#/definitions/', '');
    if (name === schema.$ref) return { file: name, schema: schemas[name] as Schema };
    return { file: base, schema: schemas[base]?.definitions?.[name] as Schema };
  }

  /** The branch of the value's own type; of several, the one whose keys it has. */
  function branchFor(file: string, branches: readonly Schema[], value: Json): Schema {
    const fitting = branches.filter((branch) => resolved(file, branch).schema.type === typeOf(value));
    const named = fitting.find((branch) =>
      resolved(file, branch).schema.required?.some((key) => isObject(value) && key in value),
    );
    return named ?? fitting[0] ?? (branches.at(-1) as Schema);
  }

  function listMismatch(file: string, schema: Schema, list: readonly Json[], way: Way): Mismatch | undefined {
    const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
    if (list.length < minItems) return { way, message: `${nameOf(way)} must not be empty` };
    if (list.length > maxItems) return { way, message: `${nameOf(way)} has more than ${maxItems} entries` };
    return items && first(list.entries(), ([index, item]) => checked(file, items, item, [...way, index]));
  }

  function objectMismatch(file: string, schema: Schema, object: JsonObject, way: Way): Mismatch | undefined {
    const { properties = {}, required = [], additionalProperties = true, minProperties = 0 } = schema;
    const missing = required.find((key) => !(key in object));
    return (
      first(Object.entries(object), ([key, member]) => {
        const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
        if (own) return checked(file, own, member, [...way, key]);
        if (typeof additionalProperties === 'object')
          return checked(file, additionalProperties, member, [...way, key]);
        return additionalProperties ? undefined : unknownKey(key, Object.keys(properties), way);
      }) ??
      (missing === undefined
        ? Object.keys(object).length < minProperties
          ? { way, message: `${nameOf(way)} must not be empty` }
          : undefined
        : { way, message: `${nameOf(way)} needs ${quoted(missing)}` })
    );
  }
}

function unknownKey(key: string, known: readonly string[], way: Way): Mismatch {
  const near = nearest(key, known);
  return {
    way: [...way, key],
    message: `unknown key ${quoted(key)}`,
    hint: near
      ? `Did you mean ${near}?`
      : `Known here: ${known.filter((name) => name !== '$schema').join(', ')}`,
  };
}

function notOneOf(choices: readonly string[], value: Json, way: Way): Mismatch {
  const near = typeof value === 'string' ? nearest(value, choices) : undefined;
  return {
    way,
    message: `${nameOf(way)} must be one of ${choices.join(', ')}`,
    ...(near ? { hint: `Did you mean ${near}?` } : {}),
  };
}

function stringMismatch(schema: Schema, value: string, way: Way): Mismatch | undefined {
  const { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY, title } = schema;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
    return { way, message: `${nameOf(way)} must be ${title ?? `of the form ${pattern}`}` };
  const length = [...value].length;
  if (length < minLength)
    return {
      way,
      message:
        minLength === 1
          ? `${nameOf(way)} must not be empty`
          : `${nameOf(way)} needs at least ${minLength} characters`,
    };
  return length > maxLength
    ? { way, message: `${nameOf(way)} has more than ${maxLength} characters` }
    : undefined;
}

function numberMismatch({ minimum, maximum }: Schema, value: number, way: Way): Mismatch | undefined {
  if (minimum !== undefined && value < minimum)
    return { way, message: `${nameOf(way)} must be at least ${minimum}` };
  return maximum !== undefined && value > maximum
    ? { way, message: `${nameOf(way)} must be at most ${maximum}` }
    : undefined;
}

const TYPES: Readonly<Record<NonNullable<Schema['type']>, string>> = {
  object: 'an object { … }',
  array: 'a list [ … ]',
  string: 'a string',
  boolean: 'true or false',
  integer: 'a whole number',
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (isList(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** `ignore[2].paths` */
function nameOf(way: Way): string {
  const name = way.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return name === '' ? 'the file' : name.replace(/^\./, '');
}

/** A key may be anything, and as long as the file. Whole or not at all: of a credential that is cut off, nobody could tell any more that it is one and has to be masked. */
export const quoted = (text: string): string =>
  text.length > 40 ? `of ${text.length} characters` : JSON.stringify(text);

function first<T, R>(items: Iterable<T>, look: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const seen = look(item);
    if (seen !== undefined) return seen;
  }
  return undefined;
}
