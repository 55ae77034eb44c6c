/** The addresses of the history and of family trees. What may not be seen is as if it were not. */
import type { Context, Hono } from 'hono';
import path from 'node:path';
import type { Asker } from '../platform.ts';
import { PAGE_SIZE, renderHistoryPage } from './history-page.ts';
import { findMistake, readQuery, toFilter } from './history-query.ts';
import { HISTORY } from './picture-addresses.ts';
import { renderNoPicture, renderPicturePage } from './picture-page.ts';
import type { RouteParts } from './route-parts.ts';
import { readPerson } from './security.ts';
import { sendFile } from './send-file.ts';
import { WEB_PLACE } from './status-message.ts';

export function addPictures(app: Hono, parts: RouteParts): void {
  app.get(HISTORY, (context) => answerHistory(context, parts));
  app.get('/web/pictures/:id', (context) => answerPicture(context, context.req.param('id'), parts));
  for (const kind of ['original', 'thumbnail'] as const) {
    app.get(`/web/pictures/:id/${kind}`, async (context) => {
      const file = await parts.gallery.locate(context.req.param('id'), kind, readAsker(context));
      if (!file) return context.notFound();
      return sendFile(context, { ...file, fileName: path.basename(file.path) });
    });
  }
}

async function answerHistory(
  context: Context,
  { gallery, chat, assets }: RouteParts,
): Promise<Response> {
  const asker = readAsker(context);
  context.header('Cache-Control', 'no-store');
  const query = readQuery(context.req.query());
  const mistake = findMistake(query);
  const page = { from: (query.page - 1) * PAGE_SIZE, size: PAGE_SIZE };
  const found =
    mistake === ''
      ? await gallery.search(toFilter(query), asker, page)
      : { pictures: [], total: 0 };
  const pictures = await Promise.all(
    found.pictures.map(async (picture) => ({
      picture,
      message: await chat.results.find(picture.job),
    })),
  );
  const { total } = found;
  return context.html(renderHistoryPage({ query, mistake, pictures, total, assets: assets.base }));
}

async function answerPicture(
  context: Context,
  id: string,
  { gallery, chat, assets }: RouteParts,
): Promise<Response> {
  const asker = readAsker(context);
  context.header('Cache-Control', 'no-store');
  const tree = await gallery.familyOf(id, asker);
  const picture = tree?.pictures.find((one) => one.id === id);
  if (!tree || !picture) return context.html(renderNoPicture(assets.base), 404);
  const message = await chat.results.find(picture.job);
  return context.html(renderPicturePage({ tree, picture, asker, message, assets: assets.base }));
}

function readAsker(context: Context): Asker {
  return { person: readPerson(context), place: WEB_PLACE };
}
