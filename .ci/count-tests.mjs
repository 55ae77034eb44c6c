// Prints `N passed, N failed` from vitest's JSON report. Fails when a test failed or none ran.
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2] ?? '', 'utf8');
const report = text === '' ? {} : JSON.parse(text);
const { numPassedTests = 0, numFailedTests = 0, success = false } = report;
process.exitCode = success && numPassedTests > 0 && numFailedTests === 0 ? 0 : 1;
process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed\n`);
