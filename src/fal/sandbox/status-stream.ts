/** Server-sent events of a request's status: one per change, each with only its new log lines. */
import { once } from 'node:events';
import type { FaultOf } from './fault-rules.ts';
import type { Parts, SandboxContext } from './parts.ts';
import type { QueuedRequest } from './request.ts';
import type { Requests } from './requests.ts';
import { toStatusBody } from './status-body.ts';

type StreamFault = FaultOf<'stream-split' | 'stream-stall' | 'stream-drop'>;

export function streamStatus(
  parts: Parts,
  requests: Requests,
  { context, request }: { context: SandboxContext; request: QueuedRequest },
): Response {
  const fault = parts.faults.take(['stream-split', 'stream-stall', 'stream-drop'], request.subject);
  const areLogsWanted = /^(?:1|true)$/u.test(context.req.query('logs') ?? '');
  const over = new AbortController();
  const signal = AbortSignal.any([parts.closing, over.signal]);
  const events = followStatus(parts, requests, { request, areLogsWanted, signal });
  const pieces = spoilStream(parts, events, {
    fault,
    signal,
    hangUp: () => void context.env.outgoing.destroy(),
  });
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await pieces.next();
      if (piece.done === true) return controller.close();
      controller.enqueue(piece.value);
    },
    cancel: () => over.abort(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
  });
}

async function* followStatus(
  parts: Parts,
  requests: Requests,
  {
    request,
    areLogsWanted,
    signal,
  }: { request: QueuedRequest; areLogsWanted: boolean; signal: AbortSignal },
): AsyncGenerator<string> {
  let seenLogs = 0;
  let last = '';
  while (!signal.aborted) {
    const change = once(requests.changes, request.id, { signal }).catch(() => undefined);
    const logs = areLogsWanted ? request.logs.slice(seenLogs) : null;
    seenLogs = request.logs.length;
    const event = JSON.stringify(toStatusBody(parts.url, request, logs));
    if (event !== last) yield `data: ${event}\n\n`;
    last = event;
    if (request.progress.state === 'completed') return;
    await change;
  }
}

async function* spoilStream(
  parts: Parts,
  events: AsyncGenerator<string>,
  {
    fault,
    signal,
    hangUp,
  }: { fault: StreamFault | undefined; signal: AbortSignal; hangUp: () => void },
): AsyncGenerator<Uint8Array, void> {
  for await (const event of events) {
    const bytes = Buffer.from(event);
    const middle = findInsideOfCharacter(bytes);
    if (fault?.kind === 'stream-split' && middle > 0) {
      yield bytes.subarray(0, middle);
      await parts.clock.sleep(20, signal).catch(() => undefined);
      yield bytes.subarray(middle);
    } else {
      yield bytes;
    }
    if (fault?.kind === 'stream-drop') return hangUp();
    if (fault?.kind === 'stream-stall') await waitForEnd(signal);
  }
}

function findInsideOfCharacter(bytes: Buffer): number {
  return bytes.findIndex((byte) => byte >= 0x80 && byte < 0xc0);
}

async function waitForEnd(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}
