import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { ApplicationFlags, GatewayIntentBits } from 'discord.js';
import { WebSocketServer, type WebSocket } from 'ws';
import type { GatewayEvent, World } from './state.ts';
import type { GatewayDrop, JsonObject } from './types.ts';
import { toGuildJson, toUserJson } from './wire.ts';

export interface Gateway {
  identifies: number;
  resumes: number;
  readonly connected: boolean;
  drop(how: GatewayDrop): Promise<void>;
  close(): Promise<void>;
}

interface Session {
  readonly id: string;
  readonly intents: number;
  /** Everything told so far, so that a resumed connection can be told what it missed. */
  readonly told: { sequence: number; text: string }[];
  socket: WebSocket | undefined;
  isSilent: boolean;
}

interface Frame {
  op: number;
  d: { token?: string; intents?: number; session_id?: string; seq?: number } | null;
}

const opcodes = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  acknowledgement: 11,
} as const;
const closeCodes = { authenticationFailed: 4004, disallowedIntents: 4014 } as const;
/** How long a client may take to leave after it was asked to. */
const patienceMs = 5000;

/** Discord's event socket on the same port as everything else; becomes the world's `tell`. */
export function attachGateway(
  server: Server,
  world: World,
  settings: { heartbeatIntervalMs: number },
): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const counts = { identifies: 0, resumes: 0 };

  function identify(socket: WebSocket, frame: Frame['d']): void {
    const intents = frame?.intents ?? 0;
    if (frame?.token !== world.token) {
      socket.close(closeCodes.authenticationFailed, 'Authentication failed.');
      return;
    }
    if (wantsContent(intents) && !world.grantsMessageContent) {
      socket.close(closeCodes.disallowedIntents, 'Disallowed intent(s).');
      return;
    }
    counts.identifies += 1;
    const session: Session = { id: world.nextId(), intents, told: [], socket, isSilent: false };
    sessions.set(session.id, session);
    tellSession(session, 'READY', toReady(world, session.id));
    if (intents & GatewayIntentBits.Guilds) {
      tellSession(session, 'GUILD_CREATE', toGuildJson(world));
    }
  }

  function resume(socket: WebSocket, frame: Frame['d']): void {
    const session = sessions.get(frame?.session_id ?? '');
    if (!session || frame?.token !== world.token) {
      send(socket, { op: opcodes.invalidSession, d: false });
      return;
    }
    counts.resumes += 1;
    session.socket = socket;
    session.isSilent = false;
    for (const { sequence, text } of session.told) {
      if (sequence > (frame?.seq ?? 0)) socket.send(text);
    }
    tellSession(session, 'RESUMED', {});
  }

  function receive(socket: WebSocket, frame: Frame): void {
    if (frame.op === opcodes.identify) identify(socket, frame.d);
    if (frame.op === opcodes.resume) resume(socket, frame.d);
    if (frame.op === opcodes.heartbeat && !isSilenced(socket)) {
      send(socket, { op: opcodes.acknowledgement });
    }
  }

  function isSilenced(socket: WebSocket): boolean {
    return [...sessions.values()].some((session) => session.socket === socket && session.isSilent);
  }

  sockets.on('connection', (socket) => {
    socket.on('message', (text: Buffer) => receive(socket, JSON.parse(text.toString()) as Frame));
    send(socket, {
      op: opcodes.hello,
      d: { heartbeat_interval: settings.heartbeatIntervalMs, _trace: [] },
    });
  });
  server.on('upgrade', (request: IncomingMessage, stream, head) => {
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket));
  });
  world.tell = (event) => {
    for (const session of sessions.values()) tellIfWanted(session, event);
  };

  const listConnected = () =>
    [...sessions.values()].filter(({ socket }) => socket?.readyState === socket?.OPEN);
  return {
    get identifies() {
      return counts.identifies;
    },
    get resumes() {
      return counts.resumes;
    },
    get connected() {
      return listConnected().some(({ socket, isSilent }) => socket && !isSilent);
    },
    async drop(how) {
      const dropped = listConnected();
      if (how === 'invalid-session') sessions.clear();
      await Promise.all(dropped.map((session) => dropSession(session, how)));
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

function tellIfWanted(session: Session, event: GatewayEvent): void {
  if (event.intent !== 0 && (session.intents & event.intent) === 0) return;
  const { payload, withoutContent } = event;
  const shown = wantsContent(session.intents) ? payload : (withoutContent ?? payload);
  tellSession(session, event.type, shown);
}

function tellSession(session: Session, type: string, payload: JsonObject): void {
  const sequence = session.told.length + 1;
  const text = JSON.stringify({ op: opcodes.dispatch, t: type, s: sequence, d: payload });
  session.told.push({ sequence, text });
  if (session.socket?.readyState === session.socket?.OPEN && !session.isSilent) {
    session.socket?.send(text);
  }
}

async function dropSession(session: Session, how: GatewayDrop): Promise<void> {
  const { socket } = session;
  if (!socket) return;
  session.isSilent = how === 'silent';
  if (how === 'silent') return;
  const closed = once(socket, 'close', { signal: AbortSignal.timeout(patienceMs) });
  if (how === 'close') socket.terminate();
  if (how === 'reconnect-op7') send(socket, { op: opcodes.reconnect, d: null });
  if (how === 'invalid-session') send(socket, { op: opcodes.invalidSession, d: false });
  await closed;
}

function send(socket: WebSocket, frame: JsonObject): void {
  socket.send(JSON.stringify(frame));
}

function wantsContent(intents: number): boolean {
  return (intents & GatewayIntentBits.MessageContent) !== 0;
}

function toReady(world: World, sessionId: string): JsonObject {
  return {
    v: 10,
    user: { ...toUserJson(world.bot), verified: true, mfa_enabled: false },
    guilds: [{ id: world.ids.guild, unavailable: true }],
    session_id: sessionId,
    resume_gateway_url: world.origin.replace('http', 'ws'),
    application: { id: world.bot.id, flags: toApplicationFlags(world) },
    session_type: 'normal',
  };
}

export function toApplicationFlags(world: World): number {
  return world.grantsMessageContent ? ApplicationFlags.GatewayMessageContentLimited : 0;
}
