import { defineConfig } from 'vitest/config';

/** Generous, because a busy machine is no defect: what fails here would have hung. */
const everySuite = {
  pool: 'forks',
  testTimeout: 20_000,
  hookTimeout: 30_000,
  expect: { poll: { timeout: 10_000 } },
} as const;

/** `.ci/run` names a file here and counts the tests in it. */
const report = process.env['TEST_REPORT'];

/** Suites in the order in which they fail most usefully: pure functions first, real browsers last. */
export default defineConfig({
  test: {
    // Most tests wait for another process or a clock: more of them than cores keep the cores busy.
    maxWorkers: 3,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      { test: { ...everySuite, name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      { test: { ...everySuite, name: 'contract', include: ['test/contract/**/*.test.ts'] } },
      { test: { ...everySuite, name: 'repository', include: ['test/repository/**/*.test.ts'] } },
      {
        test: {
          ...everySuite,
          name: 'journey',
          include: ['test/journey/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...everySuite,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
