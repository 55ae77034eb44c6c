/** What tests see of the loopback Discord. */
import type { ComponentType } from 'discord.js';

export interface DiscordServerOptions {
  /** How long an interaction token lives; Discord's 15 minutes unless a test is in a hurry. */
  tokenLifetimeMs?: number;
  /** The server's wall clock for acknowledgements, tokens, nonces and signed links; rate limits always use real time. */
  now?: () => number;
  /** The bot's permission bits in the guild channel and its thread. */
  permissions?: bigint;
  /**
   * Whether the developer portal grants the privileged intent (no, unless told): without it an IDENTIFY that asks
   * for it is closed with 4014, and REST empties other people's messages too.
   */
  grantsMessageContent?: boolean;
  /** The pace of heartbeats told to the client; short ones make a silent gateway be noticed soon. */
  heartbeatIntervalMs?: number;
  /** Instead of Discord's seconds for each rate limit; a short one lets many messages be quick. */
  limitWindowMs?: number;
  /** The port to listen on, so that a server can come back where an earlier one was. */
  port?: number;
}

export interface TestUser {
  readonly id: string;
  readonly username: string;
  readonly global_name: string;
  readonly bot: boolean;
}

export interface ServerAttachment {
  readonly id: string;
  readonly filename: string;
  description: string | undefined;
  /** Hidden until somebody clicks: by `is_spoiler`, or by the older prefix of its name. */
  isSpoiler: boolean;
  readonly contentType: string;
  readonly bytes: Buffer;
  /** The signed address under which the server hands the bytes out. */
  readonly url: string;
  readonly ephemeral: boolean;
  /** Present where the message is a voice message. */
  readonly voice: VoiceFacts | undefined;
}

/** What a voice message tells of its sound. */
export interface VoiceFacts {
  readonly seconds: number;
  /** Base64. */
  readonly waveform: string;
}

/** Who a message would have pinged, after `allowed_mentions`. */
export interface Pings {
  everyone: boolean;
  users: string[];
  roles: string[];
}

/** Through which door a message was written or edited. */
export type Door = 'person' | 'bot' | 'interaction';

interface MessageVersion {
  readonly at: number;
  readonly by: Door;
  readonly content: string;
  readonly filenames: readonly string[];
  readonly components: readonly JsonObject[];
  readonly pings: Pings;
}

export type JsonObject = Record<string, unknown>;

export interface ServerMessage {
  readonly id: string;
  readonly channelId: string;
  readonly author: TestUser;
  readonly createdAt: number;
  /** The door that created it: `interaction` for responses and followups. */
  readonly by: Door;
  readonly interactionId: string | undefined;
  readonly nonce: string | undefined;
  readonly repliesTo: string | undefined;
  /** The message that it forwards, as that was then. */
  readonly forwards: ServerMessage | undefined;
  /** True for what was posted by a webhook of another app. */
  readonly viaWebhook: boolean;
  readonly ephemeral: boolean;
  content: string;
  embeds: JsonObject[];
  components: JsonObject[];
  flags: number;
  attachments: ServerAttachment[];
  /** "Easel is thinking…": a deferred response nobody has filled yet. */
  loading: boolean;
  deleted: boolean;
  /** What the newest version would ping. */
  pings: Pings;
  /** Every version so far, the first one included. */
  versions: MessageVersion[];
}

export interface TestInteraction {
  readonly id: string;
  readonly token: string;
  readonly channelId: string;
  /** Set by the first callback that came in time. */
  readonly acknowledgedAfterMs: number | undefined;
  readonly response: InteractionResponse | undefined;
  readonly followups: readonly ServerMessage[];
  /** What the person or Discord's log would complain about. */
  readonly errors: readonly string[];
}

export interface InteractionResponse {
  readonly type: number;
  readonly flags: number;
  /** The message the response made or edits; undefined for modals and autocompletion. */
  readonly message: ServerMessage | undefined;
  /** What was suggested while somebody typed. */
  readonly choices: readonly SuggestedChoice[] | undefined;
  /** The form that was opened. */
  readonly modal: OpenModal | undefined;
}

export interface OpenModal {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly ModalLabel[];
}

/** One question of a form. */
interface ModalLabel {
  readonly type: ComponentType;
  readonly label: string;
  readonly description?: string | null;
  readonly component: ModalField;
}

export interface ModalField {
  readonly type: ComponentType;
  readonly custom_id: string;
  readonly required?: boolean | null;
  readonly value?: string | null;
  readonly placeholder?: string | null;
  readonly style?: number;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly options?: readonly { label: string; value: string; default?: boolean | null }[];
}

export interface SuggestedChoice {
  readonly name: string;
  readonly value: string | number;
}

export interface RecordedFile {
  readonly field: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

export interface RecordedRequest {
  readonly method: string;
  /** Decoded path below /api/v10 (CDN requests keep their whole path). */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: {
    readonly authorization: string | undefined;
    readonly contentType: string | undefined;
  };
  /** The JSON body, or the payload_json of a multipart one. */
  readonly body: unknown;
  readonly files: readonly RecordedFile[];
  /** Names of the parts in the order in which they came. */
  readonly parts: readonly string[];
  readonly at: number;
  /** Undefined while it runs, and when the connection was dropped before it was carried out. */
  status: number | undefined;
}

export interface FaultRule {
  method?: string;
  /** Matched against the decoded path below /api/v10. */
  path: RegExp;
  /** How many requests it hits; 1 unless told otherwise. */
  times?: number;
  status?: number;
  code?: number;
  retryAfter?: number;
  message?: string;
  /** `after`: carried out, but the answer is lost. */
  dropConnection?: 'before' | 'after';
  delayMs?: number;
}

export interface TestUpload {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface CommandCall {
  name: string;
  options?: Readonly<Record<string, string | number | boolean>>;
  attachments?: readonly (TestUpload & { optionName: string })[];
  channelId?: string;
  user?: TestUser;
  locale?: string;
  /** Bytes a file of the answer may have here; 10 MiB unless told otherwise. */
  attachmentSizeLimit?: number;
}

/** A command half filled in: `begun` stands in `option`, where the cursor is. */
export interface TypingCall extends CommandCall {
  option: string;
  begun: string;
}

export type ButtonPress = {
  messageId: string;
  user?: TestUser;
  channelId?: string;
} & ({ customId: string } | { label: string });

/** Somebody picks an entry under Apps in the menu of a message. */
export interface MenuCall {
  name: string;
  messageId: string;
  user?: TestUser;
  attachmentSizeLimit?: number;
}

/** Somebody sends a form that an interaction opened. */
export interface ModalSending {
  /** By custom id; what is left out is sent as the form opened. */
  values?: Readonly<Record<string, string | readonly TestUpload[]>>;
  /** Somebody else, who would have to forge it. */
  user?: TestUser;
  /** Elsewhere, which would have to be forged, too. */
  channelId?: string;
}

/** An interaction as nobody checked it: any type, any data, on a message or on none. */
export interface RawInteraction {
  type: number;
  data: JsonObject;
  messageId?: string;
  user?: TestUser;
}

export interface PersonMessage {
  channelId: string;
  user?: TestUser;
  content: string;
  attachments?: readonly TestUpload[];
  /** The message it replies to, with "ping on reply" on. */
  repliesTo?: string;
  /** With "ping on reply" off. */
  isQuiet?: boolean;
  /** Puts a mention of the bot before the content. */
  mentionsBot?: boolean;
  /** The message that it forwards, content and all. */
  forwards?: string;
  /** Pictures inside embeds, which Discord's proxy hands out. */
  embeds?: readonly { image?: TestUpload; thumbnail?: TestUpload }[];
  /** Pictures inside a gallery of components. */
  gallery?: readonly TestUpload[];
  /** Posted by a webhook; `user` gives it its name. */
  viaWebhook?: boolean;
  /** Makes it a voice message, which has one attachment and no words. */
  voice?: VoiceFacts;
}

/** What somebody records and sends; clients let nobody write words with it. */
export interface VoiceNote extends Omit<
  PersonMessage,
  'content' | 'attachments' | 'mentionsBot' | 'forwards' | 'embeds' | 'gallery' | 'voice'
> {
  /** Ogg/Opus. */
  readonly bytes: Uint8Array;
  /** 2.5 unless told otherwise. */
  readonly seconds?: number;
}

export type GatewayDrop = 'close' | 'reconnect-op7' | 'invalid-session' | 'silent';

export interface DiscordServer {
  /** For DISCORD_API_URL. */
  readonly apiUrl: string;
  /** For DISCORD_FILE_HOSTS. */
  readonly fileHost: string;
  readonly port: number;
  readonly token: string;
  readonly applicationId: string;
  readonly botUserId: string;
  readonly guildId: string;
  readonly channelId: string;
  /** A thread in the channel. */
  readonly threadId: string;
  /** A channel of the guild that only the admitted may see; the bot is. */
  readonly closedChannelId: string;
  /** A private thread in the guild channel; the bot is in it, people once they are admitted. */
  readonly privateThreadId: string;
  /** The bot's direct messages with `person`. */
  readonly dmChannelId: string;
  /** A guild channel the bot is no member of: only the interaction token works there. */
  readonly foreignChannelId: string;
  /** A group conversation of people, reached by user install only. */
  readonly groupChannelId: string;
  /** The person who acts unless a test names another. */
  readonly person: TestUser;
  /** False where ../shared is absent: bodies are then held against the server's own limits only. */
  readonly schemaChecked: boolean;
  /** Every request that Discord would have refused as malformed. */
  readonly violations: readonly string[];
  /** How many 429 were answered. */
  readonly tooManyRequests: number;
  readonly journal: readonly RecordedRequest[];
  /** The last bulk overwrite. */
  readonly publishedCommands: readonly unknown[];
  readonly commandWrites: number;
  /** How often a client identified and resumed, and whether one is connected now. */
  readonly gateway: {
    readonly identifies: number;
    readonly resumes: number;
    readonly connected: boolean;
  };
  /** The person of that name; a new one without a name. */
  user(name?: string): TestUser;
  /** Changes the bot's permission bits in the guild channel and its thread. */
  permit(permissions: bigint): void;
  /** Gives a person more permission bits in the guild than people usually have. */
  empower(user: TestUser, permissions: bigint): void;
  /** Lets a person into the closed channel or the private thread. */
  admit(user: TestUser, channelId: string): void;
  runCommand(call: CommandCall): Promise<TestInteraction>;
  /** Discord asks Easel for suggestions; the answer's choices are in the interaction's response. */
  typeInto(call: TypingCall): Promise<TestInteraction>;
  pressButton(press: ButtonPress): Promise<TestInteraction>;
  openMenu(call: MenuCall): Promise<TestInteraction>;
  sendModal(opening: TestInteraction, sending?: ModalSending): Promise<TestInteraction>;
  sendInteraction(raw: RawInteraction): Promise<TestInteraction>;
  sendMessage(message: PersonMessage): Promise<ServerMessage>;
  sendVoiceNote(note: VoiceNote): Promise<ServerMessage>;
  /** Sends the very same event again. */
  redeliver(event: TestInteraction | ServerMessage): void;
  /** Everything in a channel in order, deleted and ephemeral messages included. */
  messages(channelId: string): ServerMessage[];
  waitFor<T>(check: () => T | undefined | false, timeoutMs?: number): Promise<T>;
  fail(rule: FaultRule): void;
  /** Takes every fault back that is left. */
  mend(): void;
  dropGateway(how: GatewayDrop): Promise<void>;
  close(): Promise<void>;
}
