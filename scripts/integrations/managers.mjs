// The real managers of hooks, as keyscan install sets them up. For each: a key passes without keyscan, neither a commit nor a
// push with it, `keyscan doctor` agrees, and uninstall leaves no trace.
//
// lefthook and simple-git-hooks are packed from the registry into a temporary folder: as packages of this project they
// would set hooks of their own. pre-commit is used where it is installed (PRE_COMMIT names another one).

import { join } from 'node:path';
import { project, promise } from './world.mjs';

const MANAGERS = {
  'plain git': { version: (world) => world.version('git') },
  husky: {
    files: { 'package.json': '{ "devDependencies": { "husky": "*" } }\n', '.husky/pre-commit': 'true\n' },
    version: (world) =>
      world.must([process.execPath, '-p', 'require("./node_modules/husky/package.json").version'], {
        cwd: project,
      }),
    start: [process.execPath, join(project, 'node_modules', 'husky', 'bin.js')],
  },
  lefthook: {
    files: { 'lefthook.yml': 'colors: false\ncommit-msg:\n  jobs:\n    - run: "true"\n' },
    version(world) {
      const folder = world.packed(`lefthook-${process.platform}-${process.arch}`);
      if (folder) world.command('lefthook', join(folder, 'bin', 'lefthook'));
      return folder && world.version('lefthook', 'version');
    },
    missing: 'the registry of npm could not be reached',
    start: ['lefthook', 'install'],
  },
  'pre-commit': {
    // Old names of stages, which every version knows.
    files: {
      '.pre-commit-config.yaml':
        'default_stages: [commit]\nrepos:\n  - repo: local\n    hooks:\n      - {id: x, name: x, entry: "true", language: system}\n',
    },
    version: (world) => world.version('pre-commit'),
    missing: 'pre-commit is not installed (apt-get install pre-commit)',
    start: ['pre-commit', 'install'],
  },
  'simple-git-hooks': {
    files: { 'package.json': '{ "simple-git-hooks": { "commit-msg": "true" } }\n' },
    version(world) {
      const folder = world.packed('simple-git-hooks');
      return folder && world.must([process.execPath, '-p', `require('${folder}/package.json').version`]);
    },
    missing: 'the registry of npm could not be reached',
    // It prints what to add: that is added here.
    install(world, { write, run }, printed) {
      const lines = JSON.parse(`{${printed.split('\n\n')[1]}}`);
      write('package.json', `${JSON.stringify(lines)}\n`);
      return run([process.execPath, join(world.root, 'simple-git-hooks', 'package', 'cli.js')]).status === 0;
    },
  },
};

export const managers = Object.entries(MANAGERS).map(([name, manager]) => ({
  name,
  prove: (world) => prove(world, name, manager),
}));

function prove(world, name, { files, version: versionIn, missing, start, install }) {
  const version = versionIn(world);
  if (version === undefined) return { missing };
  const repository = world.repository(`with ${name}`, files);
  const { git, commit, commits, pushes, keyscan, snapshot, run } = repository;
  if (start) {
    const { status, output } = run(start);
    promise(status === 0, `${start.join(' ')} works: ${output}`);
    git('add', '.');
    commit('-m', 'the manager');
  }

  promise(commits() === 'landed' && pushes() === 'landed', 'a key passes without keyscan');
  const before = snapshot();
  const set = keyscan('install');
  promise(
    install ? set.status === 2 && install(world, repository, set.output) : set.status === 0,
    `keyscan install: ${set.output}`,
  );
  git('add', '.');
  commit('-m', 'keyscan');
  promise(commits() === 'refused', 'a commit is refused');
  promise(commits('link') === 'refused', 'a commit that turns a link into a file is refused');
  promise(pushes() === 'refused', 'a push is refused');
  const { status, output } = keyscan('doctor');
  promise(status === 0, `keyscan doctor agrees: ${output}`);
  if (install) return { version, proven: 'commits and pushes are refused with the lines it prints' };
  promise(keyscan('uninstall').status === 0, 'keyscan uninstall');
  promise(snapshot() === before, 'uninstall leaves no trace');
  commit('-a', '-m', 'no keyscan');
  promise(commits() === 'landed' && pushes() === 'landed', 'a key passes again');
  return { version, proven: 'commits and pushes are refused, doctor agrees, uninstall leaves no trace' };
}
