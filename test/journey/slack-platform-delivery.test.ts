import { expect, test } from 'vitest';
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
  expect(refs[0]?.details).toEqual({
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
  expect(refs.map(({ id }) => id)).toEqual(results(rig).map(({ ts }) => ts));
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
  expect(results(rig)[0]?.ts).toBe(ref?.id);
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
