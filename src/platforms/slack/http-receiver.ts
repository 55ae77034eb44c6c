/** Events by HTTP: Bolt's receiver behind Easel's own server, and stricter than it is alone. */
import {
  HTTPModuleFunctions,
  HTTPReceiver,
  isRawBodyError,
  verifySlackRequest,
  type App,
  type BufferedIncomingMessage,
} from '@slack/bolt';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { HttpDoor } from '../platform.ts';
import type { Clock } from '../../clock.ts';
import type { Intake } from './intake.ts';
import type { SlackLogger } from './logger.ts';

const PATH = '/slack/events';
const LARGEST_BODY = 4 * 1024 * 1024;
/** Slack's own rule, which Bolt applies to old timestamps but not to future ones. */
const CLOCK_SKEW_S = 300;

interface Parts {
  readonly signingSecret: string;
  readonly http: HttpDoor;
  readonly clock: Clock;
  readonly logger: SlackLogger;
}

export function createHttpIntake(parts: Parts): Intake {
  const { signingSecret, http, logger } = parts;
  const receiver = new HTTPReceiver({ signingSecret, logger, endpoints: [PATH] });
  let isOpen = false;
  http.raw(PATH, (request, response) => {
    // Slack tries again later, by which time the next process is there.
    if (!isOpen) return end(response, 503);
    void admit(request, response, { ...parts, receiver }).catch((error: unknown) => {
      logger.error('A request from Slack could not be read', error);
      end(response, 500);
    });
  });

  return {
    receiver: {
      init: (app: App) => receiver.init(app),
      async start() {
        isOpen = true;
      },
      async stop() {
        isOpen = false;
      },
    },
    isConnected: () => isOpen,
  };
}

async function admit(
  request: IncomingMessage,
  response: ServerResponse,
  parts: Parts & { readonly receiver: HTTPReceiver },
): Promise<void> {
  if (request.method !== 'POST') return end(response, 405);
  const buffered = await readBody(request);
  if (!buffered) return end(response, 413);
  const body = buffered.rawBody.toString();
  if (!isCertificateCheck(body)) {
    if (!isGenuine(request, body, parts)) return end(response, 401);
    if (!isReadable(body, request.headers['content-type'])) return end(response, 400);
  }
  parts.receiver.requestListener(buffered, response);
}

function isGenuine(
  { headers }: IncomingMessage,
  body: string,
  { signingSecret, clock }: Parts,
): boolean {
  const parsed = signatureHeaders.safeParse(headers);
  if (!parsed.success) return false;
  const now = clock.now().getTime();
  if (parsed.data['x-slack-request-timestamp'] - now / 1000 > CLOCK_SKEW_S) return false;
  try {
    verifySlackRequest({ signingSecret, body, headers: parsed.data, nowMilliseconds: now });
    return true;
  } catch {
    return false;
  }
}

const signatureHeaders = z.object({
  'x-slack-signature': z.string(),
  'x-slack-request-timestamp': z.coerce.number(),
});

/** Bolt takes these shapes for granted before it looks; a bare `null` would end the process. */
function isReadable(text: string, contentType: string | undefined): boolean {
  const isForm = contentType === 'application/x-www-form-urlencoded';
  const form = new URLSearchParams(isForm ? text : '');
  if (form.has('command')) return true;
  try {
    const body: unknown = JSON.parse(isForm ? (form.get('payload') ?? '') : text);
    const { type } = typed.parse(body);
    return SHAPES.get(type)?.safeParse(body).success ?? true;
  } catch {
    return false;
  }
}

const typed = z.object({ type: z.string() });
const SHAPES: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['event_callback', z.object({ event: typed })],
  ['block_actions', z.object({ actions: z.array(z.object({ action_id: z.string() })).min(1) })],
  ['block_suggestion', z.object({ action_id: z.string(), block_id: z.string() })],
  ['message_action', z.object({ callback_id: z.string() })],
  ['view_submission', z.object({ view: z.object({ callback_id: z.string() }) })],
]);

/** Slack checks the certificate without a signature; Bolt answers and reads nothing else. */
function isCertificateCheck(text: string): boolean {
  return new URLSearchParams(text).get('ssl_check') === '1';
}

async function readBody(request: IncomingMessage): Promise<BufferedIncomingMessage | undefined> {
  try {
    return await HTTPModuleFunctions.bufferIncomingMessage(request, LARGEST_BODY);
  } catch (error) {
    if (isRawBodyError(error)) return undefined;
    throw error;
  }
}

function end(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status);
  response.end();
}
