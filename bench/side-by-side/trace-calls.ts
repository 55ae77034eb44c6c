/** Where each side's calls go when an operator sets another base address and extra headers. */
import { fileURLToPath } from 'node:url';
import { createFal } from '@ai-sdk/fal';
import { createFalQueue } from '../../src/fal/create-fal-queue.ts';
import { toUrl } from '../../src/fal/wire.ts';

export interface TracedCall {
  readonly what: string;
  /** Method, origin and path. */
  readonly to: string;
  /** Whether the extra header went along. */
  readonly hasHeader: boolean;
}

const PROXY = 'https://proxy.example';
const HEADERS = { 'x-team': 'easel' };
const KEY = 'key-id:key-secret';
const FILE = fileURLToPath(import.meta.url);

export async function traceTheirs(): Promise<readonly TracedCall[]> {
  const trace = createTrace();
  const fal = createFal({ apiKey: KEY, baseURL: PROXY, headers: HEADERS, fetch: trace.fetch });
  const call = { prompt: 'fog', n: 1, size: undefined, aspectRatio: undefined, seed: undefined };
  const rest = { files: undefined, mask: undefined, providerOptions: {} };
  await trace.follow('picture', () =>
    fal.image('fal-ai/flux/dev').doGenerate({ ...call, ...rest }),
  );
  await trace.follow('transcript', () =>
    fal.transcription('whisper').doGenerate({ audio: new Uint8Array(4), mediaType: 'audio/mpeg' }),
  );
  await trace.follow('speech', () => fal.speech('fal-ai/dia-tts').doGenerate({ text: 'fog' }));
  return trace.calls;
}

export async function traceEasel(): Promise<readonly TracedCall[]> {
  const trace = createTrace();
  const queue = createFalQueue({
    credentials: KEY,
    headers: HEADERS,
    fetch: trace.fetch,
    addresses: {
      queue: `${PROXY}/queue`,
      run: `${PROXY}/run`,
      rest: `${PROXY}/rest`,
      api: `${PROXY}/api`,
    },
  });
  const endpoint = 'fal-ai/flux/dev';
  const request = { endpoint, requestId: 'r-1' };
  const file = { path: FILE, fileName: 'lake.png', contentType: 'image/png' };
  const lost = { endpoint, input: {}, since: new Date(0), claimed: claimNothing };
  await trace.follow('submit', () => queue.submit({ endpoint, input: {} }));
  await trace.follow('status', () => queue.status(request));
  await trace.follow('result', () => queue.result(request));
  await trace.follow('cancel', () => queue.cancel(request));
  await trace.follow('lend a file', () => queue.upload(file));
  await trace.follow('look back', () => queue.lookBack(lost));
  return trace.calls;
}

function claimNothing(): Promise<ReadonlySet<string>> {
  return Promise.resolve(new Set());
}

/** Answers each call with something that every caller can go on from. */
function createTrace() {
  const calls: TracedCall[] = [];
  let what = '';
  const record: typeof fetch = async (target, init = {}) => {
    const { origin, pathname } = new URL(toUrl(target));
    const hasHeader = new Headers(init.headers).get('x-team') === HEADERS['x-team'];
    calls.push({ what, to: `${init.method ?? 'GET'} ${origin}${pathname}`, hasHeader });
    return Response.json(ANSWER);
  };
  const follow = async (name: string, act: () => PromiseLike<unknown>): Promise<void> => {
    what = name;
    await act();
  };
  return { calls, fetch: record, follow };
}

const MADE = { url: 'https://v3.fal.media/files/made' };
const ANSWER = {
  request_id: 'r-1',
  status: 'IN_QUEUE',
  images: [MADE],
  audio: MADE,
  text: '',
  items: [],
  upload_url: 'https://v3.fal.media/slot',
  file_url: 'https://v3.fal.media/files/lake.png',
};
