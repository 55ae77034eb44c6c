import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import type { Rest, RestEnvironment } from './rest.ts';
import { linkSignature, signLink, type World } from './state.ts';
import type { ServerAttachment } from './types.ts';

/** The CDN: bytes for whoever holds a link that is signed and not a day old. */
export function addFileRoutes(rest: Rest, world: World): void {
  for (const folder of ['/attachments', '/ephemeral-attachments']) {
    rest.get(`${folder}/:place/:id/:name`, (context) => {
      const attachment = findSigned(world, context);
      if (!attachment) return context.text('This content is no longer available.', 404);
      return context.body(new Uint8Array(attachment.bytes), 200, {
        'content-type': attachment.contentType,
        'content-length': String(attachment.bytes.length),
      });
    });
  }
  rest.get('/external/:id/:name', (context) => {
    const picture = world.attachments.get(context.req.param('id'));
    if (!picture) return context.text('Not found.', 404);
    return context.body(new Uint8Array(picture.bytes), 200, {
      'content-type': picture.contentType,
    });
  });
  rest.post('/api/v10/attachments/refresh-urls', (context) => {
    const { attachment_urls: urls } = context.get('request').body as { attachment_urls: string[] };
    return context.json({
      refreshed_urls: urls.map((original) => ({
        original,
        refreshed: signLink(world, new URL(original).pathname),
      })),
    });
  });
}

function findSigned(world: World, context: Context<RestEnvironment>): ServerAttachment | undefined {
  const { ex = '', is = '', hm = '' } = context.req.query();
  const expected = Buffer.from(linkSignature(context.req.path, ex, is));
  const given = Buffer.from(hm);
  const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
  const isAlive = Number.parseInt(ex, 16) * 1000 > world.now();
  return isSigned && isAlive ? world.attachments.get(context.req.param('id') ?? '') : undefined;
}
