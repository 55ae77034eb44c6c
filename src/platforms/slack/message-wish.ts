/** What somebody wants who says something in a message: in words, or in a recording. */
import {
  OVERHEARD_COMMAND,
  parseCommandLine,
  REPLY_COMMAND,
  SPOKEN_COMMAND,
} from '../../command-line.ts';
import { UserError } from '../../errors.ts';
import { toAttachmentRef, type SlackFile } from './attachments.ts';
import { createTellFile } from './file-refs.ts';
import type { Occasion, Wish } from './invocation.ts';
import { isRecording } from './message-recordings.ts';
import type { Hearing } from './messages.ts';
import type { MessageEvent } from './payloads.ts';
import type { SlackParts } from './slack-parts.ts';
import { decodeText } from './typed-text.ts';

/** What is written down unasked stays below its recording. */
export function placeHearing(occasion: Occasion, event: MessageEvent, hearing: Hearing): Occasion {
  return hearing === 'overheard' ? { ...occasion, thread: occasion.thread ?? event.ts } : occasion;
}

/** Undefined for what turned out to be nothing to act on. Throws `UserError` for what cannot be read. */
export async function readMessageWish(
  event: MessageEvent,
  hearing: Hearing,
  parts: SlackParts,
): Promise<Wish | undefined> {
  const text = decodeText(event.text, parts.bot.userId);
  const isWordy = text !== '' && hearing !== 'overheard';
  if (isWordy) return readWords(text, event, parts);
  const files = await tellAll(event.files, hearing, parts);
  const recordings = files.filter(isRecording);
  if (recordings.length === 0) {
    return hearing === 'addressed' ? readWords(text, event, parts) : undefined;
  }
  return hearing === 'overheard'
    ? { commandName: OVERHEARD_COMMAND, options: {}, attachments: recordings.map(toAttachmentRef) }
    : { commandName: SPOKEN_COMMAND, options: {}, attachments: files.map(toAttachmentRef) };
}

function readWords(text: string, event: MessageEvent, { commands }: SlackParts): Wish {
  const isReply = event.thread_ts !== undefined && event.thread_ts !== event.ts;
  const meaning = isReply ? { plainWords: REPLY_COMMAND } : {};
  return {
    ...parseCommandLine(text, commands, meaning),
    attachments: event.files.map(toAttachmentRef),
  };
}

/** Whoever has not asked for anything is not told of files that Easel may not read. */
async function tellAll(
  files: readonly SlackFile[],
  hearing: Hearing,
  parts: SlackParts,
): Promise<readonly SlackFile[]> {
  const tell = createTellFile(parts);
  const told: SlackFile[] = [];
  for (const file of files) {
    const known = await tell(file).catch((error: unknown) => {
      if (!(error instanceof UserError) || hearing === 'addressed') throw error;
      return undefined;
    });
    if (known) told.push(known);
  }
  return told;
}
