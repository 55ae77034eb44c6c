/**
 * Posts a result as ordinary messages, so that a reply to them is readable without a privileged
 * intent; where the bot may not post, the status message itself takes the files.
 */
import { SnowflakeUtil } from 'discord.js';
import { z } from 'zod';
import { line, message, type Message, type MessageRef } from '../../message.ts';
import type { DeliverableFile, Delivery, FileLimits } from '../platform.ts';
import type { Edit, FoundMessage, ResponseKey } from './api.ts';
import type { DiscordParts } from './discord-parts.ts';
import { toNonce } from './nonce.ts';
import { botRef, type RefDetails } from './ref-details.ts';
import { render } from './render.ts';
import { isForbidden } from './trouble.ts';

/** Discord's clock and ours may differ. */
const CLOCK_MARGIN_MS = 60_000;
/** A busy channel is searched this far; a message that old has its nonce forgotten as well. */
const PAGES_SEARCHED = 20;
const MORE = message(line('More pictures:'));

const progressSchema = z.object({
  sendingSince: z.coerce.date(),
  /** By number of the part: the message that carries it. */
  posted: z.record(z.string(), z.string()),
  /** By number of the part: a message without files yet, to be edited. */
  placeholders: z.record(z.string(), z.string()),
});
type Progress = z.infer<typeof progressSchema>;

interface Part {
  readonly number: number;
  readonly files: readonly DeliverableFile[];
  readonly caption: Message;
}

interface DeliveryParts extends DiscordParts {
  readonly ref: MessageRef;
  readonly details: RefDetails;
  readonly fileLimits: FileLimits;
  /** Edits the status message by whichever way is open. */
  edit(edit: Edit): Promise<void>;
}

export async function deliver(
  delivery: Delivery,
  parts: DeliveryParts,
): Promise<readonly MessageRef[]> {
  const { checkpoint } = delivery;
  const saved = progressSchema.safeParse(checkpoint.saved).data;
  const progress = saved ?? { sendingSince: parts.clock.now(), posted: {}, placeholders: {} };
  if (!saved) await checkpoint.save(progress);
  const earlier = saved ? await findEarlier(saved.sendingSince, parts) : [];

  const refs: MessageRef[] = [];
  for (const part of split(delivery, parts.fileLimits)) {
    const known = progress.posted[part.number] ?? findCarrier(earlier, part)?.id;
    const id = known ?? (await carry(part, { delivery, progress, parts }));
    progress.posted[part.number] = id;
    await checkpoint.save(progress);
    refs.push(id === parts.ref.id ? parts.ref : botRef(parts.details.guild, parts.ref.channel, id));
  }
  return refs;
}

/** The caption goes with the first part; the same files always make the same parts. */
function split({ files, caption }: Delivery, limits: FileLimits): readonly Part[] {
  const groups: DeliverableFile[][] = [];
  for (const file of files) {
    const group = groups.at(-1);
    const bytes = (group ?? []).reduce((sum, one) => sum + one.bytes, file.bytes);
    const fits = bytes <= limits.bytesPerMessage && (group?.length ?? 0) < limits.filesPerMessage;
    if (group && fits) group.push(file);
    else groups.push([file]);
  }
  return groups.map((group, number) => ({
    number,
    files: group,
    caption: number === 0 ? caption : MORE,
  }));
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
    rendered: render(part.caption),
    nonce: toNonce(delivery.key, String(part.number)),
    files: part.files,
  });
}

/** Files come by an edit, which may be repeated: followups know no nonce. */
async function respond(
  part: Part,
  response: ResponseKey,
  { delivery, progress, parts }: Carrying,
): Promise<string> {
  const { files } = part;
  if (part.number === 0) {
    await parts.edit({ rendered: render(part.caption), files });
    return parts.ref.id;
  }
  const rendered = render(part.caption);
  const { placeholders } = progress;
  const message = placeholders[part.number] ?? (await parts.api.followUp(response, rendered));
  placeholders[part.number] = message;
  await delivery.checkpoint.save(progress);
  await parts.api.editResponse({ ...response, message }, { rendered, files });
  return message;
}

/** Our own messages since an attempt began that nobody knows the end of. */
async function findEarlier(
  since: Date,
  { api, ref, botId, log }: DeliveryParts,
): Promise<readonly FoundMessage[]> {
  const found: FoundMessage[] = [];
  let after = SnowflakeUtil.generate({ timestamp: since.getTime() - CLOCK_MARGIN_MS }).toString();
  for (let page = 0; page < PAGES_SEARCHED; page += 1) {
    const messages = await api.listMessages(ref.channel, after).catch((error: unknown) => {
      if (!isForbidden(error)) throw error;
      log.debug({ channel: ref.channel }, 'the channel cannot be searched for an earlier try');
      return [];
    });
    found.push(...messages.filter(({ author }) => author.id === botId()));
    const newest = newestId(messages);
    if (newest === undefined) return found;
    after = newest;
  }
  return found;
}

function newestId(messages: readonly FoundMessage[]): string | undefined {
  return messages.map(({ id }) => id).toSorted((a, b) => Number(BigInt(b) - BigInt(a)))[0];
}

/** File names hold the job's id: the same names are the same result. */
function findCarrier(messages: readonly FoundMessage[], part: Part): FoundMessage | undefined {
  const names = part.files.map(({ fileName }) => fileName);
  return messages.find(({ attachments }) => {
    const present = new Set(attachments.map(({ filename }) => filename));
    return present.size === names.length && names.every((name) => present.has(name));
  });
}
