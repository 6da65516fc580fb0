// What GitHub Actions shows: annotations read back as the runner reads them, and the summary of the job.

import type { Report } from '../../src/model.ts';
import { renderGithub } from '../../src/report/github.ts';
import { renderSummary } from '../../src/report/github-summary.ts';
import { workflowCommands } from '../support/workflow-commands.ts';
import { CONTEXT, everything, finding, ignored, occurrence, report } from './sample.ts';

const annotations = (each: Report) => workflowCommands(renderGithub(each, CONTEXT));

describe('annotations', () => {
  test('nothing found, nothing said', () => {
    expect(renderGithub(report(), CONTEXT)).toBe('');
  });

  test('each credential has one, with its place and what to do', () => {
    const each = report({
      findings: [finding({ occurrences: [occurrence('a,b:c%.ts', 3, 5), occurrence('d.ts', 4, 1)] })],
    });
    expect(annotations(each)).toEqual([
      {
        command: 'error',
        properties: {
          file: 'a,b:c%.ts',
          line: '3',
          endLine: '3',
          col: '5',
          endColumn: '169',
          title: 'OpenAI project API key',
        },
        message: 'sk-proj-…x5mA\nRevoke it.\nalso at d.ts:4:1',
      },
    ]);
  });

  test('what counts is an error, what is committed a warning, the rest a notice; problems come first', () => {
    expect(
      annotations(everything).map(({ command, properties }) => `${command} ${properties.title}`),
    ).toEqual([
      'error keyscan could not look at everything',
      'error OpenAI project API key',
      'error OpenAI project API key (likely)',
      'warning OpenAI credential, committed already',
      'notice OpenAI project API key (possible)',
    ]);
    expect(annotations(everything)[0]?.message).toBe('src/lost.ts: the object is missing\ngit died');
  });

  test('of more than GitHub shows the gravest are named and the others counted', () => {
    const findings = Array.from({ length: 30 }, (_, at) =>
      finding({ severity: at === 29 ? 'critical' : 'low', preview: `sk-…${1000 + at}` }),
    );
    const shown = annotations(report({ findings, ignored: Array.from({ length: 11 }, () => ignored()) }));
    expect(shown.filter(({ command }) => command === 'error')).toHaveLength(10);
    expect(shown[0]?.message).toContain('sk-…1029');
    expect(shown[9]?.message).toBe('and 21 more OpenAI credentials: the job summary lists them.');
    expect(shown.filter(({ command }) => command === 'warning')).toHaveLength(10);
  });

  test('ten are ten', () => {
    const findings = Array.from({ length: 10 }, () => finding());
    expect(renderGithub(report({ findings }), CONTEXT)).not.toContain('more');
  });
});

describe('the summary', () => {
  const MIB = 1 << 20;

  test('has a row for each credential, what to do once, and the coverage', () => {
    const text = renderSummary(everything, CONTEXT, MIB);
    expect(text).toContain('### keyscan: 2 OpenAI credentials found');
    expect(text).toContain(
      '| critical | OpenAI project API key | sk-proj-…x5mA | certain | src/a b.ts\\:1\\:1<br>deploy/x.yaml\\:12\\:9, ',
    );
    expect(text.match(/^\| (?:critical|high|low) /gm)).toHaveLength(3);
    expect(text.match(/<https:\/\/platform\.openai\.com\/api-keys>/g)).toHaveLength(1);
    expect(text).toContain('nothing is known to be clean');
    expect(text).toContain('3 objects, 14 kB looked at in abc..def; 1 skipped, 3 ignored.');
    expect(text).not.toContain('Jane');
  });

  test('says so when there is nothing', () => {
    expect(renderSummary(report(), CONTEXT, MIB)).toContain('### keyscan: no OpenAI credentials\n');
  });

  test.each([MIB, 10_000, 2000, 100])('stays within %i bytes and counts what does not fit', (limit) => {
    const findings = Array.from({ length: 9000 }, (_, at) =>
      finding({ occurrences: [occurrence(`src/${'ü'.repeat(20)}/${at}.ts`)] }),
    );
    const text = renderSummary(report({ findings }), CONTEXT, limit);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
    const rows = text.match(/^\| critical /gm)?.length ?? 0;
    if (limit > 1000) expect(text).toContain(`and ${9000 - rows} more`);
    if (limit > 9000) expect(Buffer.byteLength(text)).toBeGreaterThan(limit * 0.95);
  });
});
