/** A chat in memory that does all that the contract asks for: what was said is there to be looked at. */
import { readFile } from 'node:fs/promises';
import type { Message, MessageRef } from '../../../src/message.ts';
import type { Person, Place } from '../../../src/place.ts';
import type {
  AnsweredMessage,
  AttachmentSource,
  ChatPlatform,
  DeliverableFile,
  Invocation,
  StatusMessage,
} from '../../../src/platforms/platform.ts';
import type { AttachmentRef } from '../../../src/request.ts';

interface SaidFile extends Omit<DeliverableFile, 'altText'> {
  altText: string;
}

export interface Said {
  readonly ref: MessageRef;
  message: Message;
  files: SaidFile[];
}

interface Order {
  readonly command: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly person?: Person;
  readonly place?: Place;
  readonly attachments?: readonly AttachmentRef[];
  readonly answers?: AnsweredMessage;
  readonly isModerator?: boolean;
  /** The same event, delivered again. */
  readonly id?: string;
}

export const ada: Person = { id: 'ada', name: 'Ada Lovelace' };
export const bob: Person = { id: 'bob', name: 'Bob Kahn' };
export const studio: Place = { platform: 'memory', tenant: 'guild', channel: 'studio' };
export const elsewhere: Place = { platform: 'memory', tenant: 'guild', channel: 'elsewhere' };

export function createMemoryChat({ hasVoiceMessages = false } = {}) {
  const said = new Map<string, Said>();
  /** What people said and showed, by the id of their message. */
  const others = new Map<string, AnsweredMessage>();
  const whispers: { message: Message; files: readonly DeliverableFile[] }[] = [];
  const uploads = new Map<string, AttachmentSource>();
  let count = 0;

  function post(place: Place, message: Message): StatusMessage {
    count += 1;
    const { platform, channel } = place;
    const ref: MessageRef = { platform, channel, id: `m${count}`, details: {} };
    said.set(ref.id, { ref, message, files: [] });
    return open(ref);
  }

  function open(ref: MessageRef): StatusMessage {
    const find = (): Said => {
      const found = said.get(ref.id);
      if (!found) throw new Error('that message is gone');
      return found;
    };
    return {
      ref,
      fileLimits: { bytesPerFile: 1e8, bytesPerMessage: 1e9, filesPerMessage: 10 },
      reachableUntil: undefined,
      update: async (message) => void (find().message = message),
      async deliver({ caption, files }) {
        const result = post({ ...studio, channel: ref.channel }, caption);
        const kept = files.map((file) => ({ ...file }));
        said.set(result.ref.id, { ref: result.ref, message: caption, files: kept });
        return [{ ref: result.ref, fileNames: files.map(({ fileName }) => fileName) }];
      },
    };
  }

  const platform: ChatPlatform = {
    name: 'memory',
    limits: {
      editEveryMs: 1,
      editScope: 'message',
      textLength: 4000,
      hasSpoilers: true,
      seesEverything: true,
      hasVoiceMessages,
      hasButtonsBesideFiles: true,
    },
    publishCommands: async () => undefined,
    start: async () => undefined,
    reopen: open,
    post: async (place, message) => post(place, message),
    locateAttachment: async ({ id }) => uploads.get(id) ?? { kind: 'local', path: '' },
    readLinked: async (link) => {
      const id = link.replace('memory:', '');
      const found = said.get(id);
      return found ? toAnswered(found) : others.get(id);
    },
    remove: async ({ id }) => void said.delete(id),
    async describe({ id }, fileName, altText) {
      const file = said.get(id)?.files.find((one) => one.fileName === fileName);
      if (file) file.altText = altText;
      return file !== undefined;
    },
    isConnected: () => true,
    stop: async () => undefined,
  };

  function toAnswered({ ref, files, message }: Said): AnsweredMessage {
    const refs = files.map(({ fileName, contentType }) => ({
      platform: 'memory',
      id: `${ref.id}/${fileName}`,
      fileName,
      claimedType: contentType,
      bytes: 1,
      url: '',
    }));
    files.forEach(({ fileName, path }) =>
      uploads.set(`${ref.id}/${fileName}`, { kind: 'local', path }),
    );
    return {
      message: ref,
      files: refs.filter(({ claimedType }) => claimedType.startsWith('image/')),
      recordings: refs.filter(isRecording),
      text: textOf(message),
      nearer: [],
    };
  }

  return {
    platform,
    whispers,
    said: () => [...said.values()],
    /** Those of Easel's messages that carry files, oldest first. */
    results: () => [...said.values()].filter(({ files }) => files.length > 0),
    bytesOf: ({ path }: SaidFile) => readFile(path),
    /** What answers to this message know of it. */
    answering: (result: Said) => toAnswered(result),
    /** Where a person's own file is: at this path, or behind an address. */
    upload(
      fileName: string,
      where: string | AttachmentSource,
      claim: Partial<AttachmentRef> = {},
    ): AttachmentRef {
      const usual = { id: fileName, claimedType: 'image/png', bytes: 1, url: '' };
      const ref = { platform: 'memory', fileName, ...usual, ...claim };
      uploads.set(ref.id, typeof where === 'string' ? { kind: 'local', path: where } : where);
      return ref;
    },
    /** A message of a person's own, which can be answered and linked to. */
    show({ files = [], recordings = [], text = '' }: Partial<AnsweredMessage>): AnsweredMessage {
      count += 1;
      const ref = { platform: 'memory', channel: studio.channel, id: `p${count}`, details: {} };
      const shown = { message: ref, files, recordings, text, nearer: [] };
      others.set(ref.id, shown);
      return shown;
    },
    toInvocation(order: Order): Invocation {
      const { person = ada, place = studio } = order;
      count += 1;
      return {
        id: order.id ?? `memory:${count}`,
        person,
        place,
        commandName: order.command,
        options: order.options ?? {},
        attachments: order.attachments ?? [],
        readAnswered: async () => order.answers,
        isModerator: async () => order.isModerator === true,
        acknowledge: async (message) => post(place, message),
        answer: async (message, files = []) => void whispers.push({ message, files }),
      };
    },
  };
}
export type MemoryChat = ReturnType<typeof createMemoryChat>;

export function textOf(message: Message | undefined): string {
  return (message?.blocks ?? [])
    .map((block) =>
      block.kind === 'quote'
        ? `> ${block.text}`
        : block.parts
            .map((part) => {
              if (typeof part === 'string') return part;
              if (part.kind === 'moment') return part.at.toISOString();
              return 'label' in part ? part.label : part.text;
            })
            .join(''),
    )
    .join('\n');
}

function isRecording({ claimedType }: AttachmentRef): boolean {
  return /^(?:audio|video)\//u.test(claimedType);
}
