/** For Docker's HEALTHCHECK: `node src/healthcheck.ts [port]`. Exit code 0 means ready. */
const STANDARD_PORT = '3000';
const TIME_LIMIT_MS = 3000;

const port = process.argv[2] ?? STANDARD_PORT;
try {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, {
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  });
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
