/** Chromium for the browser tests: the distribution's own, driven by playwright-core. */
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
const HINT = `${EXECUTABLE} is missing, so the browser tests are skipped; enable them with: apt-get update && apt-get install -y chromium`;
/** No request leaves the machine on the browser's own account. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** False where there is no Chromium; on a CI machine that is an error instead. */
export async function hasBrowser(): Promise<boolean> {
  const found = await access(EXECUTABLE).then(
    () => true,
    () => false,
  );
  if (!found && process.env['CI'] === 'true') throw new Error(HINT);
  if (!found) console.warn(HINT);
  return found;
}

type ContextOptions = Parameters<typeof chromium.launchPersistentContext>[1];

/** A browser with a profile of its own, which goes when the browser is closed. */
export async function launchBrowser(options: ContextOptions = {}): Promise<BrowserContext> {
  const profile = await mkdtemp(path.join(tmpdir(), 'easel-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    headless: true,
    args: FLAGS,
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.once('close', () => void rm(profile, { recursive: true, force: true }).catch(() => {}));
  return context;
}
