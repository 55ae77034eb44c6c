/** `/queue/*` (fal's queue.fal.run): submit, status, stream of the status, result, cancel. */
import { Hono } from 'hono';
import { answer, checkKey, json, refuse, text } from './answers.ts';
import { findIgnored } from './models/ignored.ts';
import type { Operation } from './fault-rules.ts';
import type { Subject } from './faults.ts';
import type { Parts, SandboxContext, SandboxEnvironment } from './parts.ts';
import { findPrompt, type QueuedRequest } from './request.ts';
import type { Requests } from './requests.ts';
import { toAddresses, toApp, toStatusBody } from './status-body.ts';
import { streamStatus } from './status-stream.ts';
import { carryOut, takeFailure } from './work.ts';

const NOT_FOUND = { status: 'NOT_FOUND' };
/** With or without the endpoint's sub-path; `/response` is another name of the result. */
const REQUEST_PATH =
  /^\/queue\/(?<app>.+)\/requests\/(?<id>[^/]+)(?:\/(?<verb>status|status\/stream|cancel|response))?$/u;
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET status': 'status',
  'GET status/stream': 'stream',
  'GET response': 'result',
  'PUT cancel': 'cancel',
};

export function createQueueRoutes(parts: Parts, requests: Requests) {
  const routes = new Hono<SandboxEnvironment>();
  routes.all('/queue/*', (context) => {
    const refused = checkKey(context);
    if (refused !== undefined) return json(401, { detail: refused });
    const found = REQUEST_PATH.exec(context.req.path)?.groups;
    if (!found) return routeSubmit(parts, requests, context);
    const operation = OPERATIONS[`${context.req.method} ${found['verb'] ?? 'response'}`];
    if (!operation) return json(405, { detail: 'Method Not Allowed' });
    const request = requests.find(found['id'] ?? '');
    const isRight = request !== undefined && toApp(found['app'] ?? '') === toApp(request.endpoint);
    const subject = { ...request?.subject, path: context.req.path };
    return answer(parts, context, {
      operation,
      subject,
      carryOut: () => {
        if (!isRight) return json(404, NOT_FOUND);
        return VERBS[operation]?.({ parts, requests, context, request, subject }) ?? json(405, {});
      },
    });
  });
  return routes;
}

interface Visit {
  readonly parts: Parts;
  readonly requests: Requests;
  readonly context: SandboxContext;
  readonly request: QueuedRequest;
  readonly subject: Subject;
}

const VERBS: Partial<Record<Operation, (visit: Visit) => Response | Promise<Response>>> = {
  status: answerStatus,
  stream: ({ parts, requests, context, request }) =>
    streamStatus(parts, requests, { context, request }),
  result: answerResult,
  cancel: cancel,
};

async function routeSubmit(
  parts: Parts,
  requests: Requests,
  context: SandboxContext,
): Promise<Response> {
  if (context.req.method !== 'POST') return json(405, { detail: 'Method Not Allowed' });
  const endpoint = context.req.path.slice('/queue/'.length);
  const input = await readJson(context);
  const subject = { endpoint, prompt: findPrompt(input), path: context.req.path };
  return answer(parts, context, {
    operation: 'submit',
    subject,
    carryOut: () => submit({ parts, requests, context, endpoint, input, subject }),
  });
}

async function submit(visit: Omit<Visit, 'request'> & { endpoint: string; input: unknown }) {
  const { parts, requests, context, endpoint, input, subject } = visit;
  const model = await parts.models.find(endpoint);
  if (!model) return json(404, { detail: `Application '${endpoint}' not found` });
  if (input === undefined)
    return json(422, {
      detail: [{ loc: ['body'], msg: 'JSON decode error', type: 'json_invalid' }],
    });
  if (isLineTooLong(visit))
    return json(429, { detail: 'The queue is longer than allowed', error_type: 'queue_full' });
  const refusal = await refuseEarly(parts, { endpoint, input, subject });
  if (refusal) return refusal;
  // Before the request begins to move: its first look at a schema takes a moment.
  const ignored = findIgnored(model.schemas(), input);
  const headers = context.req.header();
  const webhook = context.req.query('fal_webhook');
  const request = requests.submit({ endpoint, input, headers, webhook });
  parts.journal.addSubmit({ endpoint, input, ignored, requestId: request.id, headers });
  if (parts.faults.take(['webhook-early'], subject)) await requests.hurry(request.id);
  const { id: request_id } = request;
  const gateway = webhook === undefined ? {} : { gateway_request_id: request_id };
  const position = Math.max(0, parts.pace().positions);
  return json(
    200,
    {
      status: 'IN_QUEUE',
      request_id,
      ...gateway,
      ...toAddresses(parts.url, request),
      queue_position: position,
    },
    { 'x-fal-request-id': request_id },
  );
}

function isLineTooLong({
  parts,
  requests,
  context,
  endpoint,
}: Omit<Visit, 'request'> & { endpoint: string }): boolean {
  const limit = context.req.query('fal_max_queue_length');
  if (limit === undefined) return false;
  const waiting = requests
    .all()
    .filter((request) => request.endpoint === endpoint && request.progress.state === 'queued');
  return Math.max(waiting.length, parts.pace().positions) > Number(limit);
}

/** Most endpoints look at the input only when it runs; the rule stands for those that do at once. */
async function refuseEarly(
  parts: Parts,
  { endpoint, input, subject }: { endpoint: string; input: unknown; subject: Subject },
): Promise<Response | undefined> {
  if (!parts.faults.take(['validate-at-submit'], subject)) return undefined;
  const refusal = takeFailure(parts.faults, subject);
  if (refusal) return refuse(refusal);
  const outcome = await carryOut(parts, { endpoint, input, faults: [] });
  return outcome.kind === 'failure' ? refuse(outcome.refusal) : undefined;
}

function answerStatus({ parts, context, request, subject }: Visit): Response {
  if (parts.faults.take(['request-gone'], subject)) return json(404, NOT_FOUND);
  const areLogsWanted = /^(?:1|true)$/u.test(context.req.query('logs') ?? '');
  const isNull = !areLogsWanted || parts.faults.take(['null-logs'], subject) !== undefined;
  const body = toStatusBody(parts.url, request, isNull ? null : request.logs);
  const strange = parts.faults.take(['unknown-status'], subject);
  const headers = { 'x-fal-request-id': request.id };
  return json(
    body['status'] === 'COMPLETED' ? 200 : 202,
    strange ? { ...body, status: strange.status } : body,
    headers,
  );
}

function answerResult({ parts, request, subject }: Visit): Response {
  const { progress, id } = request;
  const isEarly = progress.state !== 'completed' || parts.faults.take(['early-result'], subject);
  if (progress.state !== 'completed' || isEarly) {
    return json(400, { detail: 'Request is still in progress' });
  }
  if (parts.faults.take(['result-expired'], subject)) return json(404, NOT_FOUND);
  const { outcome } = progress;
  if (outcome.kind === 'failure') return refuse(outcome.refusal);
  return text(200, outcome.text, {
    'x-fal-request-id': id,
    'x-fal-billable-units': String(outcome.units),
  });
}

async function cancel({ parts, requests, request, subject }: Visit): Promise<Response> {
  parts.journal.addCancel({ endpoint: request.endpoint, requestId: request.id });
  const isTooLate = parts.faults.take(['cancel-too-late'], subject) !== undefined;
  if (isTooLate) await requests.hurry(request.id);
  if (request.progress.state === 'completed') return json(400, { status: 'ALREADY_COMPLETED' });
  if (!parts.faults.take(['cancel-ignored'], subject)) requests.cancel(request.id);
  return json(202, { status: 'CANCELLATION_REQUESTED' });
}

/** Undefined for what is not JSON. */
export async function readJson(context: SandboxContext): Promise<unknown> {
  try {
    return await context.req.json<unknown>();
  } catch {
    return undefined;
  }
}
