// The rules keyscan ships. Read from rules/ here, in tests; the build puts their content in this file's place.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from './rule.ts';

const folder = join(import.meta.dirname ?? __dirname, '../../rules');

export const builtinRules: readonly Rule[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && name !== 'rule.schema.json')
  .sort()
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Rule);
