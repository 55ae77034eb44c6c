import { startSlackServer } from '../slack/slack-server.ts';
import { nodes, textOf } from '../slack/block-reading.ts';
import type {
  OpenView,
  SentFile,
  SlackMessage,
  SlackServer,
  SlackServerOptions,
} from '../slack/slack-types.ts';
import { waitFor, type DeliveredMessage, type TestChat, type Upload } from './chat.ts';

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
  let acknowledgedAfterMs: number | undefined;
  let thread: string | undefined;

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
    async ask(text, where = 'channel', uploads = []) {
      if (where !== 'thread' && uploads.length === 0) {
        const channelId = where === 'direct' ? server.dmChannelId : server.channelId;
        const answer = await server.runCommand({ command: '/imagine', text, channelId });
        acknowledgedAfterMs = answer.acknowledgedAfterMs;
        return;
      }
      const channelId = where === 'direct' ? server.dmChannelId : server.channelId;
      if (where === 'thread') {
        thread = await server.sendMessage({ channelId, text: 'what shall we draw?' });
      }
      await server.sendMessage({
        channelId,
        text: `imagine ${text}`,
        mentionsBot: where !== 'direct',
        files: uploads.map(toSlackFile),
        ...(where === 'thread' && { threadTs: thread ?? '' }),
      });
      const event = server.events.at(-1);
      acknowledgedAfterMs = await waitFor(
        'an acknowledgement',
        () => event?.attempts.at(-1)?.acknowledgedAfterMs,
      );
    },
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
    deliveries: async () =>
      ours()
        .filter(isResult)
        .map((message) => toDelivered(message, server, thread)),
    async press(label) {
      const status = statuses().findLast(({ buttons }) =>
        buttons.some((button) => button.label === label),
      );
      if (!status) throw new Error(`no message has a button ${label}`);
      await server.pressButton({ channelId: status.channelId, ts: status.ts, label });
    },
    async show(pictures, where = 'channel') {
      return server.sendMessage({
        channelId: where === 'direct' ? server.dmChannelId : server.channelId,
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
        channelId: where === 'direct' ? server.dmChannelId : server.channelId,
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

/** What a message shows: its blocks where it has some. */
function wordsOf({ text, blocks }: SlackMessage): string {
  if (blocks.length === 0) return text;
  return nodes(blocks)
    .map((node) => textOf(node['text']))
    .filter((words) => words !== '')
    .join('\n');
}

function toDelivered(
  message: SlackMessage,
  server: SlackServer,
  thread: string | undefined,
): DeliveredMessage {
  const isInThread = thread !== undefined && message.threadTs === thread;
  const place = message.channelId === server.dmChannelId ? 'direct' : 'channel';
  return {
    where: isInThread ? 'thread' : place,
    text: wordsOf(message),
    files: message.files.map(({ name, altText, bytes }) => ({ name, altText, bytes })),
  };
}
