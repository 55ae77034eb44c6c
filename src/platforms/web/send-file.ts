/** Sends files so that a browser shows or saves them, and never runs what people and models made. */
import type { Context, Env } from 'hono';
import { serveFile } from '../../file-response.ts';
import type { Asset } from './assets.ts';
import type { ShelvedFile } from './file-shelf.ts';

const GONE = 'This file is no longer here.';

/** What a browser shows by itself; all else, above all what it might run, is for saving only. */
const SHOWN = /^(?:image|audio|video)\//u;

export async function sendFile(
  context: Context<Env, string>,
  file: ShelvedFile | 'gone',
): Promise<Response> {
  if (file === 'gone') return context.text(GONE, 410);
  const way = SHOWN.test(file.contentType) ? 'inline' : 'attachment';
  const answer = await serveFile(context, file, way);
  if (!answer) return context.text(GONE, 410);
  // An id is given once and its file never changes.
  answer.headers.set('Cache-Control', 'private, max-age=31536000, immutable');
  return answer;
}

/** A page's own file: what it holds is part of its address. */
export function sendAsset(
  context: Context<Env, string>,
  asset: Asset | undefined,
): Response | Promise<Response> {
  if (!asset) return context.notFound();
  context.header('Content-Type', asset.contentType);
  context.header('Cache-Control', 'public, max-age=31536000, immutable');
  return context.body(asset.body);
}
