// Breaks prose into lines for a terminal.

/** Never breaks a word, so that paths and commands stay whole. `width` counts UTF-16 units, `indent` included. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}

/** The first line starts with `label`, the others are indented as far. */
export function wrapAfter(label: string, text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, width, ' '.repeat(label.length));
  return [label + first.slice(label.length), ...rest];
}
