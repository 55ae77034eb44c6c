/** A quick sandbox for one test, with fal's own client pointed at it. */
import { createFalClient } from '@fal-ai/client';
import { expect, onTestFinished } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  startSandbox,
  type Pace,
  type Sandbox,
  type SandboxOptions,
} from '../../../src/fal/sandbox/sandbox.ts';

export async function start(pace: Partial<Pace> = {}, options: SandboxOptions = {}) {
  const sandbox = await startSandbox({
    pace: { waitMs: 5, positions: 2, runMs: 10, logEveryMs: 2, ...pace },
    log: (line) => process.stderr.write(`${line}\n`),
    ...options,
  });
  onTestFinished(() => sandbox.close());
  const { queue, run, rest } = sandbox.addresses;
  const fal = createFalClient({
    credentials: 'id:secret',
    retry: { maxRetries: 0 },
    requestMiddleware: async (request) => ({
      ...request,
      url: request.url
        .replace('https://queue.fal.run', queue)
        .replace('https://fal.run', run)
        .replace('https://rest.fal.ai', rest),
    }),
  });
  const submit = (input: unknown = INPUT, endpoint = QWEN, query = '') =>
    call(`${queue}/${endpoint}${query}`, { method: 'POST', body: JSON.stringify(input) });
  /** Submits and reads the answer. */
  const enqueue = async (...submission: Parameters<typeof submit>) =>
    read<Submitted>(await submit(...submission));
  /** Submits and waits for the end. */
  const complete = async (input: unknown = INPUT, endpoint = QWEN) => {
    const { response_url, status_url } = await enqueue(input, endpoint);
    const status = await waitFor(status_url);
    const response = await call(response_url);
    const text = await response.text();
    return { status, response, text, body: JSON.parse(text) as Output };
  };
  return { sandbox, fal, submit, enqueue, complete };
}

/**
 * At once, and every picture black: for tests of what stands around the pictures, which take a second
 * each to be drawn.
 */
export async function startWithBlackSheets() {
  const parts = await start({ positions: 0, runMs: 1 });
  parts.sandbox.faults.add({ kind: 'nsfw', times: Number.POSITIVE_INFINITY });
  return parts;
}

/** One plain call with a key. */
export function call(address: string, options: RequestInit = {}) {
  const headers = new Headers(options.headers);
  headers.set('authorization', 'Key id:secret');
  return fetch(address, { ...options, headers });
}

export async function read<Body>(response: Response): Promise<Body> {
  return (await response.json()) as Body;
}

/** Polls until the request is completed. */
export async function waitFor(statusUrl: string): Promise<Status> {
  for (;;) {
    const status = await read<Status>(await call(`${statusUrl}?logs=1`));
    if (status.status === 'COMPLETED') return status;
    await sleep(4);
  }
}

export type { Sandbox };

export interface Submitted {
  readonly request_id: string;
  readonly gateway_request_id: string;
  readonly status_url: string;
  readonly response_url: string;
  readonly cancel_url: string;
}

interface Status {
  readonly status: string;
  readonly logs: readonly { readonly message: string }[];
}

interface Image {
  readonly url: string;
  readonly content_type: string;
}

interface Output {
  readonly images: readonly [Image, ...Image[]];
  readonly detail: readonly { readonly loc: readonly string[] }[];
}

/** Vitest types its matchers as any. */
export const ANY_TEXT: unknown = expect.any(String);
export const ANY_NUMBER: unknown = expect.any(Number);
export const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);

export const QWEN = 'fal-ai/qwen-image';
export const NANO = 'fal-ai/nano-banana-pro';
export const EDIT = 'fal-ai/nano-banana-pro/edit';
export const INPUT = {
  prompt: 'a lighthouse in fog',
  seed: 7,
  image_size: { width: 64, height: 48 },
};
