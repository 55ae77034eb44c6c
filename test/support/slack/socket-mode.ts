/** Socket Mode: each payload goes to one connection, which has three seconds to acknowledge it. */
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { notCarried, type Carried, type Carrier, type Payload } from './carrier.ts';
import { identity, type State } from './state.ts';

const mostConnections = 10;
const pingEveryMs = 10_000;
/** Slack waits about this long before it closes a connection that it has announced to replace. */
const refreshGraceMs = 10_000;

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

interface Connection {
  readonly number: number;
  readonly socket: WebSocket;
  /** Gets no further payloads: it has been told to go. */
  leaving: boolean;
  /** Hears and says nothing any more, as behind a dead network link. */
  silent: boolean;
}

export interface SocketMode extends Carrier {
  drop(how: 'warning' | 'refresh' | 'close' | 'silent'): Promise<void>;
  count(): number;
  close(): Promise<void>;
}

export function createSocketMode(state: State, server: Server): SocketMode {
  const sockets = new WebSocketServer({ server, autoPong: false });
  const connections: Connection[] = [];
  const waiting = new Map<string, (body: unknown) => void>();
  let connectionNumber = 0;
  let turn = 0;

  sockets.on('connection', (socket, request) => {
    const ticket = new URL(request.url ?? '/', 'http://loopback').searchParams.get('ticket') ?? '';
    if (!state.tickets.delete(ticket)) {
      state.violations.push('socket: a ticket was used twice or made up');
      socket.close(4001);
      return;
    }
    if (connections.length >= mostConnections) {
      state.violations.push('socket: more than 10 connections');
      socket.close(4002);
      return;
    }
    welcome({ number: (connectionNumber += 1), socket, leaving: false, silent: false });
  });

  return {
    carry,
    async drop(how) {
      const connection = connections.find(({ leaving, silent }) => !leaving && !silent);
      if (connection === undefined) throw new Error('There is no socket connection to drop.');
      await dropConnection(connection, how);
    },
    count: () => connections.filter(({ leaving, silent }) => !leaving && !silent).length,
    async close() {
      await Promise.all([...sockets.clients].map(closeSocket));
      sockets.close();
    },
  };

  function welcome(connection: Connection): void {
    const { socket } = connection;
    connections.push(connection);
    const pings = setInterval(() => {
      if (!connection.silent) socket.ping();
    }, pingEveryMs);
    socket.on('error', (error) => state.violations.push(`socket: ${error.message}`));
    socket.on('ping', (data: Buffer) => {
      socket.pong(data);
    });
    socket.on('close', () => {
      clearInterval(pings);
      connections.splice(connections.indexOf(connection), 1);
    });
    socket.on('message', (data: Buffer) => {
      takeAcknowledgement(data.toString());
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: connections.length,
        debug_info: { host: 'applink-1', build_number: 1, approximate_connection_time: 3600 },
        connection_info: { app_id: identity.appId },
      }),
    );
  }

  function takeAcknowledgement(text: string): void {
    const parsed = acknowledgement.safeParse(JSON.parse(text));
    if (!parsed.success) {
      state.violations.push('socket: a frame that is no acknowledgement');
      return;
    }
    waiting.get(parsed.data.envelope_id)?.(parsed.data.payload);
  }

  function carry(payload: Payload): Promise<Carried> {
    const ready = connections.filter(({ leaving }) => !leaving);
    const connection = ready[(turn += 1) % ready.length];
    if (connection === undefined) {
      return Promise.resolve(notCarried('dispatch_failed', 'connection_failed'));
    }
    return send(connection, payload);
  }

  function send(connection: Connection, payload: Payload): Promise<Carried> {
    const envelopeId = state.nextId('envelope');
    const started = performance.now();
    const { promise, resolve } = Promise.withResolvers<Carried>();
    const late = { ...notCarried('operation_timeout', 'timeout'), connection: connection.number };
    const timer = setTimeout(() => {
      waiting.delete(envelopeId);
      resolve(late);
    }, state.acknowledgeWithinMs);
    waiting.set(envelopeId, (body) => {
      clearTimeout(timer);
      waiting.delete(envelopeId);
      const afterMs = Math.round(performance.now() - started);
      const isEmpty = body === undefined || body === null || JSON.stringify(body) === '{}';
      resolve({
        ...late,
        acknowledgedAfterMs: afterMs,
        problem: '',
        body: isEmpty ? undefined : body,
      });
    });
    if (!connection.silent) connection.socket.send(JSON.stringify(toEnvelope(envelopeId, payload)));
    return promise;
  }
}

function toEnvelope(envelopeId: string, { kind, body, retry }: Payload): Record<string, unknown> {
  return {
    envelope_id: envelopeId,
    type: kind,
    payload: body,
    accepts_response_payload: kind !== 'events_api',
    ...(kind === 'events_api' && {
      retry_attempt: retry?.number ?? 0,
      retry_reason: retry?.reason ?? '',
    }),
  };
}

/** Says goodbye first: a client in the middle of its own goodbye would take a cut for an error. */
async function closeSocket(socket: WebSocket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(() => socket.terminate(), 500);
  socket.once('close', () => {
    clearTimeout(timer);
    resolve();
  });
  socket.close(1001);
  return promise;
}

async function dropConnection(
  connection: Connection,
  how: 'warning' | 'refresh' | 'close' | 'silent',
): Promise<void> {
  const { socket } = connection;
  switch (how) {
    case 'silent':
      connection.silent = true;
      connection.socket.pause();
      return;
    case 'close': {
      const { promise, resolve } = Promise.withResolvers<void>();
      socket.once('close', () => resolve());
      socket.terminate();
      return promise;
    }
    case 'warning':
    case 'refresh': {
      connection.leaving = true;
      const reason = how === 'warning' ? 'warning' : 'refresh_requested';
      socket.send(
        JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-1' } }),
      );
      setTimeout(() => socket.close(), refreshGraceMs).unref();
    }
  }
}
