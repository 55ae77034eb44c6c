import { describe, expect, test } from 'vitest';
import { line, type Message, note, ownAddressSchema } from '../../src/message.ts';
import { renderMessage, toAnnouncement } from '../../src/platforms/web/render.ts';
import {
  type StatusRecord,
  type StoredMessage,
  storedMessageSchema,
} from '../../src/platforms/web/stored-message.ts';

const at = new Date('2026-01-02T03:04:05Z');
const picture = {
  id: 'f1',
  fileName: 'fox.png',
  contentType: 'image/png',
  bytes: 3,
  altText: 'A fox',
  width: 640,
  height: 480,
  isSpoiler: false,
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
  String(await renderMessage(message, []));

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

const named = (count: number) =>
  Array.from({ length: count }, (_, at) => line({ kind: 'code', text: `--o${at}` }, ' what'));
const titled = (count: number) =>
  Array.from({ length: count }, (_, at) => [
    line({ kind: 'strong', text: `model-${at}` }),
    note('what for'),
  ]).flat();

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

  test.each([
    ['audio/mpeg', 'fox.mp3', /<audio controls preload="metadata" src="\/web\/files\/f1"/u],
    ['video/mp4', 'fox.mp4', /<video\s+controls\s+playsinline\s+preload="metadata"/u],
  ])('plays %s where it stands, when somebody wants it', async (contentType, fileName, player) => {
    const html = await render(status({}, { files: [{ ...picture, contentType, fileName }] }));
    expect(html).toMatch(player);
    expect(html).toContain('aria-label="A fox"');
    expect(html).toContain(`download="${fileName}"`);
    expect(html).not.toContain('autoplay');
  });

  test.each([
    ['model/gltf-binary', 'fox.glb', 3 * 1024 * 1024, '3D model (GLB) · 3.0 MB'],
    ['application/zip', 'fox.zip', 2048, 'File (ZIP) · 2 KB'],
    ['image/tiff', 'fox.tif', 45 * 1024 * 1024, 'Picture (TIF) · 45 MB'],
    ['text/html', 'fox.html', 12, 'Text (HTML) · 12 bytes'],
  ])('tells what a file is that no page shows: %s', async (contentType, fileName, bytes, words) => {
    const file = { ...picture, contentType, fileName, bytes };
    const html = await render(status({}, { files: [file] }));
    expect(html).toContain(words);
    expect(html).not.toMatch(/<(?:img|iframe|embed|object|svg)/u);
  });

  test('shows a vector drawing as a picture only', async () => {
    const file = { ...picture, contentType: 'image/svg+xml', fileName: 'fox.svg' };
    const html = await render(status({}, { files: [file] }));
    expect(html).toMatch(/<img\s+src="\/web\/files\/f1"/u);
    expect(html).not.toContain('<svg');
  });

  test('shows a vector drawing once, where its picture comes along', async () => {
    const drawing = { ...picture, id: 'f2', contentType: 'image/svg+xml', fileName: 'fox.svg' };
    const html = await render(status({}, { files: [picture, drawing] }));
    expect(html.match(/<img/gu)).toHaveLength(1);
    expect(html).toContain('href="/web/files/f2"');
  });

  test('offers a short text to be read and copied', async () => {
    const file = { ...picture, contentType: 'text/plain', fileName: 'a.txt', text: '<b>Hello' };
    const html = await render(status({}, { files: [file] }));
    expect(html).toContain('&lt;b&gt;Hello</pre');
    expect(html).toContain('aria-label="Copy the text"');
  });

  test.each(['image/png', 'video/mp4', 'model/gltf-binary'])(
    'hides %s until somebody asks, without a script',
    async (contentType) => {
      const file = { ...picture, contentType, isSpoiler: true };
      const html = await render(status({}, { files: [file] }));
      expect(html).toMatch(/<details class="spoiler">\s*<summary>/u);
      expect(html).toMatch(/Show the hidden (?:picture|video|file)/u);
      const summary = html.slice(html.indexOf('<summary>'), html.indexOf('</summary>'));
      expect(summary).not.toContain('A fox');
      expect(summary).not.toContain('<video');
    },
  );

  test('that is words alone can be copied once it is delivered', async () => {
    const said = { blocks: [line('A fox is an animal.'), note('whisper')] };
    expect(await render(status(said))).not.toContain('data-copy');
    expect(await render(status(said, { delivered: 'j1' }))).toContain('aria-label="Copy the text"');
  });

  test('has a way to copy a whole command, but not for every name', async () => {
    const html = await render(
      status({ blocks: [line('Try ', { kind: 'code', text: '/imagine a fox --ar 16:9' })] }),
    );
    expect(html).toMatch(
      /<code class="copied">\/imagine a fox <span class="flag">--ar<\/span> 16:9<\/code\s*><button/u,
    );
    const plain = await render(status({ blocks: [line({ kind: 'code', text: '/help' })] }));
    expect(plain).not.toContain('data-copy');
  });

  test.each([
    ['two names', named(2), 0, undefined],
    ['a few names', named(5), 5, undefined],
    ['one more than is shown', named(13), 13, undefined],
    ['many names', named(30), 30, '18 more'],
    ['titles with small print', titled(4), 4, undefined],
    ['many titles', titled(20), 20, '8 more'],
  ])('makes a list of %s, and folds a long one', async (_, blocks, items, folded) => {
    const html = await render(status({ blocks }));
    const lists = html.match(/<ul class="listing"[\s\S]*?<\/ul>/gu) ?? [];
    expect(lists.join('').match(/<li>/gu)?.length ?? 0).toBe(items);
    expect(/<summary>(.*?)<\/summary>/u.exec(html)?.[1]).toBe(folded);
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
    expect(html).toContain('<a href="/web/messages/m9" data-message>there</a>');
  });
});

describe('a link to something of Easel’s own', () => {
  const link = {
    kind: 'link',
    label: 'Original <1>',
    address: ownAddressSchema.parse('https://easel.example/p/1.2/original?until=3&sign="'),
  } as const;

  test('opens beside the page, and nothing in it becomes markup', async () => {
    const html = await render(status({ blocks: [note('Kept: ', link)] }));
    expect(html).toContain(
      '<a href="https://easel.example/p/1.2/original?until=3&amp;sign=&quot;" target="_blank" rel="noopener">Original &lt;1&gt;</a>',
    );
  });

  test('is there again after a restart', () => {
    const stored = status({ blocks: [note('Kept: ', link)] });
    expect(storedMessageSchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  test('leads to nothing that a browser would run', () => {
    const address = 'javascript:alert(1)';
    const stored = status({ blocks: [note({ ...link, address: address as never })] });
    expect(storedMessageSchema.safeParse(JSON.parse(JSON.stringify(stored))).success).toBe(false);
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
    [
      'a recording',
      status({}, { files: [{ ...picture, contentType: 'audio/mpeg' }] }),
      'The recording is ready. ',
    ],
    [
      'files of several kinds',
      status({}, { files: [picture, { ...picture, contentType: 'audio/mpeg' }] }),
      '2 files are ready. ',
    ],
    ['the person’s own words', { author: 'person', id: 'm', at, text: 'a fox', pictures: [] }, ''],
  ] satisfies [string, StoredMessage, string][])('for %s', (_, message, expected) => {
    expect(toAnnouncement(message)).toBe(expected);
  });
});

test('a message that was stored before there were hidden files is still read', () => {
  const { isSpoiler: _, ...file } = picture;
  const stored: unknown = JSON.parse(JSON.stringify(status({}, { files: [] })));
  const message = storedMessageSchema.parse({ ...Object(stored), files: [file] });
  expect(message).toMatchObject({ files: [{ id: 'f1', isSpoiler: false }] });
});
