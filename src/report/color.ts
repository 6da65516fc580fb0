// Whether to colour a stream (no-color.org, force-color.org, bixense.com/clicolors).

import type { ColorChoice } from '../options.ts';

/** The option, then NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE, then TERM=dumb, then whether the stream is a terminal. */
export function useColor(
  choice: ColorChoice,
  env: Readonly<Record<string, string | undefined>>,
  stream: object,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env.NO_COLOR) return false;
  if ([env.FORCE_COLOR, env.CLICOLOR_FORCE].some((value) => value && value !== '0')) return true;
  if (env.TERM === 'dumb') return false;
  return 'isTTY' in stream && stream.isTTY === true;
}
