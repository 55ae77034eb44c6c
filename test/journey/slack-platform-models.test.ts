/** Forms and models through the whole bot on Slack: as somebody new to it would use them. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { waitFor, type DeliveredMessage } from '../support/chats/chat.ts';
import { startSlackChat, type SlackChat } from '../support/chats/slack-chat.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';
import { blockIdsOf } from '../support/slack/view-values.ts';

interface Watched extends World<SlackChat> {
  /** What was delivered since the last look: one message, and the status says its last word. */
  readonly delivered: () => Promise<DeliveredMessage>;
  /** What was sent to fal since the last look. */
  readonly submits: () => readonly { readonly endpoint: string; readonly input: unknown }[];
  /** What was said to the person alone since the last look, once this is in it. */
  readonly whispered: (about: string) => Promise<string>;
}

/** One Easel for the tests of a group: what it did is looked at once. */
function useWorld(mode: 'socket' | 'http'): () => Watched {
  let world: Watched | undefined;
  beforeAll(async () => {
    world = watch(await startWorld(await startSlackChat(mode), { pace: HURRIED_PACE }));
  });
  afterEach(() => expect(world?.chat.problems()).toEqual([]));
  afterAll(() => world?.close());
  return () => {
    if (!world) throw new Error('not started');
    return world;
  };
}

function watch(world: World<SlackChat>): Watched {
  const { chat, sandbox } = world;
  const seen = { deliveries: 0, submits: 0, whispers: 0 };
  return {
    ...world,
    async delivered() {
      const news = await waitFor('a delivery', async () => {
        const found = (await chat.deliveries()).slice(seen.deliveries);
        return found.length > 0 && found;
      });
      await waitFor('the last word', () => /Done|For /u.test(chat.newestStatus()));
      seen.deliveries += news.length;
      const [first, ...others] = news;
      expect(others).toEqual([]);
      if (!first) throw new Error('nothing was delivered');
      return first;
    },
    submits() {
      const news = sandbox.journal.submits.slice(seen.submits);
      seen.submits += news.length;
      return news.map(({ endpoint, input }) => ({ endpoint, input }));
    },
    async whispered(about) {
      const words = await waitFor(`an answer about ${about}`, () => {
        const news = chat.privateTexts().slice(seen.whispers).join('\n');
        return news.includes(about) && news;
      });
      seen.whispers = chat.privateTexts().length;
      return words;
    },
  };
}

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  const world = useWorld(mode);

  test('a form: another model, its fields, one picture', async () => {
    const { chat, delivered, submits } = world();
    const { server } = chat;
    const form = await chat.openForm();
    const viewId = form.id;
    expect(blockIdsOf(form)).toEqual(expect.arrayContaining(['prompt', 'model', 'web_search']));
    await server.fillView({ viewId, values: { prompt: 'a fox in snow' } });
    await chat.chooseModel(form, 'recraft-v3');
    expect(blockIdsOf(form)).toEqual(expect.arrayContaining(['prompt', 'model', 'style']));
    expect(blockIdsOf(form)).not.toContain('web_search');
    const styles = await server.openMenu({ viewId, field: 'style', typed: 'digital' });
    expect(styles.choices.map(({ value }) => value)).toContain('digital_illustration');
    const sent = await server.submitView({
      viewId,
      values: { style: 'digital_illustration', aspect_ratio: '16:9' },
    });
    expect(sent.errors).toEqual([]);
    expect(sent.ackBody).toBeUndefined();
    expect(server.openViews).toEqual([]);

    const delivery = await delivered();
    expect(delivery.files).toHaveLength(1);
    expect(delivery.text).toContain('recraft-v3');
    expect(submits()).toEqual([
      {
        endpoint: 'fal-ai/recraft/v3/text-to-image',
        input: {
          prompt: 'a fox in snow',
          style: 'digital_illustration',
          image_size: 'landscape_16_9',
        },
      },
    ]);
  });

  test('what does not fit stands beside its field, and is mended there', async () => {
    const { chat, delivered, submits } = world();
    const { server } = chat;
    const { id: viewId } = await chat.openForm();
    const before = [chat.statusCount(), chat.privateTexts().length];
    const wrong = await server.submitView({
      viewId,
      values: { prompt: 'a fox', size: 'huge', seed: 'a lot' },
    });
    const { errors } = wrong.ackBody as { errors: Record<string, string> };
    expect(Object.keys(errors).length).toBeGreaterThan(0);
    for (const [name, words] of Object.entries(errors)) expect(words).toContain(`“${name}”`);
    expect([chat.statusCount(), chat.privateTexts().length]).toEqual(before);
    await server.submitView({ viewId, values: { size: '', seed: '42' } });
    await delivered();
    expect(submits()).toMatchObject([{ input: { prompt: 'a fox', seed: 42 } }]);
  });
});

describe('on Slack', () => {
  const world = useWorld('socket');

  test('a form sent twice is paid once', async () => {
    const { chat, delivered, submits } = world();
    const { server } = chat;
    const { id: viewId } = await chat.openForm();
    await server.fillView({ viewId, values: { prompt: 'a fox' } });
    await Promise.all([
      server.submitView({ viewId, values: {} }),
      server.submitView({ viewId, values: {} }),
    ]);
    await delivered();
    expect(submits()).toHaveLength(1);
    expect(chat.statusCount()).toBe(1);
  });

  test('flags name a model and what only it knows', async () => {
    const { chat, delivered, submits } = world();
    await chat.ask('a fox —model flux-dev --numInferenceSteps 12 --guidance-scale 2.5');
    await delivered();
    expect(submits()).toMatchObject([
      {
        endpoint: 'fal-ai/flux/dev',
        input: { prompt: 'a fox', num_inference_steps: 12, guidance_scale: 2.5 },
      },
    ]);
  });

  test('an option that a model does not know is refused with the one that was meant', async () => {
    const { chat, submits, whispered } = world();
    await chat.ask('a fox --model qwen-image --guidence 3');
    expect(await whispered('guidence')).toContain('guidance');
    expect(submits()).toEqual([]);
  });

  test('/models lists, and with a name shows every option to the end', async () => {
    const { chat, whispered } = world();
    await chat.server.runCommand({ command: '/models', text: '' });
    expect(await whispered('nano-banana-pro')).toContain('qwen-image');
    await chat.server.runCommand({ command: '/models', text: 'minimax-speech-02-hd' });
    const words = await whispered('Try: ');
    for (const name of ['voice', 'speed', 'pitch', 'emotion', 'sample_rate', 'pronunciation']) {
      expect(words).toContain(`--${name}`);
    }
  });

  test('a voice is delivered as sound', async () => {
    const { chat, delivered, submits } = world();
    await chat.ask('Hello there --model minimax-speech-02-turbo');
    expect((await delivered()).files).toMatchObject([
      { name: expect.stringMatching(/\.(?:mp3|wav)$/u) as unknown, altText: '' },
    ]);
    expect(submits()).toMatchObject([
      { endpoint: 'fal-ai/minimax/speech-02-turbo', input: { text: 'Hello there' } },
    ]);
  });

  test('what was spoken is delivered as words, once', async () => {
    const { chat, delivered, submits } = world();
    const form = await chat.openForm();
    await chat.chooseModel(form, 'whisper');
    const audio = { name: 'hello.wav', mimetype: 'audio/wav', bytes: toWav() };
    await chat.server.submitView({ viewId: form.id, values: { audio: [audio] } });
    const { text, files } = await delivered();
    expect(text).toContain('whisper');
    expect(text.length).toBeGreaterThan(40);
    expect(files.filter(({ name }) => /\.(?:png|jpe?g)$/u.test(name))).toEqual([]);
    expect(submits()).toMatchObject([{ endpoint: 'fal-ai/whisper' }]);
  });
});

/** A tenth of a second of silence. */
function toWav(): Uint8Array {
  const samples = 1600;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0, 'ascii');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8, 'ascii');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(16_000, 24);
  wav.writeUInt32LE(32_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'ascii');
  wav.writeUInt32LE(samples * 2, 40);
  return wav;
}
