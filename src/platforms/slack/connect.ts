/** Builds the Slack platform: who we are, how events come in, and what we can do. */
import { App } from '@slack/bolt';
import { z } from 'zod';
import type { ChatPlatform, PlatformParts } from '../platform.ts';
import { locateAttachment } from './attachments.ts';
import { createCalls, type SlackCalls } from './calls.ts';
import { isNotInside } from './errors.ts';
import { createHttpIntake } from './http-receiver.ts';
import { acknowledgeLate, type Intake } from './intake.ts';
import { LIMITS } from './limits.ts';
import { readLinked } from './linked.ts';
import { listen } from './listeners.ts';
import { createSlackLogger, type SlackLogger } from './logger.ts';
import { createIsModerator } from './moderator.ts';
import { createPace } from './pace.ts';
import { findPost, postOnce } from './post.ts';
import { announceCommands } from './publish.ts';
import { remove } from './remove.ts';
import { toContent } from './render.ts';
import type { SlackSettings } from './settings.ts';
import { renderPartsOf, type Bot, type SlackParts } from './slack-parts.ts';
import { createSocketIntake } from './socket-receiver.ts';
import { openStatusMessage } from './status-message.ts';

/** For the answers that Bolt sends itself, to response addresses. */
const RESPOND_WITHIN_MS = 10_000;

export async function connectSlack(
  settings: SlackSettings,
  platformParts: PlatformParts,
): Promise<ChatPlatform> {
  const { log, clock } = platformParts;
  const logger = createSlackLogger(log);
  const calls = createCalls(settings, { clock, logger });
  const bot = await readBot(calls);
  const isModerator = createIsModerator({ calls, log, bot });
  const pace = createPace(clock);
  const parts: SlackParts = { ...platformParts, settings, calls, bot, isModerator, pace };
  const intake = createIntake(parts, logger);
  const app = createApp(intake, parts, logger);

  return {
    name: 'slack',
    limits: LIMITS,
    publishCommands: async (commands) => announceCommands(commands, settings.command, log),
    async start(onInvocation) {
      listen(app, onInvocation, parts);
      await app.start();
    },
    reopen: (ref) => openStatusMessage(ref, parts),
    async post(place, message, key) {
      const spot = { channel: place.channel, thread: place.thread };
      const earlier = await findPost({ ...spot, key }, parts).catch(ignoreOutside);
      const content = toContent(message, renderPartsOf(parts));
      return openStatusMessage(
        earlier ?? (await postOnce({ ...spot, content, key }, parts)),
        parts,
      );
    },
    locateAttachment: (ref) => locateAttachment(ref, parts),
    readLinked: (link, asker) => readLinked(link, asker, parts),
    remove: (ref) => remove(ref, parts),
    // Slack takes alt text with an upload and never again.
    describe: () => Promise.resolve(false),
    isConnected: () => intake.isConnected(),
    stop: async () => void (await app.stop()),
  };
}

const identity = z.object({
  user_id: z.string(),
  bot_id: z.string(),
  user: z.string(),
  team_id: z.string(),
  url: z.string(),
});

async function readBot(calls: SlackCalls): Promise<Bot> {
  const answer = identity.parse(await calls.surely((client) => client.auth.test()));
  return {
    userId: answer.user_id,
    botId: answer.bot_id,
    name: answer.user,
    teamId: answer.team_id,
    workspaceUrl: answer.url.replace(/\/*$/u, '/'),
  };
}

function createIntake(parts: SlackParts, logger: SlackLogger): Intake {
  const { intake, apiUrl } = parts.settings;
  switch (intake.kind) {
    case 'socket':
      return createSocketIntake({ ...parts, appToken: intake.appToken, apiUrl, logger });
    case 'http':
      return createHttpIntake({ ...parts, signingSecret: intake.signingSecret, logger });
  }
}

function createApp(intake: Intake, parts: SlackParts, logger: SlackLogger): App {
  const { bot, settings, log, clock } = parts;
  const app = new App({
    receiver: intake.receiver,
    authorize: async () => ({
      botToken: settings.botToken,
      botId: bot.botId,
      botUserId: bot.userId,
      teamId: bot.teamId,
    }),
    convoStore: false,
    logger,
    clientOptions: {
      slackApiUrl: settings.apiUrl,
      fetch: (address, init) =>
        fetch(address, { signal: AbortSignal.timeout(RESPOND_WITHIN_MS), ...init }),
    },
  });
  app.error(async (error) => {
    log.error({ error }, 'an event from Slack could not be dealt with');
  });
  acknowledgeLate(app, clock);
  return app;
}

/** Where Easel is not, it has posted nothing either. */
function ignoreOutside(error: unknown): undefined {
  if (!isNotInside(error)) throw error;
  return undefined;
}
