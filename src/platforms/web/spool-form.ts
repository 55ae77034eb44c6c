/** Forms with files: each goes to the disk as it comes, so that a long recording takes no memory. */
import { Busboy } from '@fastify/busboy';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { randomUUID } from 'node:crypto';
import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const MEBIBYTE = 1024 * 1024;
/** Two long recordings, or eight large pictures, and a little for the text. */
const BYTES_PER_FORM = 401 * MEBIBYTE;
/** Without files: long texts, each of whose letters may take nine. */
const BYTES_PER_PLAIN_FORM = 4 * MEBIBYTE;
/** Far more than any form of ours has. */
const MOST_PARTS = 1000;
const MULTIPART = /^multipart\/form-data\b/iu;
const SPOOLED = 'spooled form';

type Value = string | File;
type Fields = Readonly<Record<string, Value | readonly Value[]>>;
type Entry = readonly [name: string, value: Value];

/** For the time of one request: what shall stay is copied out of `folder` meanwhile. */
export async function openSpool(folder: string): Promise<MiddlewareHandler> {
  // What a crash left there belongs to nobody.
  await rm(folder, { recursive: true, force: true });
  return async (context, next) => {
    if (!MULTIPART.test(context.req.header('content-type') ?? '')) {
      return limitPlainForm(context, next);
    }
    const own = path.join(folder, randomUUID());
    await mkdir(own, { recursive: true });
    try {
      context.set(SPOOLED, await spool(context.req.raw, own));
      await next();
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  };
}

/** What a form holds, by name; several values of one name are a list. */
export async function readFields(context: Context): Promise<unknown> {
  const spooled: unknown = context.get(SPOOLED);
  return spooled ?? context.req.parseBody({ all: true }).catch(refuse);
}

export function limitForm(maxSize: number, message: string): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new HTTPException(413, { message });
    },
  });
}

const TOO_MUCH = 'That is too much for one message.';
const limitPlainForm = limitForm(BYTES_PER_PLAIN_FORM, TOO_MUCH);

async function spool(request: Request, folder: string): Promise<Fields> {
  const over = new AbortController();
  const { signal } = over;
  const entries: Promise<Entry>[] = [];
  try {
    const form = openForm(request);
    form.on('field', (name, value) => entries.push(Promise.resolve([name, value])));
    form.on('file', (name, bytes, ...[fileName, , type]) => {
      const to = path.join(folder, String(entries.length));
      const entry = save(bytes, to, signal).then(() => openFile(to, { name, fileName, type }));
      entry.catch((error: unknown) => over.abort(error));
      entries.push(entry);
    });
    await pipeline(request.body ?? [], limitBytes(request), form, { signal });
    return group(await Promise.all(entries));
  } catch (error) {
    // Of a form that broke off, the end of a file would be waited for without end.
    over.abort(error);
    await Promise.allSettled(entries);
    return refuse(signal.reason);
  }
}

/** Throws for a form that is none. */
function openForm({ headers }: Request) {
  const form = new Busboy({
    headers: { 'content-type': headers.get('content-type') ?? '' },
    limits: { parts: MOST_PARTS },
    isPartAFile: (_name, _type, fileName) => fileName !== undefined,
  });
  return form.on('partsLimit', () => form.destroy(new HTTPException(413, { message: TOO_MUCH })));
}

async function save(bytes: Readable, to: string, signal: AbortSignal): Promise<void> {
  await pipeline(bytes, createWriteStream(to), { signal });
}

/** What the sender says of the size is believed where that alone is too much. */
function limitBytes({ headers }: Request): Transform {
  let bytes = 0;
  const isTooMuch = (): boolean =>
    Math.max(bytes, Number(headers.get('content-length'))) > BYTES_PER_FORM;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength;
      if (isTooMuch()) done(new HTTPException(413, { message: TOO_MUCH }));
      else done(null, chunk);
    },
  });
}

/** Its bytes stay on the disk until somebody reads them. */
async function openFile(
  from: string,
  { name, fileName, type }: { readonly name: string; fileName: string; type: string },
): Promise<Entry> {
  return [name, new File([await openAsBlob(from)], unescapeName(fileName), { type })];
}

/** Browsers write three characters like this that would end the name too early. */
function unescapeName(name: string): string {
  return name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

function group(entries: readonly Entry[]): Fields {
  const byName = Map.groupBy(entries, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, found]) => {
      const values = found.map(([, value]) => value);
      return [name, values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
}

/** A disk that is full is no fault of the form. */
function refuse(error: unknown): never {
  const isForeseen = error instanceof HTTPException;
  if (isForeseen || (error instanceof Error && 'syscall' in error)) throw error;
  throw new HTTPException(400, { message: 'That form is broken.', cause: error });
}
