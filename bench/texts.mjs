// What benchmarks read: ordinary source text, code, comments and documentation of packages; and text that is not ordinary.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sized } from './programs.mjs';

const root = join(import.meta.dirname, '..');
/** The lock file says which. */
const PACKAGES = [
  '@types/node',
  'fast-check',
  '@babel',
  'typescript',
  'ajv',
  'parse5',
  'yargs',
  'simple-git',
  '@jest',
  'rxjs',
].map((name) => `node_modules/${name}`);
/** Names, encodings and made-up keys everywhere: detection looks closely at a hundred times as many places. */
const DENSE = ['src', 'test'];
const READABLE = /\.(?:[cm]?[jt]s|json|md)$/;
const MOST = sized(1900);

/** 1,900 files, `{ path, bytes }`, always the same and in the same order; none of them holds a key. */
export const ordinaryFiles = () => filesOf(PACKAGES);

/** As many files of keyscan itself, over and over again. */
export function denseFiles() {
  const files = filesOf(DENSE);
  return Array.from({ length: MOST }, (_, number) => {
    const { path, bytes } = files[number % files.length];
    return { path: join(`copy${Math.floor(number / files.length)}`, path), bytes };
  });
}

function filesOf(folders) {
  return folders
    .flatMap((folder) => filesBelow(join(root, folder)))
    .slice(0, MOST)
    .map((file) => ({ path: relative(root, file), bytes: readFileSync(file) }));
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && READABLE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
