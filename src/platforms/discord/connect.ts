/** Discord as a chat platform: the gateway brings events, REST takes the answers. */
import { REST, RESTEvents } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Message } from '../../message.ts';
import type { Place } from '../../place.ts';
import type { ChatPlatform, PlatformLimits, PlatformParts, StatusMessage } from '../platform.ts';
import { createDiscordApi, type DiscordApi } from './api.ts';
import { locateAttachment } from './attachments.ts';
import type { DiscordParts } from './discord-parts.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { readLinked } from './linked.ts';
import { listen, type Listener } from './listen.ts';
import { createMenuForms } from './menu-forms.ts';
import { toNonce } from './nonce.ts';
import { describePosted, removePosted } from './posted.ts';
import { publishCommands } from './publish.ts';
import { botRef } from './ref-details.ts';
import { render, TEXT_LENGTH } from './render.ts';
import { createSeenPayloads } from './seen-payloads.ts';
import type { DiscordSettings } from './settings.ts';
import { openStatusMessage } from './status-message.ts';
import { explained } from './trouble.ts';

/** Discord lets a channel be written to about five times in five seconds (observed). */
const EDIT_EVERY_MS = 1200;
/** An upload over a slow line: the library's 15 seconds would end it and begin again. */
const REST_TIMEOUT_MS = 120_000;
const REST_RETRIES = 2;
/** Ten thousand refused requests in ten minutes ban an address: warn long before. */
const WARN_EVERY_REFUSED = 500;
const STOP_WITHIN_MS = 5000;

const LIMITS: Omit<PlatformLimits, 'seesEverything'> = {
  editEveryMs: EDIT_EVERY_MS,
  editScope: 'channel',
  textLength: TEXT_LENGTH,
  hasSpoilers: true,
  hasVoiceMessages: true,
  hasButtonsBesideFiles: true,
};

export async function connect(
  settings: DiscordSettings,
  platform: PlatformParts,
): Promise<ChatPlatform> {
  const { log, clock, records } = platform;
  const gateway = createGateway(settings, log);
  const rest = createRest(settings, log);
  const api = createDiscordApi(rest);
  const { fileHosts } = settings;
  const parts = toParts(platform, { gateway, api, settings });
  let listener: Listener | undefined;

  return {
    name: 'discord',
    limits: { ...LIMITS, seesEverything: settings.messageContent },
    async publishCommands(published) {
      const isNew = await explained(() => publishCommands(published, { api, records, log }));
      log.info(isNew ? 'commands were published' : 'commands are unchanged');
    },
    async start(onInvocation) {
      listener = listen(gateway.client, parts, onInvocation);
      await gateway.open();
    },
    reopen: (ref) => openStatusMessage(ref, parts),
    post: (place, message, key) => post({ place, message, key }, parts),
    locateAttachment: (ref) => explained(() => locateAttachment(ref, { api, fileHosts, clock })),
    readLinked: (link, asker) => readLinked(link, asker, parts),
    remove: (ref) => removePosted(ref, parts),
    describe: (ref, fileName, altText) => describePosted(ref, { fileName, altText }, parts),
    isConnected: () => gateway.isOpen(),
    async stop() {
      await endWithin(listener?.stop(), clock);
      await gateway.close();
    },
  };
}

function toParts(
  { log, clock, records, commands, startForm, settingsOf }: PlatformParts,
  { gateway, api, settings }: { gateway: Gateway; api: DiscordApi; settings: DiscordSettings },
): DiscordParts {
  const { client } = gateway;
  return {
    api,
    client,
    clock,
    log,
    commands,
    startForm,
    settingsOf,
    menuForms: createMenuForms(records, clock),
    payloads: createSeenPayloads(client),
    seesContent: settings.messageContent,
    botId: () => client.user?.id ?? '',
  };
}

async function post(
  { place, message, key }: { place: Place; message: Message; key: string },
  parts: DiscordParts,
): Promise<StatusMessage> {
  const { tenant, channel } = place;
  const created = { channel, rendered: render(message), nonce: toNonce('post', key) };
  const id = await explained(() => parts.api.createMessage(created));
  const guild = tenant.startsWith('dm:') ? '@me' : tenant;
  return openStatusMessage(botRef(guild, channel, id), parts);
}

async function endWithin(work: Promise<void> | undefined, clock: Clock): Promise<void> {
  const giveUp = new AbortController();
  const limit = clock.sleep(STOP_WITHIN_MS, giveUp.signal).catch(() => undefined);
  await Promise.race([work, limit]);
  giveUp.abort();
}

/** Apart from the gateway's own, so that calls under way end after the gateway is closed. */
function createRest({ apiUrl, token }: DiscordSettings, log: Logger): REST {
  const rest = new REST({
    api: apiUrl,
    timeout: REST_TIMEOUT_MS,
    retries: REST_RETRIES,
    invalidRequestWarningInterval: WARN_EVERY_REFUSED,
  }).setToken(token);
  rest.on(RESTEvents.RateLimited, ({ route, timeToReset }) =>
    log.debug({ route, timeToReset }, 'waiting for a rate limit'),
  );
  rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) =>
    log.warn({ count, remainingTime }, 'Discord refused many requests'),
  );
  return rest;
}
