// What a run looked at: every item a source yields is entered as scanned, skipped or a problem, and counted.

import { bugLine } from './complaint.ts';
import { UsageError } from './errors.ts';
import type { Blob, Coverage, Detector, Hit, Item, Place, RawPath, Source } from './model.ts';
import { pathText } from './path-text.ts';
import { compareLeftOut, inOrder } from './triage/order.ts';

export interface Ledger {
  /** Reads an item to its end. A blob that breaks off is a problem; what it held until then is kept. */
  enter(item: Item): Promise<void>;
  /** Something wrong with no item of its own. */
  problem(reason: string): void;
  /** Does it; what it throws becomes a problem, the same error only once. */
  attempt<T>(action: () => Promise<T>): Promise<T | undefined>;
  entered(): number;
  detected(): readonly Hit[];
  /** What is left out and what failed: by path, each once, so that the order of reading does not show. */
  coverage(source: Pick<Source, 'range' | 'shard' | 'known'>): Coverage;
}

/** Totals so far. */
export interface Seen {
  readonly objects: number;
  readonly bytes: number;
}

export function openLedger(detector: Detector, watch?: (seen: Seen) => void): Ledger {
  const detected: Hit[] = [];
  const skipped: Coverage['skipped'][number][] = [];
  const problems: Coverage['problems'][number][] = [];
  const seen = new Set<unknown>();
  let entered = 0;
  let objects = 0;
  let bytes = 0;

  async function enter(item: Item): Promise<void> {
    entered += item.kind === 'cleared' ? item.objects : 1;
    if (item.kind === 'blob') await scanBlob(item);
    else if (item.kind === 'cleared') {
      objects += item.objects;
      bytes += item.bytes;
      watch?.({ objects, bytes });
    } else {
      scanName({ path: item.path, origin: { kind: 'name' }, previous: [] });
      const entry = { path: pathText(item.path, detector), reason: detector.mask(item.reason) };
      (item.kind === 'skipped' ? skipped : problems).push(entry);
    }
  }

  async function scanBlob({ places, content }: Blob): Promise<void> {
    const scan = detector.open();
    const push = (chunk: Uint8Array): void => {
      bytes += chunk.length;
      scan.push(chunk);
      watch?.({ objects, bytes });
    };
    try {
      if (content instanceof Uint8Array) push(content);
      else for await (const chunk of content) push(chunk);
      objects += 1;
    } catch (error) {
      note(error, places[0]?.path ?? '');
    }
    try {
      for (const detection of scan.end()) {
        const directives = scan.directives();
        for (const place of places) detected.push({ detection, place, places, directives });
      }
    } catch (error) {
      note(error, places[0]?.path ?? '');
    }
    for (const place of places) scanName({ ...place, origin: { ...place.origin, kind: 'name' } });
  }

  /** A path is recorded like content, and read by more people. What is only called by its id has none. */
  function scanName(place: Place): void {
    if (ONLY_ID.test(place.path)) return;
    const scan = detector.open();
    scan.push(Buffer.from(place.path, 'latin1'));
    for (const found of scan.end()) {
      const detection = { ...found, span: { ...found.span, line: 1, endLine: 1 } };
      detected.push({ detection, place, places: [place], directives: [] });
    }
  }

  function note(error: unknown, path: RawPath): void {
    if (seen.has(error)) return;
    seen.add(error);
    problems.push({ path: pathText(path, detector), reason: detector.mask(reasonOf(error)) });
  }

  return {
    enter,
    problem: (reason) => problems.push({ path: '', reason }),
    attempt: async (action) => {
      try {
        return await action();
      } catch (error) {
        note(error, '');
        return undefined;
      }
    },
    entered: () => entered,
    detected: () => detected,
    coverage: ({ range, shard = null, known }) => ({
      complete: problems.length === 0,
      objects,
      bytes,
      ...(known && { known: known() }),
      // It may be made of words of the command line: names of branches, a date.
      range: range === null ? null : detector.mask(range),
      shard,
      skipped: inOrder(skipped, compareLeftOut),
      problems: inOrder(problems, compareLeftOut),
    }),
  };
}

const ONLY_ID = /^(?:blob|commit|tag|tree|object)\/(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Only our own errors are known to hold nothing that was scanned. The system's say what is wrong by their code. */
function reasonOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  const code = error instanceof Error && 'syscall' in error && 'code' in error ? error.code : undefined;
  return code === undefined ? bugLine(error) : `cannot be read (${String(code)})`;
}
