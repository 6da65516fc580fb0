// Checks a value against our own report schema: the part of JSON Schema 2020-12 that it uses.

export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: string | number | boolean;
  readonly enum?: readonly (string | number | null)[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly unevaluatedProperties?: false;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
}

/** What a schema may say here. Anything else would be taken for granted, so a test looks for it. */
export const KEYWORDS: readonly (keyof Schema)[] = [
  'type',
  'const',
  'enum',
  'pattern',
  'minimum',
  'items',
  'minItems',
  'properties',
  'required',
  'additionalProperties',
  'unevaluatedProperties',
  '$ref',
  '$defs',
  '$schema',
  'title',
  'description',
];

/** Where the value first differs from the schema (`findings[2].severity`); `undefined`: nowhere. Never a word of the value. */
export function mismatchOf(root: Schema, value: unknown): string | undefined {
  const patterns = new Map<string, RegExp>();
  return check(root, value, '');

  function check(schema: Schema, value: unknown, at: string): string | undefined {
    const { type, const: only, enum: choices, pattern, minimum } = schema;
    const isWrong =
      (type !== undefined && ![type].flat().some((each) => isOfType(each, value))) ||
      (only !== undefined && value !== only) ||
      (choices !== undefined && !choices.some((each) => each === value)) ||
      (pattern !== undefined && typeof value === 'string' && !expression(pattern).test(value)) ||
      (minimum !== undefined && typeof value === 'number' && value < minimum);
    if (isWrong) return at || 'the whole of it';
    if (schema.$ref !== undefined) {
      const wrong = check(target(schema.$ref), value, at);
      if (wrong !== undefined) return wrong;
    }
    if (Array.isArray(value)) return checkList(schema, value, at);
    return isObject(value) ? checkObject(schema, value, at) : undefined;
  }

  function checkList({ items, minItems = 0 }: Schema, list: readonly unknown[], at: string) {
    if (list.length < minItems) return at;
    if (items === undefined) return undefined;
    for (const [index, item] of list.entries()) {
      const wrong = check(items, item, `${at}[${index}]`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }

  function checkObject(schema: Schema, object: Readonly<Record<string, unknown>>, at: string) {
    const { properties = {}, required = [], additionalProperties, unevaluatedProperties } = schema;
    const name = (key: string): string => (at === '' ? key : `${at}.${key}`);
    const missing = required.find((key) => !Object.hasOwn(object, key));
    if (missing !== undefined) return name(missing);
    if (additionalProperties === false || unevaluatedProperties === false) {
      const known = namesIn(schema);
      if (Object.keys(object).some((key) => !known.has(key))) return at || 'a name in it';
    }
    for (const [key, property] of Object.entries(properties)) {
      const wrong = Object.hasOwn(object, key) ? check(property, object[key], name(key)) : undefined;
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }

  function namesIn({ properties = {}, $ref }: Schema): ReadonlySet<string> {
    return new Set([...Object.keys(properties), ...($ref === undefined ? [] : namesIn(target($ref)))]);
  }

  function target(ref: string): Schema {
    const schema = root.$defs?.[ref.replace('#/$defs/', '')];
    if (schema === undefined) throw new Error(`the schema has no ${ref}`);
    return schema;
  }

  function expression(pattern: string): RegExp {
    const known = patterns.get(pattern) ?? new RegExp(pattern, 'u');
    patterns.set(pattern, known);
    return known;
  }
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === 'object' ? isObject(value) : typeof value === type;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
