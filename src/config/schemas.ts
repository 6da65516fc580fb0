// The schema of a configuration, and that of the rules in it. Read here, in tests; the build puts their content in this
// file's place.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Schemas } from './schema.ts';

const root = join(import.meta.dirname ?? __dirname, '../..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

export const configSchemas = (): Schemas => ({
  '': read('schema/config.schema.json'),
  '../rules/rule.schema.json': read('rules/rule.schema.json'),
});
