// What a previous version of the path holds is not new; what cannot be read says nothing.

import type { Hit, Place } from '../../src/model.ts';
import { committedJudge } from '../../src/triage/committed.ts';
import { detector } from './fakes.ts';

const old: Readonly<Record<string, string>> = { head: '{k} and {l}', parent: '{m}' };
const reads: string[] = [];
async function* read(oid: string): AsyncGenerator<Uint8Array> {
  reads.push(oid);
  const content = old[oid];
  if (content === undefined) throw new Error('unreadable');
  yield Buffer.from(content);
}

const hit = (fingerprint: string, place: Place): Hit => {
  const scan = detector.open();
  scan.push(Buffer.from(`{${fingerprint}}`));
  const [detection] = scan.end();
  if (detection === undefined) throw new Error('no detection');
  return { detection, place, places: [place], directives: [] };
};
const place = (previous: readonly string[], kind: 'index' | 'name' = 'index'): Place => ({
  path: 'a',
  origin: { kind },
  previous,
});

const committed = { by: 'committed', reason: 'already in HEAD' };

test.each([
  ['in HEAD', 'k', ['head'], committed],
  ['in a merge parent', 'm', ['head', 'parent'], committed],
  ['not in HEAD', 'm', ['head'], undefined],
  ['new path', 'k', [], undefined],
  ['unreadable', 'k', ['gone'], undefined],
  ['unreadable, but in a parent', 'm', ['gone', 'parent'], committed],
])('%s', async (_, fingerprint, previous, verdict) => {
  const judge = committedJudge(detector, read, 'already in HEAD');
  expect(await judge(hit(fingerprint, place(previous)))).toEqual(verdict);
});

test('a name is as old as its path', async () => {
  const judge = committedJudge(detector, read, 'already in HEAD');
  expect(await judge(hit('x', place(['head'], 'name')))).toEqual(committed);
  expect(await judge(hit('x', place([], 'name')))).toBeUndefined();
});

test('each version is read once', async () => {
  reads.length = 0;
  const judge = committedJudge(detector, read, 'already in HEAD');
  for (const fingerprint of ['k', 'l', 'x', 'k']) await judge(hit(fingerprint, place(['head', 'gone'])));
  expect(reads).toEqual(['head', 'gone']);
});
