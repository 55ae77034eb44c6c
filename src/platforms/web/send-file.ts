/** Sends a shelved file so that a browser shows it or saves it, and never runs it. */
import type { Context } from 'hono';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ShelvedFile } from './file-shelf.ts';

export async function sendFile(
  context: Context,
  { path, fileName, contentType }: ShelvedFile,
): Promise<Response> {
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined) return context.text('This file is no longer here.', 410);
  context.header('Content-Type', contentType);
  context.header('Content-Length', String(size));
  context.header(
    'Content-Disposition',
    `inline; filename*=UTF-8''${encodeURIComponent(fileName).replaceAll("'", '%27')}`,
  );
  // An id is given once and its file never changes.
  context.header('Cache-Control', 'private, max-age=31536000, immutable');
  if (context.req.method === 'HEAD') return context.body(null);
  return context.body(Readable.toWeb(createReadStream(path)));
}
