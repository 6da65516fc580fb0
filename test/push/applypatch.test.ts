// git am asks pre-applypatch, with the patch in the index already.

import { freshKey } from '../support/keys.ts';
import { withScratch } from '../support/repository.ts';
import { commitFile, PREVIEW, setHook } from './pushing.ts';

test('a patch with a key is not applied', () =>
  withScratch((repository) => {
    commitFile(repository, 'README', 'clean\n');
    commitFile(repository, 'x', `${freshKey()}\n`);
    repository.git('format-patch', '-q', '-1', '-o', '..', 'HEAD');
    repository.git('reset', '-q', '--hard', 'HEAD^');
    const head = repository.git('rev-parse', 'HEAD');
    const am = () => repository.tryGit(['am', '-q', '../0001-change-x.patch']);
    expect(am().status).toBe(0);
    expect(repository.git('cat-file', '-e', 'HEAD:x')).toBe('');
    repository.git('reset', '-q', '--hard', 'HEAD^');
    setHook(repository, 'pre-applypatch');
    expect(am()).toMatchObject({ status: 1, stderr: expect.stringMatching(PREVIEW) });
    expect(repository.git('rev-parse', 'HEAD')).toBe(head);
  }));
