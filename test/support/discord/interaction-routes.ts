import { InteractionResponseType, InteractionType, MessageFlags } from 'discord.js';
import type { Context } from 'hono';
import { requireAttaching } from './channel-routes.ts';
import { checkChoices } from './command-limits.ts';
import { tellDeletion, tellMessage } from './events.ts';
import type { MessageBody } from './message-limits.ts';
import { createMessage, editMessage, type MessageWish } from './messages.ts';
import { checkModal } from './modal-limits.ts';
import { acknowledgementMs } from './people.ts';
import { refuse, refuseForm, type Refusal } from './refusals.ts';
import type { Rest, RestEnvironment } from './rest.ts';
import { isBotIn, type Interaction, type World } from './state.ts';
import type {
  InteractionResponse,
  JsonObject,
  OpenModal,
  RecordedRequest,
  ServerMessage,
  SuggestedChoice,
} from './types.ts';
import { toMessageJson } from './wire.ts';

interface CallbackBody {
  type: InteractionResponseType;
  data?: (MessageBody & { choices?: SuggestedChoice[] | null }) | null;
}

interface ModalBody {
  data: OpenModal;
}

const mostFollowupsOfUserInstalls = 5;

/** What an interaction's token opens: one callback in time, then its webhook while the token lives. */
export function addInteractionRoutes(rest: Rest, world: World): void {
  rest.post('/interactions/:id/:token/callback', (context) => {
    const interaction = findUnanswered(world, context);
    const message = respond(world, interaction, context.get('request'));
    if (context.req.query('with_response') !== 'true') return context.body(null, 204);
    return context.json(toCallbackJson(world, interaction, message));
  });
  rest.post('/webhooks/:application/:token', (context) => {
    const interaction = findLive(world, context);
    return context.json(toMessageJson(world, followUp(world, interaction, context.get('request'))));
  });
  const path = '/webhooks/:application/:token/messages/:message';
  rest.get(path, (context) => {
    const message = findOwn(findLive(world, context), context.req.param('message'));
    return context.json(toMessageJson(world, message));
  });
  rest.patch(path, (context) => {
    const interaction = findLive(world, context);
    const message = findOwn(interaction, context.req.param('message'));
    edit(world, message, toWish(world, interaction, context.get('request')));
    return context.json(toMessageJson(world, message));
  });
  rest.delete(path, (context) => {
    const message = findOwn(findLive(world, context), context.req.param('message'));
    message.deleted = true;
    tellDeletion(world, message);
    return context.body(null, 204);
  });
}

function findUnanswered(world: World, context: Context<RestEnvironment>): Interaction {
  const interaction = world.interactions.get(context.req.param('token') ?? '');
  const isNamed = interaction?.id === context.req.param('id');
  if (!interaction || !isNamed) throw refuse('unknownInteraction');
  if (interaction.acknowledgedAfterMs !== undefined) {
    interaction.complaints.push('It was acknowledged twice (40060)');
    throw refuse('alreadyAcknowledged');
  }
  const elapsed = world.now() - interaction.createdAt;
  if (elapsed > acknowledgementMs) {
    interaction.complaints.push(`It was acknowledged after ${elapsed} ms (10062)`);
    throw refuse('unknownInteraction');
  }
  return interaction;
}

function respond(
  world: World,
  interaction: Interaction,
  request: RecordedRequest,
): ServerMessage | undefined {
  const { type, data } = request.body as CallbackBody;
  if (type === InteractionResponseType.Modal) {
    const modal = readModal(request.body as ModalBody, interaction);
    settle(world, interaction, { type, flags: 0, message: undefined, choices: undefined, modal });
    return undefined;
  }
  const body = data ?? {};
  const isSuggestion = type === InteractionResponseType.ApplicationCommandAutocompleteResult;
  if (isSuggestion !== isTyping(interaction)) throw refuseType('This is no answer to that');
  const choices = isSuggestion ? readChoices(body.choices ?? [], interaction) : undefined;
  const wish = toWish(world, interaction, { ...request, body });
  const message = carryOut(world, interaction, { type, wish });
  const flags = body.flags ?? 0;
  settle(world, interaction, { type, flags, message, choices, modal: undefined });
  return message;
}

function settle(world: World, interaction: Interaction, response: InteractionResponse): void {
  interaction.acknowledgedAfterMs = world.now() - interaction.createdAt;
  interaction.response = response;
}

/** A form is no answer to a form, nor to somebody who types. */
function readModal({ data }: ModalBody, { payload }: Interaction): OpenModal {
  if (!openers.has(payload['type'])) throw refuseType('A form cannot be opened here');
  const problems = checkModal(data);
  if (problems.length > 0) throw refuseForm(problems);
  return data;
}

const openers: ReadonlySet<unknown> = new Set([
  InteractionType.ApplicationCommand,
  InteractionType.MessageComponent,
]);

function isTyping({ payload }: Interaction): boolean {
  return payload['type'] === InteractionType.ApplicationCommandAutocomplete;
}

/** Values are of the option's own type: numbers for numbers, text for text. */
function readChoices(choices: SuggestedChoice[], { payload }: Interaction): SuggestedChoice[] {
  const { options = [] } = payload['data'] as { options?: { type: number; focused?: boolean }[] };
  const isText = options.find(({ focused }) => focused)?.type === 3;
  const strange = choices.some(({ value }) => (typeof value === 'string') !== isText);
  const problems = checkChoices(choices, 'data.choices');
  if (problems.length > 0) throw refuseForm(problems);
  if (strange) throw refuseType('The values are not of the type of the option');
  return choices;
}

function refuseType(message: string): Refusal {
  return refuseForm([{ path: 'type', code: 'INTERACTION_TYPE_INVALID', message }]);
}

function carryOut(
  world: World,
  interaction: Interaction,
  { type, wish }: { type: InteractionResponseType; wish: MessageWish },
): ServerMessage | undefined {
  const isDeferred = type === InteractionResponseType.DeferredChannelMessageWithSource;
  if (type === InteractionResponseType.ChannelMessageWithSource || isDeferred) {
    const isPlain = !isDeferred || ((wish.body.flags ?? 0) & ~MessageFlags.Ephemeral) === 0;
    if (!isPlain) world.violations.push('A deferred response may only carry the EPHEMERAL flag');
    return create(world, interaction, { wish, isLoading: isDeferred });
  }
  const isUpdate = type === InteractionResponseType.UpdateMessage;
  if (!isUpdate && type !== InteractionResponseType.DeferredMessageUpdate) return undefined;
  const { source } = interaction;
  if (!source) throw refuseType('There is no message to update');
  if (isUpdate) edit(world, source, wish);
  return source;
}

function create(
  world: World,
  interaction: Interaction,
  { wish, isLoading }: { wish: MessageWish; isLoading: boolean },
): ServerMessage {
  const { channelId, id: interactionId } = interaction;
  const origin = { channelId, author: world.bot, interactionId, isLoading };
  const message = createMessage(world, origin, wish);
  tellMessage(world, message, 'MESSAGE_CREATE');
  return message;
}

function edit(world: World, message: ServerMessage, wish: MessageWish): void {
  editMessage(world, message, wish);
  tellMessage(world, message, 'MESSAGE_UPDATE');
}

/** The first followup after a bare deferral still fills the deferred message: old behaviour, never removed. */
function followUp(world: World, interaction: Interaction, request: RecordedRequest): ServerMessage {
  const wish = toWish(world, interaction, request);
  const original = interaction.response?.message;
  if (original?.loading) {
    edit(world, original, wish);
    return original;
  }
  const channel = world.channels.get(interaction.channelId);
  const isUserInstall = channel !== undefined && !isBotIn(channel);
  if (isUserInstall && interaction.followups.length >= mostFollowupsOfUserInstalls) {
    throw refuse('tooManyFollowups');
  }
  const message = create(world, interaction, { wish, isLoading: false });
  interaction.followups.push(message);
  return message;
}

function toWish(world: World, interaction: Interaction, request: RecordedRequest): MessageWish {
  const channel = world.channels.get(interaction.channelId);
  if (channel) requireAttaching(world, channel, request);
  return {
    body: request.body ?? {},
    files: request.files,
    by: 'interaction',
    fileLimit: interaction.attachmentSizeLimit,
  };
}

function findLive(world: World, context: Context<RestEnvironment>): Interaction {
  const interaction = world.interactions.get(context.req.param('token') ?? '');
  const isOurs = context.req.param('application') === world.bot.id;
  const isOpen = interaction?.response !== undefined && !isTyping(interaction);
  if (!isOpen || !isOurs) throw refuse('unknownWebhook');
  if (world.now() - interaction.createdAt > world.tokenLifetimeMs) throw refuse('deadToken');
  return interaction;
}

function findOwn(interaction: Interaction, id: string): ServerMessage {
  const original = interaction.response?.message;
  const own = [...(original ? [original] : []), ...interaction.followups];
  const message = id === '@original' ? original : own.find((message) => message.id === id);
  if (!message || message.deleted) throw refuse('unknownMessage');
  return message;
}

/** A deferred response names its message but does not carry it. */
function toCallbackJson(
  world: World,
  interaction: Interaction,
  message: ServerMessage | undefined,
): JsonObject {
  const type = interaction.response?.type ?? 0;
  const carrying: readonly number[] = [
    InteractionResponseType.ChannelMessageWithSource,
    InteractionResponseType.UpdateMessage,
  ];
  return {
    interaction: {
      id: interaction.id,
      type: interaction.payload['type'],
      ...(message && {
        response_message_id: message.id,
        response_message_loading: message.loading,
        response_message_ephemeral: message.ephemeral,
      }),
    },
    resource: {
      type,
      ...(message && carrying.includes(type) && { message: toMessageJson(world, message) }),
    },
  };
}
