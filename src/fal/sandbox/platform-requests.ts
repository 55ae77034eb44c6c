/** The list of an endpoint's requests: how a submit whose answer was lost is found again. */
import { json } from './answers.ts';
import type { Parts, SandboxContext } from './parts.ts';
import { readList, refusePlatform, toPage } from './platform-answers.ts';
import type { QueuedRequest } from './request.ts';
import type { Requests } from './requests.ts';

const DAY_MS = 86_400_000;

export function listRequests(parts: Parts, requests: Requests, context: SandboxContext): Response {
  const endpoints = readList(context, 'endpoint_id');
  if (endpoints.length === 0) {
    return refusePlatform(400, 'validation_error', 'endpoint_id is required');
  }
  const now = parts.clock.now().getTime();
  const start = readDate(context, 'start') ?? new Date(now - DAY_MS);
  const end = readDate(context, 'end') ?? new Date(now);
  const requestId = context.req.query('request_id');
  const status = context.req.query('status');
  const found = requests
    .all()
    .filter(
      (request) =>
        endpoints.includes(request.endpoint) &&
        (requestId === undefined || requestId === request.id) &&
        (requestId !== undefined || (request.sentAt >= start && request.sentAt <= end)),
    )
    .filter((request) => status === undefined || status === toKind(toStatusCode(request)))
    .toReversed();
  const arePayloadsWanted = readList(context, 'expand').includes('payloads');
  const { page, ...rest } = toPage(context, found);
  return json(200, { items: page.map((request) => toItem(request, arePayloadsWanted)), ...rest });
}

function readDate(context: SandboxContext, name: string): Date | undefined {
  const date = new Date(context.req.query(name) ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function toItem(request: QueuedRequest, arePayloadsWanted: boolean) {
  return {
    request_id: request.id,
    endpoint_id: request.endpoint,
    sent_at: request.sentAt.toISOString(),
    ...toTimes(request),
    status_code: toStatusCode(request) ?? null,
    ...(arePayloadsWanted && toPayloads(request)),
  };
}

function toTimes({ progress }: QueuedRequest) {
  if (progress.state === 'queued') return { started_at: null, ended_at: null, duration: null };
  const started_at = progress.startedAt.toISOString();
  if (progress.state === 'running') return { started_at, ended_at: null, duration: null };
  const duration = (progress.endedAt.getTime() - progress.startedAt.getTime()) / 1000;
  return { started_at, ended_at: progress.endedAt.toISOString(), duration };
}

/** `X-Fal-Store-IO: 0` keeps them out of the history. */
function toPayloads({ headers, input, progress }: QueuedRequest) {
  if (headers['x-fal-store-io'] === '0') return {};
  if (progress.state !== 'completed') return { json_input: input };
  const { outcome } = progress;
  const output: unknown =
    outcome.kind === 'output' ? JSON.parse(outcome.text) : outcome.refusal.body;
  return { json_input: input, json_output: output };
}

function toStatusCode({ progress }: QueuedRequest): number | undefined {
  if (progress.state !== 'completed') return undefined;
  return progress.outcome.kind === 'output' ? 200 : progress.outcome.refusal.status;
}

function toKind(code: number | undefined): string | undefined {
  if (code === undefined) return undefined;
  if (code < 400) return 'success';
  return code < 500 ? 'user_error' : 'error';
}
