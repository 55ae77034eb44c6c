/**
 * Opens forms. Slack's trigger works once and for three seconds, so that nothing long may come
 * before: what takes longer to find out is filled in later.
 */
import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { Command } from '../../command.ts';
import { explain, UserError } from '../../errors.ts';
import type { RawValues } from '../../option.ts';
import { isFormClosed } from './errors.ts';
import { toKept, type FormMetadata } from './form-metadata.ts';
import { toForm, toNotice } from './form.ts';
import { toPlace, type Occasion } from './invocation.ts';
import type { SlackParts } from './slack-parts.ts';

/** Leaves Slack's client and network most of the three seconds. */
const FILL_WITHIN_MS = 700;

const opened = z.object({ view: z.object({ id: z.string(), hash: z.string() }) });

export interface Opening {
  readonly command: Command;
  readonly triggerId: string;
  readonly occasion: Occasion;
}

/** Everything that a command can be told. */
export async function openForm(opening: Opening, parts: SlackParts): Promise<void> {
  const metadata = toMetadata(opening.occasion, { isAsked: false, job: undefined });
  await open(toForm(opening.command, metadata), opening, parts);
}

/** What a command asks for where a button or an entry of a message's menu invokes it. */
export async function openAskedForm(
  opening: Opening & { readonly job: string | undefined },
  parts: SlackParts,
): Promise<void> {
  const { command, occasion, job } = opening;
  const metadata = toMetadata(occasion, { isAsked: true, job });
  const { person } = occasion;
  const start = { commandName: command.name, job, person, place: toPlace(occasion) };
  const starting = parts.startForm(start);
  const begun = await inTime(starting, parts);
  if (begun) return void (await open(toForm(command, metadata, begun), opening, parts));
  const view = await open(toNotice(command, metadata, 'One moment…'), opening, parts);
  const filled = await starting.then(
    (values) => toForm(command, metadata, values),
    (error: unknown) => toNotice(command, metadata, explain(error)),
  );
  const { id, hash } = view;
  await parts.calls
    .surely((client) => client.views.update({ view_id: id, hash, view: filled }))
    .catch(ignoreClosed);
}

function ignoreClosed(error: unknown): void {
  if (!isFormClosed(error)) throw error;
}

/** Undefined where it takes longer. */
async function inTime(
  starting: Promise<RawValues>,
  { clock }: SlackParts,
): Promise<RawValues | undefined> {
  const limit = new AbortController();
  try {
    const late = clock.sleep(FILL_WITHIN_MS, limit.signal).then(() => undefined);
    return await Promise.race([starting, late]);
  } finally {
    limit.abort();
  }
}

function toMetadata(
  { channel, thread, isDirect, about }: Occasion,
  asked: { readonly isAsked: boolean; readonly job: string | undefined },
): FormMetadata {
  const { isAsked, job } = asked;
  return { channel, thread, isDirect, chosen: {}, isAsked, job, about: toKept(about) };
}

async function open(view: ModalView, { triggerId }: Opening, { calls, log }: SlackParts) {
  try {
    const answer = await calls.quickly((client) =>
      client.views.open({ trigger_id: triggerId, view }),
    );
    return opened.parse(answer).view;
  } catch (error) {
    log.warn({ error }, 'a form could not be opened');
    throw new UserError(
      'The form did not open. Try again, or say what you want right behind the command.',
    );
  }
}
