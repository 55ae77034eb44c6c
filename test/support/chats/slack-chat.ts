import { startSlackServer } from '../slack/slack-server.ts';
import type {
  OpenView,
  SentFile,
  SlackMessage,
  SlackServer,
  SlackServerOptions,
} from '../slack/slack-types.ts';
import { waitFor, type PostedMessage, type TestChat, type Upload, type Where } from './chat.ts';
import { readSlackWords } from './read-words.ts';

export interface SlackChat extends TestChat {
  readonly server: SlackServer;
  /** Types `/imagine` alone, and waits for the form. */
  openForm(): Promise<OpenView>;
  /** Chooses a model in a form, and waits for its fields. */
  chooseModel(form: OpenView, model: string): Promise<void>;
}

/** Words of a result are posted under the job's id and the number of the message. */
const WORDS_KEY = /"key":"[\da-f-]{36}:\d+"/u;

/** `mode` says how events reach Easel. */
export async function startSlackChat(
  mode: 'socket' | 'http',
  options: SlackServerOptions = {},
): Promise<SlackChat> {
  const server = await startSlackServer(options);
  const channels = [server.channelId, server.dmChannelId];
  const ours = (): SlackMessage[] =>
    channels
      .flatMap((channel) => server.messages(channel))
      .filter(({ fromBot }) => fromBot)
      .toSorted((a, b) => Number(a.ts) - Number(b.ts));
  const statuses = (): SlackMessage[] => ours().filter((message) => !isResult(message));
  const results = (): PostedMessage[] =>
    ours()
      .filter((message) => isResult(message) && !isHandedOut(message))
      .map((message) => toPosted(message, server, thread));
  const channelOf = (where: Where): string =>
    where === 'direct' ? server.dmChannelId : server.channelId;
  const findCard = (label: string): { channelId: string; ts: string; label: string } => {
    const card = ours().findLast(({ buttons }) => buttons.some((button) => button.label === label));
    if (!card) throw new Error(`no message has a button ${label}`);
    return { channelId: card.channelId, ts: card.ts, label };
  };
  let acknowledgedAfterMs: number | undefined;
  let thread: string | undefined;

  async function run(
    name: string,
    text: string,
    uploads: readonly Upload[],
    where: Where,
  ): Promise<void> {
    const channelId = channelOf(where);
    if (where !== 'thread' && uploads.length === 0) {
      const answer = await server.runCommand({ command: `/${name}`, text, channelId });
      acknowledgedAfterMs = answer.acknowledgedAfterMs;
      return;
    }
    if (where === 'thread') {
      thread = await server.sendMessage({ channelId, text: 'what shall we draw?' });
    }
    await server.sendMessage({
      channelId,
      text: `${name} ${text}`,
      mentionsBot: where !== 'direct',
      files: uploads.map(toSlackFile),
      ...(where === 'thread' && { threadTs: thread ?? '' }),
    });
    const event = server.events.at(-1);
    acknowledgedAfterMs = await waitFor(
      'an acknowledgement',
      () => event?.attempts.at(-1)?.acknowledgedAfterMs,
    );
  }

  return {
    name: `slack-${mode}`,
    server,
    places: ['channel', 'thread', 'direct'],
    env: {
      SLACK_BOT_TOKEN: server.botToken,
      SLACK_API_URL: server.apiUrl,
      SLACK_FILE_HOSTS: server.fileHost,
      WEB_CHAT: 'off',
      ...(mode === 'socket'
        ? { SLACK_APP_TOKEN: server.appToken }
        : { SLACK_SIGNING_SECRET: server.signingSecret }),
    },
    async attach(easelUrl) {
      if (mode === 'http') server.deliverVia = { http: easelUrl };
      else await waitFor('a socket', () => server.socketConnections() > 0);
    },
    ask: (text, where = 'channel', uploads = []) => run('imagine', text, uploads, where),
    records: 'm4a',
    command: (name, text, files = [], where = 'channel') => run(name, text, files, where),
    async sayAloud(recording, { to, where = 'channel' } = {}) {
      await server.sendMessage({
        channelId: channelOf(where),
        text: '',
        mentionsBot: where !== 'direct',
        files: [{ ...toSlackFile(recording), subtype: 'slack_audio' }],
        ...(to !== undefined && { threadTs: to }),
      });
    },
    async chatter(text, uploads = [], by = 'person') {
      const files = uploads.map(toSlackFile);
      if (by === 'bot') server.postAsApp({ text, files });
      else await server.sendMessage({ text, files, user: server.otherUserId });
    },
    async choose(entry, ts) {
      const callbackId = entry.toLowerCase().replaceAll(' ', '-');
      await server.messageShortcut({ callbackId, channelId: server.channelId, ts });
    },
    async pressAndAnswer(label, values) {
      await server.pressButton(findCard(label));
      const form = await server.waitFor(() => server.openViews[0]);
      await server.submitView({ viewId: form.id, values });
    },
    async set(text, by = 'moderator') {
      const user = by === 'moderator' ? server.adminUserId : server.otherUserId;
      const before = server.ephemerals(server.channelId).length;
      await server.runCommand({ command: '/settings', text, user });
      await server.waitFor(() => server.ephemerals(server.channelId).length > before);
    },
    posted: async () => results(),
    buttons: async () => {
      const card = ours().findLast(({ buttons }) => buttons.length > 0);
      return card?.buttons.map(({ label }) => label) ?? [];
    },
    handedOut: async () =>
      server
        .messages(server.dmChannelId)
        .filter(isHandedOut)
        .flatMap((message) => toPosted(message, server, thread).files),
    async openForm() {
      await server.runCommand({ command: '/imagine', text: '' });
      return server.waitFor(() => server.openViews[0]);
    },
    async chooseModel(form, model) {
      await server.fillView({ viewId: form.id, values: { model } });
      await server.waitFor(() => String(form.view['private_metadata']).includes(`"${model}"`));
    },
    acknowledgedAfterMs: () => acknowledgedAfterMs,
    statusTexts: () =>
      statuses().flatMap(({ edits, text, blocks }) =>
        [...edits, { text, blocks }].map(
          (version) => `${version.text} ${JSON.stringify(version.blocks)}`,
        ),
      ),
    newestStatus: () => {
      const newest = statuses().at(-1);
      return newest ? `${newest.text} ${JSON.stringify(newest.blocks)}` : '';
    },
    statusCount: () => statuses().length,
    privateTexts: () =>
      channels.flatMap((channel) =>
        server.ephemerals(channel).map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`),
      ),
    deliveries: async () => results(),
    async press(label) {
      await server.pressButton(findCard(label));
    },
    async show(pictures, where = 'channel') {
      return server.sendMessage({
        channelId: channelOf(where),
        text: 'look',
        files: pictures.map(toSlackFile),
      });
    },
    newestResult() {
      const newest = ours().findLast(isResult);
      return newest?.threadTs ?? newest?.ts ?? '';
    },
    async reply(to, text, pictures = [], where = 'channel') {
      await server.sendMessage({
        channelId: channelOf(where),
        text,
        threadTs: to,
        mentionsBot: where !== 'direct',
        files: pictures.map(toSlackFile),
      });
    },
    async redeliver() {
      const newest = server.events.at(-1);
      if (newest) await server.redeliver(newest, 'http_timeout');
    },
    problems: () => [
      ...server.violations,
      ...(server.tooManyRequests > 0 ? [`${server.tooManyRequests} answers with 429`] : []),
      ...ours()
        .filter(({ pings }) => pings.length > 0)
        .map(({ text }) => `pings: ${text}`),
      ...server.files
        .filter(({ completions }) => completions > 1)
        .map(({ name }) => `completed twice: ${name}`),
    ],
    close: () => server.close(),
  };
}

function toSlackFile({ fileName, contentType, bytes }: Upload): SentFile {
  return { name: fileName, mimetype: contentType, bytes };
}

function isResult({ files, metadata }: SlackMessage): boolean {
  return files.length > 0 || WORDS_KEY.test(JSON.stringify(metadata) ?? '');
}

/** Files for one person alone lie in their conversation with Easel. */
function isHandedOut({ fromBot, text }: SlackMessage): boolean {
  return fromBot && text === 'Only you see this.';
}

function toPosted(
  message: SlackMessage,
  server: SlackServer,
  thread: string | undefined,
): PostedMessage {
  const isInThread = thread !== undefined && message.threadTs === thread;
  const place = message.channelId === server.dmChannelId ? 'direct' : 'channel';
  const words = readSlackWords(message);
  return {
    id: message.ts,
    where: isInThread ? 'thread' : place,
    text: words.join('\n'),
    words,
    files: message.files.map(({ name, altText, bytes }) => ({ name, altText, bytes })),
  };
}
