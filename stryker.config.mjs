// Mutation testing of what must not be wrong: detection, triage and the parsers of git's output. Prints what survived, and
// the score of each file. `npm run mutation -- -m src/git/header.ts` takes a minute or some, without a file it takes hours.
import jestConfig from './jest.config.js';

/** Ten seconds each, for every mutant; what they show, the quick ones show as well. */
const SLOW = ['matrix', 'pathological', 'regex', 'properties'];

/** Random keys of each shape: enough to see that all are found. Their seed is in the names of tests, which are run by name. */
process.env.KEYSCAN_TEST_KEYS ??= '20';
process.env.KEYSCAN_TEST_SEED ??= '1';

export default {
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    config: {
      ...jestConfig,
      testMatch: ['detect', 'triage', 'git', 'scan'].map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
      testPathIgnorePatterns: [
        ...SLOW.map((name) => `/test/detect/${name}\\.test`),
        '/test/triage/accept\\.test',
      ],
    },
    enableFindRelatedTests: true,
  },
  mutate: [
    'src/detect/**/*.ts',
    'src/triage/**/*.ts',
    'src/git/{raw-diff,batch-answers,byte-stream,cut-objects,header,lines,object-list,quoted-path,tree,tree-changes}.ts',
  ],
  // There is none of this name: TypeScript 7 has no interface with which Stryker could rewrite the real one.
  tsconfigFile: 'tsconfig.stryker.json',
  coverageAnalysis: 'perTest',
  concurrency: 2,
  ignorePatterns: ['reports', 'coverage'],
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false },
  timeoutMS: 20_000,
};
