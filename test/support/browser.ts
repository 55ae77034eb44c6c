/** Chromium for the browser tests: the distribution's own, driven by playwright-core. */
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

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
export async function launchBrowser(
  options: ContextOptions = {},
  flags: readonly string[] = [],
): Promise<BrowserContext> {
  const profile = await mkdtemp(path.join(tmpdir(), 'easel-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    headless: true,
    args: [...FLAGS, ...flags],
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.once('close', () => void rm(profile, { recursive: true, force: true }).catch(() => {}));
  return context;
}

/** A browser that hears a WAV file, again and again, instead of a microphone; to be granted first. */
export function launchHearingBrowser(
  wav: string,
  options?: ContextOptions,
): Promise<BrowserContext> {
  return launchBrowser(options, [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${wav}`,
  ]);
}

/** Errors of the page's scripts and in its console, added as they come, but for those that are `expected`. */
export function listenForTroubles(
  page: Page,
  troubles: string[],
  { expected }: { readonly expected?: string } = {},
): void {
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (said) => {
    const isExpected = expected !== undefined && said.text().includes(expected);
    if (said.type() === 'error' && !isExpected) troubles.push(said.text());
  });
}

/** Pastes or drops PNG files onto an element, as the browser's own event would bring them; true when they were taken. */
export function bringPictures(
  page: Page,
  kind: 'paste' | 'drop',
  onto: string,
  { png, names }: { readonly png: Buffer; readonly names: readonly string[] },
): Promise<unknown> {
  return page.evaluate(`{
    const bytes = Uint8Array.fromBase64('${png.toString('base64')}');
    const transfer = new DataTransfer();
    for (const name of ${JSON.stringify(names)}) {
      transfer.items.add(new File([bytes], name, { type: 'image/png' }));
    }
    const event = '${kind}' === 'paste'
      ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
      : new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
    document.querySelector('${onto}').dispatchEvent(event);
    event.defaultPrevented;
  }`);
}
