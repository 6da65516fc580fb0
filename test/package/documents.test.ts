// What the documents say is what the code says; nothing we write fetches the package of a stranger.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { optionRow } from '../../src/cli/help.ts';
import { manPage } from '../../src/cli/man-page.ts';
import { VERBS } from '../../src/cli/verbs.ts';
import { SCANNING } from '../../src/options.ts';
import { FORMATS } from '../../src/report/formats.ts';
import { builtinRules } from '../../src/rules/builtin.ts';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');

/** Tracked files, and new ones that will be. */
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const documents = files.filter((path) => path.endsWith('.md'));

describe('README', () => {
  test('shows a refused commit as it is', () => {
    const [, stdout = '', stderr = ''] = read('fixtures/hook-key/expected').split(/^--- std(?:out|err)\n/m);
    const shown = /^```text\n(keyscan: .*?)```$/ms.exec(readme)?.[1];
    expect(shown).toBe((stdout + stderr).replaceAll('…last', '…x5mA'));
  });

  // Where they differ: UPDATE_DOCS=1 npx jest test/package/documents
  test('lists the commands', () => {
    expectTable(
      'README.md',
      '| command ',
      VERBS.map(({ name, operands, summary }) => [
        `\`keyscan ${[name, operands].filter(Boolean).join(' ')}\``,
        summary,
      ]),
    );
  });

  test('lists the options of the scanning commands', () => {
    expectTable(
      'README.md',
      '| option ',
      SCANNING.map((name) => optionRow(name)).map(([left, right]) => [`\`${left.trim()}\``, right]),
    );
  });

  test('lists the rules', () => {
    expectTable(
      'README.md',
      '| rule ',
      builtinRules.map(({ id, title, severity }) => [`\`${id}\``, title, severity]),
    );
  });
});

test('docs/integrations.md lists what is proven, and by which command', () => {
  const listed = execFileSync(process.execPath, ['scripts/integrations/run.mjs', '--list'], {
    cwd: root,
    encoding: 'utf8',
  });
  const rows = [...read('docs/integrations.md').matchAll(/^\| \[(.*?)\]\(.*\| `(.*)` +\|$/gm)];
  expect(rows.map(([, name, command]) => `${name}\t${command}\n`).sort()).toEqual(
    listed.split(/(?<=\n)/).sort(),
  );
});

test('docs/reports.md lists the formats', () => {
  expectTable(
    'docs/reports.md',
    '| format ',
    Object.entries(FORMATS).map(([name, { summary, file }]) => [
      `\`${name}\``,
      summary,
      file === '' ? 'standard output' : `\`${file}\``,
    ]),
  );
});

test('man/keyscan.1 says what the tables of commands and options say', () => {
  const page = manPage(JSON.parse(read('package.json')).version);
  if (process.env.UPDATE_DOCS) writeFileSync(join(root, 'man/keyscan.1'), page);
  expect(read('man/keyscan.1')).toBe(page);
});

test.each(documents)('links of %s lead somewhere', (path) => {
  const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
  expect(links.filter((link) => !existsSync(join(root, dirname(path), link)))).toEqual([]);
});

test('only `npx --no-install keyscan`, never a bare npx or an install of the package called keyscan', () => {
  const fetching =
    /\bnpx\s+(?:(?!--no(?:-install)?\b)-\S+\s+)*keyscan\b|\bnpm\s+(?:i|install|add)\s(?:-\S+\s+)*keyscan(?!-)\b/;
  const text = files.filter((path) => !path.startsWith('test/') && path !== 'package-lock.json');
  expect(text.filter((path) => fetching.test(read(path)))).toEqual([]);
  expect(
    fetching.test('npx keyscan staged') &&
      fetching.test('npx -y keyscan') &&
      fetching.test('npm i -D keyscan'),
  ).toBe(true);
});

test('package-lock.json names no registry', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/(?!.*"(?:url|funding)")[^"]*\.tgz/);
});

test('package-lock.json knows the binaries of every platform; if not: node scripts/complete-lock.mjs', () => {
  const packages: Readonly<Record<string, { readonly optionalDependencies?: object }>> = JSON.parse(
    read('package-lock.json'),
  ).packages;
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies),
  );
  expect(wanted.filter((name) => !(`node_modules/${name}` in packages))).toEqual([]);
});

/** The rows of the table with this heading; with UPDATE_DOCS they are written first. */
function expectTable(path: string, heading: string, rows: readonly (readonly string[])[]): void {
  const text = read(path);
  const start = text.indexOf(`\n${heading}`) + 1;
  expect(start).toBeGreaterThan(0);
  const [head = '', ...below] = text.slice(start).split('\n\n', 1)[0]?.split('\n') ?? [];
  if (process.env.UPDATE_DOCS) {
    const table = tableOf([cellsOf(head), ...rows]);
    writeFileSync(
      join(root, path),
      text.replace([head, ...below].join('\n'), () => table),
    );
  } else expect(below.slice(1).map(cellsOf)).toEqual(rows);
}

const cellsOf = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

function tableOf(rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = (escaped[0] ?? []).map((_, at) => Math.max(...escaped.map((row) => row[at]?.length ?? 0)));
  const [head = '', ...rest] = escaped.map(
    (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`,
  );
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest].join('\n');
}
