// One credential in the report for people: what it is, where it stands, and its story.

import type { Finding, Severity } from '../model.ts';
import { count } from './amounts.ts';
import { display } from './display.ts';
import { foldCommits, originWords } from './origin-words.ts';
import type { Paint } from './paint.ts';
import { storyLines } from './story.ts';
import { wrap } from './wrap.ts';

const WIDTH = 80;

/** Lines of at most 80 columns, but for places, which are never broken. */
export function entry(finding: Finding, paint: Paint): string[] {
  const label = `  ${finding.severity.toUpperCase().padEnd(8)}  `;
  const title = display(finding.title) + (finding.confidence === 'certain' ? '' : ` (${finding.confidence})`);
  const preview = display(finding.preview);
  const fits = label.length + title.length + 2 + preview.length <= WIDTH;
  const margin = ' '.repeat(label.length);
  const folded = foldCommits(finding.occurrences);
  const most = finding.exposure ? MOST_PLACES : folded.length;
  return [
    `${paint(SEVERITY_STYLE[finding.severity], label)}${title}${fits ? `  ${paint('strong', preview)}` : ''}`,
    ...(fits ? [] : [margin + paint('strong', preview)]),
    ...folded.slice(0, most).flatMap(({ occurrence, later }) => {
      const { path, line, column, decoded } = occurrence;
      const place = `${display(path)}:${line}:${column}`;
      const more = later > 0 ? `${count(later, 'later commit')} with it` : '';
      const how = decoded.length > 0 ? `decoded: ${decoded.map(display).join(', ')}` : '';
      const about = [originWords(occurrence), more, how].filter(Boolean).join('; ');
      return placeLines(place, about === '' ? '' : ` (${about})`, margin, paint);
    }),
    ...(folded.length > most ? [`${margin}and at ${folded.length - most} more places`] : []),
    ...story(finding, margin, paint),
  ];
}

/** A place is never broken, so that it can be opened; what is said of it stands beside or below it. */
function placeLines(place: string, about: string, margin: string, paint: Paint): string[] {
  const at = `${margin}at ${paint('cyan', place)}`;
  const fits = margin.length + 'at '.length + place.length + about.length <= WIDTH;
  return fits ? [at + about] : [at, ...wrap(about, WIDTH, `${margin}   `)];
}

function story({ exposure, occurrences }: Finding, margin: string, paint: Paint): string[] {
  if (exposure === undefined) return [];
  const [only, ...others] = occurrences;
  const isPlain = others.length === 0 && only?.origin.commit === exposure.introduced?.commit;
  return storyLines(exposure, isPlain, margin, WIDTH, paint);
}

/** A history may have a credential at very many places; what it came to is said below them. */
const MOST_PLACES = 8;

export const SEVERITY_STYLE = {
  critical: 'alarm',
  high: 'alarm',
  medium: 'yellow',
  low: 'yellow',
} as const satisfies Record<Severity, Parameters<Paint>[0]>;
