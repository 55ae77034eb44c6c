/** What the loopback Slack shows to tests, and how they steer it. */

export interface SlackServerOptions {
  /** Clock for rate limits, trigger ids, signatures and message timestamps; `Date.now` unless given. */
  readonly now?: () => number;
  /** Channels that the bot has been invited to besides `channelId`. */
  readonly botInChannels?: readonly ('private' | 'public')[];
  /** Scopes of the bot token; all that Easel's manifest may ask for unless given. */
  readonly scopes?: readonly string[];
  /** Slack's 3,000 ms; shorter in tests that wait for a missing acknowledgement. */
  readonly acknowledgeWithinMs?: number;
  /** Pauses before the first, second and third redelivery of an unacknowledged event. */
  readonly retryAfterMs?: readonly number[];
  /** How long an upload is processed before `mimetype` and `shares` appear. */
  readonly processingMs?: number;
  /** Slack may list fewer members of a channel at a time than it was asked for. */
  readonly membersPerPage?: number;
}

/** One call of the bot: a Web API method, or `upload`, `download`, `response_url`. */
export interface RecordedCall {
  readonly method: string;
  /** Parsed: JSON arguments are objects, `true` and `false` are booleans, the rest are strings. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly token: string;
  readonly at: number;
  /** HTTP status of the answer, 0 where the connection was dropped. */
  status: number;
  /** The `error` field of the answer, empty where it was `ok`. */
  error: string;
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  title: string;
  /** The `alt_txt` of the upload. */
  readonly altText: string;
  /** Empty until processed; found in the bytes for uploads of the bot. */
  mimetype: string;
  bytes: Uint8Array;
  readonly owner: string;
  readonly shares: {
    readonly channelId: string;
    readonly ts: string;
    readonly threadTs?: string;
  }[];
  /** How often `files.completeUploadExternal` named this file; more than once is a double post. */
  completions: number;
}

export interface SlackMessage {
  readonly ts: string;
  readonly channelId: string;
  readonly threadTs: string | undefined;
  readonly userId: string;
  readonly fromBot: boolean;
  text: string;
  blocks: readonly SlackBlock[];
  metadata: unknown;
  readonly files: SlackFile[];
  /** Previews of links, and messages that were forwarded, as Slack tells of them. */
  attachments: readonly Readonly<Record<string, unknown>>[];
  /** What the message was before each edit, oldest first. */
  readonly edits: {
    readonly at: number;
    readonly text: string;
    readonly blocks: readonly SlackBlock[];
  }[];
  /** Everybody and everything that this message would notify: `channel`, `here`, `U…`, `subteam^S…`. */
  pings: readonly string[];
  /** Buttons that the message shows now. */
  readonly buttons: readonly SlackButton[];
}

export type SlackBlock = Readonly<Record<string, unknown>> & { readonly type: string };

export interface SlackButton {
  readonly actionId: string;
  readonly blockId: string;
  readonly label: string;
  readonly value: string;
}

/** A message that one person sees. */
export interface EphemeralMessage {
  readonly ts: string;
  readonly channelId: string;
  readonly userId: string;
  readonly threadTs: string | undefined;
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  /** How it came about. */
  readonly by: 'acknowledgement' | 'response_url' | 'chat.postEphemeral';
  readonly buttons: readonly SlackButton[];
}

/** What a person sees after a command, a button press or a submitted form. */
export interface Acknowledgement {
  /** Undefined where nothing came within 3 seconds. */
  readonly acknowledgedAfterMs: number | undefined;
  readonly ackBody: unknown;
  /** Such as `operation_timeout` or `dispatch_failed`; empty when all is well. */
  readonly errors: readonly string[];
}

export interface OpenView {
  readonly id: string;
  readonly userId: string;
  hash: string;
  view: Readonly<Record<string, unknown>> & { readonly blocks: readonly SlackBlock[] };
  /** What the person put in, by block id and action id: it outlives updates that keep both. */
  readonly filled: Map<string, FieldEntry>;
  /** The choices that each select without a list of its own has shown, by block id. */
  readonly offered: Map<string, MenuChoice[]>;
}

/** A field as `view.state.values` has it. */
export type FieldEntry = Readonly<Record<string, unknown>> & { readonly type: unknown };

export interface MenuChoice {
  readonly text: { readonly text: string };
  readonly value: string;
}

/** What a select shows while somebody types into it. */
export interface Menu {
  readonly choices: readonly MenuChoice[];
  readonly acknowledgedAfterMs: number | undefined;
  readonly errors: readonly string[];
}

export interface SentFile {
  readonly name: string;
  readonly mimetype: string;
  readonly bytes: Uint8Array;
  /** A native voice or video clip. */
  readonly subtype?: 'slack_audio' | 'slack_video';
  /** How long a clip plays, 2 unless given. */
  readonly seconds?: number;
  /** Slack Connect: the event carries a stub; `files.info` has the rest. */
  readonly stub?: true;
  /** A pointer to another host (Google Drive and the like), never to be fetched. */
  readonly externalUrl?: string;
}

export interface SentMessage {
  readonly channelId?: string;
  readonly text: string;
  readonly threadTs?: string;
  readonly files?: readonly SentFile[];
  readonly user?: string;
  /** Puts `<@bot>` in front of the text. */
  readonly mentionsBot?: boolean;
  /** A message that this one forwards. */
  readonly forwards?: { readonly channelId: string; readonly ts: string };
  /** Pictures of pages whose links Slack shows a preview of, a moment after the message. */
  readonly previews?: readonly string[];
}

/** What another app of the workspace posts; its pictures may be anywhere. */
export interface AppMessage {
  readonly channelId?: string;
  readonly text: string;
  readonly threadTs?: string;
  readonly blocks?: readonly SlackBlock[];
  readonly attachments?: readonly Readonly<Record<string, unknown>>[];
  readonly files?: readonly SentFile[];
}

/** One event of the Events API and what became of each of its deliveries. */
export interface SentEvent {
  readonly eventId: string;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly event: Readonly<Record<string, unknown>>;
  };
  /** Deliveries whose fate is known. */
  readonly attempts: EventAttempt[];
}

export interface EventAttempt {
  readonly at: number;
  /** Empty on the first delivery. */
  readonly reason: string;
  /** Undefined where no acknowledgement came in time. */
  readonly acknowledgedAfterMs: number | undefined;
  /** Number of the socket connection (from 1), or 0 for HTTP and where there was none. */
  readonly connection: number;
}

export interface FaultRule {
  /** A Web API method, or `upload`, `download`, `response_url`. */
  readonly method: string;
  /** Once unless given. */
  readonly times?: number;
  /** An `error` of the Web API; `ratelimited` comes with status 429. */
  readonly error?: string;
  readonly status?: number;
  /** Seconds in `Retry-After`, 1 unless given. */
  readonly retryAfter?: number;
  /** Cuts the connection before or after the call took effect. */
  readonly dropConnection?: 'before' | 'after';
  /** Waits before the call takes effect; alone, the call then goes well. */
  readonly delayMs?: number;
  /** Answers `ok` for `files.completeUploadExternal` and shares nothing, as some workspaces do. */
  readonly sharesNothing?: true;
}

/** A request to the bot's HTTP address as somebody who is not Slack would send it. */
export interface ForgedRequest {
  readonly body: string;
  readonly contentType?: 'application/json' | 'application/x-www-form-urlencoded';
  readonly signature: 'valid' | 'missing' | 'stale' | 'wrong';
}

export interface SlackServer {
  /** Ends with `/api/`. */
  readonly apiUrl: string;
  /** Host and port of `url_private` addresses. */
  readonly fileHost: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly appId: string;
  /** A public channel with the bot in it. */
  readonly channelId: string;
  /** A private channel; without the bot unless `botInChannels` says otherwise. */
  readonly privateChannelId: string;
  /** A public channel; without the bot unless `botInChannels` says otherwise. */
  readonly publicChannelId: string;
  /** The conversation between `userId` and the bot. */
  readonly dmChannelId: string;
  readonly userId: string;
  readonly otherUserId: string;
  /** An admin of the workspace, in the same channels as the two others. */
  readonly adminUserId: string;
  /** Somebody who is in `channelId` and nowhere else. */
  readonly newcomerUserId: string;
  /** Every broken limit, unknown argument and other thing that Slack forbids or silently spoils. */
  readonly violations: string[];
  /** Answers with 429 that the bot's own pace caused; injected ones are not counted. */
  readonly tooManyRequests: number;
  readonly journal: readonly RecordedCall[];
  readonly events: readonly SentEvent[];
  readonly openViews: readonly OpenView[];
  readonly files: readonly SlackFile[];
  /** `http` is the bot's address without the path `/slack/events`. */
  deliverVia: 'socket' | { readonly http: string };
  runCommand(command: {
    readonly command: string;
    readonly text: string;
    readonly channelId?: string;
    readonly user?: string;
  }): Promise<Acknowledgement>;
  /** Posts as a person, sends the events and returns the message's `ts`. */
  sendMessage(message: SentMessage): Promise<string>;
  /** Posts as another app, sends the events and returns the message's `ts`. */
  postAsApp(message: AppMessage): string;
  /** What a link to a message shows of it, as an attachment of the message with the link. */
  toLinked(channelId: string, ts: string): Readonly<Record<string, unknown>>;
  /** “Copy link” of a message. */
  linkTo(channelId: string, ts: string): string;
  /** Presses the button with this action id or label, also of what one person alone was told. */
  pressButton(press: {
    readonly channelId: string;
    readonly ts: string;
    readonly actionId?: string;
    readonly label?: string;
    readonly user?: string;
  }): Promise<Acknowledgement>;
  /** Opens a select of a form that asks the bot for its choices, with this much typed into it. */
  openMenu(menu: {
    readonly viewId: string;
    readonly field: string;
    readonly typed?: string;
    readonly user?: string;
  }): Promise<Menu>;
  /**
   * Fills in fields of a form by block id or action id. A file input takes a list of `SentFile`; a
   * select that asks for its choices is opened first, and the value typed. Resolves with the
   * acknowledgement of each field that tells the bot of its change.
   */
  fillView(filling: {
    readonly viewId: string;
    readonly values: Readonly<Record<string, unknown>>;
    readonly user?: string;
  }): Promise<readonly Acknowledgement[]>;
  /** Closes a form without sending it. */
  closeView(viewId: string): void;
  /** Fills in fields as `fillView` does, and sends the form; what is left out stays as it is. */
  submitView(submission: {
    readonly viewId: string;
    readonly values: Readonly<Record<string, unknown>>;
    readonly user?: string;
  }): Promise<Acknowledgement>;
  messageShortcut(shortcut: {
    readonly callbackId: string;
    readonly channelId: string;
    readonly ts: string;
    readonly user?: string;
  }): Promise<Acknowledgement>;
  globalShortcut(shortcut: {
    readonly callbackId: string;
    readonly user?: string;
  }): Promise<Acknowledgement>;
  /** Sends the event once more under its old id. */
  redeliver(event: SentEvent, reason: string): Promise<void>;
  /** Sends any event of the Events API, such as `app_uninstalled`. */
  sendEvent(event: Readonly<Record<string, unknown>>): SentEvent;
  /** What everybody in the channel sees now, thread replies included, oldest first. */
  messages(channelId: string): readonly SlackMessage[];
  ephemerals(channelId: string): readonly EphemeralMessage[];
  /** Resolves with the first truthy answer; rejects after 10 seconds unless told otherwise. */
  waitFor<Found>(check: () => Found | undefined | null | false, timeoutMs?: number): Promise<Found>;
  fail(rule: FaultRule): void;
  /** Takes every fault back that is left. */
  mend(): void;
  /** Resolves once the frame is out or the connection is cut; takes the oldest connection. */
  dropSocket(how: 'warning' | 'refresh' | 'close' | 'silent'): Promise<void>;
  socketConnections(): number;
  /** Sends a request that Slack would not, and returns the bot's answer. */
  forge(request: ForgedRequest): Promise<{ readonly status: number; readonly body: string }>;
  /** Slack's own probes of an HTTP address: the certificate check and the challenge. */
  probe(
    kind: 'ssl_check' | 'url_verification',
  ): Promise<{ readonly status: number; readonly body: string }>;
  close(): Promise<void>;
}
