// Mutation testing of what must not be wrong: detection and the parsers of git's output. `npm run mutation [-- -m FILE]`.
export default {
  testRunner: 'jest',
  jest: { projectType: 'custom', configFile: 'jest.config.js', enableFindRelatedTests: true },
  mutate: ['src/detect/**/*.ts', 'src/git/{raw-diff,objects,byte-stream}.ts'],
  // There is none of this name: TypeScript 7 has no interface with which Stryker could rewrite the real one.
  tsconfigFile: 'tsconfig.stryker.json',
  coverageAnalysis: 'off',
  concurrency: 2,
  ignorePatterns: ['reports', 'coverage'],
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false },
  timeoutMS: 20_000,
};
