// Whether a secret, or a part of it, shows in what a program said.

import { MARKER } from '../../src/rules/form.ts';

const LONGEST_ALLOWED = 7;

/**
 * The first eight characters in a row of `secret` that stand in `output`, as they are or in base64 (at any alignment),
 * hex or percent encoding. The public prefix and the marker are no secret.
 */
export function leakOf(secret: string, output: string): string | undefined {
  const body = secret.replace(/^sk-(?:[a-z]+-)*/i, '').replace(MARKER, '\n');
  const flat = output.replaceAll('%', '').toLowerCase();
  for (const part of body.split('\n'))
    for (let at = 0; at + LONGEST_ALLOWED < part.length; at++) {
      const run = part.slice(at, at + LONGEST_ALLOWED + 1);
      if (output.includes(run) || flat.includes(Buffer.from(run).toString('hex')) || holdsBase64(run, output))
        return run;
    }
  return undefined;
}

/** Only the characters that do not depend on what stands before and after. */
function holdsBase64(run: string, output: string): boolean {
  return [0, 1, 2].some((shift) => {
    const encoded = Buffer.from(`${' '.repeat(shift)}${run}`).toString('base64');
    const inner = encoded.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + run.length) * 4) / 3));
    return output.includes(inner);
  });
}
