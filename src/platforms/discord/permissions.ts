/** What a person may do in a channel, by Discord's own word. */
import {
  ChannelType,
  PermissionFlagsBits,
  type AnyThreadChannel,
  type Client,
  type GuildBasedChannel,
  type PermissionsBitField,
} from 'discord.js';
import type { Asker } from '../platform.ts';
import type { DiscordParts } from './discord-parts.ts';
import { refusalCode } from './trouble.ts';

interface Question {
  readonly guild: string;
  readonly channel: string;
  readonly person: string;
}

export async function isModeratorOf(
  { person, place }: Asker,
  { client }: DiscordParts,
): Promise<boolean> {
  const question = { guild: place.tenant, channel: place.channel, person: person.id };
  const permissions = await findPermissions(question, client);
  return permissions?.has(PermissionFlagsBits.ManageMessages) === true;
}

/** Whether they could read the channel's messages themselves. */
export async function mayRead(question: Question, { client }: DiscordParts): Promise<boolean> {
  const permissions = await findPermissions(question, client);
  const { ViewChannel, ReadMessageHistory } = PermissionFlagsBits;
  return permissions?.has([ViewChannel, ReadMessageHistory]) === true;
}

/** Undefined where the person, the guild or the channel is not there, or not theirs to see. */
async function findPermissions(
  { guild, channel, person }: Question,
  client: Client,
): Promise<Readonly<PermissionsBitField> | undefined> {
  try {
    const found = await client.channels.fetch(channel);
    if (!found || found.isDMBased() || found.guildId !== guild) return undefined;
    // Asked anew each time: without a privileged intent nobody tells of changed roles.
    const member = await found.guild.members.fetch({ user: person, force: true });
    const permissions = found.permissionsFor(member);
    return (await isClosedTo(person, found, permissions)) ? undefined : permissions;
  } catch (error) {
    if (refusalCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Private threads have members of their own, and talk in voice channels is for those who may join. */
async function isClosedTo(
  person: string,
  channel: GuildBasedChannel,
  permissions: Readonly<PermissionsBitField>,
): Promise<boolean> {
  if (channel.isVoiceBased()) return !permissions.has(PermissionFlagsBits.Connect);
  if (!channel.isThread() || channel.type !== ChannelType.PrivateThread) return false;
  if (permissions.has(PermissionFlagsBits.ManageThreads)) return false;
  return !(await isMemberOf(channel, person));
}

async function isMemberOf(thread: AnyThreadChannel, person: string): Promise<boolean> {
  const member = await thread.members.fetch({ member: person, force: true });
  return member.id === person;
}
