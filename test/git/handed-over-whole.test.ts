// What git has handed over is taken at once only when all of it is there and all of it is as for a plain commit.

import { contentsOf, listingIn } from '../../src/git/handed-over-whole.ts';

const zeros = '0'.repeat(40);
const id = (digit: string): string => digit.repeat(40);
const added = (oid: string, path: string, mode = '100644'): string =>
  `:000000 ${mode} ${zeros} ${oid} A\t${path}`;
const LISTING = `${added(id('a'), 'one')}\n:100644 000000 ${id('b')} ${zeros} D\tgone\n${added(id('c'), 'two')}\n`;
const HEAD = `${id('e')} commit 5\ntree \n`;
const NO_MERGE = 'MERGE_HEAD^{commit} missing\n';
const ONE = `${id('a')} blob 3\n1\n1\n`;
const GONE = `${zeros} missing\n`;
const TWO = `${id('c')} blob 0\n\n`;
const ANSWERS = HEAD + NO_MERGE + ONE + GONE + TWO;

function read(answers: string, listing = LISTING, code = '0'): string[] | undefined {
  const bytes = Buffer.from(`${listing}\n${code}\n${answers}`, 'latin1');
  const listed = listingIn(bytes);
  return (
    listed && [...(contentsOf(listed)(bytes)?.values() ?? [])].map((content) => content.toString('latin1'))
  );
}

test('the contents of all files, without those that are deleted', () => {
  expect(read(ANSWERS)).toEqual(['1\n1', '']);
  expect(read(`${ANSWERS}anything`)).toEqual(['1\n1', '']);
});

test('before the last byte has come, more is waited for', () => {
  const whole = Buffer.from(`${LISTING}\n0\n${ANSWERS}`, 'latin1');
  for (let length = 0; length < whole.length; length++) {
    const bytes = whole.subarray(0, length);
    const listing = listingIn(bytes);
    expect(listing && contentsOf(listing)(bytes)).toBeUndefined();
  }
});

test('it goes on where it has stopped', () => {
  const whole = Buffer.from(`${LISTING}\n0\n${ANSWERS}`, 'latin1');
  const listing = listingIn(whole);
  const contentsIn = listing && contentsOf(listing);
  for (let length = listing?.answers ?? 0; length < whole.length; length++)
    expect(contentsIn?.(whole.subarray(0, length))).toBeUndefined();
  expect([...(contentsIn?.(whole)?.values() ?? [])].map(String)).toEqual(['1\n1', '']);
});

test.each<[name: string, answers: string, listing?: string, code?: string]>([
  ['a git that failed', ANSWERS, LISTING, '128'],
  ['a listing git would not print', ANSWERS, `${LISTING}something else\n`],
  ['an entry without a path', ANSWERS, `${added(id('a'), '')}\n`],
  ['a name with a line end', ANSWERS, `${added(id('a'), '"a\\nb"')}\n`],
  ['a branch without commits', `HEAD^{commit} missing\n${NO_MERGE}${ONE}${GONE}${TWO}`],
  ['a HEAD that is no commit', `${id('e')} tree 5\ntree \n${NO_MERGE}${ONE}${GONE}${TWO}`],
  ['an object that is missing', `${HEAD}${NO_MERGE}${id('a')} missing\n${GONE}${TWO}`],
  ['another object', `${HEAD}${NO_MERGE}${id('d')} blob 3\n1\n1\n${GONE}${TWO}`],
  ['an object of another kind', `${HEAD}${NO_MERGE}${id('a')} tree 3\n1\n1\n${GONE}${TWO}`],
  ['an object of another size', `${HEAD}${NO_MERGE}${id('a')} blob 2\n1\n1\n${GONE}${TWO}`],
  ['something under the id of zeros', `${HEAD}${NO_MERGE}${ONE}${zeros} blob 0\n\n${TWO}`],
  ['a submodule', `${HEAD}${NO_MERGE}${ONE}`, `${added(id('a'), 'one', '160000')}\n`],
  ['nothing but what is deleted', HEAD + NO_MERGE + GONE, `:100644 000000 ${id('b')} ${zeros} D\tgone\n`],
])('%s is not taken', (_, answers, listing = LISTING, code = '0') => {
  expect(() => read(answers, listing, code)).toThrow();
});

test('a merge is, with all that HEAD lacks', () => {
  expect(read(`${HEAD}${id('f')} commit 5\ntree \n${ONE}${GONE}${TWO}`)).toEqual(['1\n1', '']);
});

test('bytes above ASCII in names are', () => {
  expect(read(HEAD + NO_MERGE + ONE, `${added(id('a'), '"gr\\303\\266\\303\\237e"')}\n`)).toEqual(['1\n1']);
});
