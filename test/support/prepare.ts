/**
 * Run by `npm test` before the suites: gets what they need from the distribution's packages where
 * it may. Otherwise it says which suites will be skipped and what would enable them; with CI set
 * that is a failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Tool {
  readonly program: string;
  readonly packageName: string;
  readonly suite: string;
}

const TOOLS: readonly Tool[] = [{ program: 'chromium', packageName: 'chromium', suite: 'browser' }];
const TIME_LIMIT_MS = 5 * 60_000;

const missing = TOOLS.filter(isMissing);
if (missing.length > 0) install(missing);
report(TOOLS.filter(isMissing));

function isMissing({ program }: Tool): boolean {
  return !isOnPath(program);
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, program)));
}

function install(tools: readonly Tool[]): void {
  const prefix = findRightToInstall();
  if (prefix === undefined) return;
  const packages = tools.map((tool) => tool.packageName);
  run([...prefix, 'apt-get', 'update', '--quiet']);
  run([
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    'install',
    '--quiet',
    '--yes',
    '--no-install-recommends',
    ...packages,
  ]);
}

/** What to put before a command; undefined where nothing may be installed. */
function findRightToInstall(): readonly string[] | undefined {
  if (!isOnPath('apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  const mayBecomeRoot =
    isOnPath('sudo') && spawnSync('sudo', ['-n', 'true'], { timeout: 5000 }).status === 0;
  return mayBecomeRoot ? ['sudo', '-n'] : undefined;
}

function run([program = '', ...words]: readonly string[]): void {
  const { status } = spawnSync(program, words, {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: TIME_LIMIT_MS,
  });
  if (status !== 0) console.error(`${[program, ...words].join(' ')} did not succeed.`);
}

function report(tools: readonly Tool[]): void {
  if (tools.length === 0) return;
  for (const { program, suite } of tools) {
    console.error(`The ${suite} tests need ${program}, which is missing: they will be skipped.`);
  }
  const packages = tools.map((tool) => tool.packageName).join(' ');
  console.error(`To enable them: sudo apt-get update && sudo apt-get install --yes ${packages}`);
  if (process.env['CI']) process.exitCode = 1;
}
