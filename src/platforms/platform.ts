/**
 * The contract between Easel and a chat platform. One folder beside this file is one platform; the
 * folder is scanned. There are no optional methods: what a platform cannot do is a value in its
 * limits, or an equal way of doing it.
 */
import type { Hono } from 'hono';
import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Command, Plan } from '../command.ts';
import type { Message, MessageRef } from '../message.ts';
import type { Person, Place } from '../place.ts';
import type { RawValues } from '../option.ts';
import type { Gallery } from '../pictures/gallery.ts';
import type { PlaceSettings } from '../pictures/place-settings.ts';
import type { SignedAddresses } from '../pictures/signed-address.ts';
import type { AttachmentRef } from '../request.ts';

/** One wish of one person. */
export interface Invocation {
  /** The platform's event id, prefixed with its name: seen twice means delivered twice. */
  readonly id: string;
  readonly person: Person;
  readonly place: Place;
  readonly commandName: string;
  /** Raw values by option name; the command's schema decides. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly attachments: readonly AttachmentRef[];
  /**
   * The message that this one answers or was chosen for in a menu; on Slack, what a thread showed
   * last. Undefined where it answers nothing. Throws `UserError` where there may be pictures that
   * Easel is not shown.
   */
  readAnswered(): Promise<AnsweredMessage | undefined>;
  /** Whether this person may take away what others posted here. */
  isModerator(): Promise<boolean>;
  /**
   * Opens the one public status message, inside the platform's 3 seconds. Throws `NotOursError`
   * where another process has answered already, `UpstreamError` where the platform refuses.
   */
  acknowledge(message: Message): Promise<StatusMessage>;
  /**
   * Says something to this person alone where the platform can; instead of `acknowledge`. Files
   * beyond what may be sent here are left out with a word.
   */
  answer(message: Message, files?: readonly DeliverableFile[]): Promise<void>;
}

/**
 * A message that somebody means, with what it holds in the order in which it is shown. Where a whole
 * thread is answered, its newest pictures with their message, its newest recordings and words.
 */
export interface AnsweredMessage {
  readonly message: MessageRef;
  /** Its pictures. */
  readonly files: readonly AttachmentRef[];
  /** Its files of sound and film. */
  readonly recordings: readonly AttachmentRef[];
  /** What it says, without markup; empty where it says nothing. */
  readonly text: string;
  /**
   * Messages of Easel's own without pictures that a thread holds after it, newest first: what is said
   * may be about one of them, such as a transcript. Empty where people answer single messages.
   */
  readonly nearer: readonly MessageRef[];
}

/** Who wants to see something, and from where. */
export interface Asker {
  readonly person: Person;
  readonly place: Place;
}

/** Thrown by `acknowledge` when the event belongs to another process: do nothing, pay nothing. */
export class NotOursError extends Error {
  override readonly name = 'NotOursError';
}

/** A file of a result, on this machine's disk. */
export interface DeliverableFile {
  readonly path: string;
  /** `[a-z0-9._-]`, with the extension of the real type. */
  readonly fileName: string;
  /** By content, such as `image/png`. */
  readonly contentType: string;
  readonly bytes: number;
  /** At most 1,000 characters (Slack's limit). */
  readonly altText: string;
  /** Hidden until somebody asks to see it; only ever true where the platform's limits say so. */
  readonly isSpoiler: boolean;
  /**
   * Present for somebody's voice in Ogg/Opus; only ever where the platform's limits say so. It is
   * posted as a voice message of its own, or like any file where that may not be.
   */
  readonly voice?: VoiceFacts;
}

/** What a voice message tells of its sound. */
export interface VoiceFacts {
  readonly seconds: number;
  /** At most 256 bytes in base64: the loudness over time, 0 to 255. */
  readonly waveform: string;
}

/** What a platform noted on earlier tries of the same delivery. Survives a crash. */
export interface Checkpoint {
  /** The last saved value, or undefined on the first try. */
  readonly saved: unknown;
  save(value: unknown): Promise<void>;
}

export interface Delivery {
  /** The job's id: the same key never posts twice, whatever crashed in between. */
  readonly key: string;
  /** Says what this is; goes with the files, and so do its buttons where the limits say so. */
  readonly caption: Message;
  /** Pictures, sound, video, anything; empty where the caption is all there is to say. */
  readonly files: readonly DeliverableFile[];
  readonly checkpoint: Checkpoint;
}

/** A message of a delivery. */
export interface PostedMessage {
  readonly ref: MessageRef;
  /** The names of the delivery's files that it carries. */
  readonly fileNames: readonly string[];
}

/** What one message may carry here; the core makes each file fit `bytesPerFile` before `deliver`. */
export interface FileLimits {
  readonly bytesPerFile: number;
  readonly bytesPerMessage: number;
  readonly filesPerMessage: number;
}

/** The one message of a job that is edited in place. */
export interface StatusMessage {
  /** Plain JSON, stored with the job at once. */
  readonly ref: MessageRef;
  readonly fileLimits: FileLimits;
  /** From here on nothing can be said in this place any more; undefined where there is no end. */
  readonly reachableUntil: Date | undefined;
  /** Replaces the text and the buttons. Throws `UpstreamError` when the message is gone for good. */
  update(message: Message): Promise<void>;
  /** Posts the result where the request was made. Returns every message that carries it. */
  deliver(delivery: Delivery): Promise<readonly PostedMessage[]>;
}

/** Abilities are data. */
export interface PlatformLimits {
  /** No more than one edit in this many milliseconds for each `editScope`. */
  readonly editEveryMs: number;
  readonly editScope: 'message' | 'channel' | 'tenant';
  /** Characters of text in one message. */
  readonly textLength: number;
  /** Whether a file can be hidden until somebody asks to see it. */
  readonly hasSpoilers: boolean;
  /** Whether Easel is shown what people say to each other, where it is a member. */
  readonly seesEverything: boolean;
  /** Whether there are messages that are a voice and nothing else. */
  readonly hasVoiceMessages: boolean;
  /** Whether a message that carries files can have buttons; else they stay on the status message. */
  readonly hasButtonsBesideFiles: boolean;
}

/** Where the bytes of an attachment are, and what it takes to read them. */
export type AttachmentSource =
  | {
      readonly kind: 'remote';
      readonly url: string;
      /** Sent to these hosts only, and never after a redirect to another one. */
      readonly headers: Readonly<Record<string, string>>;
      readonly hosts: readonly string[];
    }
  | { readonly kind: 'local'; readonly path: string };

export interface ChatPlatform {
  readonly name: string;
  readonly limits: PlatformLimits;
  /** Makes the commands known; writes only when something changed. */
  publishCommands(commands: readonly Command[]): Promise<void>;
  /** Resolves once events can be acknowledged. Errors of the handler are the platform's to log. */
  start(onInvocation: (invocation: Invocation) => Promise<void>): Promise<void>;
  /** A status message known only by its stored reference: after a restart, or from a button. */
  reopen(ref: MessageRef): StatusMessage;
  /** A status message of its own, where no acknowledged event is at hand; never twice for one key. */
  post(place: Place, message: Message, key: string): Promise<StatusMessage>;
  /** Finds an attachment's bytes with this platform's own credentials and host list. */
  locateAttachment(ref: AttachmentRef): Promise<AttachmentSource>;
  /**
   * The message behind a link to it. Undefined for what is no link to a message of
   * this platform. Throws `UserError` where the asker or Easel may not see it.
   */
  readLinked(link: string, asker: Asker): Promise<AnsweredMessage | undefined>;
  /** Takes a message of Easel's away, with its files. One that is gone already is fine. */
  remove(ref: MessageRef): Promise<void>;
  /** Changes the alt text of a file in a message; false where the platform cannot. */
  describe(ref: MessageRef, fileName: string, altText: string): Promise<boolean>;
  /** True while events arrive: `GET /healthz` tells. */
  isConnected(): boolean;
  /** Takes no further events; lets calls under way end. */
  stop(): Promise<void>;
}

/** A small table of the platform's own: JSON by collection and id, kept in Easel's store. */
export interface RecordStore {
  read(collection: string, id: string): Promise<unknown>;
  write(collection: string, id: string, value: unknown): Promise<void>;
  /** True when the id was not there yet: the way to do something only once. */
  claim(collection: string, id: string, value: unknown): Promise<boolean>;
  remove(collection: string, id: string): Promise<void>;
  /** The newest `limit` records, oldest first (by first write). */
  list(collection: string, limit: number): Promise<readonly { id: string; value: unknown }[]>;
}

/** The one HTTP server of the process. */
export interface HttpDoor {
  readonly app: Hono;
  /** For libraries that want Node's own request and response; the path must match exactly. */
  raw(path: string, listener: RequestListener): void;
}

/** A form that somebody wants to fill in. */
export interface FormRequest extends Asker {
  readonly commandName: string;
  /** What the pressed button is about; undefined for an entry in a message's menu. */
  readonly job: string | undefined;
}

/** Everything that a platform may use. */
export interface PlatformParts {
  readonly log: Logger;
  readonly clock: Clock;
  readonly records: RecordStore;
  readonly http: HttpDoor;
  readonly commands: readonly Command[];
  /**
   * What would be bent or left out if the plan were carried out now; nothing is. Throws `UserError`
   * for what the plan's model would refuse.
   */
  readonly preview: (plan: Plan) => readonly string[];
  /**
   * What a form holds at first that a button or a menu entry opens. Throws `UserError` where this
   * person may not do that here.
   */
  readonly startForm: (form: FormRequest) => Promise<RawValues>;
  /** How a channel or conversation wants to be dealt with. */
  readonly settingsOf: (place: Place) => Promise<PlaceSettings>;
  /** Earlier pictures, for pages that show them. */
  readonly gallery: Gallery;
  /** Of pages and pictures that whoever was given one may open. */
  readonly addresses: SignedAddresses;
  /** A folder of the platform's own, made before it is handed over. */
  readonly folder: string;
}

/** The environment with blanks removed and quotes trimmed; a name that is absent is unset. */
export type Environment = Readonly<Record<string, string>>;

/** What a platform makes of the environment. */
export type PlatformSetting =
  | {
      readonly state: 'on';
      /** For the table at start, such as `gateway` or `Socket Mode`; no secrets. */
      readonly how: string;
      connect(parts: PlatformParts): Promise<ChatPlatform>;
    }
  | { readonly state: 'off'; /** Such as `DISCORD_TOKEN`. */ readonly turnOnWith: string }
  /** Each a sentence that names the variable, what is wrong and the remedy. */
  | { readonly state: 'mistaken'; readonly mistakes: readonly string[] };

/** The default export of `src/platforms/<name>/index.ts`; loads no library before `connect`. */
export interface PlatformDefinition {
  readonly name: string;
  readonly title: string;
  /** Every variable that `read` looks at: a test asks `.env.example` for each. */
  readonly variables: readonly string[];
  /** Whether it answers `GET /p/<picture id>/tree`, the page that a signed address of a tree leads to. */
  readonly hasTreePage: boolean;
  read(environment: Environment): PlatformSetting;
}
