/**
 * `GET /p/<picture id>/tree`: a picture’s family for whoever holds a signed address of it, with the small
 * copies that belong to it. Seen is what the place of the picture may show to anybody in it.
 */
import type { Context, Env, Hono, MiddlewareHandler } from 'hono';
import path from 'node:path';
import { fileHeaders } from '../../file-response.ts';
import type { RouteParts } from './route-parts.ts';
import { allowHosts, pageHeaders } from './security.ts';
import { sendAsset, sendFile } from './send-file.ts';
import { renderSharedRefusal, renderSharedTree, toSharedAddresses } from './shared-tree-page.ts';

type SharedParts = Pick<RouteParts, 'addresses' | 'gallery' | 'assets' | 'allowedHosts'>;

export function addSharedTrees(app: Hono, parts: SharedParts): void {
  const { addresses, assets, allowedHosts } = parts;
  // Nobody was ever given an address then.
  if (addresses.hostName === undefined) return;
  const hosts = allowHosts([...allowedHosts, addresses.hostName]);
  for (const pages of ['/p/:id/tree', '/p/assets/*']) app.use(pages, pageHeaders, hosts);
  app.use('/p/:id/thumbnail', fileHeaders, hosts);
  app.get('/p/assets/:version/:name', (context) =>
    sendAsset(context, assets.find(context.req.param('name'))),
  );
  app.get('/p/:id/tree', unlisted, (context) =>
    answerTree(context, context.req.param('id'), parts),
  );
  app.get('/p/:id/thumbnail', unlisted, (context) =>
    answerThumbnail(context, context.req.param('id'), parts),
  );
}

/** No proxy between may keep, and no search engine may list, what was meant for some people and a time. */
const unlisted: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('Cache-Control', 'private, no-store');
  context.header('X-Robots-Tag', 'noindex');
};

const REFUSALS = {
  wrong: {
    title: 'This link is not right',
    words: 'It is not one that Easel gave out. Press Details below the picture for a new one.',
    status: 403,
  },
  expired: {
    title: 'This link has ended',
    words: 'Press Details below the picture for a new one.',
    status: 403,
  },
  unknown: {
    title: 'There is no such picture',
    words: 'Easel no longer knows it.',
    status: 404,
  },
  deleted: {
    title: 'This picture was deleted',
    words: 'Press Details below another picture of its family to see the others.',
    status: 410,
  },
} as const;

async function answerTree(
  context: Context,
  id: string,
  { addresses, gallery, assets }: SharedParts,
): Promise<Response> {
  const refuse = (reason: keyof typeof REFUSALS): Response | Promise<Response> => {
    const { title, words, status } = REFUSALS[reason];
    return context.html(renderSharedRefusal(title, words, assets.sharedBase), status);
  };
  const query = readQuery(context);
  const verdict = addresses.verify({ kind: 'tree', picture: id }, query);
  if (verdict !== 'good') return refuse(verdict);
  const asker = await gallery.strangerAt(id);
  const tree = asker && (await gallery.familyOf(id, asker));
  const picture = tree?.pictures.find((one) => one.id === id);
  if (!tree || !picture) return refuse('unknown');
  if (picture.deletedAt) return refuse('deleted');
  const page = {
    tree,
    picture,
    addresses: toSharedAddresses(addresses, query.until),
    end: new Date(Number(query.until) * 1000),
    assets: assets.sharedBase,
  };
  return context.html(renderSharedTree(page));
}

async function answerThumbnail(
  context: Context<Env, string>,
  id: string,
  { addresses, gallery }: SharedParts,
): Promise<Response> {
  const verdict = addresses.verify({ kind: 'thumbnail', picture: id }, readQuery(context));
  if (verdict !== 'good') return context.text(REFUSALS[verdict].title, 403);
  const asker = await gallery.strangerAt(id);
  const file = asker && (await gallery.locate(id, 'thumbnail', asker));
  return sendFile(context, file ? { ...file, fileName: path.basename(file.path) } : 'gone');
}

function readQuery(context: Context): { readonly until: string; readonly sign: string } {
  const { until = '', sign = '' } = context.req.query();
  return { until, sign };
}
