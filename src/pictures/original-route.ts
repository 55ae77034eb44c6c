/**
 * `GET /p/<id>/original`: the file as it came, byte for byte, for whoever holds a signed address.
 * There is no login, so that a link in a chat works for everybody in that chat.
 */
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Env, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { FindOriginal, OriginalFile } from './find-original.ts';
import type { SignedAddresses } from './signed-address.ts';

export interface OriginalParts {
  readonly addresses: Pick<SignedAddresses, 'verify'>;
  readonly findOriginal: FindOriginal;
}

/** For files that people and models made: whatever they hold, nothing in them runs. */
const harmless = secureHeaders({
  // Plain http on loopback is allowed; a proxy with TLS adds its own.
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
  contentSecurityPolicy: { defaultSrc: ["'none'"], sandbox: [] },
});

const REFUSALS = {
  wrong: 'This link is not one that Easel gave out. Ask for a new one where the picture is.',
  expired: 'This link has ended. Ask for a new one where the picture is.',
} as const;

export function addOriginalRoute(app: Hono, { addresses, findOriginal }: OriginalParts): void {
  app.get('/p/:id/original', harmless, async (context) => {
    // No proxy between may keep what was meant for the holder of an address that ends.
    context.header('Cache-Control', 'private, no-store');
    context.header('X-Robots-Tag', 'noindex');
    const picture = context.req.param('id');
    const { until = '', sign = '' } = context.req.query();
    const verdict = addresses.verify({ kind: 'original', picture }, { until, sign });
    if (verdict !== 'good') return context.text(REFUSALS[verdict], 403);
    const file = await findOriginal(picture);
    return (file && (await send(context, file))) ?? context.text('This file is gone.', 404);
  });
}

async function send(
  context: Context<Env, string>,
  { path, fileName, contentType }: OriginalFile,
): Promise<Response | undefined> {
  const answer = await serveStatic<Env>({ path })(context, () => Promise.resolve());
  if (!answer) return undefined;
  answer.headers.set('Content-Type', contentType);
  answer.headers.set('Accept-Ranges', 'bytes');
  answer.headers.set(
    'Content-Disposition',
    `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replaceAll("'", '%27')}`,
  );
  return answer;
}
