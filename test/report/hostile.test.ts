// Names made to break out of a report: in every format they come out as text, read back by a parser of that format.

import type { Report } from '../../src/model.ts';
import type { Format } from '../../src/options.ts';
import { FORMATS } from '../../src/report/formats.ts';
import { renderSummary } from '../../src/report/github-summary.ts';
import { readHtml } from '../support/html.ts';
import { workflowCommands } from '../support/workflow-commands.ts';
import { readXml } from '../support/xml.ts';
import { CONTEXT, finding, ignored, occurrence, report } from './sample.ts';

const from = (...codes: number[]): string => String.fromCodePoint(...codes);

const HOSTILE: Readonly<Record<string, string>> = {
  'a workflow command': '::error::x',
  'a workflow command in a new line': 'a\r::stop-commands::x\r\n::set-output name=a::b',
  'an old workflow command': 'a ##[error]x',
  'a command of Azure': '##vso[task.complete result=Succeeded;]',
  'a command of TeamCity': "##teamcity[buildStatus text='fine']",
  'a section of GitLab': `section_start:1:x\r${from(0x1b)}[0K`,
  'a script': '</style></script><script>alert(1)</script><img src=x onerror=alert(1)>',
  'an attribute': '" onmouseover="alert(1)" \' x=\'',
  'the end of CDATA': ']]></failure><testcase/>',
  'an entity': '&lt;&#0;&evil;',
  'a formula': "=cmd|'/c calc'!A1",
  'a table': 'a|b\n| c | d |\n---',
  Markdown: '# x [a](https://example.com) ![i](x) `c` <b>b</b> @someone #1 **b** :100: www.example.com',
  'a link of SARIF': '[here](https://example.com) {0} \\[x\\](1)',
  'a command of a terminal': `${from(0x1b)}]0;x${from(0x07)}${from(0x1b)}[2J${from(0x9b)}31m`,
  'what turns text around': `x${from(0x202e)}gnp.${from(0x2066)}${from(0x200f)}`,
  'separators of lines': `a${from(0x2028)}b${from(0x2029)}c${from(0x85)}d`,
  'lone surrogates': `a${from(0xd800)}b${from(0xdfff)}`,
  'what XML cannot say': `a${from(0x00, 0x08, 0x0b, 0xfffe, 0xffff)}`,
  'percent escapes': '%0A::error::x%25%0D,:',
  'a file address': 'javascript:alert(1)//../../etc/passwd?a#b',
};

const NAMES = Object.keys(FORMATS) as Format[];
const UNSEEN = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/u;

function reportOf(text: string): Report {
  return report({
    mode: 'ci',
    coverage: {
      ...report().coverage,
      range: text,
      skipped: [{ path: text, reason: text }],
      problems: [{ path: text, reason: text }],
    },
    findings: [
      finding({ title: text, preview: text, advice: text, occurrences: places(text) }),
      finding({ confidence: 'possible', title: text, preview: text, occurrences: places(text) }),
    ],
    ignored: [ignored({ path: text, reason: text, preview: text }), ignored({ by: 'inline', path: text })],
    notices: [{ path: text, reason: text }],
  });
}

function places(text: string) {
  const origin = { kind: 'commit', commit: text, date: text, author: text } as const;
  return [
    occurrence(text, 1, 1, { decoded: [text] }),
    occurrence(text, 2, 1, { origin }),
    occurrence(text, 3, 1, { origin: { kind: 'name' } }),
  ];
}

async function rendered(format: Format, text: string): Promise<string> {
  const describe = (id: string) => ({
    ...CONTEXT.describe(id),
    title: text,
    summary: text,
    advice: [text],
    links: ['https://example.com/'],
  });
  return (await FORMATS[format].load())(reportOf(text), { ...CONTEXT, verbose: true, describe });
}

describe.each(Object.entries(HOSTILE))('%s', (_, text) => {
  test.each(NAMES)('%s: nothing unseen, no command but our own', async (format) => {
    const output = await rendered(format, text);
    expect(output).not.toMatch(UNSEEN);
    expect(output).not.toMatch(/##\w*\[|section_start:\d/);
    const commands = workflowCommands(output);
    if (format !== 'github') expect(commands).toEqual([]);
    else expect(commands.every(({ command }) => ['error', 'warning', 'notice'].includes(command))).toBe(true);
  });

  test('github: as many annotations as without', async () => {
    const lines = (await rendered('github', text)).split('\n');
    expect(lines).toHaveLength((await rendered('github', 'x')).split('\n').length);
    expect(workflowCommands(lines.join('\n'))).toHaveLength(lines.length - 1);
    for (const { properties } of workflowCommands(lines.join('\n')))
      expect(Object.keys(properties).join()).toMatch(/^file(?:,line,endLine,col,endColumn|,line)?,title$/);
  });

  test('the summary: the same lines, and every sign that means something is escaped', () => {
    const summary = (each: string) => renderSummary(reportOf(each), CONTEXT, 1 << 20);
    expect(summary(text).split('\n')).toHaveLength(summary('x').split('\n').length);
    const foreign = summary(text)
      .replace(/^\| -.*$|^#+ |^\| severity .*$|<br>|\*\*/gm, '')
      .replace(/<https:\/\/[\w./-]+>/g, '');
    for (const row of foreign.split('\n').filter((line) => line.startsWith('| ')))
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
    expect(foreign).not.toMatch(/(?<!\\)[`<[\]_*@#]/);
  });

  test.each(['json', 'jsonl', 'sarif', 'gitlab', 'codequality'] as const)(
    '%s: still JSON',
    async (format) => {
      const output = await rendered(format, text);
      for (const part of format === 'jsonl' ? output.trimEnd().split('\n') : [output])
        expect(() => JSON.parse(part)).not.toThrow();
    },
  );

  test('sarif: addresses that stay below the top', async () => {
    const log = JSON.parse(await rendered('sarif', text));
    const { uri, uriBaseId } = log.runs[0].results[0].locations[0].physicalLocation.artifactLocation;
    expect(uriBaseId).toBe('%SRCROOT%');
    expect(uri).toMatch(/^[\w!'()*.~%/-]+$/);
    expect(decodeURIComponent(uri)).toBe(text.replace(/\p{Cs}/gu, '\ufffd'));
  });

  test('junit: the same elements', async () => {
    const names = async (each: string) => readXml(await rendered('junit', each)).map(({ name }) => name);
    expect(await names(text)).toEqual(await names('x'));
  });

  test('html: the same elements with the same attributes', async () => {
    const shape = async (each: string) =>
      readHtml(await rendered('html', each)).map(({ name, attributes }) => [
        name,
        ...Object.keys(attributes),
      ]);
    const without = (await shape('x')).filter(([name]) => name !== 'a').map(String);
    expect((await shape(text)).filter(([name]) => name !== 'a').map(String)).toEqual(without);
  });
});
