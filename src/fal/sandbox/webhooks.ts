/** Calls the submitter's webhook when a request ends; to this machine only. */
import type { Parts } from './parts.ts';
import type { QueuedRequest } from './request.ts';

/** fal tries for two hours; a test must not. */
const ATTEMPTS = 5;
const FIRST_RETRY_MS = 50;
const TIMEOUT_MS = 2000;

export async function sendWebhook(parts: Parts, request: QueuedRequest): Promise<void> {
  const { webhook: url, subject, id: requestId } = request;
  if (url === undefined || parts.closing.aborted) return;
  if (parts.faults.take(['webhook-never'], subject)) return;
  if (!isLoopback(url)) {
    parts.journal.addWebhook({ requestId, url, outcome: 'refused: not on this machine' });
    return;
  }
  const body = toBody(request, parts.faults.take(['webhook-null-payload'], subject) !== undefined);
  const isStale = parts.faults.take(['webhook-stale'], subject) !== undefined;
  const forged = parts.faults.take(['webhook-bad-signature'], subject) !== undefined;
  const count = parts.faults.take(['webhook-duplicate'], subject)?.count ?? 1;
  for (let copy = 0; copy < count; copy += 1) {
    const at = new Date(parts.clock.now().getTime() - (isStale ? 600_000 : 0));
    const headers = parts.signer.sign({ requestId, at, body, forged });
    await sendUntilTaken(parts, { requestId, url, body, headers });
  }
}

interface WebhookCall {
  readonly requestId: string;
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function sendUntilTaken(parts: Parts, call: WebhookCall): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (parts.closing.aborted) return;
    const outcome = await sendOnce(parts, call);
    parts.journal.addWebhook({ requestId: call.requestId, url: call.url, outcome });
    if (typeof outcome === 'number' && outcome < 400) return;
    const pauseMs = FIRST_RETRY_MS * 2 ** attempt;
    await parts.clock.sleep(pauseMs, parts.closing).catch(() => undefined);
  }
}

async function sendOnce(parts: Parts, call: WebhookCall): Promise<number | string> {
  const { url, body, headers } = call;
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      redirect: 'manual',
      signal: AbortSignal.any([parts.closing, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function toBody(request: QueuedRequest, isPayloadNull: boolean): string {
  const ids = { request_id: request.id, gateway_request_id: request.id };
  const { progress } = request;
  if (progress.state !== 'completed' || isPayloadNull) {
    const payload_error = 'Response payload is not JSON serializable.';
    return JSON.stringify({ ...ids, status: 'OK', payload: null, payload_error });
  }
  const { outcome } = progress;
  if (outcome.kind === 'output') {
    return `${JSON.stringify({ ...ids, status: 'OK' }).slice(0, -1)},"payload":${outcome.text}}`;
  }
  const { status, body } = outcome.refusal;
  const error = `Invalid status code: ${status}`;
  return JSON.stringify({ ...ids, status: 'ERROR', error, payload: body });
}

function isLoopback(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? '';
  return /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/u.test(host);
}
