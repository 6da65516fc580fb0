// Table 1.1 through real `git commit`: refused with the hook, and the key lands without it.

import { freshKey } from '../support/keys.ts';
import { withScratch } from '../support/repository.ts';
import { begin, expectRefused } from './proof.ts';
import { SETUPS } from './setups.ts';

test.each(SETUPS.map((setup) => [setup.name, setup] as const))('%s', async (_, setup) => {
  await withScratch((repository) => {
    const key = freshKey();
    if (!setup.isFirst) begin(repository);
    setup.stage(repository, key);
    expectRefused(repository, key, {
      command: ['commit', '--quiet', '-m', 'x'],
      ...setup.attempt,
      ...(setup.recorded && { recorded: setup.recorded(key) }),
    });
  });
});
