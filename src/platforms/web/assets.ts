/** The page's own files, read once; their address changes with their content, so browsers may keep them. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Asset {
  readonly body: string;
  readonly contentType: string;
}

export interface Assets {
  /** The address in front of each name. */
  readonly base: string;
  /** The same for pages that others may open: a proxy may pass on nothing but `/p/`. */
  readonly sharedBase: string;
  find(name: string): Asset | undefined;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const OWN = [
  'chat.css',
  'options.css',
  'results.css',
  'pictures.css',
  'replies.css',
  'sound.css',
  'chat.js',
  'attach.js',
  'combobox.js',
  'copy.js',
  'file-list.js',
  'form-files.js',
  'hints.js',
  'options.js',
  'player.js',
  'popup.js',
  'presses.js',
  'record.js',
  'recording-bar.js',
  'recording.js',
  'reply.js',
  'suggestions.js',
  'tree.js',
  'wave.js',
  'webm-length.js',
  'copy.svg',
  'done.svg',
  'icon.svg',
  'link.svg',
  'microphone.svg',
  'options.svg',
  'reply.svg',
].map((name) => new URL(`public/${name}`, import.meta.url).href);
const FOREIGN = ['htmx.org/dist/htmx.min.js', 'htmx.org/dist/ext/hx-sse.min.js'];

export async function readAssets(): Promise<Assets> {
  const addresses = [...OWN, ...FOREIGN.map((name) => import.meta.resolve(name))];
  const entries = await Promise.all(
    addresses.map(async (address) => {
      const file = fileURLToPath(address);
      const body = await readFile(file, 'utf8');
      const contentType = CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream';
      return [path.basename(file), { body, contentType }] as const;
    }),
  );
  const assets = new Map<string, Asset>(entries);
  const hash = createHash('sha256');
  for (const { body } of assets.values()) hash.update(body);
  const version = hash.digest('hex').slice(0, 12);
  return {
    base: `/web/assets/${version}`,
    sharedBase: `/p/assets/${version}`,
    find: (name) => assets.get(name),
  };
}
