// Frees what is no longer needed, at once: V8 looks for it only when the heap has grown to hundreds of megabytes.

/** Takes a tenth of a second for 100 MB that are still needed; where there is little to free, nothing is done. */
export function collect(): void {
  const v8 = process.getBuiltinModule('node:v8');
  if (v8.getHeapStatistics().total_heap_size < WORTH) return;
  v8.setFlagsFromString('--expose-gc');
  // The flag adds the function to contexts that are made later.
  const gc: unknown = process.getBuiltinModule('node:vm').runInNewContext('gc');
  v8.setFlagsFromString('--no-expose-gc');
  if (typeof gc === 'function') gc();
}

/** Bytes. */
const WORTH = 1 << 25;
