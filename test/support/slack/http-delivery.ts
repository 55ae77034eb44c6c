/** Events, commands and interactivity as HTTP requests that carry Slack's signature. */
import { createHmac } from 'node:crypto';
import { notCarried, type Carried, type Carrier, type Payload } from './carrier.ts';
import { identity, type State } from './state.ts';
import type { ForgedRequest } from './slack-types.ts';

const path = '/slack/events';
const form = 'application/x-www-form-urlencoded';

export function createHttpCarrier(state: State, base: () => string): Carrier {
  return {
    async carry(payload) {
      const started = performance.now();
      try {
        const response = await post(state, base(), payload);
        const text = await response.text();
        return toCarried(response, text, Math.round(performance.now() - started));
      } catch (error) {
        const isTimeout = error instanceof Error && error.name === 'TimeoutError';
        return isTimeout
          ? notCarried('operation_timeout', 'http_timeout')
          : notCarried('dispatch_failed', 'connection_failed');
      }
    },
  };
}

function toCarried(response: Response, text: string, afterMs: number): Carried {
  const isAcknowledged = response.ok;
  return {
    connection: 0,
    acknowledgedAfterMs: isAcknowledged ? afterMs : undefined,
    body: parseAcknowledgement(text),
    problem: isAcknowledged ? '' : 'dispatch_failed',
    retryReason: 'http_error',
    noRetry: response.headers.get('x-slack-no-retry') === '1',
  };
}

function post(state: State, base: string, payload: Payload): Promise<Response> {
  const { body, contentType } = encode(payload);
  return fetch(`${base}${path}`, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      ...sign(state, body, 'valid'),
      ...(payload.retry !== undefined && {
        'x-slack-retry-num': String(payload.retry.number),
        'x-slack-retry-reason': payload.retry.reason,
      }),
    },
    body,
    signal: AbortSignal.timeout(state.acknowledgeWithinMs),
  });
}

function encode({ kind, body }: Payload): { body: string; contentType: string } {
  switch (kind) {
    case 'events_api':
      return { body: JSON.stringify(body), contentType: 'application/json' };
    case 'slash_commands':
      return {
        body: new URLSearchParams(
          Object.entries(body).map(([key, value]): [string, string] => [key, String(value)]),
        ).toString(),
        contentType: form,
      };
    case 'interactive':
      return {
        body: new URLSearchParams({ payload: JSON.stringify(body) }).toString(),
        contentType: form,
      };
  }
}

function sign(state: State, body: string, how: ForgedRequest['signature']): Record<string, string> {
  if (how === 'missing') return {};
  const ageSeconds = how === 'stale' ? 600 : 0;
  const timestamp = String(Math.floor(state.now() / 1000) - ageSeconds);
  const secret = how === 'wrong' ? 'somebody else' : identity.signingSecret;
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

/** Sends what Slack would not send, signed as asked for. */
export async function forge(
  state: State,
  base: string,
  request: ForgedRequest,
): Promise<{ status: number; body: string }> {
  const response = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: {
      'content-type': request.contentType ?? 'application/json',
      ...sign(state, request.body, request.signature),
    },
    body: request.body,
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, body: await response.text() };
}

export function probe(
  state: State,
  base: string,
  kind: 'ssl_check' | 'url_verification',
): Promise<{ status: number; body: string }> {
  if (kind === 'ssl_check') {
    return forge(state, base, {
      body: 'ssl_check=1&token=x',
      contentType: form,
      signature: 'missing',
    });
  }
  const body = JSON.stringify({ type: 'url_verification', token: 'x', challenge: 'a-challenge' });
  return forge(state, base, { body, signature: 'valid' });
}

/** Plain text is a message; JSON is whatever it says; nothing is nothing. */
function parseAcknowledgement(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
