/**
 * The message behind a link to it. Easel sees more channels than the person does, so that it looks
 * first whether they are in that one; whoever is not hears the same words whatever is there.
 */
import { z } from 'zod';
import { UserError } from '../../errors.ts';
import type { AnsweredMessage, Asker } from '../platform.ts';
import { readFound } from './answered.ts';
import { codeOf, isUnseen } from './errors.ts';
import type { SlackMessage } from './message-pictures.ts';
import { readMessage, type MessageSpot } from './read-message.ts';
import type { SlackParts } from './slack-parts.ts';

const SLACK_HOST = /(?:^|\.)slack\.com$/u;
const PATH = /^\/archives\/([CDG][A-Z\d]+)\/p(\d{10})(\d{6})\/?$/u;
const TIMESTAMP = /^\d{10}\.\d{6}$/u;
/** Slack may list fewer members at a time than it is asked for. */
const MEMBERS = 1000;
const MOST_PAGES = 100;
const NO_MEMBERS = new Set(['fetch_members_failed', 'method_not_supported_for_channel_type']);

const memberPage = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
});

export async function readLinked(
  link: string,
  asker: Asker,
  parts: SlackParts,
): Promise<AnsweredMessage | undefined> {
  const address = URL.canParse(link) ? new URL(link) : undefined;
  const linked = address && parseAddress(address);
  if (!address || !linked) return undefined;
  if (address.host !== new URL(parts.bot.workspaceUrl).host) throw refusal();
  const found = await findMessage(linked, asker, parts).catch((error: unknown) => {
    if (!isHidden(error)) throw error;
    parts.log.debug({ error, channel: linked.channel }, 'a linked message stays unseen');
    return undefined;
  });
  if (!found) throw refusal();
  return readFound(found, linked.channel, parts);
}

function parseAddress({
  protocol,
  hostname,
  pathname,
  searchParams,
}: URL): MessageSpot | undefined {
  const [, channel, seconds, micros] = PATH.exec(pathname) ?? [];
  const isOurs = protocol === 'https:' && SLACK_HOST.test(hostname);
  if (!isOurs || channel === undefined) return undefined;
  const thread = searchParams.get('thread_ts') ?? '';
  return {
    channel,
    ts: `${seconds}.${micros}`,
    thread: TIMESTAMP.test(thread) ? thread : undefined,
  };
}

async function findMessage(
  linked: MessageSpot,
  { person, place }: Asker,
  parts: SlackParts,
): Promise<SlackMessage | undefined> {
  const mayLook =
    linked.channel === place.channel || (await isMember(person.id, linked.channel, parts));
  return mayLook ? readMessage(linked, parts) : undefined;
}

async function isMember(person: string, channel: string, { calls }: SlackParts): Promise<boolean> {
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const where = { channel, limit: MEMBERS, ...(cursor !== '' && { cursor }) };
    const answer = memberPage.parse(
      await calls.surely((client) => client.conversations.members(where)),
    );
    if (answer.members.includes(person)) return true;
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') return false;
  }
  return false;
}

function isHidden(error: unknown): boolean {
  return isUnseen(error) || NO_MEMBERS.has(codeOf(error) ?? '');
}

function refusal(): UserError {
  return new UserError(
    'There is no message behind that link that both you and Easel can see. Easel has to be in its channel, and so have you; or attach it here.',
  );
}
