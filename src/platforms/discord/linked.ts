/** A link to a message, as far as the person who gives it could follow it. */
import { UserError } from '../../errors.ts';
import type { AnsweredMessage, Asker } from '../platform.ts';
import { readSeen } from './answered.ts';
import type { DiscordParts } from './discord-parts.ts';
import { mayRead } from './permissions.ts';
import { explained, isForbidden, isGone } from './trouble.ts';

const LINK =
  /^<?https?:\/\/(?:(?:www|ptb|canary)\.)?discord(?:app)?\.com\/channels\/(@me|\d{17,20})\/(\d{17,20})\/(\d{17,20})\/?(?:[?#]\S*)?>?$/iu;
const DIRECT = '@me';
/** The same whether the message exists or not. */
const UNSEEN =
  'There is no message behind that link that you may see from here: it has to be in this server, in a channel that you can read.';

interface Target {
  readonly guild: string;
  readonly channel: string;
  readonly message: string;
}

/** Undefined for what is no link to a message on Discord. */
export async function readLinked(
  link: string,
  asker: Asker,
  parts: DiscordParts,
): Promise<AnsweredMessage | undefined> {
  const target = parseLink(link);
  if (!target) return undefined;
  return explained(async () => {
    if (!(await maySee(target, asker, parts))) throw new UserError(UNSEEN);
    const seen = await readTarget(target, parts);
    return readSeen(seen, target, parts);
  });
}

function parseLink(link: string): Target | undefined {
  const [, guild, channel, message] = LINK.exec(link.trim()) ?? [];
  if (guild === undefined || channel === undefined || message === undefined) return undefined;
  return { guild, channel, message };
}

/** Easel sees more than a single person does, so that it must not be asked to look elsewhere. */
async function maySee(
  { guild, channel }: Target,
  { person, place }: Asker,
  parts: DiscordParts,
): Promise<boolean> {
  const isDirect = place.tenant === `dm:${person.id}`;
  if (guild === DIRECT) return isDirect && channel === place.channel;
  return guild === place.tenant && (await mayRead({ guild, channel, person: person.id }, parts));
}

async function readTarget({ channel, message }: Target, { api }: DiscordParts) {
  try {
    return await api.readMessage(channel, message);
  } catch (error) {
    if (isGone(error)) throw new UserError(UNSEEN);
    if (!isForbidden(error)) throw error;
    throw new UserError(
      'Easel cannot read that channel: let it see the channel, with its history.',
    );
  }
}
