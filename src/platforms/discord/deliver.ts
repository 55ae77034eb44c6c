/**
 * Posts a result as ordinary messages, so that a reply to them is readable without a privileged
 * intent; where the bot may not post, the status message itself takes the files.
 */
import { z } from 'zod';
import { line, message, type MessageRef } from '../../message.ts';
import type { Delivery, FileLimits, PostedMessage } from '../platform.ts';
import { toParts, type Part } from './delivery-parts.ts';
import type { DiscordParts } from './discord-parts.ts';
import { findCarrier, findEarlier } from './earlier-messages.ts';
import { toNonce } from './nonce.ts';
import { botRef, type RefDetails } from './ref-details.ts';
import { render } from './render.ts';
import type { Content } from './request-body.ts';
import type { ResponseKey } from './response-calls.ts';
import { isForbidden } from './trouble.ts';

const PLACEHOLDER = render(message(line('…')));

const progressSchema = z.object({
  sendingSince: z.coerce.date(),
  /** By number of the part: the message that carries it. */
  posted: z.record(z.string(), z.string()),
  /** By number of the part: a message without files yet, to be edited. */
  placeholders: z.record(z.string(), z.string()),
});
type Progress = z.infer<typeof progressSchema>;

interface DeliveryParts extends DiscordParts {
  readonly ref: MessageRef;
  readonly details: RefDetails;
  readonly fileLimits: FileLimits;
  /** Edits the status message by whichever way is open. */
  edit(edit: Content): Promise<void>;
}

export async function deliver(
  delivery: Delivery,
  parts: DeliveryParts,
): Promise<readonly PostedMessage[]> {
  const { checkpoint } = delivery;
  const saved = progressSchema.safeParse(checkpoint.saved).data;
  const progress = saved ?? { sendingSince: parts.clock.now(), posted: {}, placeholders: {} };
  if (!saved) await checkpoint.save(progress);
  const { channel } = parts.ref;
  const earlier = saved ? await findEarlier(channel, saved.sendingSince, parts) : [];

  const posted: PostedMessage[] = [];
  for (const part of toParts(delivery, parts.fileLimits)) {
    const taken = new Set(Object.values(progress.posted));
    const unknown = earlier.filter(({ id }) => !taken.has(id));
    const known = progress.posted[part.number] ?? findCarrier(unknown, part)?.id;
    const id = known ?? (await carry(part, { delivery, progress, parts }));
    progress.posted[part.number] = id;
    await checkpoint.save(progress);
    const isResponse = progress.placeholders[part.number] === id;
    posted.push({
      ref: toRef(id, { isResponse, parts }),
      fileNames: part.files.map(({ fileName }) => fileName),
    });
  }
  return posted;
}

/** What was posted through an interaction's token can be changed through it for a while. */
function toRef(
  id: string,
  { isResponse, parts }: { isResponse: boolean; parts: DeliveryParts },
): MessageRef {
  const { ref, details } = parts;
  if (id === ref.id) return ref;
  if (isResponse) return { ...ref, id, details: { ...ref.details, message: id } };
  return botRef(details.guild, ref.channel, id);
}

interface Carrying {
  readonly delivery: Delivery;
  readonly progress: Progress;
  readonly parts: DeliveryParts;
}

async function carry(part: Part, carrying: Carrying): Promise<string> {
  const { details, log, ref } = carrying.parts;
  if (details.via === 'bot') return post(part, carrying);
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
  return parts.api.createMessage({
    channel: parts.ref.channel,
    rendered: part.rendered,
    nonce: toNonce(delivery.key, String(part.number)),
    ...filesOf(part),
  });
}

/** Everything comes by an edit, which may be repeated: follow-ups know no nonce. */
async function respond(
  part: Part,
  response: ResponseKey,
  { delivery, progress, parts }: Carrying,
): Promise<string> {
  const edit: Content = { rendered: part.rendered, ...filesOf(part) };
  if (part.number === 0) {
    await parts.edit(edit);
    return parts.ref.id;
  }
  const { placeholders } = progress;
  const message = placeholders[part.number] ?? (await parts.api.followUp(response, PLACEHOLDER));
  placeholders[part.number] = message;
  await delivery.checkpoint.save(progress);
  await parts.api.editResponse({ ...response, message }, edit);
  return message;
}

/** An edit with an empty list would take away what the message has. */
function filesOf({ files }: Part): Pick<Content, 'files'> {
  return files.length === 0 ? {} : { files };
}
