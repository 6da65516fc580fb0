// The git directory of somebody else (reference/git-and-hooks.md §2.3): nothing it names is run, whatever keyscan asks git.

import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { withScratch } from '../support/repository.ts';
import { history } from './told.ts';

test('no program of its configuration is started', () =>
  withScratch(async (repository) => {
    const ran = join(repository.root, 'ran');
    const program = join(repository.root, 'program');
    writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${ran}'\nexit 1\n`);
    chmodSync(program, 0o755);
    repository.write('.gitattributes', '* diff=evil filter=evil\n');
    repository.write('file', `key = "${freshKey()}"\n`);
    repository.write('lost', 'lost\n');
    repository.commit('brings it');
    repository.write('file', 'clean\n');
    repository.git('stash', '-q');
    const lost = repository.git('rev-parse', 'HEAD:lost');
    for (const name of [
      ...['core.fsmonitor', 'core.pager', 'core.editor', 'core.sshCommand', 'core.alternateRefsCommand'],
      ...['diff.external', 'diff.evil.command', 'diff.evil.textconv', 'gpg.program', 'core.askPass'],
      ...['filter.evil.clean', 'filter.evil.smudge', 'filter.evil.process', 'credential.helper'],
    ])
      repository.git('config', name, program);
    for (const [name, value] of [
      ['log.showSignature', 'true'],
      ['protocol.ext.allow', 'always'],
      ['remote.o.url', `ext::${program}`],
      ['core.hooksPath', repository.root],
      ['pager.log', 'true'],
    ])
      repository.git('config', name as string, value as string);
    // First it is shown that there is something to start.
    repository.tryGit(['status']);
    expect(existsSync(ran)).toBe(true);
    rmSync(ran);

    for (const operands of [[], ['main']]) {
      const { report } = await history(repository, { operands });
      expect(report.findings).toHaveLength(1);
    }
    // What is missing is asked for nowhere, even where a remote has promised it.
    rmSync(join(repository.path, '.git/objects', lost.slice(0, 2), lost.slice(2)));
    for (const isPromised of [false, true]) {
      if (isPromised) repository.git('config', 'remote.o.promisor', 'true');
      const { code, report } = await history(repository, { cache: true });
      expect({ code, problems: report.coverage.problems.length > 0 }).toEqual({ code: 2, problems: true });
    }
    expect(existsSync(ran)).toBe(false);
  }));
