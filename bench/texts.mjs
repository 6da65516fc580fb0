// Ordinary text without a key: our sources and some packages, code, comments and documentation.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** The lock file says which. */
const FOLDERS = ['src', 'node_modules/@types/node', 'node_modules/fast-check', 'node_modules/ajv'];
const READABLE = /\.(?:[cm]?[jt]s|json|md)$/;

/** The content of every file, always in the same order. */
export function ordinaryTexts() {
  return FOLDERS.flatMap((folder) => filesBelow(join(root, folder))).map((file) => readFileSync(file));
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && READABLE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
