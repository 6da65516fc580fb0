// The story of what was found in a repository: who brought it and took it away, what still holds it, who may have it.
// Asked of git once, after everything was read, and only about finds.

import { GitError } from '../errors.ts';
import { listCommits } from '../git/every-id.ts';
import { type Header, parseHeader } from '../git/header.ts';
import { listIndex, listTips } from '../git/holders.ts';
import { openObjects, readWhole } from '../git/objects.ts';
import type { Git } from '../git/process.ts';
import { listTracking } from '../git/refs.ts';
import type { Evidence, Hit, KnownMove, Place, RawPath } from '../model.ts';
import { holderTeller, keptBy, otherIndexes } from './keepers.ts';
import { nameOf, placeTeller, type Surroundings, whatOf } from './places.ts';
import { openPresence, type Presence } from './presence.ts';
import { otherVersions } from './versions.ts';

export interface Told {
  readonly hits: readonly Hit[];
  /** By fingerprint; names and paths are as git has them. */
  readonly evidence: ReadonlyMap<string, Evidence>;
}

export interface StoryOptions {
  /** Whether there are an index and a work tree. */
  readonly isBare: boolean;
  /** The fingerprints in a file of the work tree, by its path from the top; empty when there is no such file. */
  readonly inFile: (path: RawPath) => Promise<readonly string[]>;
  readonly now: Date;
  /** The fingerprints in the content of a file; given where not everything was looked at. */
  readonly search?: (content: Uint8Array) => readonly string[];
}

/** Throws GitError; then nothing is known but the hits as they were. */
export async function tellStory(git: Git, hits: readonly Hit[], options: StoryOptions): Promise<Told> {
  if (hits.length === 0) return { hits, evidence: new Map() };
  const objects = openObjects(git);
  try {
    let all = hits;
    // None of these needs what another says, and git takes seconds for each where there are ten thousands of references.
    const [past, tips, index, remotes] = await Promise.all([
      presenceOf(git, hits),
      listTips(git, objects),
      options.isBare ? [] : listIndex(git),
      listTracking(git),
    ]);
    let presence = past;
    if (options.search) {
      all = [...hits, ...(await otherVersions(git, objects, hits, presence, options.search))];
      if (all.length > hits.length) presence = await presenceOf(git, all);
    }
    const headers = await readHeaders(objects, presence, hits);
    const tracking = remotes.map(({ prefix }) => prefix);
    const kept = [...(await keptBy(git, tips, presence, foundIn(all).blobs)), ...(await otherIndexes(git))];
    const isRemote = (name: RawPath): boolean =>
      name.startsWith('refs/remotes/') || tracking.some((prefix) => name.startsWith(prefix));
    const known: Known = { presence, headers, kept, index, tips, isRemote };
    const placed = hits.flatMap(placeTeller(known));
    const isCompared = tips.some(({ name }) => isRemote(name));
    const day = options.now.toISOString().slice(0, 'yyyy-mm-dd'.length);
    const movesFor = moveTeller(known);
    const holdersOf = holderTeller(known);
    const evidence = new Map<string, Evidence>();
    for (const [fingerprint, own] of byFingerprint(all)) {
      const spots = spotsOf(own, presence);
      const paths = new Set([...spots].flatMap((spot) => presence.spots[spot]?.path || []));
      const inIndex = index.filter(({ oid }) => own.some(({ place }) => place.object === oid));
      for (const { path } of inIndex) paths.add(path);
      let inWorkTree = false;
      for (const path of options.isBare ? [] : paths)
        inWorkTree ||= (await options.inFile(path)).includes(fingerprint);
      evidence.set(fingerprint, {
        moves: movesFor(spots),
        holders: holdersOf(own, spots),
        isCompared,
        inIndex: inIndex.length > 0,
        inWorkTree,
        day,
      });
    }
    return { hits: placed, evidence };
  } finally {
    await objects.close();
  }
}

async function presenceOf(git: Git, hits: readonly Hit[]): Promise<Presence> {
  const presence = openPresence(git, foundIn(hits));
  await presence.add(['--all', '--reflog']);
  await addUnreachable(git, presence);
  return presence;
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

/** Commits that nothing leads to have had it, too. What they need may be gone: that is no damage. */
async function addUnreachable(git: Git, presence: Presence): Promise<void> {
  const commits: string[] = [];
  for await (const oid of listCommits(git)) if (!presence.has(oid)) commits.push(oid);
  if (commits.length === 0) return;
  const unreachable = ['--not', '--all', '--reflog'];
  try {
    await presence.add(unreachable, lines(commits));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const left = commits.filter((commit) => !presence.has(commit));
    for (const commit of left.slice(0, MOST_ALONE).sort())
      await presence.add(unreachable, lines([commit])).catch((again: unknown) => {
        if (!isRefusal(again)) throw again;
      });
  }
}

const lines = (oids: readonly string[]): string => oids.map((oid) => `${oid}\n`).join('');
/** git says so itself, where an end from outside would have to be told. */
const isRefusal = (error: unknown): boolean =>
  error instanceof GitError && /ended with 128\b/.test(error.message);
const MOST_ALONE = 300;

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

function byFingerprint(hits: readonly Hit[]): Map<string, Hit[]> {
  const groups = new Map<string, Hit[]>();
  for (const hit of hits) {
    const same = groups.get(hit.detection.fingerprint);
    if (same) same.push(hit);
    else groups.set(hit.detection.fingerprint, [hit]);
  }
  return groups;
}

function spotsOf(hits: readonly Hit[], { spots }: Presence): Set<number> {
  const what = new Set(hits.map(whatOf));
  return new Set(spots.flatMap((spot, at) => (what.has(spot.what) ? at : [])));
}

/** What has moved the spots of a credential, in the order of the history. */
function moveTeller({ presence, headers, kept }: Known): (own: ReadonlySet<number>) => KnownMove[] {
  const { spots, turns } = presence;
  const bySpot = new Map<number, number[]>();
  for (const [at, { spot }] of turns.entries()) {
    const same = bySpot.get(spot);
    if (same) same.push(at);
    else bySpot.set(spot, [at]);
  }
  const keptTurns = new Set<number>();
  for (const sets of new Set(
    kept.flatMap(({ kind, oid }) => (kind === 'record' ? [] : presence.turnsUpTo(oid))),
  ))
    for (const turn of sets) keptTurns.add(turn);
  return (own) =>
    [...own]
      .flatMap((spot) => bySpot.get(spot) ?? [])
      .sort((one, other) => one - other)
      .flatMap((at): KnownMove[] => {
        const turn = turns[at];
        if (turn === undefined) return [];
        const { kind, commit, nth, isRoot, isOld, spot } = turn;
        const path = spots[spot]?.path || `commit/${commit}`;
        const { author = '', date = '' } = headers.get(commit) ?? {};
        return [{ kind, commit, author, date, path, nth, isRoot, isOld, isKept: keptTurns.has(at) }];
      });
}

interface Known extends Surroundings {
  readonly isRemote: (name: RawPath) => boolean;
}
