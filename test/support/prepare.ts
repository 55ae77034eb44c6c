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
  readonly packages: readonly string[];
  readonly suite: string;
  /** Where the program alone is not enough. */
  readonly isComplete?: (program: string) => boolean;
}

const TOOLS: readonly Tool[] = [
  { program: 'chromium', packages: ['chromium'], suite: 'browser' },
  { program: 'espeak-ng', packages: ['espeak-ng'], suite: 'voice' },
  {
    program: 'sox',
    packages: ['sox', 'libsox-fmt-all'],
    suite: 'voice',
    isComplete: canReadMp3,
  },
  { program: 'ffmpeg', packages: ['ffmpeg'], suite: 'voice' },
  { program: 'ffprobe', packages: ['ffmpeg'], suite: 'voice' },
];
const TIME_LIMIT_MS = 5 * 60_000;

const missing = TOOLS.filter(isMissing);
if (missing.length > 0) install(missing);
report(TOOLS.filter(isMissing));

function isMissing({ program, isComplete = () => true }: Tool): boolean {
  return !isOnPath(program) || !isComplete(program);
}

/** Formats beyond the plainest are in a package of their own. */
function canReadMp3(program: string): boolean {
  const { stdout } = spawnSync(program, ['--help'], { encoding: 'utf8', timeout: 5000 });
  return /\bmp3\b/u.test(stdout);
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, program)));
}

function install(tools: readonly Tool[]): void {
  const prefix = findRightToInstall();
  if (prefix === undefined) return;
  const packages = toPackages(tools);
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

function toPackages(tools: readonly Tool[]): readonly string[] {
  return [...new Set(tools.flatMap((tool) => tool.packages))];
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
  for (const [suite, missing] of Map.groupBy(tools, (tool) => tool.suite)) {
    const programs = missing.map(({ program }) => program).join(', ');
    console.error(
      `The ${suite} tests need what is missing here: ${programs}. They will be skipped.`,
    );
  }
  const packages = toPackages(tools).join(' ');
  console.error(`To enable them: sudo apt-get update && sudo apt-get install --yes ${packages}`);
  if (process.env['CI']) process.exitCode = 1;
}
