// Unit tests run the TypeScript through swc; everything else runs the built package, as its users do.
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // For machines that do other things as well: nothing here takes a tenth of that by itself.
  testTimeout: 180_000,
  // Tests mostly wait for the git and the keyscan they start.
  maxWorkers: '100%',
  // Only `npm run coverage` looks at these: every file of what must not be wrong, whether a test loads it or not.
  collectCoverageFrom: ['src/{detect,git,triage}/**/*.ts'],
  coverageThreshold: {
    './src/detect/': { branches: 95 },
    './src/git/': { branches: 95 },
    './src/triage/': { branches: 95 },
  },
};
