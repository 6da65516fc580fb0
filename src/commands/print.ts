// The one way text leaves the process.

import type { Writable } from 'node:stream';
import { UsageError } from '../errors.ts';

/** Resolves when the text has left the process. A reader that went away (`| head`) is no error. */
export function print(stream: Writable, text: string): Promise<void> {
  if (text === '') return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      const code = error && 'code' in error ? String(error.code) : undefined;
      if (!error || code === 'EPIPE') resolve();
      else reject(new UsageError(`cannot write the report (${code ?? error.name})`));
    });
  });
}
