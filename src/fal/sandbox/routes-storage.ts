/** `/rest/*` (rest.fal.ai): uploads in one piece and in many, the webhooks' key, tokens. */
import { Hono } from 'hono';
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { answer, checkKey, json } from './answers.ts';
import type { Parts, SandboxContext, SandboxEnvironment } from './parts.ts';
import { readJson } from './routes-queue.ts';

const initiation = z.object({ content_type: z.string().min(1), file_name: z.string().min(1) });
const completion = z.object({
  parts: z.array(z.object({ partNumber: z.int().positive(), etag: z.string() })).min(1),
});

interface Upload {
  readonly path: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly pieces: Map<number, { bytes: Buffer; etag: string }>;
}

export function createStorageRoutes(parts: Parts) {
  const uploads = new Map<string, Upload>();
  const routes = new Hono<SandboxEnvironment>();
  const take = (context: SandboxContext, carryOut: () => Promise<Response>) =>
    answer(parts, context, {
      operation: 'upload',
      subject: { path: context.req.path },
      carryOut,
    });
  const findUpload = (context: SandboxContext) => uploads.get(context.req.param('token') ?? '');

  for (const path of ['initiate', 'initiate-multipart']) {
    routes.post(`/rest/storage/upload/${path}`, (context) =>
      take(context, () => initiate(parts, uploads, context)),
    );
  }
  routes.put('/rest/put/:token', (context) =>
    take(context, () => putWhole(parts, findUpload(context), context)),
  );
  routes.put('/rest/put/:token/:part', (context) =>
    take(context, () => putPiece(findUpload(context), context)),
  );
  routes.post('/rest/put/:token/complete', (context) =>
    take(context, () => complete(parts, findUpload(context), context)),
  );
  routes.get('/rest/.well-known/jwks.json', () => json(200, parts.signer.jwks));
  routes.post('/rest/tokens/', (context) => {
    const refused = checkKey(context);
    return refused === undefined
      ? json(200, randomBytes(24).toString('base64url'))
      : json(401, { detail: refused });
  });
  return routes;
}

async function initiate(parts: Parts, uploads: Map<string, Upload>, context: SandboxContext) {
  const refused = checkKey(context);
  if (refused !== undefined) return json(401, { detail: refused });
  const parsed = initiation.safeParse(await readJson(context));
  if (!parsed.success) return json(422, { detail: 'content_type and file_name are needed' });
  const { content_type: contentType, file_name: fileName } = parsed.data;
  const token = randomBytes(12).toString('hex');
  const path = parts.files.reserve(fileName);
  uploads.set(token, { path, fileName, contentType, pieces: new Map() });
  return json(200, {
    upload_url: `${parts.url}/rest/put/${token}?signature=sandbox`,
    file_url: `${parts.url}${path}`,
  });
}

/** As with signed storage addresses, another type than announced is refused. */
async function putWhole(parts: Parts, upload: Upload | undefined, context: SandboxContext) {
  if (!upload) return json(403, { detail: 'The upload has expired' });
  if (context.req.header('content-type') !== upload.contentType) {
    return json(403, { detail: 'The content type is not the announced one' });
  }
  keepFile(parts, upload, Buffer.from(await context.req.arrayBuffer()));
  return json(200, {});
}

async function putPiece(upload: Upload | undefined, context: SandboxContext) {
  const partNumber = Number(context.req.param('part'));
  if (!upload || !Number.isInteger(partNumber)) return json(403, { detail: 'No such part' });
  const bytes = Buffer.from(await context.req.arrayBuffer());
  const etag = createHash('md5').update(bytes).digest('hex');
  upload.pieces.set(partNumber, { bytes, etag });
  return json(200, { partNumber, etag });
}

async function complete(parts: Parts, upload: Upload | undefined, context: SandboxContext) {
  const parsed = completion.safeParse(await readJson(context));
  if (!upload || !parsed.success) return json(400, { detail: 'No such upload, or no parts' });
  const pieces = parsed.data.parts
    .toSorted((one, other) => one.partNumber - other.partNumber)
    .map(({ partNumber, etag }) => ({ piece: upload.pieces.get(partNumber), etag }));
  const bytes = pieces.flatMap(({ piece, etag }) => (piece?.etag === etag ? [piece.bytes] : []));
  if (bytes.length !== pieces.length) return json(400, { detail: 'A part is missing or changed' });
  keepFile(parts, upload, Buffer.concat(bytes));
  upload.pieces.clear();
  return json(200, {});
}

function keepFile(parts: Parts, upload: Upload, bytes: Buffer): void {
  const { path, fileName, contentType } = upload;
  parts.files.put(path, { bytes, contentType, name: fileName });
  parts.journal.addUpload({
    url: `${parts.url}${path}`,
    fileName,
    contentType,
    size: bytes.length,
  });
}
