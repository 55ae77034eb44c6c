/** The pictures of a message, as Slack and other apps write messages. */
import { describe, expect, test } from 'vitest';
import { picturesIn, slackMessage } from '../../src/platforms/slack/message-pictures.ts';

const CHANNEL = 'C0GENERAL01';
const png = { id: 'F0000000001', name: 'a.png', mimetype: 'image/png', mode: 'hosted' };

function found(message: object): readonly string[] {
  const parsed = slackMessage.parse({ ts: '1790000000.000100', ...message });
  return picturesIn(parsed, CHANNEL).map((picture) =>
    picture.kind === 'file' ? picture.file.id : `${picture.kind} ${picture.url}`,
  );
}

describe('files', () => {
  test('are pictures by their type, in order, stubs included', () => {
    const stub = { id: 'F0000000002', mode: 'file_access', file_access: 'check_file_info' };
    const others = ['application/pdf', 'audio/mp4', 'video/mp4', 'text/plain'].map(
      (mimetype, at) => ({ ...png, id: `F000000001${at}`, mimetype }),
    );
    expect(found({ files: [...others, png, stub] })).toEqual([png.id, stub.id]);
  });

  test.each(['tombstone', 'hidden_by_limit'])('that are gone (%s) are none', (mode) => {
    expect(found({ files: [{ id: 'F0000000002', mode }, png] })).toEqual([png.id]);
  });
});

describe('blocks', () => {
  test.each([
    [{ id: png.id }, png.id],
    [{ url: `https://acme.slack.com/files/U0123456789/${png.id}/a.png` }, png.id],
    [{ url: `https://files.slack.com/files-pri/T0123456789-${png.id}/a.png` }, png.id],
  ])('of a file of Slack’s (%j) are that file', (slack_file, id) => {
    expect(found({ blocks: [{ type: 'image', slack_file, alt_text: 'x' }] })).toEqual([id]);
  });

  test('with an address lie outside, wherever it leads', () => {
    const addresses = [
      'https://example.com/a.png',
      'http://169.254.169.254/latest/meta-data',
      `https://files.slack.com/files-pri/T0123456789-${png.id}/a.png`,
      'javascript:alert(1)',
    ];
    const blocks = addresses.map((image_url) => ({ type: 'image', image_url, alt_text: 'x' }));
    expect(found({ blocks })).toEqual(addresses.map((url) => `outside ${url}`));
  });

  test('of other kinds are none', () => {
    expect(found({ blocks: [{ type: 'divider' }, null, 7, { type: 'image' }, []] })).toEqual([]);
  });
});

describe('attachments', () => {
  const inside = {
    is_msg_unfurl: true,
    files: [png],
    message_blocks: [
      { message: { blocks: [{ type: 'image', slack_file: { id: 'F0000000003' } }] } },
      { message: null },
    ],
    image_url: 'https://example.com/a.png',
  };

  test('that forward a message show its files and its blocks', () => {
    const forward = { ...inside, is_share: true, channel_id: 'C0ELSEWHERE' };
    expect(found({ attachments: [forward] })).toEqual([png.id, 'F0000000003']);
  });

  test('that a link made show them where everybody may see them', () => {
    expect(found({ attachments: [{ ...inside, channel_id: CHANNEL }] })).toHaveLength(2);
    expect(found({ attachments: [{ ...inside, channel_id: 'C0ELSEWHERE' }] })).toEqual([]);
  });

  test('of an app and of a linked page are told apart', () => {
    const image_url = 'https://example.com/a.png';
    expect(found({ attachments: [{ image_url }, { image_url, from_url: 'x' }] })).toEqual([
      `outside ${image_url}`,
      `preview ${image_url}`,
    ]);
  });

  test('that make no sense are passed over', () => {
    const odd = [null, 7, 'x', { files: 'x' }, { message_blocks: [7] }, { blocks: {} }, {}];
    expect(found({ attachments: odd, files: [png] })).toEqual([png.id]);
  });
});
