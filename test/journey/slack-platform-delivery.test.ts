import { describe, expect, test } from 'vitest';
import { line, message, note } from '../../src/message.ts';
import type { StatusMessage } from '../../src/platforms/platform.ts';
import { acknowledging, deliveryOf, hastyClock, startRig, type Rig } from './slack-platform-rig.ts';

async function startWithCard(
  options: Parameters<typeof startRig>[0] = {},
): Promise<{ rig: Rig; status: StatusMessage }> {
  const rig = await startRig({ clock: hastyClock, ...options });
  const acknowledged = acknowledging(rig);
  await rig.server.runCommand({ command: '/imagine', text: 'a fox' });
  return { rig, status: await acknowledged };
}

function results({ server }: Rig) {
  return server.messages(server.channelId).filter(({ files }) => files.length > 0);
}

function completions({ server }: Rig): number {
  return server.files.reduce((sum, file) => sum + file.completions, 0);
}

test('several pictures are one message with one share each', async () => {
  const { rig, status } = await startWithCard();
  const files = [await rig.makeFile('fox-1.png', 'one'), await rig.makeFile('fox-2.png', 'two')];
  const refs = await status.deliver(deliveryOf(files));
  expect(results(rig)).toHaveLength(1);
  expect(results(rig)[0]?.files.map(({ altText }) => altText)).toEqual(['one', 'two']);
  expect(refs).toHaveLength(1);
  expect(refs[0]?.ref.details).toEqual({
    thread: status.ref.id,
    files: rig.server.files.map(({ id }) => id).join(','),
  });
});

test('more pictures than fit into one message become a second one', async () => {
  const { rig, status } = await startWithCard();
  const files = await Promise.all(
    Array.from({ length: 11 }, (_, at) => rig.makeFile(`fox-${at + 1}.png`)),
  );
  const refs = await status.deliver(deliveryOf(files));
  expect(results(rig).map((message) => message.files.length)).toEqual([10, 1]);
  expect(refs.map(({ ref }) => ref.id)).toEqual(results(rig).map(({ ts }) => ts));
});

test.each(['before', 'after'] as const)(
  'a connection that drops %s the share: one post',
  async (dropConnection) => {
    const { rig, status } = await startWithCard();
    rig.server.fail({ method: 'files.completeUploadExternal', dropConnection });
    await status.deliver(deliveryOf([await rig.makeFile('fox-1.png')]));
    expect(results(rig)).toHaveLength(1);
    expect(results(rig)[0]?.files[0]?.altText).toBe('A fox');
    expect(completions(rig)).toBe(1);
  },
);

test('where alt text keeps a file from being shared, it is shared once without', async () => {
  const { rig, status } = await startWithCard();
  rig.server.fail({ method: 'files.completeUploadExternal', sharesNothing: true });
  await status.deliver(deliveryOf([await rig.makeFile('fox-1.png')]));
  expect(results(rig)).toHaveLength(1);
  expect(results(rig)[0]?.files[0]?.altText).toBe('');
});

test.each([
  ['while the files were uploaded', 'files.getUploadURLExternal'],
  ['before the files were shared', 'files.completeUploadExternal'],
  ['after the files were shared', 'files.info'],
])('a delivery that broke off %s is taken up again and posts once', async (_, method) => {
  const { rig, status } = await startWithCard();
  const memory: { saved?: string } = {};
  const file = await rig.makeFile('fox-1.png');
  rig.server.fail({ method, error: 'account_inactive' });
  await expect(status.deliver(deliveryOf([file], memory))).rejects.toMatchObject({
    name: 'UpstreamError',
  });
  const [ref] = await rig.platform.reopen(status.ref).deliver(deliveryOf([file], memory));
  expect(results(rig)).toHaveLength(1);
  expect(results(rig)[0]?.ts).toBe(ref?.ref.id);
  const [again] = await rig.platform.reopen(status.ref).deliver(deliveryOf([file], memory));
  expect(again).toEqual(ref);
  expect(results(rig)).toHaveLength(1);
});

test.each([
  ['upload', { status: 500 }],
  ['upload', { dropConnection: 'before' as const }],
  ['files.getUploadURLExternal', { status: 503 }],
  ['files.getUploadURLExternal', { error: 'ratelimited' }],
  ['files.info', { error: 'internal_error' }],
])('trouble with %s (%o) is overcome', async (method, fault) => {
  const { rig, status } = await startWithCard();
  rig.server.fail({ method, ...fault });
  await status.deliver(deliveryOf([await rig.makeFile('fox-1.png')]));
  expect(results(rig)).toHaveLength(1);
});

test.each([
  ['storage_limit_reached', 'storage is full'],
  ['file_uploads_disabled', 'does not allow file uploads'],
  ['missing_scope', 'npm run slack:manifest'],
])('a workspace that refuses uploads (%s) is explained', async (error, words) => {
  const { rig, status } = await startWithCard();
  rig.server.fail({ method: 'files.getUploadURLExternal', error });
  await expect(status.deliver(deliveryOf([await rig.makeFile('fox-1.png')]))).rejects.toMatchObject(
    { retryable: false, message: expect.stringContaining(words) as unknown },
  );
});

test('a result whose status message was deleted meanwhile goes to the channel', async () => {
  const { rig, status } = await startWithCard();
  rig.server.fail({ method: 'files.completeUploadExternal', error: 'thread_not_found' });
  await status.deliver(deliveryOf([await rig.makeFile('fox-1.png')]));
  expect(results(rig)).toMatchObject([{ threadTs: undefined }]);
});

test('two results in a row are two posts, and neither looks for the other', async () => {
  const { rig, status } = await startWithCard();
  await status.deliver(deliveryOf([await rig.makeFile('fox-1.png')]));
  await status.deliver(deliveryOf([await rig.makeFile('hen-1.png')]));
  expect(results(rig).flatMap(({ files }) => files.map(({ name }) => name))).toEqual([
    'fox-1.png',
    'hen-1.png',
  ]);
  expect(rig.server.journal.map(({ method }) => method)).not.toContain('files.delete');
});

test.each([
  ['voice.mp3', 'audio/mpeg'],
  ['clip.mp4', 'video/mp4'],
  ['chair.glb', 'model/gltf-binary'],
  ['words.txt', 'text/plain'],
  ['logo.svg', 'image/svg+xml'],
])('%s is posted as it is, without alt text', async (fileName, contentType) => {
  const { rig, status } = await startWithCard();
  const file = { ...(await rig.makeFile(fileName)), contentType };
  await status.deliver(deliveryOf([file]));
  expect(results(rig)[0]?.files).toMatchObject([{ name: fileName, altText: '' }]);
});

const many = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`);
const transcript = (count: number) =>
  message({ kind: 'quote', text: many(count).join(' ') }, note('whisper · 2.1 s'));

function replies({ server }: Rig) {
  return server.messages(server.channelId).filter(({ threadTs }) => threadTs !== undefined);
}

function wordsIn(rig: Rig): Set<string> {
  const shown = replies(rig).map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`);
  return new Set(shown.join(' ').split(/\W+/u));
}

describe('words', () => {
  test('that are all there is to say are one message in the thread', async () => {
    const { rig, status } = await startWithCard();
    const [ref, ...others] = await status.deliver(deliveryOf([], {}, transcript(20)));
    expect(replies(rig)).toMatchObject([
      {
        ts: ref?.ref.id,
        threadTs: status.ref.id,
        text: expect.stringContaining('word19') as unknown,
      },
    ]);
    expect(others).toEqual([]);
  });

  test('that fill several messages are all said, in their order', async () => {
    const { rig, status } = await startWithCard();
    const refs = await status.deliver(deliveryOf([], {}, transcript(4000)));
    expect(replies(rig).length).toBeGreaterThan(2);
    expect(refs.map(({ ref }) => ref.id)).toEqual(replies(rig).map(({ ts }) => ts));
    const seen = wordsIn(rig);
    expect(many(4000).filter((word) => !seen.has(word))).toEqual([]);
  });

  test('that do not fit beside a file follow it', async () => {
    const { rig, status } = await startWithCard();
    const file = await rig.makeFile('fox-1.png');
    const refs = await status.deliver(deliveryOf([file], {}, transcript(1200)));
    expect(refs.map(({ fileNames }) => fileNames)).toEqual([['fox-1.png'], []]);
    expect(refs.map(({ ref }) => ref.id)).toEqual(replies(rig).map(({ ts }) => ts));
    expect(replies(rig).map(({ files }) => files.length)).toEqual([1, 0]);
    const seen = wordsIn(rig);
    expect([...many(1200), 'whisper'].filter((word) => !seen.has(word))).toEqual([]);
  });

  test.each(['before', 'after'] as const)(
    'whose connection drops %s the post are posted once',
    async (dropConnection) => {
      const { rig, status } = await startWithCard();
      rig.server.fail({ method: 'chat.postMessage', dropConnection });
      await status.deliver(deliveryOf([], {}, transcript(20)));
      expect(replies(rig)).toHaveLength(1);
    },
  );

  test('whose delivery broke off at any page are taken up again and posted once', async () => {
    const { rig, status } = await startWithCard();
    const memory: { saved?: string } = {};
    const delivery = () => deliveryOf([], memory, transcript(4000));
    let saves = 0;
    const breaking = delivery();
    await expect(
      status.deliver({
        ...breaking,
        checkpoint: {
          saved: undefined,
          async save(value) {
            saves += 1;
            // Posted, but what was posted is not stored any more.
            if (saves === 4) throw new Error('the process ends here');
            await breaking.checkpoint.save(value);
          },
        },
      }),
    ).rejects.toThrow('ends here');
    expect(replies(rig)).toHaveLength(2);
    const refs = await rig.platform.reopen(status.ref).deliver(delivery());
    const again = await rig.platform.reopen(status.ref).deliver(delivery());
    expect(again).toEqual(refs);
    expect(refs.map(({ ref }) => ref.id)).toEqual(replies(rig).map(({ ts }) => ts));
  });

  test('whose status message was deleted meanwhile go to the channel', async () => {
    const { rig, status } = await startWithCard();
    rig.server.fail({ method: 'chat.postMessage', error: 'thread_not_found' });
    await status.deliver(deliveryOf([], {}, transcript(20)));
    expect(rig.server.messages(rig.server.channelId).map(({ threadTs }) => threadTs)).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test('a delivery that an earlier version began is taken up', async () => {
  const { rig, status } = await startWithCard();
  const file = await rig.makeFile('fox-1.png');
  const memory: { saved?: string } = {};
  await status.deliver(deliveryOf([file], memory));
  const { files } = JSON.parse(memory.saved ?? '') as { files: string[][] };
  await status.deliver(deliveryOf([file], { saved: JSON.stringify(files) }));
  expect(results(rig)).toHaveLength(1);
});

test('a long answer to one person is said to the end', async () => {
  const rig = await startRig({ clock: hastyClock });
  const words = Array.from({ length: 70 }, (_, at) => `option${at}`);
  rig.act((invocation) =>
    invocation.answer(message(...words.map((word) => line(`${word} ${'x'.repeat(250)}`)))),
  );
  await rig.server.runCommand({ command: '/imagine', text: 'a fox' });
  const last = await rig.server.waitFor(() =>
    rig.server
      .ephemerals(rig.server.channelId)
      .find(({ blocks }) => JSON.stringify(blocks).includes('option69')),
  );
  expect(last.by).toBe('response_url');
  const shown = JSON.stringify(rig.server.ephemerals(rig.server.channelId));
  const seen = new Set(shown.replaceAll('\\n', ' ').split(/\W+/u));
  expect(words.filter((word) => !seen.has(word))).toEqual([]);
});
