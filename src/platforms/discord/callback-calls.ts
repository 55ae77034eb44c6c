/** The first answer to an interaction: Discord takes exactly one, within 3 seconds. */
import {
  InteractionResponseType,
  MessageFlags,
  Routes,
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  type REST,
} from 'discord.js';
import { z } from 'zod';
import type { Rendered } from './render.ts';
import { quiet } from './request-body.ts';

const callbackSchema = z.object({
  interaction: z.object({ response_message_id: z.string().nullish() }),
});

export interface InteractionKey {
  readonly id: string;
  readonly token: string;
}
/** A message of its own, one that only the person sees, or nothing but a sign of life. */
type Deferral = 'reply' | 'private' | 'update';

const DEFERRALS = {
  reply: {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: { flags: 0 },
  },
  private: {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: { flags: MessageFlags.Ephemeral },
  },
  update: { type: InteractionResponseType.DeferredMessageUpdate },
} as const;

export function callbackCalls(rest: REST) {
  async function respond({ id, token }: InteractionKey, body: object): Promise<void> {
    await rest.post(Routes.interactionCallback(id, token), { auth: false, body });
  }

  return {
    /** The id of the message that was opened, where Discord tells it. */
    async defer({ id, token }: InteractionKey, kind: Deferral): Promise<string | undefined> {
      const answer = await rest.post(Routes.interactionCallback(id, token), {
        auth: false,
        body: DEFERRALS[kind],
        query: new URLSearchParams({ with_response: 'true' }),
      });
      return callbackSchema.parse(answer).interaction.response_message_id ?? undefined;
    },
    respondPrivately: (key: InteractionKey, rendered: Rendered) =>
      respond(key, {
        type: InteractionResponseType.ChannelMessageWithSource,
        data: quiet(rendered, MessageFlags.Ephemeral),
      }),
    openForm: (key: InteractionKey, data: APIModalInteractionResponseCallbackData) =>
      respond(key, { type: InteractionResponseType.Modal, data }),
    suggest: (key: InteractionKey, choices: readonly APIApplicationCommandOptionChoice<string>[]) =>
      respond(key, {
        type: InteractionResponseType.ApplicationCommandAutocompleteResult,
        data: { choices },
      }),
  };
}
