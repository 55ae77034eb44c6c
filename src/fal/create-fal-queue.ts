/** fal's queue over its official client: each call once, each outcome as data. */
import { createFalClient, type QueueClient } from '@fal-ai/client';
import { isEndpointId } from '../models/endpoint.ts';
import type { FalAddresses } from './addresses.ts';
import { toExactInput } from './exact-json.ts';
import type { FalQueue, FalRequest } from './fal-queue.ts';
import { createLookBack } from './look-back.ts';
import {
  toCancelOutcome,
  toQueueStatus,
  toResultOutcome,
  toSubmitOutcome,
} from './read-answers.ts';
import { createUpload } from './upload.ts';
import { createWire, TIME_LIMITS, toUrl, type TimeLimits, type WireAnswer } from './wire.ts';

export interface FalOptions {
  /** A key in fal's own form, `<id>:<secret>`. */
  readonly credentials: string;
  readonly addresses: FalAddresses;
  /** Extra headers on every call to fal. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  readonly timeLimits?: TimeLimits;
}

const REQUEST_ID = /^[A-Za-z0-9_-]{1,100}$/u;

export function createFalQueue(options: FalOptions): FalQueue {
  const { credentials, timeLimits = TIME_LIMITS } = options;
  const wire = createWire({ ...options, timeLimits });
  /**
   * The client repeats queue calls after transport errors and 502-504, a submission included,
   * whatever its settings say: that would pay twice. So it is always told that all went well, and
   * what really happened is taken from the wire.
   */
  const ask = async (call: (queue: QueueClient) => Promise<unknown>): Promise<WireAnswer> => {
    let answer: WireAnswer = { kind: 'silence', reason: 'nothing was sent' };
    const client = createFalClient({
      credentials,
      fetch: async (target, init = {}) => {
        answer = await wire.ask(toUrl(target), init);
        return Response.json({});
      },
    });
    await call(client.queue);
    return answer;
  };
  return {
    async submit({ endpoint, input }) {
      checkEndpoint(endpoint);
      const exact = toExactInput(input);
      return toSubmitOutcome(await ask((queue) => queue.submit(endpoint, { input: exact })));
    },
    async status(request) {
      const { endpoint, requestId } = checkRequest(request);
      return toQueueStatus(await ask((queue) => queue.status(endpoint, { requestId, logs: true })));
    },
    async result(request) {
      const { endpoint, requestId } = checkRequest(request);
      return toResultOutcome(await ask((queue) => queue.result(endpoint, { requestId })));
    },
    async cancel(request) {
      const { endpoint, requestId } = checkRequest(request);
      return toCancelOutcome(await ask((queue) => queue.cancel(endpoint, { requestId })));
    },
    upload: createUpload(createFalClient({ credentials, fetch: wire.transfer }).storage),
    lookBack: createLookBack({ wire, credentials }),
  };
}

function checkEndpoint(endpoint: string): void {
  if (!isEndpointId(endpoint)) throw new TypeError(`“${endpoint}” is no endpoint of fal’s`);
}

function checkRequest(request: FalRequest): FalRequest {
  checkEndpoint(request.endpoint);
  if (!REQUEST_ID.test(request.requestId)) throw new TypeError('that is no request id of fal’s');
  return request;
}
