/** The loopback Slack against the real Bolt, over both of its transports. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startBoltBot, type BoltBot } from '../support/slack/bolt-bot.ts';
import { startSlackServer, type SlackServer } from '../support/slack/slack-server.ts';

const card = (text: string) => [
  { type: 'section' as const, text: { type: 'mrkdwn' as const, text } },
  {
    type: 'actions' as const,
    elements: [
      {
        type: 'button' as const,
        text: { type: 'plain_text' as const, text: 'Cancel' },
        action_id: 'cancel',
        value: 'job-1',
      },
    ],
  },
];

describe.each(['socket', 'http'] as const)('over %s', (transport) => {
  let slack: SlackServer;
  let bot: BoltBot;

  beforeEach(async () => {
    slack = await startSlackServer();
    bot = await startBoltBot(slack, transport);
  });
  afterEach(async () => {
    await bot.stop();
    await slack.close();
  });

  test('a command is acknowledged, answered with a message and the message edited', async () => {
    bot.app.command('/imagine', async ({ ack, client, command }) => {
      await ack();
      const blocks = card(`Waiting: ${command.text}`);
      const { ts } = await client.chat.postMessage({
        channel: command.channel_id,
        text: 'Waiting',
        blocks,
      });
      await client.chat.update({ channel: command.channel_id, ts: ts ?? '', text: 'Done', blocks });
    });

    const result = await slack.runCommand({ command: '/imagine', text: 'a <fox> & hound' });

    expect(result.errors).toEqual([]);
    expect(result.acknowledgedAfterMs).toBeLessThan(1000);
    const message = await slack.waitFor(() =>
      slack.messages(slack.channelId).find(({ text }) => text === 'Done'),
    );
    expect(message.edits).toMatchObject([{ text: 'Waiting' }]);
    expect(JSON.stringify(message.blocks)).toContain('a &lt;fox&gt; &amp; hound');
    expect(message.buttons).toMatchObject([{ label: 'Cancel', value: 'job-1' }]);
    expect(slack.messages(slack.channelId)).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  test('an acknowledgement with text is shown to the person alone', async () => {
    bot.app.command('/imagine', ({ ack }) => ack('Invite me first'));

    await slack.runCommand({ command: '/imagine', text: '', channelId: slack.privateChannelId });

    expect(slack.ephemerals(slack.privateChannelId)).toMatchObject([
      { text: 'Invite me first', userId: slack.userId, by: 'acknowledgement' },
    ]);
    expect(slack.messages(slack.privateChannelId)).toEqual([]);
  });

  test('a command that nobody acknowledges fails for the person', async () => {
    bot.app.command('/imagine', () => Promise.resolve());

    const result = await slack.runCommand({ command: '/imagine', text: 'x' });

    expect(result.acknowledgedAfterMs).toBeUndefined();
    expect(result.errors).toHaveLength(1);
  });

  test('a mention with a picture arrives as two events, and only one knows the picture', async () => {
    const heard: { type: string; ts: string; files: unknown }[] = [];
    bot.app.event('app_mention', async ({ event }) => {
      heard.push({ type: event.type, ts: event.ts, files: 'files' in event });
    });
    bot.app.event('message', async ({ event }) => {
      heard.push({ type: event.type, ts: event.ts, files: 'files' in event });
    });

    const ts = await slack.sendMessage({
      text: 'edit this',
      mentionsBot: true,
      files: [{ name: 'fox.png', mimetype: 'image/png', bytes: Buffer.from('fox') }],
    });

    await slack.waitFor(() => heard.length === 2);
    expect(heard).toEqual(
      expect.arrayContaining([
        { type: 'app_mention', ts, files: false },
        { type: 'message', ts, files: true },
      ]),
    );
    await slack.waitFor(() => slack.events.every(({ attempts }) => attempts.length === 1));
    expect(slack.events.map(({ attempts }) => attempts[0]?.acknowledgedAfterMs)).not.toContain(
      undefined,
    );
  });

  test('a button press reaches its listener and may replace its message', async () => {
    bot.app.action('cancel', async ({ ack, respond, action }) => {
      await ack();
      const value = 'value' in action ? action.value : '';
      await respond({ replace_original: true, text: `Cancelled ${value}` });
    });
    const { ts = '' } = await bot.app.client.chat.postMessage({
      channel: slack.channelId,
      text: 'Waiting',
      blocks: card('Waiting'),
    });

    const result = await slack.pressButton({ channelId: slack.channelId, ts, label: 'Cancel' });

    expect(result.errors).toEqual([]);
    const message = await slack.waitFor(() =>
      slack.messages(slack.channelId).find(({ text }) => text === 'Cancelled job-1'),
    );
    expect(message.ts).toBe(ts);
    expect(message.buttons).toEqual([]);
  });

  test('a form opens on a trigger, refuses what is wrong and closes when it is right', async () => {
    bot.app.command('/imagine', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: form });
    });
    const prompts: string[] = [];
    bot.app.view('imagine', async ({ ack, view }) => {
      const prompt = view.state.values['prompt']?.['text']?.value ?? '';
      prompts.push(`${prompt} ${view.state.values['ratio']?.['choice']?.selected_option?.value}`);
      if (prompt !== 'good') {
        return ack({ response_action: 'errors', errors: { prompt: 'Say something good.' } });
      }
      return ack();
    });

    await slack.runCommand({ command: '/imagine', text: '' });
    const { id } = await slack.waitFor(() => slack.openViews[0]);
    const empty = await slack.submitView({ viewId: id, values: {} });
    const bad = await slack.submitView({ viewId: id, values: { prompt: 'bad' } });
    const stillOpen = slack.openViews.length;
    await slack.submitView({ viewId: id, values: { text: 'good', ratio: '16:9' } });

    expect(empty.errors).toEqual(['prompt: is required']);
    expect(bad.ackBody).toEqual({
      response_action: 'errors',
      errors: { prompt: 'Say something good.' },
    });
    expect(stillOpen).toBe(1);
    expect(slack.openViews).toEqual([]);
    expect(prompts).toEqual(['bad 1:1', 'good 16:9']);
    expect(slack.violations).toEqual([]);
  });

  test('a file put into a form can be read by the bot', async () => {
    bot.app.command('/imagine', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: uploadForm });
    });
    const contents: string[] = [];
    bot.app.view('imagine', async ({ ack, view }) => {
      await ack();
      const [file] = view.state.values['picture']?.['files']?.files ?? [];
      const response = await fetch(file?.url_private ?? '', {
        headers: { authorization: `Bearer ${slack.botToken}` },
      });
      contents.push(await response.text());
    });
    const picture = { name: 'fox.png', mimetype: 'image/png', bytes: Buffer.from('a fox') };

    await slack.runCommand({ command: '/imagine', text: '' });
    const { id } = await slack.waitFor(() => slack.openViews[0]);
    const tooMany = await slack.submitView({ viewId: id, values: { picture: [picture, picture] } });
    await slack.submitView({ viewId: id, values: { picture: [picture] } });

    expect(tooMany.errors).toEqual(['picture: takes fewer or smaller files']);
    await slack.waitFor(() => contents.length === 1);
    expect(contents).toEqual(['a fox']);
  });

  test('a message shortcut brings the message with its files', async () => {
    const names: string[] = [];
    bot.app.shortcut('edit_image', async ({ ack, shortcut }) => {
      await ack();
      if (shortcut.type !== 'message_action') return;
      const { files } = shortcut.message as { files?: { name: string }[] };
      names.push(...(files ?? []).map(({ name }) => name), shortcut.channel.id);
    });
    const ts = await slack.sendMessage({
      text: '',
      channelId: slack.publicChannelId,
      files: [{ name: 'fox.png', mimetype: 'image/png', bytes: Buffer.from('fox') }],
    });

    const result = await slack.messageShortcut({
      callbackId: 'edit_image',
      channelId: slack.publicChannelId,
      ts,
    });

    expect(result.errors).toEqual([]);
    await slack.waitFor(() => names.length === 2);
    expect(names).toEqual(['fox.png', slack.publicChannelId]);
    expect(slack.events).toEqual([]);
  });
});

const option = (value: string) => ({
  text: { type: 'plain_text' as const, text: value },
  value,
});

const form = {
  type: 'modal' as const,
  callback_id: 'imagine',
  title: { type: 'plain_text' as const, text: 'Imagine' },
  submit: { type: 'plain_text' as const, text: 'Draw' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'prompt',
      label: { type: 'plain_text' as const, text: 'Prompt' },
      element: { type: 'plain_text_input' as const, action_id: 'text', max_length: 3000 },
    },
    {
      type: 'input' as const,
      block_id: 'ratio',
      label: { type: 'plain_text' as const, text: 'Ratio' },
      element: {
        type: 'static_select' as const,
        action_id: 'choice',
        options: [option('1:1'), option('16:9')],
        initial_option: option('1:1'),
      },
    },
  ],
};

const uploadForm = {
  ...form,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'picture',
      label: { type: 'plain_text' as const, text: 'Picture' },
      element: { type: 'file_input' as const, action_id: 'files', max_files: 1 },
    },
  ],
};
