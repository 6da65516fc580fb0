// Files of a work tree or anywhere else, as they are on the disk.

import type { Item, RawPath, Source } from '../model.ts';
import { type FileReader, type FileSystem, fileReader } from './file-content.ts';
import { type FilesRequest, type FileToRead, listFiles } from './file-lists.ts';
import { oddReason } from './roots.ts';
import { warmer } from './warmer.ts';

export interface Files {
  readonly source: Source;
  /** Files to be read, known before the first one is. */
  readonly total: number;
  /** Files that were not the same after they were read; asked after the last item. */
  changed(): readonly RawPath[];
}

/**
 * Lists what there is; `source` reads it, `jobs` files at the same time. Throws UsageError, and GitError where git has no
 * list of a work tree.
 */
export async function openFiles(request: FilesRequest, jobs: number, system?: FileSystem): Promise<Files> {
  const lists = await listFiles(request);
  const files = lists.flatMap((list) => list.files);
  const changed: RawPath[] = [];
  const reader = fileReader(system);
  const warm = warmer(
    files.map(({ path }) => path),
    jobs,
  );
  let expected = lists.reduce((sum, list) => sum + list.leftOut.length + list.files.length, 0);

  async function* items(): AsyncGenerator<Item, void, undefined> {
    for (const list of lists) {
      yield* list.leftOut;
      let absent = 0;
      let isLookedAt = !list.isDue || list.leftOut.some(({ kind }) => kind === 'problem');
      for (const file of list.files) {
        if (jobs > 1) await warm();
        const item = itemOf(file, list.root.kind === 'file', reader, () => changed.push(file.place.path));
        if (item === undefined) absent += 1;
        else yield item;
        isLookedAt ||= item !== undefined && item.kind !== 'skipped';
      }
      const { shown: path } = list.root;
      expected += Math.min(absent, 1) - absent + Number(!isLookedAt);
      if (absent > 0) yield { kind: 'skipped', path, reason: `${OUTSIDE}: ${absent}` };
      if (!isLookedAt) yield { kind: 'problem', path, reason: NOTHING };
    }
  }

  return {
    source: { mode: 'files', range: null, items, expected: () => expected },
    total: files.length,
    changed: () => changed,
  };
}

/** Undefined for a file that git does not expect to be there. */
function itemOf(
  { path, place, standing }: FileToRead,
  isNamed: boolean,
  reader: FileReader,
  onChange: () => void,
): Item | undefined {
  const opened = reader.open(path, isNamed, onChange);
  const leftOut = (kind: 'skipped' | 'problem', reason: string): Item => ({ kind, path: place.path, reason });
  switch (opened.kind) {
    case 'content':
      return { kind: 'blob', places: [place], content: opened.content };
    case 'gone':
      if (standing === 'sparse') return undefined;
      if (standing === 'deleted') return leftOut('skipped', 'tracked, but deleted in the work tree');
      return leftOut('problem', 'vanished before it could be read');
    case 'unreadable':
      return leftOut('problem', opened.reason);
    case 'odd':
      if (isNamed) return leftOut('problem', oddReason(opened.what));
      return leftOut('skipped', opened.what === 'folder' ? FOLDER : `${opened.what}, not scanned`);
  }
}

const FOLDER = 'tracked as a file, a folder in the work tree; what is in it counts by itself';
const OUTSIDE = 'tracked files outside the sparse checkout';
/** Nothing looked at where something should be is how a scan that finds nothing goes unnoticed. */
const NOTHING = 'there is no file to scan here; what git ignores is scanned with --include-ignored';
