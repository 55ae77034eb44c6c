/**
 * Posts a result as ordinary messages, so that a reply to them is readable without a privileged
 * intent; where the bot may not post, the status message itself takes the files. A voice goes ahead
 * as a voice message, or with the other files where Discord does not take it as one.
 */
import type { MessageRef } from '../../message.ts';
import type { Delivery, PostedMessage } from '../platform.ts';
import { carry, mayPost, type Carrying, type DeliveryParts } from './carry.ts';
import { toFewParts, toParts, toVoiceParts, type Part } from './delivery-parts.ts';
import { beginProgress, progressSchema } from './delivery-progress.ts';
import { findCarrier, findEarlier } from './earlier-messages.ts';
import { botRef } from './ref-details.ts';
import type { SeenMessage } from './seen-message.ts';
import { isVoiceRefused, refusalCode } from './trouble.ts';

/** The response and Discord's limit on what may follow it where Easel is no member. */
const MOST_RESPONSES = 6;

export async function deliver(
  delivery: Delivery,
  parts: DeliveryParts,
): Promise<readonly PostedMessage[]> {
  const { checkpoint } = delivery;
  const saved = progressSchema.safeParse(checkpoint.saved).data;
  const progress = saved ?? beginProgress(parts.clock.now());
  if (!saved) await checkpoint.save(progress);
  const { channel } = parts.ref;
  const earlier = saved ? await findEarlier(channel, saved.sendingSince, parts) : [];
  const carrying: Carrying = { delivery, progress, parts };

  const posted: PostedMessage[] = [];
  for (const part of listVoices(carrying)) {
    const message = await tryToSpeak(part, carrying, earlier);
    if (message) posted.push(message);
  }
  for (const part of listOthers(carrying)) posted.push(await bring(part, carrying, earlier));
  return posted;
}

function listVoices({ delivery, progress, parts }: Carrying): readonly Part[] {
  if (!mayPost(parts.details)) return [];
  return toVoiceParts(delivery.files).filter(
    ({ voice }) => voice && !progress.notSpoken.includes(voice.fileName),
  );
}

/** Everything that was not spoken. */
function listOthers(carrying: Carrying): readonly Part[] {
  const { delivery, parts } = carrying;
  const spoken = new Set(listVoices(carrying).map(({ voice }) => voice?.fileName));
  const files = delivery.files.filter(({ fileName }) => !spoken.has(fileName));
  const content = { caption: delivery.caption, files };
  const { details, fileLimits } = parts;
  const isGuest = details.via === 'interaction' && details.reach === 'absent';
  return isGuest ? toFewParts(content, fileLimits, MOST_RESPONSES) : toParts(content, fileLimits);
}

/** Undefined where Discord takes the sound as a file only: that is remembered. */
async function tryToSpeak(
  part: Part,
  carrying: Carrying,
  earlier: readonly SeenMessage[],
): Promise<PostedMessage | undefined> {
  const { delivery, progress, parts } = carrying;
  try {
    return await bring(part, carrying, earlier);
  } catch (error) {
    if (!isVoiceRefused(error)) throw error;
    const code = refusalCode(error);
    parts.log.info({ job: delivery.key, code }, 'a voice message was refused; it goes as a file');
    progress.notSpoken.push(...part.files.map(({ fileName }) => fileName));
    await delivery.checkpoint.save(progress);
    return undefined;
  }
}

/** Once: what an earlier try has posted is found again. */
async function bring(
  part: Part,
  carrying: Carrying,
  earlier: readonly SeenMessage[],
): Promise<PostedMessage> {
  const { delivery, progress, parts } = carrying;
  const known = progress.posted[part.name];
  const found = known ?? findPosted(part, carrying, earlier)?.id;
  const id = found ?? (await carry(part, carrying));
  progress.posted[part.name] = id;
  if (known === undefined) await delivery.checkpoint.save(progress);
  const isResponse = progress.placeholders[part.name] === id;
  return {
    ref: toRef(id, { isResponse, parts }),
    fileNames: part.files.map(({ fileName }) => fileName),
  };
}

/** Parts are posted in order: what is older than the one before is another delivery's. */
function findPosted(
  part: Part,
  { progress }: Carrying,
  earlier: readonly SeenMessage[],
): SeenMessage | undefined {
  const taken = Object.values(progress.posted).map(BigInt);
  return findCarrier(
    earlier.filter(({ id }) => taken.every((one) => one < BigInt(id))),
    part,
  );
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
