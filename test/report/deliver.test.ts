// What a bug in one format must not take with it.

import { PassThrough } from 'node:stream';
import { deliver } from '../../src/commands/deliver.ts';
import type { Detector } from '../../src/model.ts';
import { DEFAULT_SCAN_OPTIONS, type ScanOptions } from '../../src/options.ts';
import { detector } from '../scan/fakes.ts';
import { finding, report } from './sample.ts';

const broken: Detector = {
  ...detector,
  describe: () => {
    throw new TypeError('a bug');
  },
};
/** Of what is only possible the report for people says nothing that has to be described. */
const found = report({ findings: [finding({ confidence: 'possible' })] });

test.each<Partial<ScanOptions>>([
  { format: 'sarif' },
  { format: 'sarif', output: 'no/where.sarif' },
  { report: [{ format: 'html', file: 'no/where.html' }] },
  { format: 'html', report: [{ format: 'sarif', file: 'no/where.sarif' }] },
])('findings are printed all the same: %j', async (options) => {
  const stdout = new PassThrough();
  const io = { stdin: new PassThrough(), stdout, stderr: new PassThrough(), env: {}, cwd: __dirname };
  await expect(
    deliver(found, { ...DEFAULT_SCAN_OPTIONS, ...options, failOn: 'likely' }, io, broken),
  ).rejects.toThrow(TypeError);
  expect(String(stdout.read())).toContain('at src/config.ts:3:18');
});
