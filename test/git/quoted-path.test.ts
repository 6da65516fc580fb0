// What git prints in quotes is the path git has, for every byte a path can hold.

import fc from 'fast-check';
import { unquotedPath } from '../../src/git/quoted-path.ts';
import { withScratch } from '../support/repository.ts';

test('every byte, as git itself quotes it', () =>
  withScratch((repository) => {
    const bytes = Array.from({ length: 255 }, (_, n) => n + 1).filter((byte) => byte !== 0x2f);
    const oid = repository.bytes(['hash-object', '-w', '--stdin'], 'x').toString().trim();
    const paths = bytes.map((byte) => Buffer.from([0x61, byte, 0x62]));
    const entries = paths.map((path) =>
      Buffer.concat([Buffer.from(`100644 ${oid}\t`), path, Buffer.from('\0')]),
    );
    repository.bytes(['update-index', '-z', '--index-info'], Buffer.concat(entries));
    const printed = repository.bytes(['-c', 'core.quotePath=true', 'ls-files']).toString('latin1');
    const unquoted = printed.trimEnd().split('\n').map(unquotedPath);
    expect(new Set(unquoted)).toEqual(new Set(paths.map((path) => path.toString('latin1'))));
  }));

test.each(['"', '""', '"a', '"a"b"', '"\\x41"', '"\\9"', '"\\400"', '"a\\"'])(
  '%s is nothing git prints',
  (text) => expect(unquotedPath(text)).toBeUndefined(),
);

test('what is not in quotes stands for itself', () =>
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (path) => {
      fc.pre(!path.startsWith('"'));
      expect(unquotedPath(path)).toBe(path);
    }),
  ));
