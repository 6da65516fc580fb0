// Which paths a pattern means, which patterns are refused, and that no path takes long.

import fc from 'fast-check';
import picomatch from 'picomatch';
import { ignoresEverything, pathMatcher, patternFault } from '../../src/config/patterns.ts';

const bytes = (text: string): string => Buffer.from(text).toString('latin1');

test.each<[pattern: string, meant: readonly string[], others: readonly string[]]>([
  ['a.ts', ['a.ts'], ['b/a.ts', 'A.ts', 'a.tsx', 'xa.ts']],
  ['*.ts', ['a.ts', '.a.ts'], ['b/a.ts', 'a.tsx']],
  ['**/*.ts', ['a.ts', 'b/c/a.ts', '.b/.a.ts'], ['a.js']],
  ['test', ['test', 'test/a', 'test/b/c'], ['a/test', 'tests/a']],
  ['/test/', ['test/a'], ['a/test/b']],
  ['./test', ['test/a'], ['a/test/b']],
  ['**/test', ['test/a', 'a/test/b/c'], ['a/tests/b']],
  ['test/**', ['test/a', 'test/b/c'], ['a/test/b']],
  ['a/**/z', ['a/z', 'a/b/z', 'a/b/c/z', 'a/z/y'], ['a/b', 'z']],
  ['a/*/z', ['a/b/z'], ['a/z', 'a/b/c/z']],
  ['a?c', ['abc', 'a.c'], ['ac', 'a/c']],
  ['[a-c].ts', ['b.ts'], ['d.ts']],
  ['*.{spec,test}.{js,ts}', ['a.spec.ts', 'b.test.js'], ['a.ts', 'a.spec.tsx']],
  ['{a,b/c}/d', ['a/d', 'b/c/d'], ['b/d', 'c/d']],
  ['{a,{b,c}}.ts', ['a.ts', 'b.ts', 'c.ts'], ['d.ts']],
  ['app/(home)/[id].ts', ['app/(home)/i.ts'], ['app/home/i.ts']],
  ['a+b|c$^@!.ts', ['a+b|c$^@!.ts'], ['aab.ts', 'a']],
  ['{x}', ['{x}'], ['x']],
  ['ü/*', ['ü/a'], ['u/a']],
])('%s', async (pattern, meant, others) => {
  expect(patternFault(pattern)).toBeUndefined();
  const matches = await pathMatcher([pattern]);
  expect(meant.filter((path) => !matches(bytes(path)))).toEqual([]);
  expect(others.filter((path) => matches(bytes(path)))).toEqual([]);
});

test('means what picomatch means, or a folder above', async () => {
  const step = fc.constantFrom('**', '*', 'a', 'b', 'a*', '?', '*b', '.a');
  const name = fc.constantFrom('a', 'b', 'ab', '.a', 'c');
  const joined = (part: fc.Arbitrary<string>) =>
    fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
  await fc.assert(
    fc.asyncProperty(joined(step), joined(name), async (pattern, path) => {
      const whole = picomatch(pattern, { dot: true });
      const steps = path.split('/');
      const above = steps.some((_, length) => whole(steps.slice(0, length + 1).join('/')));
      // For picomatch, `a/**` means the file a in some patterns and not in others; here it always does.
      expect((await pathMatcher([pattern]))(path)).toBe(
        above || (pattern.endsWith('/**') && below(pattern, path)),
      );
    }),
    { numRuns: 500 },
  );
  function below(pattern: string, path: string): boolean {
    return picomatch(pattern.replace(/(?:\/\*\*)+$/, ''), { dot: true })(path);
  }
});

test.each([
  ['!a', 'can only add'],
  ['a\\b', 'backslash'],
  ['..', 'leads out'],
  ['a/../../b', 'leads out'],
  ['/', 'names nothing'],
  ['./', 'names nothing'],
  ['*a*b*c*d', 'more than 3 stars'],
  ['{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}', 'more than 256 alternatives'],
])('%s is refused', (pattern, why) => {
  expect(patternFault(pattern)).toContain(why);
});

test.each([['**'], ['*'], ['**/*'], ['**/**'], ['*/**', '*'], ['**/.*', '**/[!-~]*'], ['{*,.*}']])(
  '%j would ignore everything',
  async (...patterns) => {
    expect(await ignoresEverything(patterns)).toBe(true);
  },
);

test.each([['test/**'], ['**/*.ts'], ['**/*.*'], ['**/.*'], ['a*']])(
  '%j leaves something',
  async (...patterns) => {
    expect(await ignoresEverything(patterns)).toBe(false);
  },
);

test('a path made to be slow is decided all the same, one too long is not ignored', async () => {
  const slow = await pathMatcher(['**/a/**/a/**/a/**/a/**/a/**/b', '**/*a*a*b/**/*a*a*b']);
  expect(slow('a/'.repeat(2000))).toBe(false);
  expect(slow(`${'a'.repeat(255)}/`.repeat(16).slice(0, 4096))).toBe(false);
  expect((await pathMatcher(['**/x']))(`${'y/'.repeat(4096)}x`)).toBe(false);
});
