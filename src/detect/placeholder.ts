// Tells made-up bodies from random ones by structure: runs, sequences, periods, masks, whole words between separators.
// Never by a word inside a random body: that is how other scanners lose one key in a hundred (reference §2.3).

const KEYBOARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/**
 * Structure no random body of a marked key has: all tests together fail fewer than one in ten million of them. `body` is
 * the key without its head and marker.
 */
export function isMadeUp(body: string): boolean {
  return (
    longestRun(body, 1, 0) >= 7 ||
    longestRun(body, 1, 1) >= 7 ||
    longestRun(body, 1, -1) >= 7 ||
    longestRun(body, 2, 1) >= 8 ||
    dominates(body) ||
    isPeriodic(body) ||
    hasKeyboardRun(body.toLowerCase(), 7)
  );
}

/** As `isMadeUp`, for values without the marker: there is less to go by, so more is turned away. */
export function isMadeUpValue(value: string): boolean {
  const folded = value.toLowerCase();
  return (
    isMadeUp(value) ||
    longestRun(folded, 1, 1) >= 7 ||
    longestRun(folded, 1, -1) >= 7 ||
    longestRun(folded, 2, 1) >= 8 ||
    isPeriodic(folded) ||
    dominates(folded) ||
    isMadeOfRuns(value) ||
    // abc123def456ghi789
    longestRun(folded.replace(/[^a-z]/g, ''), 1, 1) >= 8 ||
    hasKeyboardRun(folded, 6) ||
    isMadeOfWords(folded) ||
    /\.{3}|…|[*<>{}$%[\]\s]/.test(value)
  );
}

/**
 * The length of the longest stretch in which every character is `step` after the one `stride` before it: 0 finds
 * repeats, 1 and -1 alphabets, a stride of 2 interleaved ones such as 1a2b3c.
 */
function longestRun(text: string, stride: number, step: number): number {
  let longest = 1;
  let current = 1;
  for (let i = stride; i < text.length; i++) {
    current = text.charCodeAt(i) - text.charCodeAt(i - stride) === step ? current + 1 : 1;
    if (current > longest) longest = current;
  }
  return longest;
}

/** Only as a share of the text: one random token of 40 characters in 400,000 has a run of five somewhere. */
function isMadeOfRuns(text: string): boolean {
  const runs = text.match(/(.)\1{4,}/g) ?? [];
  return runs.join('').length * 4 >= text.length;
}

/** A unit of up to 20 characters again and again, or the same half twice. */
function isPeriodic(text: string): boolean {
  for (let period = 2; period <= 7; period++) if (longestRun(text, period, 0) > 8) return true;
  const half = text.length >> 1;
  if (text.length >= 16 && text.slice(0, half) === text.slice(text.length - half)) return true;
  // Three units of 8 to 20 characters hold eight from a multiple of 8 that come again one unit later; two of 15 do, too.
  for (let at = 0; at + 16 <= text.length; at += 8) {
    const again = text.indexOf(text.slice(at, at + 8), at + 1);
    if (again >= 0 && again - at <= 20) return true;
  }
  return false;
}

/** One character makes up half of the text, or hardly any different ones occur. */
function dominates(text: string): boolean {
  const counts = new Uint16Array(256);
  let different = 0;
  let most = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) & 0xff;
    const count = (counts[code] as number) + 1;
    counts[code] = count;
    if (count === 1) different++;
    if (count > most) most = count;
  }
  return most * 2 >= text.length || (text.length >= 20 && different < 6);
}

/** Every stretch of `length` keys of a keyboard's rows, in both directions. */
const keyboardRuns = (length: number): string[] =>
  KEYBOARD.flatMap((row) => [row, [...row].reverse().join('')]).flatMap((row) =>
    Array.from({ length: Math.max(0, row.length - length + 1) }, (_, at) => row.slice(at, at + length)),
  );

const KEYBOARD_RUNS: Readonly<Record<number, readonly string[]>> = { 6: keyboardRuns(6), 7: keyboardRuns(7) };

function hasKeyboardRun(folded: string, length: 6 | 7): boolean {
  return (KEYBOARD_RUNS[length] as readonly string[]).some((run) => folded.includes(run));
}

const PLACEHOLDER_WORDS = new Set(
  (
    'your my the key keys api here test tests testing fake dummy example examples sample replace placeholder synthetic ' +
    'not real secret insert change changeme todo mock invalid valid demo none null empty token password goes add yours ' +
    'with needed anything client provider openai azure model redacted hidden masked removed removeme xxx abc foo bar'
  ).split(' '),
);

/** Words count only as a whole between separators, and only when they make up a good part: random text has separators, too. */
function isMadeOfWords(folded: string): boolean {
  const words = folded.split(/[-_./ ]/).filter((word) => PLACEHOLDER_WORDS.has(withoutNumber(word)));
  return words.join('').length * 5 >= folded.length;
}

/** `test2` is the word test. */
const withoutNumber = (word: string): string => /^([a-z]+)\d*$/.exec(word)?.[1] ?? '';
