// The action for GitHub: what action.yml says, done as the runner does it, from a download of this repository, with the events
// GitHub sends. And the workflows we write, by actionlint where that is installed.

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { judged, neverIssuedKey, project, promise, snippet } from './world.mjs';

export const action = {
  name: 'GitHub action',
  prove(world) {
    // What the runner unpacks has neither .git nor anything built.
    const download = join(world.root, 'download');
    cpSync(world.source(), download, { recursive: true });
    rmSync(join(download, '.git'), { recursive: true });
    const repository = world.repository('hosted', { 'README.md': 'hello\n' }, { keyscan: false });
    const { path, write, git } = repository;
    const commit = (name, text) => {
      write(name, text);
      git('add', '.');
      git('commit', '--quiet', '-m', `change ${name}`);
      return git('rev-parse', 'HEAD');
    };
    const base = git('rev-parse', 'HEAD');
    const key = neverIssuedKey();
    git('switch', '--quiet', '-c', 'feature');
    commit('src/a.ts', `const key = '${key}';\n`);
    const head = commit('src/a.ts', 'const key = process.env.KEY;\n');
    git('switch', '--quiet', '--detach', 'main');
    git('merge', '--quiet', '--no-ff', '-m', 'merged', 'feature');
    const pullRequest = {
      name: 'pull_request',
      event: { pull_request: { base: { ref: 'main', sha: base }, head: { ref: 'feature', sha: head } } },
    };
    const step = (event, inputs, workspace = path) => run(world, download, { ...event, workspace, inputs });

    const guilty = step(pullRequest, { sarif: 'keyscan.sarif' });
    promise(guilty.status === 1, `a pull request with a key fails: ${guilty.output}`);
    promise(/^::error file=src\/a\.ts,line=1,/m.test(guilty.stdout), 'it is annotated');
    promise(judged(guilty.summary) && guilty.summary.includes('src/a.ts'), 'the job has a summary');
    promise(guilty.outputs.findings === '1' && guilty.outputs.sarif === 'keyscan.sarif', 'it has outputs');
    const sarif = readFileSync(join(path, 'keyscan.sarif'), 'utf8');
    promise(JSON.parse(sarif).runs[0].results.length === 1, 'there is a SARIF report');
    for (const text of [guilty.output, guilty.summary, sarif])
      promise(!text.includes(key.slice(8, 40)), 'no key is shown');
    rmSync(join(path, 'keyscan.sarif'));

    git('switch', '--quiet', 'main');
    const pushed = commit('b.ts', '// clean\n');
    const push = {
      name: 'push',
      event: { before: base, after: pushed, ref: 'refs/heads/main' },
      sha: pushed,
    };
    const clean = step(push, {});
    promise(clean.status === 0 && clean.outputs.findings === '0', `a clean push passes: ${clean.output}`);
    promise(!('sarif' in clean.outputs) || clean.outputs.sarif === '', 'no report that was not asked for');

    const history = step(
      { name: 'schedule', event: {}, sha: pushed },
      { arguments: 'history\n--report=html=keyscan.html' },
    );
    promise(
      history.status === 1 && existsSync(join(path, 'keyscan.html')),
      `the whole history: ${history.output}`,
    );

    const nested = join(world.root, 'workspace');
    git('clone', '--quiet', path, join(nested, 'a folder'));
    promise(
      step(push, { 'working-directory': 'a folder' }, nested).status === 0,
      'a folder of the workspace',
    );
    promise(step(push, { 'working-directory': 'nowhere' }, nested).status === 2, 'no such folder');

    const shallow = join(world.root, 'shallow');
    git('clone', '--quiet', '--depth=1', `file://${path}`, shallow);
    const blind = step(push, {}, shallow);
    promise(blind.status === 2 && /fetch-depth: 0/.test(blind.output), `a shallow clone: ${blind.output}`);

    for (const evil of ['ci\n$(touch pwned)\n`touch pwned`', 'ci; touch pwned', '"; touch pwned; "'])
      promise(step(push, { arguments: evil, sarif: evil }).status === 2, 'what is no argument is refused');
    promise(!existsSync(join(path, 'pwned')), 'nothing in an input is run');
    return {
      version: `Node.js ${process.versions.node}`,
      proven:
        'built from a download; pull request, push, schedule, shallow clone; annotations, summary, outputs, SARIF',
    };
  },
};

/** The steps of the action, each as the runner starts it (GitHub: workflow syntax, `jobs.<job_id>.steps[*].shell`). */
function run(world, download, { name, event, sha = '', workspace, inputs }) {
  const { inputs: known, runs, outputs } = parse(readFileSync(join(download, 'action.yml'), 'utf8'));
  promise(runs.using === 'composite', 'the action is composite');
  for (const input of Object.keys(inputs)) promise(input in known, `the action has an input ${input}`);
  const values = Object.fromEntries(
    Object.entries(known).map(([input, about]) => [input, inputs[input] ?? about.default]),
  );
  const folder = join(world.root, 'runner');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const file = (path, text = '') => {
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  };
  const env = {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: download,
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: file(
      'event.json',
      JSON.stringify({ repository: { default_branch: 'main' }, ...event }),
    ),
    GITHUB_REF: event.ref ?? 'refs/pull/7/merge',
    GITHUB_SHA: sha,
    GITHUB_STEP_SUMMARY: file('summary.md'),
    GITHUB_OUTPUT: file('output'),
  };
  const said = { status: 0, stdout: '', output: '' };
  const steps = {};
  for (const step of runs.steps) {
    writeFileSync(env.GITHUB_OUTPUT, '');
    promise(step.shell === 'bash' && !step.run.includes('${{'), 'a step is a script without expressions');
    const script = file('script.sh', step.run);
    const { status, stdout, output } = world.run(
      ['bash', '--noprofile', '--norc', '-eo', 'pipefail', script],
      {
        cwd: workspace,
        env: { ...env, ...mapped(step.env ?? {}, values, {}) },
      },
    );
    Object.assign(said, { status, stdout: said.stdout + stdout, output: said.output + output });
    const lines = readFileSync(env.GITHUB_OUTPUT, 'utf8').split('\n').filter(Boolean);
    steps[step.id] = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s)));
    if (status !== 0) break;
  }
  const given = Object.fromEntries(Object.entries(outputs).map(([output, { value }]) => [output, value]));
  return {
    ...said,
    outputs: mapped(given, values, steps),
    summary: readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

/** Only what action.yml uses of the language of expressions. */
const mapped = (texts, inputs, steps) =>
  Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression) => {
        const [, input, step, output] =
          /^(?:inputs\.([\w-]+)|steps\.(\w+)\.outputs\.(\w+))$/.exec(expression) ?? [];
        promise(input !== undefined || step !== undefined, `${expression} is understood`);
        return (input === undefined ? steps[step]?.[output] : inputs[input]) ?? '';
      }),
    ]),
  );

export const workflows = {
  name: 'actionlint',
  prove(world) {
    const version = world.version('actionlint');
    if (version === undefined) return { missing: 'actionlint is not in PATH (go install, or its release)' };
    const folder = join(world.root, 'linted-workflows');
    cpSync(join(project, '.github', 'workflows'), join(folder, '.github', 'workflows'), { recursive: true });
    cpSync(join(project, 'action.yml'), join(folder, 'action.yml'));
    const shown = [
      ['docs/ci.md', 'GitHub Actions'],
      ['docs/ci.md', 'The action'],
      ['docs/history.md', 'GitHub Actions'],
    ];
    for (const [at, [document, heading]] of shown.entries())
      writeFileSync(join(folder, '.github', 'workflows', `shown-${at}.yml`), snippet(document, heading));
    world.must(['git', 'init', '--quiet', folder]);
    const { status, output } = world.run(['actionlint', '-shellcheck=', '-pyflakes='], { cwd: folder });
    promise(status === 0 && output === '', `actionlint has nothing to say: ${output}`);
    return { version, proven: 'action.yml, our workflow and those in docs/ are without a remark' };
  },
};
