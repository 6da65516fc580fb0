// How a path of raw bytes is written in a report.

import type { Detector, RawPath } from './model.ts';

/** UTF-8; bytes that are not UTF-8 as `\xNN`; credentials replaced by their previews. */
export function pathText(path: RawPath, detector: Detector): string {
  const sound = path.replace(UTF8_OR_BYTE, (match) =>
    match.length === 1 && match > '\x7f' ? `\\x${match.charCodeAt(0).toString(16)}` : match,
  );
  return detector.mask(Buffer.from(sound, 'latin1').toString('utf8'));
}

/** The well-formed sequences of the Unicode Standard, table 3-7; any other byte on its own. */
const UTF8_OR_BYTE =
  /[\x00-\x7f]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g;
