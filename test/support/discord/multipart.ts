import { createHash } from 'node:crypto';
import { refuse, refuseForm } from './refusals.ts';
import type { RecordedFile } from './types.ts';

export interface ParsedBody {
  readonly body: unknown;
  readonly files: readonly RecordedFile[];
  readonly parts: readonly string[];
}

/** The JSON of a request, be it the body itself or the payload_json beside uploaded files. */
export async function parseBody(
  bytes: Buffer,
  contentType: string | undefined,
): Promise<ParsedBody> {
  if (bytes.length === 0) return { body: undefined, files: [], parts: [] };
  if (contentType?.startsWith('multipart/form-data')) return parseMultipart(bytes, contentType);
  return { body: parseJson(bytes.toString('utf8')), files: [], parts: [] };
}

async function parseMultipart(bytes: Buffer, contentType: string): Promise<ParsedBody> {
  const response = new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentType },
  });
  const entries = [...(await response.formData()).entries()];
  const parts = entries.map(([name]) => name);
  if (new Set(parts).size < parts.length) {
    throw refuseForm([
      { path: '', code: 'CONTENT_TYPE_INVALID', message: 'A part came twice in the form.' },
    ]);
  }
  const payload = entries.find(([name]) => name === 'payload_json')?.[1];
  const files = await Promise.all(
    entries.flatMap(([name, value]) => (typeof value === 'string' ? [] : [toFile(name, value)])),
  );
  return { body: typeof payload === 'string' ? parseJson(payload) : undefined, files, parts };
}

async function toFile(field: string, file: File): Promise<RecordedFile> {
  const bytes = Buffer.from(await file.arrayBuffer());
  return {
    field,
    name: file.name,
    contentType: file.type || 'application/octet-stream',
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('badJson');
  }
}
