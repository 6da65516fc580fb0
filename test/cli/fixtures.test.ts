// Every folder below fixtures/, through the real binary. UPDATE_FIXTURES=1 rewrites what is expected: read the diff.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { playFixture } from '../support/fixture.ts';

const root = join(__dirname, '../../fixtures');
const names = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

test.each(names)('%s', async (name) => {
  const { text, leak } = await playFixture(join(root, name));
  expect(leak).toBeUndefined();
  const expected = join(root, name, 'expected');
  if (process.env.UPDATE_FIXTURES && !process.env.CI) writeFileSync(expected, text);
  expect(text).toBe(readFileSync(expected, 'utf8'));
});
