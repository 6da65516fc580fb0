// A configuration file: bytes in, what it says out, or one sentence that leads to the line that is wrong.

import { type Day, isDay } from '../day.ts';
import { UsageError } from '../errors.ts';
import type { Confidence, Directive, RawPath } from '../model.ts';
import { nearest } from '../nearest.ts';
import { builtinRules } from '../rules/builtin.ts';
import type { Rule } from '../rules/rule.ts';
import { type Document, JsonFault, parseJson, type Way } from './json.ts';
import { ownRuleFault } from './own-rules.ts';
import { ignoresEverything, patternFault } from './patterns.ts';
import { mismatchOf, quoted } from './schema.ts';
import { configSchemas } from './schemas.ts';
import { textOf } from './text.ts';

export const CONFIG_NAME = '.keyscan.json';

/** Whose comments count on request. */
export type OtherTool = Exclude<Directive['tool'], 'keyscan'>;
export const OTHER_TOOLS: readonly OtherTool[] = ['gitleaks', 'trufflehog', 'detect-secrets'];

export interface IgnoredPaths {
  readonly paths: readonly string[];
  /** Left out: every rule. */
  readonly rules?: readonly string[];
  readonly reason?: string;
  readonly expires?: Day;
}

/** What one file says; what it does not say is not there. */
export interface Config {
  readonly source: ConfigSource;
  readonly ignore: readonly IgnoredPaths[];
  readonly disable: readonly string[];
  readonly thresholds: Readonly<Record<string, Confidence>>;
  readonly rules: readonly Rule[];
  readonly failOn?: Confidence;
  readonly baseline?: string;
  readonly blockCommitted?: boolean;
  readonly honor?: readonly OtherTool[];
}

export interface ConfigSource {
  /** What messages call it; text. */
  readonly name: string;
  /** From where its paths are meant: a folder of the tree, empty for the top. */
  readonly folder: RawPath;
  /** Rules are for the whole run: only a file that holds for all of it may bring some. */
  readonly mayHaveRules: boolean;
}

/** Data only, and small. */
const LARGEST = 1 << 20;

/** Throws UsageError. Rule ids are checked later, when all rules are known (`checkRuleIds`). */
export async function parseConfig(bytes: Uint8Array, source: ConfigSource): Promise<Config> {
  const { name } = source;
  if (bytes.length > LARGEST) throw new UsageError(`${name} is larger than 1 MB`);
  const document = parsed(textOf(bytes, name), name);
  const mismatch = mismatchOf(configSchemas(), document.value);
  if (mismatch) throw faultAt(name, document, mismatch.way, mismatch.message, mismatch.hint);
  const config = configOf(document.value as unknown as FileContent, source);
  await check(config, document);
  return config;
}

function parsed(text: string, name: string): Document {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonFault) throw new UsageError(`${name}:${error.place}: no JSON: ${error.message}`);
    throw error;
  }
}

/** What the schema says of a file, as a type. */
interface FileContent {
  readonly ignore?: readonly (string | IgnoredPaths)[];
  readonly disable?: readonly string[];
  readonly thresholds?: Readonly<Record<string, Confidence>>;
  readonly rules?: readonly Rule[];
  readonly failOn?: Confidence;
  readonly baseline?: string;
  readonly staged?: { readonly blockCommitted?: boolean };
  readonly honor?: readonly OtherTool[];
}

function configOf(content: FileContent, source: ConfigSource): Config {
  const { ignore = [], disable = [], thresholds = {}, rules = [], staged, ...scalars } = content;
  const { failOn, baseline, honor } = scalars;
  return {
    source,
    ignore: ignore.map((entry) => (typeof entry === 'string' ? { paths: [entry] } : entry)),
    disable,
    thresholds,
    rules,
    ...(failOn === undefined ? {} : { failOn }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(staged?.blockCommitted === undefined ? {} : { blockCommitted: staged.blockCommitted }),
    ...(honor === undefined ? {} : { honor }),
  };
}

/** What a schema cannot say. */
async function check({ source, ignore, rules }: Config, document: Document): Promise<void> {
  const refuse = (way: Way, message: string, hint?: string): never => {
    throw faultAt(source.name, document, way, message, hint);
  };
  for (const [index, { paths, expires }] of ignore.entries()) {
    for (const pattern of paths) {
      const fault = patternFault(pattern);
      if (fault) refuse(['ignore', index], `${JSON.stringify(pattern)} ${fault}`);
    }
    if (expires !== undefined && !isDay(expires))
      refuse(['ignore', index, 'expires'], `there is no day ${expires}`);
  }
  const everywhere = ignore.filter((entry) => entry.rules === undefined).flatMap(({ paths }) => paths);
  if (await ignoresEverything(everywhere))
    refuse(
      ['ignore'],
      'these patterns match every path, so nothing would ever count',
      'name what is to be ignored',
    );
  if (rules.length > 0 && !source.mayHaveRules)
    refuse(['rules'], 'rules of your own belong into the configuration at the top');
  for (const [index, rule] of rules.entries()) {
    const taken = [...builtinRules, ...rules.slice(0, index)].some(({ id }) => id === rule.id);
    if (taken) refuse(['rules', index, 'id'], `there is a rule ${rule.id} already`);
    const fault = ownRuleFault(rule);
    if (fault) refuse(['rules', index, ...fault.way], fault.message);
  }
}

function faultAt(name: string, document: Document, way: Way, message: string, hint?: string): UsageError {
  return new UsageError(`${name}:${document.placeOf(way)}: ${message}`, hint);
}

/** Throws UsageError for a rule that nobody has, naming the nearest one, and when no rule would be left. */
export function checkRuleIds(config: Config, known: readonly string[]): void {
  const { source, disable, thresholds, ignore } = config;
  const named = [...disable, ...Object.keys(thresholds), ...ignore.flatMap(({ rules = [] }) => rules)];
  const stranger = named.find((id) => !known.includes(id));
  if (stranger === undefined) return;
  const near = nearest(stranger, known);
  throw new UsageError(
    `${source.name}: there is no rule ${quoted(stranger)}`,
    near ? `Did you mean ${near}?` : 'keyscan rules lists them',
  );
}
