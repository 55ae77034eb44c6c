/** The list of an endpoint's requests: how a submit whose answer was lost is found again. */
import { json } from './answers.ts';
import type { SandboxContext } from './parts.ts';
import { readList, refusePlatform, toPage } from './platform-answers.ts';
import type { QueuedRequest, Requests } from './requests.ts';

const DAY_MS = 86_400_000;

export function listRequests(requests: Requests, context: SandboxContext): Response {
  const endpoints = readList(context, 'endpoint_id');
  if (endpoints.length === 0) {
    return refusePlatform(400, 'validation_error', 'endpoint_id is required');
  }
  const start = readDate(context, 'start') ?? new Date(Date.now() - DAY_MS);
  const end = readDate(context, 'end') ?? new Date(Date.now() + DAY_MS);
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
  const { progress } = request;
  const startedAt = progress.state === 'queued' ? undefined : progress.startedAt;
  const endedAt = progress.state === 'completed' ? progress.endedAt : undefined;
  const duration = startedAt && endedAt && (endedAt.getTime() - startedAt.getTime()) / 1000;
  return {
    request_id: request.id,
    endpoint_id: request.endpoint,
    sent_at: request.sentAt.toISOString(),
    started_at: startedAt?.toISOString() ?? null,
    ended_at: endedAt?.toISOString() ?? null,
    status_code: toStatusCode(request) ?? null,
    duration: duration ?? null,
    ...(arePayloadsWanted && toPayloads(request)),
  };
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
