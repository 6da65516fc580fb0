// Makes text of others (paths, reasons, words of the command line) safe to print: one line, nothing invisible.

/**
 * Controls (C0, DEL, C1), bidirectional and other invisible characters, line and paragraph separators, lone surrogates and
 * noncharacters become visible escapes; so does what would start a command in the log of a CI system: the `#` of `##vso[`,
 * `##[` and `##teamcity[` and the `:` of `section_start:1` anywhere, the `:` of `::error` where a line may begin. The
 * joiners U+200C and U+200D stay: scripts need them.
 */
export function display(text: string): string {
  return text.replace(unsafe(), (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`;
  });
}

/** The same characters, in the spelling JSON has for them. */
export function displayJson(json: string): string {
  return json.replace(unsafe(), (char) =>
    char === '\n'
      ? char
      : Array.from({ length: char.length }, (_, i) => `\\u${hex(char.charCodeAt(i), 4)}`).join(''),
  );
}

/** Made when it is needed: a millisecond that a clean commit need not wait for. */
const unsafe = (): RegExp =>
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{NChar}]|(?![\u200c\u200d])\p{Cf}|#(?=#\w*\[)|(?<![^\p{Zs}]):(?=:\w)|(?<=section_(?:start|end)):(?=\d)/gu;

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
