/** How answers go out, and what can happen to them on the wire. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { randomUUID } from 'node:crypto';
import type { FaultOf, Operation, WireFault } from './fault-rules.ts';
import type { Subject } from './faults.ts';
import type { Parts, SandboxContext } from './parts.ts';
import type { Refusal } from './refusal.ts';

export interface Call {
  readonly operation: Operation;
  readonly subject: Subject;
}

type Answer = () => Response | Promise<Response>;

/** Answers, unless a rule for the wire meets this call. */
export async function answer(
  parts: Parts,
  context: SandboxContext,
  call: Call & { carryOut: Answer },
): Promise<Response> {
  const fault = parts.faults.takeOnWire(call.operation, call.subject);
  return fault ? breakAnswer(parts, context, { fault, carryOut: call.carryOut }) : call.carryOut();
}

export function json(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Response {
  return text(status, JSON.stringify(body), headers);
}

export function text(status: number, body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/json', 'x-fal-request-id': randomUUID(), ...headers },
  });
}

export function refuse(refusal: Refusal): Response {
  return json(refusal.status, refusal.body, refusal.headers);
}

/** 401 and its reason where the key is missing or, by our own rule, begins with "bad". */
export function checkKey(context: SandboxContext): string | undefined {
  const key = /^Key (.+)$/u.exec(context.req.header('authorization') ?? '')?.[1];
  if (key === undefined) return 'Authentication is required to access this application.';
  return key.startsWith('bad') ? 'Invalid key credentials' : undefined;
}

async function breakAnswer(
  parts: Parts,
  context: SandboxContext,
  { fault, carryOut }: { fault: WireFault; carryOut: Answer },
): Promise<Response> {
  if (fault.kind === 'slow-headers') {
    const signal = AbortSignal.any([parts.closing, context.req.raw.signal]);
    await parts.clock.sleep(fault.delayMs, signal).catch(() => undefined);
    return carryOut();
  }
  if (fault.kind === 'stalled-body' || fault.kind === 'cut-body') {
    return sendHalf(parts, context, { fault, whole: await carryOut() });
  }
  if (fault.kind === 'reset-before-answer' || (fault.kind === 'http-error' && fault.accepted)) {
    await carryOut();
  }
  return toWrongAnswer(context, fault);
}

type InstantFault = Exclude<WireFault, { kind: 'slow-headers' | 'stalled-body' | 'cut-body' }>;

function toWrongAnswer(context: SandboxContext, fault: InstantFault): Response {
  switch (fault.kind) {
    case 'reset-before-answer':
    case 'reset-before-accept':
      return hangUp(context);
    case 'empty-status-text':
      return sendWithoutReason(context, fault.status);
    case 'http-error':
      return refuseOnWire(fault.status, 'The upstream did not answer', fault.errorType);
    case 'html-error':
      return sendPage(fault.status);
    case 'bad-json':
      return text(200, '{"status":"IN_QUEUE","request_id":"0');
    case 'rate-limited':
      return json(
        429,
        { detail: 'Rate limit exceeded' },
        { 'retry-after': String(fault.retryAfterSeconds) },
      );
    case 'concurrency-limit':
      return refuseOnWire(429, 'Too many concurrent requests', 'concurrent_requests_limit', {
        'x-fal-needs-retry': '1',
      });
    case 'locked':
      return json(403, { detail: `User is locked. Reason: ${fault.reason}` });
    case 'bad-key':
      return json(401, { detail: 'Invalid key credentials' });
  }
}

function sendPage(status: number): Response {
  const headers = { 'content-type': 'text/html' };
  return new Response('<html><h1>Bad Gateway</h1></html>', { status, headers });
}

function refuseOnWire(
  status: number,
  detail: string,
  errorType?: string,
  headers: Record<string, string> = {},
): Response {
  return errorType === undefined
    ? json(status, { detail }, headers)
    : json(
        status,
        { detail, error_type: errorType },
        { 'x-fal-error-type': errorType, ...headers },
      );
}

function hangUp(context: SandboxContext): Response {
  context.env.outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}

function sendWithoutReason(context: SandboxContext, status: number): Response {
  const { outgoing } = context.env;
  outgoing.writeHead(status, '', { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify({ detail: 'Internal Server Error' }));
  return RESPONSE_ALREADY_SENT;
}

/** Long enough for the first half to arrive before the connection breaks. */
const CUT_AFTER_MS = 20;

async function sendHalf(
  parts: Parts,
  context: SandboxContext,
  { fault, whole }: { fault: FaultOf<'stalled-body' | 'cut-body'>; whole: Response },
): Promise<Response> {
  const bytes = new Uint8Array(await whole.arrayBuffer());
  const middle = Math.floor(bytes.length / 2);
  const over = new AbortController();
  const signal = AbortSignal.any([parts.closing, over.signal]);
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.subarray(0, middle)),
    async pull(controller) {
      const delayMs = fault.kind === 'cut-body' ? CUT_AFTER_MS : fault.delayMs;
      await parts.clock.sleep(delayMs, signal).catch(() => undefined);
      if (fault.kind === 'cut-body') context.env.outgoing.destroy();
      if (signal.aborted) return;
      controller.enqueue(bytes.subarray(middle));
      controller.close();
    },
    cancel: () => over.abort(),
  });
  const headers = new Headers(whole.headers);
  headers.set('content-length', String(bytes.length));
  return new Response(body, { status: whole.status, headers });
}
