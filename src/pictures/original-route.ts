/**
 * `GET /p/<id>/original`: the file as it came, byte for byte, for whoever holds a signed address.
 * There is no login, so that a link in a chat works for everybody in that chat.
 */
import type { Hono } from 'hono';
import { fileHeaders, serveFile } from '../file-response.ts';
import type { FindOriginal } from './find-original.ts';
import type { SignedAddresses } from './signed-address.ts';

export interface OriginalParts {
  readonly addresses: Pick<SignedAddresses, 'verify'>;
  readonly findOriginal: FindOriginal;
}

const REFUSALS = {
  wrong: 'This link is not one that Easel gave out. Ask for a new one where the picture is.',
  expired: 'This link has ended. Ask for a new one where the picture is.',
} as const;

export function addOriginalRoute(app: Hono, { addresses, findOriginal }: OriginalParts): void {
  app.get('/p/:id/original', fileHeaders, async (context) => {
    // No proxy between may keep what was meant for the holder of an address that ends.
    context.header('Cache-Control', 'private, no-store');
    context.header('X-Robots-Tag', 'noindex');
    const picture = context.req.param('id');
    const { until = '', sign = '' } = context.req.query();
    const verdict = addresses.verify({ kind: 'original', picture }, { until, sign });
    if (verdict !== 'good') return context.text(REFUSALS[verdict], 403);
    const file = await findOriginal(picture);
    const answer = file && (await serveFile(context, file, 'attachment'));
    return answer ?? context.text('This file is gone.', 404);
  });
}
