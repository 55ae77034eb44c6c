/**
 * The message of a job. A response to an interaction is edited with the interaction's token while
 * that lives, and as the bot from then on, before Discord voids it.
 */
import { UpstreamError } from '../../errors.ts';
import type { Message, MessageRef } from '../../message.ts';
import type { FileLimits, StatusMessage } from '../platform.ts';
import { mayPost } from './carry.ts';
import { deliver } from './deliver.ts';
import type { DiscordParts } from './discord-parts.ts';
import { FILE_LIMIT, toFileLimits } from './file-limits.ts';
import { parseRefDetails, type RefDetails } from './ref-details.ts';
import { withoutPageMark } from './page-mark.ts';
import { render, renderMarked, type Rendered } from './render.ts';
import type { Content } from './request-body.ts';
import type { SeenMessage } from './seen-message.ts';
import { explained, isTokenOver } from './trouble.ts';

/** The bot takes over this long before the token ends. */
const HANDOVER_MS = 60_000;

export function openStatusMessage(ref: MessageRef, parts: DiscordParts): StatusMessage {
  const details = parseRefDetails(ref);
  const fileLimits = limitsOf(details);
  const edit = createEditor(ref, details, parts);
  /** Where the bot may not post, the status message is the result, too. */
  let isResult = !mayPost(details);
  let carriesFiles = false;
  const readShown = async () => (isResult ? readStatus(ref, details, parts) : undefined);

  /** What was said before the result came gives way to the result's buttons. */
  async function keepsButtons(message: Message): Promise<boolean> {
    if (message.buttons.length > 0) return false;
    carriesFiles ||= ((await readShown())?.attachments.length ?? 0) > 0;
    return carriesFiles;
  }

  /** A result's words that go on in further messages stay as they are: shortened, they would have a gap. */
  async function renderAround(message: Message): Promise<Rendered> {
    const [beginning = '', ...more] = renderMarked(message.blocks);
    const shown = more.length === 0 ? undefined : await readShown();
    const rendered = render(message);
    return shown && isSamePage(shown.content, beginning)
      ? { ...rendered, content: shown.content }
      : rendered;
  }

  return {
    ref,
    fileLimits,
    reachableUntil: isTokenOnly(details) ? details.expiresAt : undefined,
    update: (message) =>
      explained(async () =>
        edit({
          rendered: await renderAround(message),
          keepsButtons: await keepsButtons(message),
        }),
      ),
    deliver: (delivery) =>
      explained(async () => {
        const posted = await deliver(delivery, { ref, details, fileLimits, edit, ...parts });
        isResult ||= posted.some(({ ref: { id } }) => id === ref.id);
        carriesFiles ||= isResult;
        return posted;
      }),
  };
}

/** Undefined where it is out of reach. */
async function readStatus(
  { channel, id }: MessageRef,
  details: RefDetails,
  { api, clock }: DiscordParts,
): Promise<SeenMessage | undefined> {
  if (details.via === 'interaction' && clock.now() < details.expiresAt) {
    return api.readResponse(details);
  }
  return isTokenOnly(details) ? undefined : api.readMessage(channel, id);
}

function isSamePage(one: string, other: string): boolean {
  return withoutPageMark(one.trim()) === withoutPageMark(other.trim());
}

/** Where the bot is no member, the interaction's token is the only way in. */
function isTokenOnly(details: RefDetails): details is Extract<RefDetails, { via: 'interaction' }> {
  return details.via === 'interaction' && details.reach === 'absent';
}

/** A regular message has the bot's limit, however much the person's own subscription allows. */
function limitsOf(details: RefDetails): FileLimits {
  const isResponse = details.via === 'interaction' && details.reach !== 'posts';
  const granted = details.via === 'interaction' ? details.fileLimit : FILE_LIMIT;
  const bytesPerFile = isResponse ? granted : Math.min(granted, FILE_LIMIT);
  return toFileLimits(bytesPerFile);
}

function createEditor(
  ref: MessageRef,
  details: RefDetails,
  { api, clock, log }: DiscordParts,
): (edit: Content) => Promise<void> {
  const { channel, id } = ref;
  const editAsBot = (edit: Content): Promise<void> =>
    api.editMessage({ channel, message: id }, edit);
  if (details.via === 'bot') return editAsBot;

  const { reach, expiresAt, ...key } = details;
  let tokenEndsAt = expiresAt.getTime() - (reach === 'absent' ? 0 : HANDOVER_MS);

  /** False when the token turned out to be over. */
  async function editByToken(edit: Content): Promise<boolean> {
    try {
      await api.editResponse(key, edit);
      return true;
    } catch (error) {
      if (!isTokenOver(error)) throw error;
      log.debug({ message: id }, 'an interaction token ended early');
      tokenEndsAt = 0;
      return false;
    }
  }

  return async (edit) => {
    const isTokenAlive = clock.now().getTime() < tokenEndsAt;
    if (isTokenAlive && (await editByToken(edit))) return;
    if (reach === 'absent') throw outOfReach();
    await editAsBot(edit);
  };
}

function outOfReach(): UpstreamError {
  return new UpstreamError(
    'Discord',
    'Discord lets Easel answer for 15 minutes only where it is not a member, and they are over.',
    { retryable: false },
  );
}
