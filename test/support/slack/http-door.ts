/** The HTTP side: reads a request, writes it down, lets faults have their way, answers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { State } from './state.ts';
import type { FaultRule, RecordedCall } from './slack-types.ts';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readonly<Record<string, unknown>>;
}

export interface HttpRequest {
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A request that has been understood and not yet acted upon. */
export interface Call {
  readonly name: string;
  readonly token: string;
  readonly args: Readonly<Record<string, unknown>>;
  act(fault: FaultRule | undefined): Answer | Promise<Answer>;
}

export function createHttpDoor(state: State, toCall: (request: HttpRequest) => Call): Server {
  return createServer((request, response) => {
    void serve(request, response);
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === undefined) return;
    const call = toCall({
      url: new URL(request.url ?? '/', 'http://loopback'),
      headers: request.headers,
      body,
    });
    const record = { ...callFields(call), at: state.now(), status: 0, error: '' };
    state.journal.push(record);
    const answer = await actWithFaults(state, call);
    if (answer === undefined) {
      request.socket.destroy();
      return;
    }
    writeAnswer(response, answer, record);
  }
}

function callFields({ name, args, token }: Call): Pick<RecordedCall, 'method' | 'args' | 'token'> {
  return { method: name, args, token };
}

/** Undefined where the connection is to be cut. */
async function actWithFaults(state: State, call: Call): Promise<Answer | undefined> {
  const fault = takeFault(state, call.name);
  if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
  if (fault?.dropConnection === 'before') return undefined;
  const injected = toInjectedAnswer(fault);
  if (injected !== undefined) return injected;
  const answer = await call.act(fault);
  return fault?.dropConnection === 'after' ? undefined : answer;
}

function takeFault(state: State, method: string): FaultRule | undefined {
  const found = state.faults.find(({ rule, left }) => rule.method === method && left > 0);
  if (found === undefined) return undefined;
  found.left -= 1;
  return found.rule;
}

function toInjectedAnswer(fault: FaultRule | undefined): Answer | undefined {
  if (fault?.error === 'ratelimited' || fault?.status === 429) {
    return toRateLimited(fault.retryAfter ?? 1);
  }
  if (fault?.error !== undefined) {
    return { status: fault.status ?? 200, body: { ok: false, error: fault.error } };
  }
  if (fault?.status === undefined) return undefined;
  return {
    status: fault.status,
    headers: { 'content-type': 'text/html' },
    body: '<html><body>Something went wrong</body></html>',
  };
}

export function toRateLimited(retryAfter: number): Answer {
  return {
    status: 429,
    headers: { 'retry-after': String(retryAfter) },
    body: { ok: false, error: 'ratelimited' },
  };
}

function writeAnswer(response: ServerResponse, answer: Answer, record: RecordedCall): void {
  const isText = typeof answer.body === 'string' || answer.body instanceof Uint8Array;
  record.status = answer.status;
  if (!isText && 'error' in answer.body) record.error = String(answer.body['error']);
  response.writeHead(answer.status, {
    'content-type': isText ? 'text/plain' : 'application/json; charset=utf-8',
    ...answer.headers,
  });
  response.end(isText ? answer.body : JSON.stringify(answer.body));
}

/** Undefined where the bot was killed in the middle of its request. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  try {
    return await buffer(request);
  } catch {
    return undefined;
  }
}
