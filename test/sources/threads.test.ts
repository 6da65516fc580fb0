// Threads that read packs, and whatever becomes of one: all they say arrives, or an error does. Nothing waits for ever.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job, Share } from '../../src/sources/sieve/sift.ts';
import { openThreads, type Threads } from '../../src/sources/sieve/threads.ts';

let folder: string;
let threads: Threads | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyscan-test-'));
});
afterEach(async () => {
  await threads?.close();
  threads = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each thread runs this for every job; `say` posts a message. */
function open(whenAsked: string, first = '', count?: number): Threads {
  const program = join(folder, `${Math.random()}.cjs`);
  const say =
    'const { parentPort, workerData } = require("node:worker_threads"); const say = (m) => parentPort.postMessage(m)';
  writeFileSync(program, `${say};\n${first}\nparentPort.on('message', (job) => { ${whenAsked} });\n`);
  threads = openThreads(program, { words: [7] }, count);
  return threads;
}

/** What is given for a job; `between`: what whoever asks does with each. */
async function sifted(opened: Threads, between?: () => Promise<unknown>) {
  const shares: Share[] = [];
  const words: number[] = [];
  for await (const share of opened.sift({} as Job, (links) => words.push(...links))) {
    shares.push(share);
    await between?.();
  }
  return { objects: shares.reduce((sum, { objects }) => sum + objects, 0), words };
}

const later = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 30));
const DONE = 'say({ links: Uint32Array.from(workerData.words) })';
const SHARES = 'for (let n = 0; n < 5; n += 1) say({ share: { objects: 1, bytes: 1 } });';

test.each([
  ['at once', undefined],
  ['slowly', later],
])('all that is said arrives, taken %s, for one job after the other', async (_, between) => {
  const opened = open(`${SHARES} ${DONE}`);
  const first = await sifted(opened, between);
  expect(first.words.length).toBeGreaterThan(0);
  expect(new Set(first.words)).toEqual(new Set([7]));
  expect(first.objects).toBe(5 * first.words.length);
  expect(await sifted(opened, between)).toEqual(first);
});

test.each([1, 3])('as many as are asked for: %d', async (count) => {
  expect((await sifted(open(DONE, '', count))).words).toHaveLength(count);
});

test('what comes while nobody is waiting is not forgotten', async () => {
  const opened = open(`say({ share: { objects: 1, bytes: 1 } }); setTimeout(() => { ${SHARES} ${DONE} }, 5)`);
  const { objects, words } = await sifted(opened, later);
  expect(objects).toBe(6 * words.length);
});

test.each([
  ['throws', 'throw new TypeError("of its own")', /of its own/],
  ['rejects', 'Promise.reject(new TypeError("of its own"))', /of its own/],
  ['exits', 'process.exit(0)', /ended before/],
  ['exits when it has begun', `${SHARES} process.exit(0)`, /ended before/],
  ['closes its port', 'parentPort.close()', /ended before/],
])('one that %s is an error, however fast it is taken', async (_, what, said) => {
  for (const between of [undefined, later]) {
    const opened = open(`setTimeout(() => { ${what} }); ${SHARES}`);
    await expect(sifted(opened, between)).rejects.toThrow(said);
    await opened.close();
  }
});

test.each([
  ['throws at its start', 'throw new TypeError("of its own")', /of its own/],
  ['exits at its start', 'process.exit(0)', /ended before/],
  ['cannot be compiled', 'this is no program', /Unexpected identifier/],
])('one that %s is an error', async (_, first, said) => {
  await expect(sifted(open(DONE, first))).rejects.toThrow(said);
});

test('one whose program is missing is an error', async () => {
  threads = openThreads(join(folder, 'missing.cjs'), {});
  await expect(sifted(threads)).rejects.toThrow(/Cannot find module/);
});

test('they can be closed in the middle', async () => {
  const opened = open(`say({ share: { objects: 1, bytes: 1 } }); for (;;);`);
  for await (const _ of opened.sift({} as Job, () => undefined)) break;
  await opened.close();
});
