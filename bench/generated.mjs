// A repository with a past, always the same: files that grow and change a little in every commit, as those of programs do.

import { sourceText } from './made-up-text.mjs';
import { sized } from './programs.mjs';

const FILES = sized(600);
/** Per commit. */
const CHANGED = 5;
const CHANGED_LINES = 4;

/** About so many versions of files of some 13 kB, committed on `main` and packed. No key in any of them. */
export function fillHistory(repository, random, versions) {
  const commits = Math.max(1, Math.round((versions - FILES) / CHANGED));
  repository.bytes(['fast-import', '--quiet'], stream(random, commits));
  repository.git('repack', '-a', '-d', '-f', '-q', '--window=10', '--depth=50');
}

function stream(random, commits) {
  const files = Array.from({ length: FILES }, () => sourceText(random, 150).split('\n'));
  const pick = (limit) => Math.floor(random() * limit);
  const parts = [];
  for (let commit = 0; commit < commits; commit++) {
    const time = 1_600_000_000 + commit * 3600;
    const message = `Change ${CHANGED} files (${commit})\n`;
    parts.push(`commit refs/heads/main\ncommitter Test Person <person@example.com> ${time} +0000\n`);
    parts.push(`data ${message.length}\n${message}`);
    const changed = commit === 0 ? files.keys() : Array.from({ length: CHANGED }, () => pick(FILES));
    for (const number of new Set(changed)) {
      const lines = files[number];
      const fresh = sourceText(random, CHANGED_LINES).split('\n').slice(1, -2);
      for (const line of fresh) lines[pick(lines.length)] = line;
      const text = lines.join('\n');
      parts.push(`M 100644 inline src/part${number % 20}/module${number}.ts\ndata ${text.length}\n${text}\n`);
    }
  }
  return parts.join('');
}
