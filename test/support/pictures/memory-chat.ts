/** A chat in memory that does all that the contract asks for: what was said is there to be looked at. */
import { readFile } from 'node:fs/promises';
import type { Message, MessageRef } from '../../../src/message.ts';
import type { Person, Place } from '../../../src/place.ts';
import type {
  AnsweredMessage,
  ChatPlatform,
  DeliverableFile,
  Invocation,
  StatusMessage,
} from '../../../src/platforms/platform.ts';
import type { AttachmentRef } from '../../../src/request.ts';

interface SaidFile {
  readonly fileName: string;
  altText: string;
  readonly path: string;
}

interface Said {
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

export function createMemoryChat() {
  const said = new Map<string, Said>();
  const whispers: { message: Message; files: readonly DeliverableFile[] }[] = [];
  const uploads = new Map<string, string>();
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
        const kept = files.map(({ fileName, altText, path }) => ({ fileName, altText, path }));
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
      hasVoiceMessages: false,
      hasButtonsBesideFiles: true,
    },
    publishCommands: async () => undefined,
    start: async () => undefined,
    reopen: open,
    post: async (place, message) => post(place, message),
    locateAttachment: async ({ id }) => ({ kind: 'local', path: uploads.get(id) ?? '' }),
    readLinked: async (link) => {
      const found = said.get(link.replace('memory:', ''));
      return found && toAnswered(found);
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

  function toAnswered({ ref, files }: Said): AnsweredMessage {
    return {
      message: ref,
      files: files.map(({ fileName }) => ({
        platform: 'memory',
        id: `${ref.id}/${fileName}`,
        fileName,
        claimedType: 'image/png',
        bytes: 1,
        url: '',
      })),
      recordings: [],
      text: '',
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
    /** Where a person's own file is. */
    upload(fileName: string, path: string): AttachmentRef {
      uploads.set(fileName, path);
      const claim = { claimedType: 'image/png', bytes: 1, url: '' };
      return { platform: 'memory', id: fileName, fileName, ...claim };
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
