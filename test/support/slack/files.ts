/** Bytes in and out: the upload address and `url_private`. */
import { fileTypeFromBuffer } from 'file-type';
import type { Answer, Call, HttpRequest } from './http-door.ts';
import { isReadable } from './methods/files.ts';
import { identity, type State, type StoredFile } from './state.ts';

export function toUploadCall(state: State, request: HttpRequest): Call {
  const file = [...state.files.values()].find(
    ({ uploadPath }) => uploadPath !== '' && uploadPath === request.url.pathname,
  );
  return {
    name: 'upload',
    token: request.headers.authorization ?? '',
    args: { file: file?.id, length: request.body.length },
    async act() {
      if (file === undefined) return { status: 404, body: 'no such upload' };
      return takeBytes(state, file, await readContent(request));
    },
  };
}

async function takeBytes(state: State, file: StoredFile, bytes: Uint8Array): Promise<Answer> {
  if (bytes.length !== file.announcedLength) {
    state.violations.push(
      `upload: ${bytes.length} bytes of ${file.name} came, ${file.announcedLength} were announced`,
    );
    return { status: 400, body: 'length mismatch' };
  }
  file.bytes = bytes;
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? 'application/octet-stream';
  // Slack says `audio/ogg`, whatever is in it.
  file.detected = type.replace(/;.*$/u, '');
  file.uploaded = true;
  return { status: 200, body: `OK - ${bytes.length}` };
}

/** Raw bytes, or the first file of a form. */
async function readContent({ headers, body }: HttpRequest): Promise<Uint8Array> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return new Uint8Array(body);
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': type },
  }).formData();
  const part = [...form.values()].find((value) => value instanceof Blob);
  return part === undefined ? new Uint8Array() : new Uint8Array(await part.arrayBuffer());
}

export function toDownloadCall(state: State, request: HttpRequest): Call {
  const id = /^\/files-pri\/[^/]*-([^/-]+)\//u.exec(request.url.pathname)?.[1] ?? '';
  const token = request.headers.authorization?.replace(/^Bearer /u, '') ?? '';
  return {
    name: 'download',
    token,
    args: { file: id },
    act() {
      const file = state.files.get(id);
      const mayRead =
        token === identity.botToken &&
        state.scopes.includes('files:read') &&
        file !== undefined &&
        isReadable(state, file);
      if (!mayRead) return signInPage;
      return {
        status: 200,
        headers: { 'content-type': file.mimetype || 'application/octet-stream' },
        body: file.bytes,
      };
    },
  };
}

/** Slack sends strangers to a page for people instead of refusing them. */
const signInPage: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to Easel Test</body></html>',
};
