/**
 * The HTTP below fal's client: the addresses that the settings name, extra headers, a time limit for
 * each call, and every outcome as data.
 */
import { z } from 'zod';
import { FAL_ADDRESSES, type FalAddresses } from './addresses.ts';

/** What came back from one HTTP call. */
export type WireAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** The few headers that say more than the status does; lower-case names. */
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    }
  /** Nothing readable came: the call may or may not have had its effect. */
  | { readonly kind: 'silence'; readonly reason: string };

export interface TimeLimits {
  /** One call to fal, the answer's body included. */
  readonly callMs: number;
  /** One call that carries a file. */
  readonly uploadMs: number;
}

export const TIME_LIMITS: TimeLimits = { callMs: 30_000, uploadMs: 180_000 };

export interface WireOptions {
  readonly addresses: FalAddresses;
  /** Sent with every call to fal, never to addresses that fal names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  readonly timeLimits: TimeLimits;
}

export interface Wire {
  /** Makes one call to fal and reads all of its answer. Never throws, never repeats. */
  ask(address: string, init: RequestInit): Promise<WireAnswer>;
  /** A fetch for file transfers: fal's own addresses as set, others without extra headers. */
  readonly transfer: typeof fetch;
}

/** Inline pictures make large answers; beyond this something is wrong. */
const LARGEST_ANSWER_BYTES = 128 * 1024 * 1024;
const TOLD_HEADERS = [
  'retry-after',
  'x-fal-billable-units',
  'x-fal-error-type',
  'x-fal-request-timeout-type',
];
const ADDRESS_NAMES = ['queue', 'run', 'rest', 'api'] as const;

export function createWire(options: WireOptions): Wire {
  const { addresses, timeLimits } = options;
  const send = (url: string, init: RequestInit, limitMs: number): Promise<Response> => {
    const signal = AbortSignal.timeout(limitMs);
    const address = readdress(url, addresses);
    if (address === undefined) return options.fetch(url, { ...init, signal });
    const headers = { ...Object.fromEntries(new Headers(init.headers)), ...options.headers };
    // A redirect would take a submission, and the key, to wherever an answer points.
    return options.fetch(address, { ...init, headers, redirect: 'manual', signal });
  };
  return {
    async ask(address, init) {
      try {
        return await readAnswer(await send(address, init, timeLimits.callMs));
      } catch (error) {
        return { kind: 'silence', reason: wordSilence(error) };
      }
    },
    transfer: (target, init = {}) => send(toUrl(target), init, timeLimits.uploadMs),
  };
}

export function toUrl(target: string | URL | Request): string {
  return target instanceof Request ? target.url : String(target);
}

/** The client knows fal's real addresses only; undefined for an address that is not fal's. */
function readdress(url: string, addresses: FalAddresses): string | undefined {
  const { origin } = new URL(url);
  const name = ADDRESS_NAMES.find((name) => new URL(FAL_ADDRESSES[name]).origin === origin);
  return name && addresses[name] + url.slice(FAL_ADDRESSES[name].length);
}

async function readAnswer(response: Response): Promise<WireAnswer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_ANSWER_BYTES) return { kind: 'silence', reason: 'the answer never ended' };
    chunks.push(chunk);
  }
  const told = TOLD_HEADERS.map((name) => [name, response.headers.get(name)] as const);
  return {
    kind: 'answer',
    status: response.status,
    headers: Object.fromEntries(told.flatMap(([name, value]) => (value ? [[name, value]] : []))),
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

/** The cause's code, such as ECONNRESET, says more than "fetch failed". No address, no key. */
function wordSilence(error: unknown): string {
  if (!(error instanceof Error)) return 'the call failed';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = z.object({ code: z.string() }).safeParse(error.cause);
  return cause.success ? `the connection failed (${cause.data.code})` : 'the connection failed';
}
