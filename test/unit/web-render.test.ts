import { describe, expect, test } from 'vitest';
import { line, type Message, note } from '../../src/message.ts';
import { renderMessage, toAnnouncement } from '../../src/platforms/web/render.ts';
import type { StatusRecord, StoredMessage } from '../../src/platforms/web/stored-message.ts';

const at = new Date('2026-01-02T03:04:05Z');
const picture = {
  id: 'f1',
  fileName: 'fox.png',
  contentType: 'image/png',
  bytes: 3,
  altText: 'A fox',
  width: 640,
  height: 480,
};
const cancel = { label: 'Cancel', style: 'danger', command: 'cancel', job: 'j1' } as const;

function status(message: Partial<Message>, rest: Partial<StatusRecord> = {}): StatusRecord {
  const blocks = message.blocks ?? [];
  const buttons = message.buttons ?? [];
  return {
    author: 'easel',
    id: 'm1',
    at,
    files: [],
    question: '',
    message: { blocks, buttons },
    ...rest,
  };
}
const render = async (message: StoredMessage): Promise<string> =>
  String(await renderMessage(message));

const asked = (text: string): StoredMessage => ({
  author: 'person',
  id: 'm2',
  at,
  text,
  pictures: [],
});
/** A message that says the same words wherever a message can. */
function saying(words: string): StatusRecord {
  return status(
    {
      blocks: [
        line(words, { kind: 'strong', text: words }, { kind: 'code', text: words }),
        note(words),
        { kind: 'quote', text: words },
      ],
      buttons: [{ ...cancel, label: words, job: words }],
    },
    { files: [{ ...picture, altText: words, fileName: words }] },
  );
}
/** Tags and names of attributes, without any value or text. */
function toSkeleton(html: string): string {
  return html.replaceAll(/"[^"]*"/gu, '""').replaceAll(/>[^<]*</gu, '><');
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</li></ol><hx-partial hx-target="body">gone</hx-partial>',
  '<!--',
  '&lt;b&gt;',
  '{{constructor.constructor("alert(1)")()}}',
  'javascript:alert(1)',
];

describe('a message as HTML', () => {
  test.each(HOSTILE)('holds hostile words only as text: %s', async (words) => {
    expect(toSkeleton(await render(saying(words)))).toBe(toSkeleton(await render(saying('calm'))));
    expect(toSkeleton(await render(asked(words)))).toBe(toSkeleton(await render(asked('calm'))));
  });

  test('keeps one id from the first words to the pictures', async () => {
    const waiting = await render(status({ blocks: [line('Waiting')], buttons: [cancel] }));
    const done = await render(status({ blocks: [line('Done')] }, { files: [picture] }));
    expect(waiting).toMatch(/^<li\s+id="message-m1"/u);
    expect(done).toMatch(/^<li\s+id="message-m1"/u);
  });

  test('shows an empty canvas only while the job can still be stopped', async () => {
    expect(await render(status({ buttons: [cancel] }))).toContain('class="canvas"');
    expect(await render(status({}))).not.toContain('class="canvas"');
    expect(await render(status({}, { files: [picture] }))).not.toContain('class="canvas"');
  });

  test('does not repeat the words that stand right above', async () => {
    const quote = { kind: 'quote', text: 'a fox' } as const;
    const echoed = status({ blocks: [quote] }, { question: '/imagine prompt: a fox' });
    expect(await render(echoed)).not.toContain('<blockquote>');
    expect(await render(status({ blocks: [quote] }))).toContain('<blockquote>a fox</blockquote>');
  });

  test('gives a picture its alt text, its size and a way to save it', async () => {
    const html = await render(status({}, { files: [picture] }));
    expect(html).toMatch(
      /<img\s+src="\/web\/files\/f1"\s+alt="A fox"\s+width="640"\s+height="480"/u,
    );
    expect(html).toContain('aria-label="Save fox.png"');
  });

  test('links other files instead of showing them', async () => {
    const file = { ...picture, contentType: 'application/pdf', fileName: 'fox.pdf' };
    const html = await render(status({}, { files: [file] }));
    expect(html).not.toContain('<img');
    expect(html).toContain('download="fox.pdf"');
  });

  test('tells a moment so that it makes sense without a script', async () => {
    const html = await render(status({ blocks: [line('Done ', { kind: 'moment', at })] }));
    expect(html).toContain('datetime="2026-01-02T03:04:05.000Z"');
    expect(html).toContain('at 03:04:05 UTC');
  });

  test('links to another message of the page', async () => {
    const to = { platform: 'web', channel: 'main', id: 'm9', details: {} };
    const html = await render(
      status({ blocks: [line({ kind: 'message-link', label: 'there', to })] }),
    );
    expect(html).toContain('<a href="#message-m9">there</a>');
  });
});

describe('what is read aloud', () => {
  const first = line('Drawing ', { kind: 'strong', text: 'now' });
  test.each([
    ['progress', status({ blocks: [{ kind: 'quote', text: 'a fox' }, first] }), 'Drawing now'],
    [
      'one picture',
      status({ blocks: [first] }, { files: [picture] }),
      'The picture is ready. Drawing now',
    ],
    ['two pictures', status({}, { files: [picture, picture] }), '2 pictures are ready. '],
    ['the person’s own words', { author: 'person', id: 'm', at, text: 'a fox', pictures: [] }, ''],
  ] satisfies [string, StoredMessage, string][])('for %s', (_, message, expected) => {
    expect(toAnnouncement(message)).toBe(expected);
  });
});
