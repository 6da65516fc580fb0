// What still has a credential, in words.

import type { Exposure, Holder } from '../model.ts';

/** What is worked with first: `main`, `work tree`, `tag v1.0`; `past`: what a reference only has in older commits. */
export function holdersOf(
  { inIndex, inWorkTree, refs }: Pick<Exposure, 'inIndex' | 'inWorkTree' | 'refs'>,
  past = '',
): string[] {
  const inOrder = [...refs].sort((a, b) => weight(a) - weight(b));
  const working = inOrder.filter((holder) => weight(holder) < FILES_OF.length);
  const words = (holder: Holder): string => wordsOf(holder) + (holder.at === 'past' ? past : '');
  return [
    ...working.map(words),
    ...(inWorkTree ? ['work tree'] : []),
    ...(inIndex ? ['index'] : []),
    ...inOrder.slice(working.length).map(words),
  ];
}

/** What has files that are worked with. */
export const FILES_OF: readonly Holder['kind'][] = ['branch', 'head', 'remote'];
const KINDS: readonly Holder['kind'][] = [
  ...FILES_OF,
  ...(['index', 'tag', 'stash', 'note', 'other', 'reflog'] as const),
];

const weight = ({ kind, at }: Holder): number => KINDS.indexOf(kind) + (at === 'tip' ? 0 : KINDS.length);

function wordsOf({ name, kind }: Holder): string {
  const short = name.replace(/^refs\/(?:heads|remotes|tags|notes)\/|^refs\/(?=stash)/, '');
  return kind === 'reflog' || kind === 'tag' || kind === 'note' ? `${kind} ${short}` : short;
}
