/** Files as answers of the web server: shown or saved, and never run, whoever made them. */
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Env } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { stat } from 'node:fs/promises';

/** Of all that Easel answers with. */
export const BASE_HEADERS = {
  // Plain http on loopback is the rule here; a proxy with TLS adds its own.
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
} as const;

/** For files that people and models made: whatever they hold, nothing in them runs. */
export const fileHeaders = secureHeaders({
  ...BASE_HEADERS,
  contentSecurityPolicy: { defaultSrc: ["'none'"], sandbox: [] },
});

export interface ServedFile {
  /** Absolute. */
  readonly path: string;
  readonly fileName: string;
  readonly contentType: string;
}

/** Undefined where the file is gone. */
export async function serveFile(
  context: Context<Env, string>,
  { path, fileName, contentType }: ServedFile,
  way: 'inline' | 'attachment',
): Promise<Response | undefined> {
  await forgetOutdatedRange(context, path);
  const answer = await serveStatic<Env>({ path })(context, () => Promise.resolve());
  if (!answer) return undefined;
  answer.headers.set('Content-Type', contentType);
  // Players may then ask for a part, which is how they jump to a moment.
  answer.headers.set('Accept-Ranges', 'bytes');
  answer.headers.set(
    'Content-Disposition',
    `${way}; filename*=UTF-8''${encodeURIComponent(fileName).replaceAll("'", '%27')}`,
  );
  return answer;
}

/** Whoever holds a part of what the file was before gets all of it: two halves must fit together. */
async function forgetOutdatedRange(context: Context<Env, string>, path: string): Promise<void> {
  const since = context.req.header('if-range');
  if (since === undefined) return;
  const now = await stat(path).catch(() => undefined);
  if (now?.mtime.toUTCString() !== since) context.req.raw.headers.delete('range');
}
