// Path patterns as people write them, and whether a path is meant. picomatch reads each name of a pattern by itself and is
// loaded when the first pattern is asked about; `**` is worked out here, in bounded time: one regular expression for a
// whole pattern with three of them can keep a machine busy for minutes on a path that was made for it.

import type { RawPath } from '../model.ts';

/** Takes a path from the folder the patterns are meant from. */
export type PathMatcher = (path: RawPath) => boolean;

/** Each one more multiplies the worst case by the length of a name. */
const MOST_STARS = 3;
/** What the alternatives of one pattern may come to. */
const MOST_ALTERNATIVES = 256;
/** No file system opens longer ones. */
const LONGEST_PATH = 4096;

/** `undefined` when the pattern is fine; else what is wrong, to be read behind it. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.startsWith('!')) return 'begins with "!", but a pattern can only add to what is ignored';
  if (pattern.includes('\\')) return 'holds a backslash: folders are separated by "/"';
  const alternatives = expanded(pattern);
  if (alternatives === undefined) return `has more than ${MOST_ALTERNATIVES} alternatives`;
  for (const names of alternatives.map(namesOf)) {
    if (names.length === 0) return 'names nothing';
    if (names.includes('..')) return 'leads out of the folder it is meant from';
    if (names.some((name) => (name.match(/\*+/g)?.length ?? 0) > MOST_STARS))
      return `has more than ${MOST_STARS} stars in one name`;
  }
  return undefined;
}

/**
 * `**` across folders, `*` and `?` within a name, `[a-z]`, `{a,b}`; upper and lower case differ, and names that begin with a
 * dot are like all others. A pattern that matches a folder matches everything below it. Patterns must be without fault.
 */
export async function pathMatcher(patterns: readonly string[]): Promise<PathMatcher> {
  const { default: picomatch } = await import('picomatch');
  const compiled = patterns
    .flatMap((pattern) => expanded(pattern) ?? [])
    .map((each) => namesOf(each).map(step));
  return (path) => {
    if (path.length > LONGEST_PATH) return false;
    const names = Buffer.from(path, 'latin1').toString('utf8').split('/');
    return compiled.some((steps) => leadsInto(steps, names));
  };

  function step(name: string): Step {
    if (name === '**') return name;
    // Of picomatch's language only the wildcards: `(` and the like stand for themselves, as in `app/(home)/page.ts`.
    const plain = name.replace(/\*+/g, '*').replace(/[()|+@!{}$]/g, '\\$&');
    return picomatch(plain, { dot: true, nobrace: true, nonegate: true, noextglob: true, noglobstar: true });
  }
}

type Step = '**' | ((name: string) => boolean);

/** Whether the steps lead from the first name to the last, or to a folder on the way. */
function leadsInto(steps: readonly Step[], names: readonly string[]): boolean {
  /** How many names may have been passed, ascending. */
  let passed = [0];
  for (const step of steps) {
    const [first] = passed;
    if (first === undefined) return false;
    if (step === '**') passed = Array.from({ length: names.length - first + 1 }, (_, more) => first + more);
    else passed = passed.flatMap((at) => (at < names.length && step(names[at] as string) ? at + 1 : []));
  }
  return passed.length > 0;
}

function namesOf(pattern: string): string[] {
  return pattern.split('/').filter((name) => name !== '' && name !== '.');
}

/** `{a,b}c` is `ac` and `bc`. `undefined` when that would be too many. */
function expanded(pattern: string): string[] | undefined {
  const done: string[] = [];
  const left = [pattern];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    // The innermost first. Braces without a comma stand for themselves.
    const list = next.match(/\{[^{}]*\}/g)?.find((each) => each.includes(','));
    if (list === undefined) done.push(next);
    else {
      const at = next.indexOf(list);
      const [before, after] = [next.slice(0, at), next.slice(at + list.length)];
      left.push(
        ...list
          .slice(1, -1)
          .split(',')
          .map((each) => before + each + after),
      );
    }
    if (done.length + left.length > MOST_ALTERNATIVES) return undefined;
  }
  return done;
}

/** Whether nothing would be left: paths that have nothing in common are all matched. */
export async function ignoresEverything(patterns: readonly string[]): Promise<boolean> {
  return patterns.length > 0 && PROBES.every(await pathMatcher(patterns));
}

const PROBES: readonly RawPath[] = [
  'q',
  '.z',
  'Makefile',
  'vk.ts',
  'x7/q9.w',
  '.h/.j',
  'x7/y8/.env',
  'a/b/c/d/e/f/g/h.i',
];
