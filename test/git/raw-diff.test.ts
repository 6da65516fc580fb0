// The reader of raw listings: what git writes is read whole, anything else is an error and never left out.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { GitError } from '../../src/errors.ts';
import { gitIn } from '../../src/git/process.ts';
import { listIndexChanges, parseRawDiff, type RawChange } from '../../src/git/raw-diff.ts';
import { withScratch } from '../support/repository.ts';

const DIGITS = { file: '100644', symlink: '120000', gitlink: '160000', absent: '000000' } as const;

function written(changes: readonly RawChange[]): Buffer {
  const lines = changes.map(
    ({ status, old, new: fresh, path }) =>
      `:${DIGITS[old.mode]} ${DIGITS[fresh.mode]} ${old.oid} ${fresh.oid} ${status}\0${path}\0`,
  );
  return Buffer.from(lines.join(''), 'latin1');
}

const anyChanges = fc.constantFrom('sha1', 'sha256').chain((algorithm) => {
  const present = fc.record({
    mode: fc.constantFrom('file' as const, 'symlink' as const, 'gitlink' as const),
    oid: fc.nat().map((n) => createHash(algorithm).update(`${n}`).digest('hex')),
  });
  const absent = fc.constant({
    mode: 'absent' as const,
    oid: '0'.repeat(createHash(algorithm).digest('hex').length),
  });
  const path = fc.uint8Array({ minLength: 1 }).map((bytes) => {
    const text = Buffer.from(bytes).toString('latin1').replaceAll('\0', '\n');
    return text;
  });
  const change = fc.oneof(
    fc.record({ status: fc.constant('A' as const), old: absent, new: present, path }),
    fc.record({ status: fc.constantFrom('M' as const, 'T' as const), old: present, new: present, path }),
    fc.record({ status: fc.constant('D' as const), old: present, new: absent, path }),
    fc.record({ status: fc.constant('U' as const), old: fc.oneof(absent, present), new: absent, path }),
  );
  return fc.array(change);
});

test('whatever git may write is read as it was meant, paths to the byte', () => {
  fc.assert(fc.property(anyChanges, (changes) => expect(parseRawDiff(written(changes))).toEqual(changes)));
});

test('a listing that is cut anywhere is an error, or a shorter listing at the end of an entry', () => {
  fc.assert(
    fc.property(anyChanges, fc.nat(), (changes, at) => {
      const whole = written(changes);
      const cut = whole.subarray(0, whole.length === 0 ? 0 : at % whole.length);
      const ends = changes.map((_, n) => written(changes.slice(0, n)).length);
      if (ends.includes(cut.length) || whole.length === 0) return;
      expect(() => parseRawDiff(cut)).toThrow(GitError);
    }),
  );
});

test('no bytes make it fail in any other way, or lose an entry', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const output = Buffer.from(bytes);
      try {
        expect(written(parseRawDiff(output))).toEqual(output);
      } catch (error) {
        expect(error).toBeInstanceOf(GitError);
      }
    }),
  );
});

describe('an entry it does not know is an error', () => {
  const one = '1'.repeat(40);
  const zero = '0'.repeat(40);
  it.each([
    ['no header', 'something\0a\0'],
    ['an unknown status', `:100644 100644 ${one} ${one} X\0a\0`],
    ['a rename, which was not asked for', `:100644 100644 ${one} ${one} R100\0a\0`],
    ['an unknown mode', `:000000 040000 ${zero} ${one} A\0a\0`],
    ['an unknown old mode', `:100000 100644 ${one} ${one} M\0a\0`],
    ['no path', `:000000 100644 ${zero} ${one} A\0\0`],
    ['an id of another length', `:100644 100644 ${one} ${'1'.repeat(64)} M\0a\0`],
    ['an abbreviated id', `:100644 100644 ${one} 1111111 M\0a\0`],
    ['a zero id that would look missing', `:000000 100644 ${zero} ${zero} A\0a\0`],
    ['an addition with a past', `:100644 100644 ${one} ${one} A\0a\0`],
    ['a change without a past', `:000000 100644 ${zero} ${one} M\0a\0`],
    ['a deletion that leaves something', `:100644 100644 ${one} ${one} D\0a\0`],
    ['a deletion of nothing', `:000000 000000 ${zero} ${zero} D\0a\0`],
    ['a conflict with a result', `:100644 100644 ${one} ${one} U\0a\0`],
    ['a path left over', `:000000 100644 ${zero} ${one} A\0a\0b\0`],
    ['a last line end missing', `:000000 100644 ${zero} ${one} A\0a`],
  ])('%s', (_, text) => {
    expect(() => parseRawDiff(Buffer.from(text, 'latin1'))).toThrow(GitError);
  });
});

test('real git: every kind of change, every kind of name', async () => {
  await withScratch(async (repository) => {
    repository.write('gone', '1');
    repository.write('changed', '1');
    repository.write('kind', '1');
    repository.commit();
    const add = (name: string | Buffer, mode: string): void => {
      const id = repository.tryGit(['hash-object', '-w', '--stdin'], { input: `${name}` }).stdout.trim();
      const input = Buffer.concat([Buffer.from(`${mode} ${id}\t`), Buffer.from(name), Buffer.of(0)]);
      expect(repository.tryGit(['update-index', '-z', '--index-info'], { input }).status).toBe(0);
    };
    repository.git('rm', '--cached', '--quiet', 'gone');
    const names = [
      'changed',
      ' two words',
      'a\tb\nc"d\\',
      Buffer.from([0x66, 0xff, 0xc3, 0xa9]),
      '--help',
      '-',
    ];
    for (const name of names) add(name, '100644');
    add('kind', '120000');
    add('program', '100755');
    add('nested', '160000');
    const changes = await listIndexChanges(gitIn(repository.path, repository.env), 'HEAD');
    expect(changes.map(({ status, new: { mode }, path }) => `${status} ${mode} ${path}`).sort()).toEqual(
      [
        'A file  two words',
        'A file --help',
        'A file -',
        'A file a\tb\nc"d\\',
        'A file f\xff\xc3\xa9',
        'A file program',
        'A gitlink nested',
        'D absent gone',
        'M file changed',
        'T symlink kind',
      ].sort(),
    );
  });
});
