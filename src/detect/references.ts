// Values that only say where the value is: what a shell, a template or a deployment puts in their place, and ways into vaults.

/** What a template puts something in the place of, and how it ends: `{{resolve:…}}`, `${{ secrets.X }}`, `#{X}`, `<%= X %>`. */
const TEMPLATES: readonly (readonly [opening: string, closing: string])[] = [
  ['{{', '}}'],
  ['${', '}'],
  ['#{', '}'],
  ['<%', '%>'],
];

/** `${NAME:-value}` of a shell, `${NAME:value}` of Spring: what follows is a value after all. */
const OR_ELSE = /^[A-Za-z_][A-Za-z0-9_.-]*(?::|[-=+?])/;

/** `$NAME`, `$(NAME)`, `((NAME))`. */
const OPENS = /(?:\$\(?|\(\() ?$/;

const QUOTE = /["'`]/;
/** `%NAME%`, but not what stands between `%3D` and `%26`. */
const IS_HEX_PAIR = /^[0-9A-Fa-f]{2}/;

/** `before`: what stands before the value, the more the better; `after`: the byte behind it. */
export function isReference(before: string, value: string, after: number | undefined): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (
    OPENS.test(line) ||
    isInTemplate(line) ||
    (line.endsWith('%') && after === 0x25 && !IS_HEX_PAIR.test(value)) ||
    (line.endsWith('@') && after === 0x40) ||
    (value.startsWith('__') && value.endsWith('__')) ||
    (line.endsWith(':') && value.startsWith('//')) ||
    isPath(value)
  );
}

/** A quote in it begins a value. */
const isInTemplate = (line: string): boolean =>
  TEMPLATES.some(([opening, closing]) => {
    const at = line.lastIndexOf(opening);
    if (at < 0) return false;
    const inside = line.slice(at + opening.length);
    return !(inside.includes(closing) || QUOTE.test(inside) || (opening === '${' && OR_ELSE.test(inside)));
  });

/** `projects/…/secrets/…`: words between slashes, of which base64 of 88 characters has so many once in 500,000 times. */
function isPath(value: string): boolean {
  const words = value.split('/').filter((each) => /^[a-z]{3,}$/.test(each));
  return words.length >= 2 && words.join('').length >= 10;
}

const HYPHEN = 0x2d;
const LONGEST_NAME = 80;

/** Whether the byte at `at` is the hyphen of `${NAME:-value}` or `${NAME-value}`, which is not the value's own. */
export function isOrElse(bytes: Buffer, at: number): boolean {
  if (bytes[at] !== HYPHEN) return false;
  return /\$\{\w+:?$/.test(bytes.toString('latin1', Math.max(0, at - LONGEST_NAME), at));
}
