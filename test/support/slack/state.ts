/** Everything that the loopback workspace knows. */
import { readButtons, readPings } from './block-reading.ts';
import type {
  EphemeralMessage,
  FaultRule,
  OpenView,
  RecordedCall,
  SentEvent,
  SlackFile,
  SlackMessage,
  SlackServerOptions,
} from './slack-types.ts';

export const identity = {
  teamId: 'T0EASELTEAM',
  teamDomain: 'easel-test',
  botUserId: 'U0EASELBOT1',
  botId: 'B0EASELBOT1',
  appId: 'A0EASELAPP1',
  botToken: 'xoxb-100000000001-200000000002-loopbackBotToken',
  appToken: 'xapp-1-A0EASELAPP1-300000000003-loopbackAppToken',
  signingSecret: '0123456789abcdef0123456789abcdef',
  userId: 'U0ALICE0001',
  otherUserId: 'U0BOB000002',
  adminUserId: 'U0CAROL0003',
  newcomerUserId: 'U0DAVE00004',
  channelId: 'C0GENERAL01',
  publicChannelId: 'C0PUBLIC002',
  privateChannelId: 'C0PRIVATE03',
  dmChannelId: 'D0ALICEBOT1',
} as const;

/** Another app of the workspace. */
export const otherApp = {
  userId: 'U0OTHERAPP1',
  botId: 'B0OTHERAPP1',
  appId: 'A0OTHERAPP1',
} as const;

/** What the manifest may ask for. */
const allScopes = [
  'commands',
  'chat:write',
  'chat:write.public',
  'files:read',
  'files:write',
  'app_mentions:read',
  'channels:read',
  'channels:join',
  'channels:history',
  'groups:read',
  'groups:history',
  'im:read',
  'im:write',
  'im:history',
  'mpim:read',
  'mpim:history',
  'users:read',
  'team:read',
];

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'group' | 'im';
  readonly members: Set<string>;
}

export interface StoredFile extends SlackFile {
  /** The length that was announced; an upload of another length spoils the file. */
  readonly announcedLength: number;
  readonly uploadPath: string;
  uploaded: boolean;
  /** By content; shown as `mimetype` once processed. */
  detected: string;
  /** Put into a form of the bot, which lets it read the file without a channel. */
  readonly inForm: boolean;
  readonly subtype: string;
  /** How long a clip plays. */
  readonly seconds: number;
  readonly externalUrl: string;
}

/** How a button or command may be answered later. */
export interface ResponseUrl {
  readonly expiresAt: number;
  readonly channelId: string;
  readonly userId: string;
  /** The message whose button was pressed. */
  readonly original: string | undefined;
  uses: number;
}

export interface State {
  readonly now: () => number;
  readonly acknowledgeWithinMs: number;
  readonly retryAfterMs: readonly number[];
  readonly processingMs: number;
  readonly scopes: readonly string[];
  readonly membersPerPage: number;
  readonly users: ReadonlyMap<string, string>;
  readonly channels: Map<string, Channel>;
  readonly messages: SlackMessage[];
  readonly ephemerals: EphemeralMessage[];
  readonly files: Map<string, StoredFile>;
  readonly views: OpenView[];
  readonly triggers: Map<
    string,
    { readonly expiresAt: number; used: boolean; readonly userId: string }
  >;
  readonly responseUrls: Map<string, ResponseUrl>;
  readonly violations: string[];
  readonly journal: RecordedCall[];
  readonly events: SentEvent[];
  readonly deletedFiles: Set<string>;
  readonly tickets: Set<string>;
  readonly faults: { readonly rule: FaultRule; left: number }[];
  tooManyRequests: number;
  /** Host and port of this server, known once it listens. */
  host: string;
  nextId(prefix: string): string;
  nextTs(): string;
  /** Runs later, unless the server is closed before. */
  later(afterMs: number, action: () => void): void;
  close(): void;
}

export function createState(options: SlackServerOptions): State {
  const now = options.now ?? Date.now;
  const timers = new Set<NodeJS.Timeout>();
  let isClosed = false;
  let ids = 0;
  let lastMicros = 0;

  return {
    now,
    acknowledgeWithinMs: options.acknowledgeWithinMs ?? 3000,
    retryAfterMs: options.retryAfterMs ?? [300, 60_000, 300_000],
    processingMs: options.processingMs ?? 150,
    scopes: options.scopes ?? allScopes,
    membersPerPage: options.membersPerPage ?? 1000,
    users: new Map([
      [identity.userId, 'alice'],
      [identity.otherUserId, 'bob'],
      [identity.adminUserId, 'carol'],
      [identity.newcomerUserId, 'dave'],
      [identity.botUserId, 'easel'],
    ]),
    channels: createChannels(options.botInChannels ?? []),
    messages: [],
    ephemerals: [],
    files: new Map(),
    views: [],
    triggers: new Map(),
    responseUrls: new Map(),
    violations: [],
    journal: [],
    events: [],
    deletedFiles: new Set(),
    tickets: new Set(),
    faults: [],
    tooManyRequests: 0,
    host: '',
    nextId: (prefix) => `${prefix}${String((ids += 1)).padStart(10, '0')}`,
    nextTs() {
      lastMicros = Math.max(lastMicros + 1, now() * 1000);
      const micros = String(lastMicros).padStart(16, '0');
      return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
    },
    later(afterMs, action) {
      if (isClosed) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        action();
      }, afterMs);
      timers.add(timer);
    },
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Adds a message; what it rings and offers follows its text and blocks through every edit. */
export function addMessage(
  state: State,
  parts: Pick<SlackMessage, 'channelId' | 'threadTs' | 'userId' | 'text' | 'blocks'> &
    Partial<Pick<SlackMessage, 'metadata' | 'files' | 'attachments'>>,
): SlackMessage {
  const message: SlackMessage = {
    metadata: undefined,
    files: [],
    attachments: [],
    ...parts,
    ts: state.nextTs(),
    fromBot: parts.userId === identity.botUserId,
    edits: [],
    get pings() {
      return readPings(this.text, this.blocks);
    },
    get buttons() {
      return readButtons(this.blocks);
    },
  };
  state.messages.push(message);
  return message;
}

/** Returns its `ts`, which nobody else can use. */
export function addEphemeral(
  state: State,
  parts: Omit<EphemeralMessage, 'ts' | 'buttons'>,
): string {
  const ts = state.nextTs();
  state.ephemerals.push({ ...parts, ts, buttons: readButtons(parts.blocks) });
  return ts;
}

export function findMessage(state: State, channelId: string, ts: string): SlackMessage | undefined {
  return state.messages.find((message) => message.channelId === channelId && message.ts === ts);
}

export function openDirectMessage(state: State, userId: string): Channel {
  const known = [...state.channels.values()].find(
    ({ kind, members }) => kind === 'im' && members.has(userId),
  );
  if (known !== undefined) return known;
  const channel: Channel = {
    id: state.nextId('D'),
    name: userId,
    kind: 'im',
    members: new Set([userId, identity.botUserId]),
  };
  state.channels.set(channel.id, channel);
  return channel;
}

function createChannels(botIn: readonly ('private' | 'public')[]): Map<string, Channel> {
  const people = [identity.userId, identity.otherUserId, identity.adminUserId];
  const bot = identity.botUserId;
  const channels: Channel[] = [
    {
      id: identity.channelId,
      name: 'general',
      kind: 'channel',
      members: new Set([...people, identity.newcomerUserId, bot]),
    },
    {
      id: identity.publicChannelId,
      name: 'pictures',
      kind: 'channel',
      members: new Set(botIn.includes('public') ? [...people, bot] : people),
    },
    {
      id: identity.privateChannelId,
      name: 'secret',
      kind: 'group',
      members: new Set(botIn.includes('private') ? [...people, bot] : people),
    },
    {
      id: identity.dmChannelId,
      name: identity.userId,
      kind: 'im',
      members: new Set([identity.userId, bot]),
    },
  ];
  return new Map(channels.map((channel) => [channel.id, channel]));
}
