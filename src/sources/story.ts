// The story of what was found in a repository: who brought it and took it away, what still holds it, who may have it.
// Asked of git once, after everything was read, and only about finds.

import { type Header, parseHeader } from '../git/header.ts';
import { listIndex, listTips, type Tip } from '../git/holders.ts';
import { openObjects, readWhole } from '../git/objects.ts';
import { askGit, type Git } from '../git/process.ts';
import { listTracking } from '../git/refs.ts';
import { listTree } from '../git/tree-list.ts';
import type { Exposure, Hit, Move, Place, RawPath } from '../model.ts';
import { exposureOf, type Kept } from './exposure.ts';
import { openPresence, type Presence } from './presence.ts';

export interface Told {
  readonly hits: readonly Hit[];
  readonly exposures: ReadonlyMap<string, Exposure>;
}

export interface StoryOptions {
  /** Whether there are an index and a work tree. */
  readonly isBare: boolean;
  /** The fingerprints in a file of the work tree, by its path from the top; empty when there is no such file. */
  readonly inFile: (path: RawPath) => Promise<readonly string[]>;
  readonly now: Date;
}

/** Throws GitError; then nothing is known but the hits as they were. */
export async function tellStory(git: Git, hits: readonly Hit[], options: StoryOptions): Promise<Told> {
  if (hits.length === 0) return { hits, exposures: new Map() };
  const objects = openObjects(git);
  try {
    const found = foundIn(hits);
    const presence = openPresence(git, found);
    await presence.add(['--all', '--reflog']);
    const tips = await listTips(git, objects);
    const index = options.isBare ? [] : await listIndex(git);
    if (isUnresolved(presence, found)) await addUnreachable(git, presence);
    const headers = await readHeaders(objects, presence, hits);
    const tracking = (await listTracking(git)).map(({ prefix }) => prefix);
    const kept = await keptBy(git, tips, presence, found.blobs);
    const placed = hits.flatMap((hit) => placesOf(hit, { presence, headers, kept, index, tips }));
    const exposures = new Map<string, Exposure>();
    for (const [fingerprint, own] of byFingerprint(hits)) {
      const spots = spotsOf(own, presence);
      const paths = new Set([...spots].flatMap((spot) => presence.spots[spot]?.path || []));
      const inIndex = index.filter(({ oid }) => own.some(({ place }) => place.object === oid));
      for (const { path } of inIndex) paths.add(path);
      let inWorkTree = false;
      for (const path of options.isBare ? [] : paths)
        inWorkTree ||= (await options.inFile(path)).includes(fingerprint);
      const story = { own, spots, inIndex: inIndex.length > 0, inWorkTree, now: options.now };
      exposures.set(
        fingerprint,
        exposureOf(story, { presence, moves: movesOf(spots, presence, headers), kept, tracking }),
      );
    }
    return { hits: placed, exposures };
  } finally {
    await objects.close();
  }
}

interface Found {
  readonly blobs: ReadonlySet<string>;
  readonly names: ReadonlySet<RawPath>;
  readonly messages: ReadonlySet<string>;
}

function foundIn(hits: readonly Hit[]): Found {
  const of = (...kinds: readonly string[]): Place[] =>
    hits.flatMap(({ place }) => (kinds.includes(place.origin.kind) ? [place] : []));
  return {
    blobs: new Set(of('unreachable', 'commit').flatMap(({ object }) => object ?? [])),
    names: new Set(of('name').flatMap(({ path, object }) => (object === undefined ? [] : nameOf(path)))),
    messages: new Set(of('message').flatMap(({ object }) => object ?? [])),
  };
}

/** Whether something stands in no commit that is reachable. */
function isUnresolved({ turns, spots }: Presence, { blobs, names, messages }: Found): boolean {
  const seen = new Set(turns.map(({ spot }) => spots[spot]?.what));
  return [...blobs, ...names, ...messages].some((what) => !seen.has(what));
}

/** Commits that nothing leads to say who brought what only they hold. */
async function addUnreachable(git: Git, presence: Presence): Promise<void> {
  const listed = await askGit(git, [
    ...['cat-file', '--batch-all-objects', '--unordered', '--batch-check=%(objecttype) %(objectname)'],
  ]);
  const commits = listed
    .toString('latin1')
    .split('\n')
    .flatMap((line) => (line.startsWith('commit ') ? line.slice('commit '.length) : []))
    .filter((oid) => !presence.has(oid));
  if (commits.length === 0) return;
  await presence.add(['--not', '--all', '--reflog'], commits.map((oid) => `${oid}\n`).join(''));
}

async function readHeaders(
  objects: ReturnType<typeof openObjects>,
  { turns }: Presence,
  hits: readonly Hit[],
): Promise<Map<string, Header>> {
  const tags = hits.flatMap(({ place }) => (place.origin.kind === 'tag' ? (place.object ?? []) : []));
  const headers = new Map<string, Header>();
  for await (const [oid, object] of objects.read([
    ...new Set([...turns.map(({ commit }) => commit), ...tags]),
  ]))
    if (object) headers.set(oid, parseHeader(await readWhole(object.content)));
  return headers;
}

/** For each tip what it has, and what its past has. */
async function keptBy(
  git: Git,
  tips: readonly Tip[],
  presence: Presence,
  blobs: ReadonlySet<string>,
): Promise<Kept[]> {
  const kept: Kept[] = [];
  const nothing: ReadonlySet<number> = new Set();
  for (const tip of tips) {
    const { oid, tags } = tip;
    if (presence.has(oid)) {
      // A stash keeps the index and untracked files in commits of their own (git-stash(1)), as its further parents.
      const at = presence.at(oid);
      const own = STASH.test(tip.name)
        ? [...presence.upTo(oid)].filter((spot) => !isBefore(presence, oid, spot))
        : [];
      kept.push({ tip, at: new Set([...at, ...own]), upTo: presence.upTo(oid), objects: new Set(tags) });
    } else {
      const within = blobs.has(oid) ? [oid] : blobs.size === 0 ? [] : await contentOf(git, oid);
      kept.push({ tip, at: nothing, upTo: nothing, objects: new Set([...tags, ...within]) });
    }
  }
  return kept;
}

const STASH = /^refs\/stash(?:@|$)/;

/** Whether what the stash was made on has it already. */
function isBefore(presence: Presence, oid: string, spot: number): boolean {
  const base = presence.parentsOf(oid)[0];
  return base !== undefined && presence.upTo(base).has(spot);
}

/** A reference may lead to a tree, or to a blob, which has no content of its own. */
async function contentOf(git: Git, oid: string): Promise<readonly string[]> {
  const type = (await askGit(git, ['cat-file', '-t', oid])).toString('latin1').trim();
  return type === 'tree' ? [oid, ...(await listTree(git, oid)).map((file) => file.oid)] : [oid];
}

function byFingerprint(hits: readonly Hit[]): Map<string, Hit[]> {
  const groups = new Map<string, Hit[]>();
  for (const hit of hits) {
    const same = groups.get(hit.detection.fingerprint);
    if (same) same.push(hit);
    else groups.set(hit.detection.fingerprint, [hit]);
  }
  return groups;
}

/** What a spot of a hit is called. */
const whatOf = ({ place }: Hit): string =>
  place.origin.kind === 'name' ? nameOf(place.path) : (place.object ?? place.path);

/** The last part of a path. */
const nameOf = (path: RawPath): RawPath => path.slice(path.lastIndexOf('/') + 1);

function spotsOf(hits: readonly Hit[], { spots }: Presence): Set<number> {
  const what = new Set(hits.map(whatOf));
  return new Set(spots.flatMap((spot, at) => (what.has(spot.what) ? at : [])));
}

/** A change of a file that leaves the credential in it is no move. */
function movesOf(
  own: ReadonlySet<number>,
  { spots, turns }: Presence,
  headers: ReadonlyMap<string, Header>,
): Move[] {
  const moves = new Map<string, Move | undefined>();
  for (const { kind, commit, spot } of turns) {
    if (!own.has(spot)) continue;
    const path = spots[spot]?.path || `commit/${commit}`;
    const { author = '', date = '' } = headers.get(commit) ?? {};
    const key = (of: Move['kind']): string => `${of} ${commit} ${path}`;
    const opposite = key(kind === 'introduced' ? 'removed' : 'introduced');
    if (moves.has(opposite)) moves.set(opposite, undefined);
    else moves.set(key(kind), { kind, commit, author, date, path });
  }
  return [...moves.values()].flatMap((move) => move ?? []);
}

interface Known {
  readonly presence: Presence;
  readonly headers: ReadonlyMap<string, Header>;
  readonly kept: readonly Kept[];
  readonly index: readonly { readonly oid: string; readonly path: RawPath }[];
  readonly tips: readonly Tip[];
}

/** The hit at every place where a commit has put it; where none has, what else leads to it. */
function placesOf(hit: Hit, { presence, headers, kept, index, tips }: Known): Hit[] {
  const { origin, object = '', path } = hit.place;
  const signed = (oid: string): { author?: string; date?: string } => {
    const { author, date } = headers.get(oid) ?? {};
    return { ...(author !== undefined && { author }), ...(date !== undefined && { date }) };
  };
  if (origin.kind === 'message' || origin.kind === 'tag') {
    const named = tips.find(({ kind, tags }) => kind === 'ref' && tags.includes(object));
    return [at({ ...hit.place, path: named?.name ?? path, origin: { ...origin, ...signed(object) } })];
  }
  const brought = presence.turns.filter(
    ({ kind, spot }) => kind === 'introduced' && presence.spots[spot]?.what === whatOf(hit),
  );
  if (origin.kind === 'name') {
    const [first] = brought;
    if (first === undefined) return [hit];
    const full = pathTo(presence.spots[first.spot]?.path ?? path, nameOf(path));
    const { commit } = first;
    return [at({ ...hit.place, path: full, origin: { ...origin, commit, ...signed(commit) } })];
  }
  const reachable = new Set(kept.flatMap(({ upTo }) => [...upTo]));
  const places = brought.map(
    ({ commit, spot }): Place => ({
      ...hit.place,
      path: presence.spots[spot]?.path ?? path,
      origin: { kind: reachable.has(spot) ? 'commit' : 'unreachable', commit, ...signed(commit) },
    }),
  );
  if (places.length === 0) {
    for (const entry of index)
      if (entry.oid === object) places.push({ ...hit.place, path: entry.path, origin: { kind: 'index' } });
    for (const { tip, objects } of kept)
      if (places.length === 0 && objects.has(object))
        places.push({ ...hit.place, path: tip.name, origin: { kind: 'commit' } });
  }
  return places.length === 0 ? [hit] : places.map((place) => ({ ...hit, place, places }));

  function at(place: Place): Hit {
    return { ...hit, place, places: hit.places.map((each) => (each === hit.place ? place : each)) };
  }
}

/** `folder/NAME` of `folder/NAME/file`. */
function pathTo(path: RawPath, name: RawPath): RawPath {
  const parts = path.split('/');
  return parts.slice(0, parts.indexOf(name) + 1).join('/');
}
