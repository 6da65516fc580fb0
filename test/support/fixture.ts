// One folder below fixtures/: a tree, the words after keyscan, and what must come of it. fixtures/README.md explains.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from './keys.ts';
import { keyscan } from './keyscan.ts';
import { leakOf } from './leaks.ts';
import { type Ran, type ScratchRepository, withScratch } from './repository.ts';

const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));

export interface Transcript {
  /** What the fixture's `expected` file holds. */
  readonly text: string;
  /** A part of a key that was printed. */
  readonly leak: string | undefined;
}

export function playFixture(folder: string): Promise<Transcript> {
  return withScratch((repository) => {
    const keys = new Map<string, string>();
    for (const path of filesBelow(join(folder, 'tree')))
      repository.write(path, expanded(readFileSync(join(folder, 'tree', path), 'utf8'), keys));
    repository.git('add', '--all');
    setUp(folder, repository);
    const args = readFileSync(join(folder, 'args'), 'utf8').split(/\s+/).filter(Boolean);
    const input = readIfThere(join(folder, 'stdin'));
    const ran = keyscan(repository, args, { input: expanded(input, keys) });
    const raw = ran.stdout + ran.stderr;
    const leaks = [...keys.values()].map((key) => leakOf(key, raw));
    return { text: transcript(ran), leak: leaks.find((leak) => leak !== undefined) };
  });
}

function setUp(folder: string, { path, env }: ScratchRepository): void {
  const script = join(folder, 'setup.sh');
  if (!existsSync(script)) return;
  const { status, stderr } = spawnSync('sh', ['-eu', script], { cwd: path, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`setup.sh ended with ${status}: ${stderr}`);
}

/**
 * `{{F11}}` becomes a fresh key of that shape, the same one throughout the fixture; `{{F11#2}}` another one;
 * `{{F11|base64}}` the key in that encoding (of Node's Buffer).
 */
function expanded(text: string, keys: Map<string, string>): string {
  return text.replace(
    /\{\{((\w[\w-]*)(?:#\d+)?)(?:\|(\w+))?\}\}/g,
    (_, name: string, shape: string, encoding?: string) => {
      const key = keys.get(name) ?? freshKey(shape);
      keys.set(name, key);
      return encoding === undefined ? key : Buffer.from(key).toString(encoding as BufferEncoding);
    },
  );
}

function transcript({ status, signal, stdout, stderr }: Ran): string {
  const parts = [`exit ${status ?? signal}\n`, '--- stdout\n', stdout, '--- stderr\n', stderr];
  return steady(parts.join(''));
}

/** What differs from run to run: the end of a preview, fingerprints, object ids, the version and the rule set. */
function steady(text: string): string {
  return text
    .replace(/…[\w+/=-]{4}(?![\w+/=-])/g, '…last')
    .replace(/\b[0-9a-f]{40}\b/g, 'OBJECT')
    .replace(/\b[0-9a-f]{32}\b/g, 'FINGERPRINT')
    .replace(/\b[0-9a-f]{12}\b/g, 'OBJECT')
    .replaceAll(`"${version}"`, '"VERSION"')
    .replace(/("primaryLocationLineHash": )"[0-9a-f]+:1"/, '$1"HASH:1"')
    .replace(/("rules": ?)"[0-9a-f]+"/, '$1"RULES"');
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
