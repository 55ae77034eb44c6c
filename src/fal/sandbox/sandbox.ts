/**
 * A local fal: its wire protocol over real HTTP on loopback, honest toy pictures instead of models.
 * It is what Easel talks to without a key, and where tests switch faults on.
 */
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { systemClock, type Clock } from '../../clock.ts';
import type { Catalogue } from '../../models/catalogue/catalogue.ts';
import type { FalAddresses } from '../addresses.ts';
import type { FaultRule } from './fault-rules.ts';
import { createFaults } from './faults.ts';
import { createFiles } from './files.ts';
import { createJournal, type Journal } from './journal.ts';
import { createModels } from './models/models.ts';
import { DEFAULT_PACE, type Pace } from './pace.ts';
import type { Parts, SandboxEnvironment } from './parts.ts';
import { createRequests } from './requests.ts';
import { createControlRoutes } from './routes-control.ts';
import { createFileRoutes } from './routes-files.ts';
import { createPlatformRoutes } from './routes-platform-api.ts';
import { createQueueRoutes } from './routes-queue.ts';
import { createRunRoutes } from './routes-run.ts';
import { createStorageRoutes } from './routes-storage.ts';
import { seeRequests } from './see-requests.ts';
import type { Hears } from './sounds/hearing.ts';
import { createMemory } from './sounds/memory.ts';
import { createVoices } from './voices.ts';
import { createWebhookSigner } from './webhook-signer.ts';
import { sendWebhook } from './webhooks.ts';

export type { FaultRule } from './fault-rules.ts';
export type { Pace } from './pace.ts';
export type { GivenSound, HeardWord, HeardWords, Hears } from './sounds/hearing.ts';

export interface SandboxOptions {
  /** 0, the standard, takes any free port. */
  readonly port?: number;
  readonly pace?: Partial<Pace>;
  readonly log?: (line: string) => void;
  readonly clock?: Clock;
  /** Where it is open already; else it is read once an endpoint in it is asked for. */
  readonly catalogue?: Catalogue;
  /** What speech models hear; else they hear what toys say, and of all else that nobody listened. */
  readonly hears?: Hears;
}

export interface Sandbox {
  /** Without a trailing slash. */
  readonly url: string;
  /** Values for FAL_QUEUE_URL, FAL_RUN_URL, FAL_REST_URL and FAL_API_URL. */
  readonly addresses: FalAddresses;
  /** Value for FAL_FILE_HOSTS. */
  readonly fileHost: string;
  readonly faults: { add(fault: FaultRule): void; clear(): void };
  readonly journal: Journal;
  /** Serves a new endpoint from its OpenAPI document in fal's form, instead of any it had by that id. */
  addEndpoint(openApiDocument: unknown): void;
  /** Takes hold at once, for requests under way too. */
  setPace(pace: Partial<Pace>): void;
  /** Of all sounds from now on; undefined as at first. */
  setHearing(hears: Hears | undefined): void;
  /** Ends all connections and all work at once. */
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const server = createServer();
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const fileHost = `127.0.0.1:${readPort(server)}`;
  const url = `http://${fileHost}`;
  const closing = new AbortController();
  const settings: Settings = {
    pace: { ...DEFAULT_PACE, ...options.pace },
    hears: options.hears,
  };
  const parts = createParts(options, { url, settings, closing: closing.signal });
  const requests = createRequests(parts, (request) => sendWebhook(parts, request));
  const listener = getRequestListener(createApp(parts, requests).fetch);
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));
  return {
    url,
    fileHost,
    addresses: toAddresses(url),
    faults: parts.faults,
    journal: parts.journal,
    addEndpoint: (document) => parts.models.add(document),
    setPace: (change) => {
      settings.pace = { ...settings.pace, ...change };
    },
    setHearing: (hears) => {
      settings.hears = hears;
    },
    close: async () => {
      closing.abort();
      await Promise.all([closeServer(server), requests.close()]);
    },
  };
}

/** What may change while it runs. */
interface Settings {
  pace: Pace;
  hears: Hears | undefined;
}

function createParts(
  options: SandboxOptions,
  { url, settings, closing }: { url: string; settings: Settings; closing: AbortSignal },
): Parts {
  const clock = options.clock ?? systemClock;
  return {
    url,
    clock,
    closing,
    pace: () => settings.pace,
    faults: createFaults(),
    files: createFiles(),
    models: createModels(options.catalogue),
    journal: createJournal(),
    signer: createWebhookSigner(),
    ears: { hears: () => settings.hears, memory: createMemory() },
    voices: createVoices(clock),
    log: options.log ?? (() => undefined),
  };
}

function toAddresses(url: string): FalAddresses {
  return { queue: `${url}/queue`, run: `${url}/run`, rest: `${url}/rest`, api: `${url}/api/v1` };
}

function createApp(parts: Parts, requests: ReturnType<typeof createRequests>) {
  const app = new Hono<SandboxEnvironment>();
  app.use(seeRequests(parts));
  app.route('/', createQueueRoutes(parts, requests));
  app.route('/', createRunRoutes(parts));
  app.route('/', createStorageRoutes(parts));
  app.route('/', createFileRoutes(parts));
  app.route('/', createPlatformRoutes(parts, requests));
  app.route('/', createControlRoutes(parts));
  return app;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function readPort(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
}
