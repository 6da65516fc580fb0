// Several judges: the first that has something to say decides, and nobody is asked after it.

import type { Hit, Judge, Verdict } from '../../src/model.ts';
import { firstVerdict } from '../../src/triage/first-verdict.ts';

test.each<[name: string, says: (string | undefined)[], reason: string | undefined, asked: number]>([
  ['nobody', [], undefined, 0],
  ['none of them', [undefined, undefined], undefined, 2],
  ['the first', ['a', 'b'], 'a', 1],
  ['the second', [undefined, 'b', 'c'], 'b', 2],
])('%s decides', async (_, says, reason, asked) => {
  let count = 0;
  const judges = says.map(
    (said): Judge =>
      async () => {
        count += 1;
        return said === undefined ? undefined : { by: 'path', reason: said };
      },
  );
  const verdict: Verdict | undefined = await firstVerdict(...judges)({} as Hit);
  expect(verdict?.reason).toBe(reason);
  expect(count).toBe(asked);
});
