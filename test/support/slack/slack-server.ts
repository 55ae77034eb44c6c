/**
 * A Slack workspace on loopback for tests: real Bolt and the real Web API client talk to it. It
 * enforces what Slack enforces, and writes down as a violation what Slack would silently spoil.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Carrier } from './carrier.ts';
import { createEventSender, type EventSender } from './events.ts';
import { toDownloadCall, toUploadCall } from './files.ts';
import { createHttpCarrier, forge, probe } from './http-delivery.ts';
import { createHttpDoor, type Call, type HttpRequest } from './http-door.ts';
import { createInteractions } from './interactions.ts';
import { createRateLimits, type RateLimits } from './limits.ts';
import { createPostAsApp, createSendMessage } from './people.ts';
import { toResponseUrlCall } from './response-url.ts';
import type { SlackServer, SlackServerOptions } from './slack-types.ts';
import { createSocketMode } from './socket-mode.ts';
import { createState, findMessage, identity, type State } from './state.ts';
import { createViewInteractions } from './view-interactions.ts';
import { toApiCall } from './web-api.ts';
import { toForwarded, toPermalink } from './wire.ts';

export type * from './slack-types.ts';

export async function startSlackServer(options: SlackServerOptions = {}): Promise<SlackServer> {
  const state = createState(options);
  const rateLimits = createRateLimits(state.now);
  const delivery: { via: SlackServer['deliverVia'] } = { via: 'socket' };
  const botUrl = () => {
    if (delivery.via === 'socket') throw new Error('deliverVia names no HTTP address.');
    return delivery.via.http;
  };

  const server = createHttpDoor(state, (request) => toCall({ state, events, rateLimits }, request));
  const socketMode = createSocketMode(state, server);
  const http = createHttpCarrier(state, botUrl);
  const carrier: Carrier = {
    carry: (payload) => (delivery.via === 'socket' ? socketMode : http).carry(payload),
  };
  const events = createEventSender(state, carrier);

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  state.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...identity,
    ...createInteractions({ state, carrier, events }),
    ...createViewInteractions({ state, carrier }),
    ...readingSide(state),
    get tooManyRequests() {
      return state.tooManyRequests;
    },
    get deliverVia() {
      return delivery.via;
    },
    set deliverVia(via) {
      delivery.via = via;
    },
    get files() {
      return [...state.files.values()];
    },
    sendMessage: createSendMessage(state, events),
    postAsApp: createPostAsApp(state, events),
    toLinked(channelId, ts) {
      const linked = findMessage(state, channelId, ts);
      if (linked === undefined) throw new Error(`No message ${ts} in ${channelId}.`);
      return { ...toForwarded(state, linked), is_share: false };
    },
    linkTo: (channelId, ts) => toPermalink(state, channelId, ts),
    sendEvent: (event) => events.send(event),
    redeliver: (event, reason) => events.redeliver(event, reason),
    dropSocket: (how) => socketMode.drop(how),
    socketConnections: () => socketMode.count(),
    forge: (request) => forge(state, botUrl(), request),
    probe: (kind) => probe(state, botUrl(), kind),
    async close() {
      state.close();
      await socketMode.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function readingSide(state: State) {
  return {
    apiUrl: `http://${state.host}/api/`,
    fileHost: state.host,
    violations: state.violations,
    journal: state.journal,
    events: state.events,
    openViews: state.views,
    messages: (channelId: string) =>
      state.messages.filter((message) => message.channelId === channelId),
    ephemerals: (channelId: string) =>
      state.ephemerals.filter((message) => message.channelId === channelId),
    fail(rule: Parameters<SlackServer['fail']>[0]) {
      state.faults.push({ rule, left: rule.times ?? 1 });
    },
    mend() {
      state.faults.length = 0;
    },
    waitFor,
  };
}

function toCall(
  parts: { readonly state: State; readonly events: EventSender; readonly rateLimits: RateLimits },
  request: HttpRequest,
): Call {
  const { pathname } = request.url;
  if (pathname.startsWith('/api/')) return toApiCall(parts, request);
  if (pathname.startsWith('/upload/')) return toUploadCall(parts.state, request);
  if (pathname.startsWith('/files-pri/')) return toDownloadCall(parts.state, request);
  if (pathname.startsWith('/response/')) return toResponseUrlCall(parts, request);
  return { name: pathname, token: '', args: {}, act: () => ({ status: 404, body: 'not found' }) };
}

async function waitFor<Found>(
  check: () => Found | undefined | null | false,
  timeoutMs = 10_000,
): Promise<Found> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const found = check();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Not seen within ${timeoutMs} ms: ${check.toString()}`);
}
