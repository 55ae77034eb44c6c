/** Takes one part of a delivery to the chat, by whichever way is open there. */
import { line, message, type MessageRef } from '../../message.ts';
import type { Delivery, FileLimits } from '../platform.ts';
import type { Part } from './delivery-parts.ts';
import type { Progress } from './delivery-progress.ts';
import type { DiscordParts } from './discord-parts.ts';
import { toNonce } from './nonce.ts';
import type { RefDetails } from './ref-details.ts';
import { render } from './render.ts';
import type { Content } from './request-body.ts';
import type { ResponseKey } from './response-calls.ts';
import { isForbidden } from './trouble.ts';

const PLACEHOLDER = render(message(line('…')));
/** The part that the status message itself takes where the bot may not post. */
const FIRST = '0';

export interface DeliveryParts extends DiscordParts {
  readonly ref: MessageRef;
  readonly details: RefDetails;
  readonly fileLimits: FileLimits;
  /** Edits the status message by whichever way is open. */
  edit(edit: Content): Promise<void>;
}

export interface Carrying {
  readonly delivery: Delivery;
  readonly progress: Progress;
  readonly parts: DeliveryParts;
}

/** Whether the bot may post by itself, as far as is known. */
export function mayPost(details: RefDetails): boolean {
  return details.via === 'bot' || details.reach === 'posts';
}

/** Returns the id of the message that carries the part now. */
export async function carry(part: Part, carrying: Carrying): Promise<string> {
  const { details, log, ref } = carrying.parts;
  if (part.voice || details.via === 'bot') return post(part, carrying);
  if (details.reach !== 'posts') return respond(part, details, carrying);
  try {
    return await post(part, carrying);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    log.debug({ channel: ref.channel }, 'posting was forbidden; responding instead');
    return respond(part, details, carrying);
  }
}

function post(part: Part, { delivery, parts }: Carrying): Promise<string> {
  const created = { channel: parts.ref.channel, nonce: toNonce(delivery.key, part.name) };
  if (part.voice) return parts.api.createVoice({ ...created, voice: part.voice });
  return parts.api.createMessage({ ...created, ...toContent(part) });
}

/** Everything comes by an edit, which may be repeated: follow-ups know no nonce. */
async function respond(
  part: Part,
  response: ResponseKey,
  { delivery, progress, parts }: Carrying,
): Promise<string> {
  if (part.name === FIRST) {
    await parts.edit(toContent(part));
    return parts.ref.id;
  }
  const { placeholders } = progress;
  const message = placeholders[part.name] ?? (await parts.api.followUp(response, PLACEHOLDER));
  placeholders[part.name] = message;
  await delivery.checkpoint.save(progress);
  await parts.api.editResponse({ ...response, message }, toContent(part));
  return message;
}

/** An edit with an empty list would take away what the message has. */
function toContent({ rendered, files, words }: Part): Content {
  return { rendered, words, ...(files.length > 0 && { files }) };
}
