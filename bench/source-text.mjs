// Ordinary-looking source text, the same for the same number.

const WORDS =
  'const return function import export from value index path name options result error string number object list ' +
  'request response config client server handler async await promise while break event state render open read write';

/** `size` bytes of it. */
export function sourceText(seed, size) {
  const words = WORDS.split(' ');
  let state = seed >>> 0;
  const next = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let text = '';
  while (text.length < size) {
    const line = Array.from({ length: 3 + next(6) }, () => words[next(words.length)]).join(' ');
    text += `${' '.repeat(2 * next(4))}${line.replace(' ', next(2) ? ' = ' : '(')};${next(9) === 0 ? ` // ${next(1e6)}` : ''}\n`;
  }
  return text.slice(0, size);
}
