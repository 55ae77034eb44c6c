/** `/cdn/files/*` (fal's v3.fal.media): public, without a key. */
import { Hono } from 'hono';
import { answer, json } from './answers.ts';
import type { Parts, SandboxEnvironment } from './parts.ts';

export function createFileRoutes(parts: Parts) {
  const routes = new Hono<SandboxEnvironment>();
  routes.get('/cdn/files/*', (context) => {
    const path = new URL(context.req.url).pathname;
    const file = parts.files.find(path.replace('/files/moved/', '/files/b/'));
    const subject = { endpoint: file?.endpoint, prompt: file?.prompt, path };
    const carryOut = (): Response => {
      const move = parts.faults.take(['file-redirect'], subject);
      const elsewhere = path.replace('/files/b/', '/files/moved/');
      if (move) return context.redirect(move.to ?? elsewhere, 302);
      const isGone = parts.faults.take(['file-gone'], subject) !== undefined;
      if (!file || isGone) return json(404, { detail: 'Not Found' });
      return new Response(new Uint8Array(file.bytes), {
        headers: {
          'content-type': file.contentType,
          'content-length': String(file.bytes.length),
          'cache-control': 'public, max-age=3600',
        },
      });
    };
    return answer(parts, context, { operation: 'file', subject, carryOut });
  });
  return routes;
}
