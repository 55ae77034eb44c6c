import { ComponentType, InteractionType } from 'discord.js';
import type { CommandDefinition, CommandOption } from './command-limits.ts';
import { tellMessage } from './events.ts';
import { walkComponents, type Component } from './message-limits.ts';
import { defaultFileLimit, storeAttachment } from './messages.ts';
import {
  isBotIn,
  isInGuild,
  isThread,
  toPersonsPermissions,
  type Channel,
  type Interaction,
  type World,
} from './state.ts';
import type {
  ButtonPress,
  CommandCall,
  JsonObject,
  MenuCall,
  RawInteraction,
  ServerAttachment,
  ServerMessage,
  TestInteraction,
  TestUpload,
  TestUser,
  TypingCall,
} from './types.ts';
import {
  toAppPermissions,
  toAttachmentJson,
  toChannelJson,
  toMemberJson,
  toMessageJson,
  toUserJson,
} from './wire.ts';

/** The deadline for the first answer to an interaction. */
export const acknowledgementMs = 3000;

/** A person runs a published slash command. */
export function runCommand(world: World, call: CommandCall): TestInteraction {
  const { data } = fillIn(world, call);
  return interact(world, { ...call, type: InteractionType.ApplicationCommand, data });
}

/** A person types into an option that Discord asks suggestions for. */
export function typeInto(world: World, call: TypingCall): TestInteraction {
  const { option: name, begun } = call;
  const { command, data } = fillIn(world, call);
  const { type, autocomplete } = toOption(command, name);
  if (!autocomplete) throw new Error(`Discord suggests nothing for “${name}”.`);
  const others = data.options.filter((given) => given.name !== name);
  const options = [...others, { name, type, value: begun, focused: true }];
  return interact(world, {
    ...call,
    type: InteractionType.ApplicationCommandAutocomplete,
    data: { ...data, options },
  });
}

interface FilledIn {
  readonly command: CommandDefinition;
  readonly data: JsonObject & { readonly options: readonly (JsonObject & { name: string })[] };
}

function fillIn(world: World, call: CommandCall): FilledIn {
  const command = (world.commands as unknown as CommandDefinition[]).find(
    ({ name, type }) => name === call.name && (type ?? 1) === 1,
  );
  if (!command) throw new Error(`No command /${call.name} is published.`);
  const uploads = (call.attachments ?? []).map((upload) => ({
    optionName: upload.optionName,
    attachment: storeUpload(world, upload),
  }));
  const given = {
    ...call.options,
    ...Object.fromEntries(uploads.map((upload) => [upload.optionName, upload.attachment.id])),
  };
  const data = {
    id: command.id,
    name: command.name,
    type: 1,
    options: Object.entries(given).map(([name, value]) => {
      return { name, type: toOption(command, name).type, value };
    }),
    ...toResolved(
      world,
      uploads.map(({ attachment }) => attachment),
    ),
  };
  return { command, data };
}

function toOption(command: CommandDefinition, name: string): CommandOption {
  const option = command.options?.find((option) => option.name === name);
  if (!option) throw new Error(`/${command.name} has no option “${name}”.`);
  return option;
}

/** What is given to a command or a form is kept for a while only. */
export function storeUpload(world: World, upload: TestUpload): ServerAttachment {
  const file = { ...upload, name: upload.fileName, bytes: Buffer.from(upload.bytes) };
  return storeAttachment(world, `/ephemeral-attachments/${world.bot.id}`, file, true);
}

export function toResolved(world: World, attachments: readonly ServerAttachment[]): JsonObject {
  if (attachments.length === 0) return {};
  const byId = attachments.map((attachment) => [
    attachment.id,
    toAttachmentJson(world, attachment),
  ]);
  return { resolved: { attachments: Object.fromEntries(byId) as JsonObject } };
}

/** A person presses a button of a message, given its id or its label. */
export function pressButton(world: World, press: ButtonPress): TestInteraction {
  const message = world.messages.get(press.messageId);
  if (!message || message.deleted) throw new Error(`There is no message ${press.messageId}.`);
  const buttons = walkComponents(message.components as Component[]).map(
    ({ component }) => component,
  );
  const button = buttons.find((button) =>
    'customId' in press ? button.custom_id === press.customId : button.label === press.label,
  );
  if (!button?.custom_id || button.disabled) throw new Error('There is no such button to press.');
  return interact(world, {
    ...press,
    channelId: message.channelId,
    type: InteractionType.MessageComponent,
    data: { custom_id: button.custom_id, component_type: ComponentType.Button },
    source: message,
  });
}

/** A person picks an entry of the menu that every message has; its target is told whole. */
export function openMenu(world: World, call: MenuCall): TestInteraction {
  const message = world.messages.get(call.messageId);
  if (!message || message.deleted) throw new Error(`There is no message ${call.messageId}.`);
  const command = (world.commands as unknown as CommandDefinition[]).find(
    ({ name, type }) => name === call.name && type === 3,
  );
  if (!command) throw new Error(`No entry “${call.name}” is published.`);
  const { id, name } = command;
  const resolved = { messages: { [message.id]: toMessageJson(world, message) } };
  return interact(world, {
    ...call,
    channelId: message.channelId,
    type: InteractionType.ApplicationCommand,
    data: { id, name, type: 3, target_id: message.id, resolved },
  });
}

/** An interaction that no client of Discord's would send. */
export function sendInteraction(world: World, raw: RawInteraction): TestInteraction {
  const { type, data, messageId, user } = raw;
  const source = messageId === undefined ? undefined : world.messages.get(messageId);
  return interact(world, {
    type,
    data,
    ...(user && { user }),
    ...(source && { source, channelId: source.channelId }),
  });
}

interface Act {
  readonly type: InteractionType;
  readonly data: JsonObject;
  readonly source?: ServerMessage;
  readonly channelId?: string;
  readonly user?: TestUser;
  readonly locale?: string;
  readonly attachmentSizeLimit?: number;
}

export function interact(world: World, act: Act): TestInteraction {
  const channel = world.channels.get(act.channelId ?? world.ids.channel);
  if (!channel) throw new Error(`There is no channel ${act.channelId}.`);
  const user = act.user ?? world.person;
  const id = world.nextId();
  const token = Buffer.from(`interaction:${id}:${user.id}`).toString('base64url');
  const limit = act.attachmentSizeLimit ?? defaultFileLimit;
  const interaction: Interaction = {
    id,
    token,
    channelId: channel.id,
    createdAt: world.now(),
    source: act.source,
    attachmentSizeLimit: limit,
    acknowledgedAfterMs: undefined,
    response: undefined,
    followups: [],
    complaints: [],
    /** Discord tells the person as soon as the three seconds are over. */
    get errors() {
      const isLate = world.now() - this.createdAt > acknowledgementMs;
      const isUnanswered = this.acknowledgedAfterMs === undefined && isLate;
      return isUnanswered
        ? ['The application did not respond', ...this.complaints]
        : this.complaints;
    },
    payload: {
      id,
      token,
      application_id: world.bot.id,
      type: act.type,
      version: 1,
      locale: act.locale ?? 'en-US',
      channel_id: channel.id,
      channel: toChannelJson(world, channel),
      app_permissions: toAppPermissions(world, channel),
      attachment_size_limit: limit,
      entitlements: [],
      ...toContext(world, channel, user),
      data: act.data,
      ...(act.source && { message: toMessageJson(world, act.source) }),
    },
  };
  world.interactions.set(token, interaction);
  world.tell({ type: 'INTERACTION_CREATE', intent: 0, payload: interaction.payload });
  return interaction;
}

/** Who acts, where, and by which installation the app is there. */
function toContext(world: World, channel: Channel, user: TestUser): JsonObject {
  const owners = isBotIn(channel) ? { 0: channel.guildId ?? '0' } : { 1: user.id };
  if (channel.guildId === undefined) {
    const context = channel.kind === 'dm' ? 1 : 2;
    return { context, user: toUserJson(user), authorizing_integration_owners: owners };
  }
  const permissions = String(toPersonsPermissions(world, channel, user.id));
  return {
    context: 0,
    guild_id: channel.guildId,
    guild: { id: channel.guildId, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    member: { ...toMemberJson(user), permissions },
    authorizing_integration_owners: owners,
  };
}

/** Sends the event of an interaction or a message once more: delivery is "never, once, or N times". */
export function redeliver(world: World, event: TestInteraction | ServerMessage): void {
  if ('token' in event) {
    const payload = world.interactions.get(event.token)?.payload ?? {};
    world.tell({ type: 'INTERACTION_CREATE', intent: 0, payload });
    return;
  }
  tellMessage(world, event, 'MESSAGE_CREATE');
}

export function permit(world: World, permissions: bigint): void {
  world.permissions = permissions;
  tellChannels(world);
}

export function empower(world: World, user: TestUser, permissions: bigint): void {
  world.powers.set(user.id, permissions);
  tellChannels(world);
}

export function admit(world: World, user: TestUser, channelId: string): void {
  world.admitted.get(channelId)?.add(user.id);
  tellChannels(world);
}

function tellChannels(world: World): void {
  const changed = [...world.channels.values()].filter(isInGuild);
  for (const channel of changed) {
    const type = isThread(channel) ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE';
    world.tell({ type, intent: 1, payload: toChannelJson(world, channel) });
  }
}
