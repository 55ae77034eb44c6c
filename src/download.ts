/**
 * The only way in which a file comes from an address that somebody else named: from listed hosts,
 * never from inside the own network, within limits of size and time, with credentials for the
 * listed host alone.
 */
import { lookup as systemLookup } from 'node:dns';
import { createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { checkUrl, type CheckedUrl } from './download/check-url.ts';
import { DownloadError, type DownloadTrouble } from './download/download-error.ts';
import type { GuardedRequest } from './download/guarded-request.ts';
import { readDataUrl } from './download/read-data-url.ts';
import { watchPace, type PaceWatch } from './download/watch-pace.ts';
import { sniffFile } from './sniff-file.ts';

export interface DownloadCall {
  /** May be a `data:` address. */
  readonly url: string;
  /** Sent to the first host only, never after a redirect to another one. */
  readonly headers: Readonly<Record<string, string>>;
  /** `fal.media` covers its sub-domains; `127.0.0.1:8081` allows that very port, http included. */
  readonly hosts: readonly string[];
  readonly maxBytes: number;
  /** For everything, redirects included. */
  readonly timeoutMs: number;
  /** The slowest that is waited for; without it only `timeoutMs` counts. */
  readonly pace?: Pace;
  /** Where to write; nothing is left there when the download fails. */
  readonly to: string;
  readonly signal: AbortSignal;
}

/** An honest line may be slow, but it is not silent. */
export interface Pace {
  /** The answer must begin in this time, and then so many bytes must come in each such time. */
  readonly everyMs: number;
  readonly bytes: number;
}

interface Downloaded {
  readonly bytes: number;
  /** By content, `application/octet-stream` where the bytes do not tell. */
  readonly contentType: string;
  /** Without the dot. */
  readonly extension: string;
}

/** Rejects with `DownloadError`, or with the signal's reason when aborted. */
export type Download = (call: DownloadCall) => Promise<Downloaded>;

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Too slow, too early, too often: the only refusals that pass by themselves. */
const PASSING = new Set([408, 425, 429]);
const UNKNOWN_TYPE = { contentType: 'application/octet-stream', extension: 'bin' };

export function createDownload(parts: { lookup?: LookupFunction } = {}): Download {
  const lookup = parts.lookup ?? systemLookup;
  let requests: Promise<GuardedRequests> | undefined;
  const openRequests = () => (requests ??= loadRequests(lookup));
  return async (call) => {
    const pace = watchPace(call.pace);
    const timeLimit = AbortSignal.any([AbortSignal.timeout(call.timeoutMs), pace.signal]);
    const signal = AbortSignal.any([call.signal, timeLimit]);
    try {
      const inlined = readDataUrl(call.url, call.maxBytes);
      if (inlined) await writeFile(call.to, inlined, { signal });
      const bytes =
        inlined?.length ??
        (await save(await open(call, await openRequests(), signal), call, { signal, pace }));
      if (bytes === 0) throw new DownloadError('empty');
      const type = (await sniffFile(call.to)) ?? UNKNOWN_TYPE;
      if (type.contentType === 'text/html') throw new DownloadError('wrong-type');
      return { bytes, ...type };
    } catch (error) {
      await rm(call.to, { force: true });
      call.signal.throwIfAborted();
      throw toDownloadError(error, timeLimit.aborted);
    } finally {
      pace.stop();
    }
  };
}

interface GuardedRequests {
  readonly outside: GuardedRequest;
  readonly loopback: GuardedRequest;
}

/** Loaded with the first download: the library takes memory that an idle bot does not need. */
async function loadRequests(lookup: LookupFunction): Promise<GuardedRequests> {
  const { createGuardedRequest } = await import('./download/guarded-request.ts');
  return {
    outside: createGuardedRequest('unicast', lookup),
    loopback: createGuardedRequest('loopback', lookup),
  };
}

/** Follows redirects, each checked like the first address. */
async function open(
  call: DownloadCall,
  requests: GuardedRequests,
  signal: AbortSignal,
): Promise<Readable> {
  let target = checkUrl(call.url, call.hosts);
  let { headers } = call;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const response = await send(target, headers, requests, signal);
    const { location } = response.headers;
    if (!REDIRECTS.has(response.statusCode)) return checkResponse(response, call.maxBytes);
    drop(response.body);
    if (typeof location !== 'string') throw new DownloadError('leads-nowhere');
    const next = checkUrl(location, call.hosts, target.url.href);
    if (next.url.origin !== target.url.origin) headers = {};
    target = next;
  }
  throw new DownloadError('leads-nowhere');
}

type Response = Awaited<ReturnType<GuardedRequest>>;

function send(
  { url, isLoopback }: CheckedUrl,
  headers: DownloadCall['headers'],
  requests: GuardedRequests,
  signal: AbortSignal,
): Promise<Response> {
  const request = isLoopback ? requests.loopback : requests.outside;
  // The bytes count as they are: nothing here would unpack them.
  return request(url, {
    headers: { ...headers, 'accept-encoding': 'identity' },
    signal,
  });
}

function checkResponse({ statusCode, headers, body }: Response, maxBytes: number): Readable {
  const trouble = findTrouble(statusCode, headers, maxBytes);
  if (!trouble) return body;
  drop(body);
  throw new DownloadError(trouble);
}

/** The library tells of a body's untimely end by an error on it; here it is what was wanted. */
function drop(body: Readable): void {
  body.on('error', () => undefined);
  body.destroy();
}

function findTrouble(
  statusCode: number,
  headers: Response['headers'],
  maxBytes: number,
): DownloadTrouble | undefined {
  const isFinal = statusCode >= 400 && statusCode < 500 && !PASSING.has(statusCode);
  if (isFinal) return 'not-found';
  if (statusCode !== 200) return 'unreachable';
  // Slack answers with its login page where the token may not read the file.
  if (String(headers['content-type'] ?? '').startsWith('text/html')) return 'wrong-type';
  return Number(headers['content-length'] ?? 0) > maxBytes ? 'too-large' : undefined;
}

/** Streams to disk and counts, whatever length was promised. */
async function save(
  body: Readable,
  call: DownloadCall,
  { signal, pace }: { signal: AbortSignal; pace: PaceWatch },
): Promise<number> {
  let bytes = 0;
  pace.begin();
  const count = async function* count(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      pace.count(chunk.byteLength);
      if (bytes > call.maxBytes) throw new DownloadError('too-large');
      yield chunk;
    }
  };
  await pipeline(body, count, createWriteStream(call.to), { signal });
  return bytes;
}

function toDownloadError(error: unknown, isOutOfTime: boolean): DownloadError {
  if (error instanceof DownloadError) return error;
  return new DownloadError(isOutOfTime ? 'too-slow' : 'unreachable', { cause: error });
}
