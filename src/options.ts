// Every option of the command line, said once: parser, types and help are made from this table.

import type { Confidence } from './model.ts';

export type Format = 'human' | 'json';
export type ColorChoice = 'auto' | 'always' | 'never';

/** Options common to the scanning commands, complete: the parser fills in every default. */
export interface ScanOptions {
  readonly format: Format;
  readonly output: string | undefined;
  readonly failOn: Confidence;
  readonly color: ColorChoice;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly progress: boolean;
  readonly exitZero: boolean;
}

export const DEFAULT_SCAN_OPTIONS: ScanOptions = {
  format: 'human',
  output: undefined,
  failOn: 'likely',
  color: 'auto',
  quiet: false,
  verbose: false,
  progress: true,
  exitZero: false,
};
