// The jobs in docs/ci.md, as each service would run their lines in a clone of its own: a key in the change ends them.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { leakOf } from '../support/leaks.ts';
import { type ScratchRepository, type WorkTree, withScratch } from '../support/repository.ts';
import { snippet } from '../support/snippets.ts';
import { CHANGES, checkedOutMerge, type Forked, fork, pullRequest, type Variables } from './hosted.ts';

const PROJECT = join(__dirname, '../..');
const job = (section: string): string => snippet('docs/ci.md', section);

interface Step {
  readonly run?: string;
  readonly script?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Service {
  /** The lines a machine of the service would give to its shell. */
  lines(): readonly string[];
  /** What makes the service clone the whole history. */
  depth(): unknown;
  readonly isWhole: unknown;
  variables(host: ScratchRepository, forked: Forked): Variables;
}

/** As tests of the range have them, by the beginning of their name. */
const change =
  (name: string): Service['variables'] =>
  (_, forked) => {
    const [, variables] = CHANGES.find(([each]) => each.startsWith(name)) ?? [];
    if (!variables) throw new Error(`no change of ${name}`);
    return variables(forked);
  };

const github: Service['variables'] = (host, { base, removed, merge }) =>
  pullRequest(host, base, removed, merge);
const steps = (section: string): readonly Step[] => parse(job(section)).jobs.keyscan.steps;

const SERVICES: Readonly<Record<string, Service>> = {
  'GitHub Actions': {
    lines: () => steps('GitHub Actions').flatMap(({ run }) => run ?? []),
    depth: () => steps('GitHub Actions')[0]?.with?.['fetch-depth'],
    isWhole: 0,
    variables: github,
  },
  'GitLab CI': {
    lines: () => parse(job('GitLab CI')).keyscan.script,
    depth: () => parse(job('GitLab CI')).keyscan.variables.GIT_DEPTH,
    isWhole: '0',
    variables: change('GitLab CI'),
  },
  'Bitbucket Pipelines': {
    lines: () => parse(job('Bitbucket Pipelines')).pipelines['pull-requests']['**'][0].step.script,
    depth: () => parse(job('Bitbucket Pipelines')).clone.depth,
    isWhole: 'full',
    variables: change('Bitbucket'),
  },
  'Azure Pipelines': {
    lines: () => parse(job('Azure Pipelines')).steps.flatMap(({ script }: Step) => script ?? []),
    depth: () => parse(job('Azure Pipelines')).steps[0].fetchDepth,
    isWhole: 0,
    variables: change('Azure'),
  },
  CircleCI: {
    lines: () => steps('CircleCI').flatMap(({ run }) => run ?? []),
    depth: () => parse(job('CircleCI')).jobs.keyscan.steps[0].checkout.method,
    isWhole: 'full',
    variables: change('CircleCI'),
  },
  Jenkins: {
    lines: () => [...job('Jenkins').matchAll(/^sh '(.*)'$/gm)].map(([, line = '']) => line),
    depth: () => /cloneOption\(shallow: (\w+)/.exec(job('Jenkins'))?.[1],
    isWhole: 'false',
    variables: change('Jenkins, pull'),
  },
  Buildkite: {
    lines: () => parse(job('Buildkite')).steps[0].command,
    // Its agents clone everything unless they are told otherwise.
    depth: () => undefined,
    isWhole: undefined,
    variables: change('Buildkite'),
  },
  'Anywhere else': {
    lines: () => [job('Anywhere else').split('\n')[0] ?? ''],
    depth: () => undefined,
    isWhole: undefined,
    variables: () => ({}),
  },
};

/** `npm ci` brings the built package; npx is the real one. */
function withPackage(tree: WorkTree): Variables {
  const tools = join(tree.path, '.git', 'tools');
  mkdirSync(tools);
  const npm = `#!/bin/sh
[ "$*" = 'ci --ignore-scripts' ] || exit 9
mkdir -p node_modules/.bin
ln -s '${PROJECT}' node_modules/keyscan-cli
ln -s ../keyscan-cli/bin/keyscan.js node_modules/.bin/keyscan
`;
  writeFileSync(join(tools, 'npm'), npm, { mode: 0o755 });
  return { PATH: `${tools}${delimiter}${tree.env.PATH}`, npm_config_update_notifier: 'false' };
}

const onPosix = process.platform === 'win32' ? describe.skip : describe;

onPosix('docs/ci.md', () => {
  test.each(Object.entries(SERVICES))('%s', (section, { lines, depth, isWhole, variables }) =>
    withScratch((host) => {
      const forked = fork(host);
      const clone = checkedOutMerge(host);
      const env = { ...clone.env, ...withPackage(clone), ...variables(host, forked) };
      const run = (line: string) =>
        spawnSync('sh', ['-e', '-c', line], { cwd: clone.path, env, encoding: 'utf8' });
      if (section === 'Anywhere else') run('npm ci --ignore-scripts');
      expect(depth()).toBe(isWhole);
      const [last, ...before] = [...lines()].reverse();
      for (const line of before.reverse()) expect(run(line)).toMatchObject({ status: 0, stderr: '' });
      const { status, stdout, stderr } = run(last ?? '');
      expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringMatching(/sk-proj-…\S{4}/) });
      expect(stdout).toContain(`at src/a.ts:1:14 (commit ${forked.added.slice(0, 12)}`);
      expect(leakOf(forked.key, stdout + stderr)).toBeUndefined();
    }),
  );
});

describe('the action', () => {
  const action = parse(readFileSync(join(PROJECT, 'action.yml'), 'utf8'));

  test('is used in docs/ci.md with inputs it has', () => {
    const used = steps('The action').filter(({ uses }) => uses?.includes('/keyscan@'));
    expect(used).toHaveLength(1);
    const known = Object.keys(action.inputs);
    for (const name of Object.keys(used[0]?.with ?? {})) expect(known).toContain(name);
  });

  test('puts nothing of its inputs into a script', () => {
    for (const step of action.runs.steps) {
      expect(step.shell).toBe('bash');
      expect(step.run).not.toContain('${{');
    }
  });

  // Building it from a download takes npm and a registry: npm run integrations does that.
  onPosix('once built', () => {
    test('annotates, sets its outputs, and ends with the exit code of keyscan', () =>
      withScratch((host) => {
        const forked = fork(host);
        const clone = checkedOutMerge(host);
        const [summary, output] = [join(host.root, 'summary.md'), join(host.root, 'output')];
        const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', action.runs.steps[0].run], {
          cwd: clone.path,
          env: {
            ...clone.env,
            // Its npm refuses to build anything here.
            ...withPackage(clone),
            ...github(host, forked),
            GITHUB_ACTION_PATH: PROJECT,
            GITHUB_WORKSPACE: clone.path,
            GITHUB_STEP_SUMMARY: summary,
            GITHUB_OUTPUT: output,
            KEYSCAN_ARGUMENTS: action.inputs.arguments.default,
            KEYSCAN_SARIF: 'keyscan.sarif',
            KEYSCAN_FOLDER: action.inputs['working-directory'].default,
          },
          encoding: 'utf8',
        });
        expect({ status, stdout }).toEqual({
          status: 1,
          stdout: expect.stringMatching(/^::error file=src\/a\.ts,/m),
        });
        expect(readFileSync(output, 'utf8')).toBe('findings=1\nsarif=keyscan.sarif\n');
        expect(readFileSync(summary, 'utf8')).toContain('src/a.ts');
        expect(
          JSON.parse(readFileSync(join(clone.path, 'keyscan.sarif'), 'utf8')).runs[0].results,
        ).toHaveLength(1);
        expect(leakOf(forked.key, stdout + stderr)).toBeUndefined();
      }));
  });
});
