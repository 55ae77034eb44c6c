/** fal's status JSON, built from a request's progress. */
import type { LogLine } from './log-lines.ts';
import type { QueuedRequest } from './request.ts';

/** The addresses name only owner and alias: what follows in the endpoint is dropped. */
export function toAddresses(url: string, request: { endpoint: string; id: string }) {
  const response_url = `${url}/queue/${toApp(request.endpoint)}/requests/${request.id}`;
  return {
    response_url,
    status_url: `${response_url}/status`,
    cancel_url: `${response_url}/cancel`,
  };
}

export function toApp(endpoint: string): string {
  const segments = endpoint.split('/');
  const isNamespace = segments[0] === 'workflows' || segments[0] === 'comfy';
  return segments.slice(0, isNamespace ? 3 : 2).join('/');
}

export function toStatusBody(
  url: string,
  request: QueuedRequest,
  logs: readonly LogLine[] | null,
): Readonly<Record<string, unknown>> {
  const { id: request_id, progress } = request;
  const addresses = toAddresses(url, request);
  switch (progress.state) {
    case 'queued':
      return { status: 'IN_QUEUE', request_id, queue_position: progress.position, ...addresses };
    case 'running':
      return { status: 'IN_PROGRESS', request_id, ...addresses, logs };
    case 'completed':
      return { status: 'COMPLETED', request_id, ...addresses, logs, ...toEnding(progress.outcome) };
  }
}

function toEnding(outcome: Extract<QueuedRequest['progress'], { state: 'completed' }>['outcome']) {
  if (outcome.kind === 'output') return { metrics: { inference_time: outcome.seconds } };
  const { status, body } = outcome.refusal;
  return typeof body.detail === 'string' && body.error_type !== undefined
    ? { metrics: {}, error: body.detail, error_type: body.error_type }
    : { metrics: {}, error: `Invalid status code: ${status}` };
}
