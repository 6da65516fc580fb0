// The manual page: both formatters take it without a word, and what matters can be read.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERBS } from '../../src/cli/verbs.ts';
import { OPTIONS, type OptionName, spelled } from '../../src/options.ts';

const root = join(__dirname, '../..');
const path = join(root, 'man/keyscan.1');
const { man } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

// A list: npm puts no page from a tarball into place that is given as one word (seen with 11.19.1).
test('is where package.json says', () => {
  expect(man).toEqual(['./man/keyscan.1']);
});

const formatters: Readonly<Record<string, readonly string[]>> = {
  mandoc: ['-T', 'lint', '-W', 'style'],
  groff: ['-man', '-ww', '-Tutf8', '-z'],
};

describe.each(Object.entries(formatters))('%s', (program, args) => {
  const isHere = spawnSync(program, ['--version']).error === undefined;
  const tried = isHere ? test : test.skip;

  tried(isHere ? 'has nothing to say' : `${program} is not installed here`, () => {
    const { status, stdout, stderr } = spawnSync(program, [...args, path], { encoding: 'utf8' });
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
  });
});

const isManHere = spawnSync('mandoc', ['--version']).error === undefined;
(isManHere ? test : test.skip)('can be read: every command, every option, every example', () => {
  const { stdout } = spawnSync('mandoc', ['-T', 'ascii', '-O', 'width=78', path], { encoding: 'utf8' });
  const plain = stdout.replace(/.\x08/g, '').replace(/\s+/g, ' ');
  const options = Object.keys(OPTIONS) as OptionName[];
  const used = options.filter((name) => VERBS.some((verb) => verb.options.includes(name)));
  const examples = VERBS.flatMap((verb) => verb.examples.map(([command]) => command.replaceAll('…', '...')));
  const wanted = [...VERBS.map(({ name }) => `keyscan ${name}`), ...used.map(spelled), ...examples];
  expect(wanted.filter((each) => !plain.includes(each.trim()))).toEqual([]);
});
