// What the cold search for the rules keyscan ships is made of. Worked out by the build, which puts it in this file's place.

import type { ColdParts } from './cold-search.ts';

export const builtinColdParts = (): ColdParts => {
  throw new Error('only a build has it');
};
