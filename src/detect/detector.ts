// Compiles the rules into a Detector: the pure middle of keyscan.

import type { Detector } from '../model.ts';

export function createDetector(): Detector {
  throw new Error('under construction');
}
