/** What a journey needs of a chat, whichever platform it is: to ask, to look, to press. */

export type Where = 'channel' | 'thread' | 'direct';

export interface DeliveredFile {
  readonly name: string;
  readonly altText: string;
  readonly bytes: Uint8Array;
}

/** A message of Easel's that carries files. */
export interface DeliveredMessage {
  readonly where: Where;
  readonly text: string;
  readonly files: readonly DeliveredFile[];
}

export interface Upload {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** What Easel posted as a result, or as a page of one. */
export interface PostedMessage extends DeliveredMessage {
  readonly id: string;
  /** Line by line, as people read it: without markup, and without the number of the page. */
  readonly words: readonly string[];
}

interface Saying {
  /** What it answers, as one does here: by reply, or in the thread. */
  readonly to?: string;
  readonly where?: Where;
}

export interface TestChat {
  readonly name: string;
  /** Where Easel can be asked on this platform. */
  readonly places: readonly Where[];
  /** What Easel must be started with to meet this chat. */
  readonly env: Readonly<Record<string, string>>;
  /** Tells the chat where Easel is now; to be called after each start. */
  attach(easelUrl: string): Promise<void>;
  /** Types `/imagine` (or its equal there) with these words and flags. */
  ask(text: string, where?: Where, uploads?: readonly Upload[]): Promise<void>;
  /** How long the newest request took to be acknowledged; undefined when it was not. */
  acknowledgedAfterMs(): number | undefined;
  /** Everything that the status messages said so far, in order. */
  statusTexts(): readonly string[];
  /** What the newest status message says now. */
  newestStatus(): string;
  /** How many status messages there are. */
  statusCount(): number;
  /** What only the person who asked was told. */
  privateTexts(): readonly string[];
  deliveries(): Promise<readonly DeliveredMessage[]>;
  /** Presses a button of the newest status message. */
  press(label: string): Promise<void>;
  /** A person shows pictures to everybody; resolves with what can be answered. */
  show(pictures: readonly Upload[], where?: Where): Promise<string>;
  /** What is answered to go on from the newest result. */
  newestResult(): string | Promise<string>;
  /** Answers with these words, meant for Easel, as one does here: by reply, or in the thread. */
  reply(to: string, text: string, pictures?: readonly Upload[], where?: Where): Promise<unknown>;
  /** What people record with here: the kind of file that the platform's own recorder makes. */
  readonly records: 'ogg' | 'm4a' | 'live-webm';
  /** Types any command with its flags, and gives it files as one does here. */
  command(name: string, text: string, files?: readonly Upload[], where?: Where): Promise<void>;
  /** Says something to Easel by a recording alone. */
  sayAloud(recording: Upload, saying?: Saying): Promise<void>;
  /** Says something to nobody in particular, or shows it; by a bot where this platform has them. */
  chatter(text: string, files?: readonly Upload[], by?: 'person' | 'bot'): Promise<void>;
  /** Chooses what stands in the menu of a message. */
  choose(entry: string, message: string): Promise<void>;
  /** Presses a button that asks something first, and answers. */
  pressAndAnswer(label: string, answers: Readonly<Record<string, string>>): Promise<void>;
  /** Changes how Easel behaves in the channel; `by` is somebody who may, unless told otherwise. */
  set(flags: string, by?: 'moderator' | 'anybody'): Promise<void>;
  /** All results that Easel posted so far, in order: words alone count as well. */
  posted(): Promise<readonly PostedMessage[]>;
  /** What stands under the newest result, or on its card where a platform has no room beside it. */
  buttons(): Promise<readonly string[]>;
  /** The files that Easel gave to one person alone, oldest first. */
  handedOut(): Promise<readonly DeliveredFile[]>;
  /** Sends the newest request's event once more, as platforms do when an answer was lost. */
  redeliver(): Promise<void>;
  /** Broken rules and 429 answers: must stay empty. */
  problems(): readonly string[];
  close(): Promise<void>;
}

/** Resolves with the first truthy answer. Polls, because chats are other processes' doing. */
export async function waitFor<Found>(
  what: string,
  check: () => Promise<Found | undefined | false> | Found | undefined | false,
  timeoutMs = 40_000,
): Promise<Found> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
