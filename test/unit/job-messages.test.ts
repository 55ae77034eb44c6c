import { describe, expect, test } from 'vitest';
import { captionOf } from '../../src/jobs/caption.ts';
import type { Job, JobResult, JobState, StoredFile } from '../../src/jobs/job.ts';
import {
  acceptedMessage,
  drawingMessage,
  finalMessage,
  waitingMessage,
} from '../../src/jobs/messages.ts';
import type { Inline, Message, MessageRef } from '../../src/message.ts';

const now = new Date('2026-01-01T00:00:10.000Z');
const status: MessageRef = { platform: 'web', channel: 'main', id: 'm1', details: {} };
const beside = { hasButtonsBesideFiles: true };
const result: JobResult = { files: [], withheld: 0, seconds: 4.23 };

function job<State extends JobState>(state: State, change: Partial<Job> = {}): Job & State {
  return {
    id: 'j1',
    invocationId: 'i1',
    person: { id: 'p', name: 'Kim' },
    place: { platform: 'web', tenant: 'web', channel: 'main' },
    request: { model: 'qwen-image', prompt: 'a fox', files: [], options: { seed: 7 } },
    endpoint: 'fal-ai/qwen-image',
    notes: ['qwen-image has no 3:2; 4:3 was used.'],
    status,
    deliveryCheckpoint: undefined,
    acceptedAt: new Date('2026-01-01T00:00:00.000Z'),
    cancelRequestedAt: undefined,
    closedAt: undefined,
    ...change,
    ...state,
  } as Job & State;
}

function commandsOf({ buttons }: Message): readonly string[] {
  return buttons.map(({ command }) => command);
}

function textOf({ blocks }: Message): string {
  return blocks
    .map((block) => (block.kind === 'quote' ? `> ${block.text}` : block.parts.map(wordOf).join('')))
    .join('\n');
}

function wordOf(part: Inline): string {
  if (typeof part === 'string') return part;
  if (part.kind === 'message-link') return part.label;
  return 'text' in part ? part.text : `<${part.kind}>`;
}

describe('while it runs, the message can be cancelled and tells the notes', () => {
  test.each([
    ['accepted', acceptedMessage(job({ state: 'accepted' })), 'Sending it off'],
    [
      'first in line',
      waitingMessage(job({ state: 'accepted' }), 0, { expectedAt: undefined, now }),
      'Waiting in line: 1',
    ],
    [
      'third in line',
      waitingMessage(job({ state: 'accepted' }), 2, { expectedAt: undefined, now }),
      'Waiting in line: 3',
    ],
    [
      'somewhere in line',
      waitingMessage(job({ state: 'accepted' }), undefined, { expectedAt: undefined, now }),
      'Waiting in line',
    ],
    [
      'drawing',
      drawingMessage(job({ state: 'accepted' }), [], { expectedAt: undefined, now }, 'picture'),
      'Drawing',
    ],
  ])('%s', (_, message, first) => {
    expect(textOf(message).split('\n')[0]).toBe(first);
    expect(textOf(message)).toContain('> a fox');
    expect(textOf(message)).toContain('4:3 was used');
    expect(message.buttons).toEqual([
      { label: 'Cancel', style: 'danger', command: 'cancel', job: 'j1' },
    ]);
  });
});

test('the expected end is a moment; when it is past, words', () => {
  const soon = { expectedAt: new Date(now.getTime() + 5000), now };
  const late = { expectedAt: new Date(now.getTime() - 1), now };
  expect(textOf(drawingMessage(job({ state: 'accepted' }), [], soon, 'picture'))).toContain(
    'Asked <moment> · ready <moment>',
  );
  expect(textOf(drawingMessage(job({ state: 'accepted' }), [], late, 'picture'))).toContain(
    'ready any moment',
  );
});

describe('of the log, the newest line is shown, cleaned', () => {
  test.each([
    [['loading', 'step 1'], 'step 1'],
    [['\u001B[32mINFO\u001B[0m warm'], 'INFO warm'],
    [['10%|#\r20%|##\r30%|###'], '30%|###'],
    [['one\ntwo\n\n'], 'two'],
    [['\u0007\u0000bell\u202E'], 'bell'],
    [['\u001B]0;title\u0007real'], 'real'],
    [['x'.repeat(500)], `${'x'.repeat(119)}…`],
  ])('%j', (logs, shown) => {
    const message = drawingMessage(
      job({ state: 'accepted' }),
      logs.map((text) => ({ message: text })),
      { expectedAt: undefined, now },
      'picture',
    );
    expect(textOf(message).split('\n')).toContain(shown);
  });

  test('a line with nothing in it is not shown', () => {
    const message = drawingMessage(
      job({ state: 'accepted' }),
      [{ message: ' \u001B[0m ' }],
      { expectedAt: undefined, now },
      'picture',
    );
    expect(message.blocks).toHaveLength(4);
  });
});

const captioned = (change: Partial<JobResult>, of: Partial<Job> = {}) =>
  textOf(
    captionOf(job({ state: 'fetched', requestId: 'r', result }, of), { ...result, ...change }),
  );

const picture = (width: number, height: number, change: Partial<StoredFile> = {}): StoredFile => ({
  path: 'files/j1/a.png',
  fileName: 'a.png',
  contentType: 'image/png',
  bytes: 1,
  width,
  height,
  ...change,
});

describe('the caption', () => {
  test('tells for whom, which model, the seed and the time', () => {
    expect(captioned({})).toContain('For Kim · qwen-image · seed 7 · 4.2 s');
    expect(captioned({ seed: '196619188014358660', inferenceSeconds: 1 })).toContain(
      'seed 196619188014358660 · 1.0 s',
    );
    expect(captioned({ seconds: 125.4 })).toContain('2 min 5 s');
  });

  test.each([
    ['one size for all', [picture(1024, 768), picture(1024, 768)], '7 · 1024×768 · 4.2 s'],
    ['each one’s where they differ', [picture(8, 9), picture(9, 8)], '7 · 8×9, 9×8 · 4.2 s'],
    ['no size of a sound', [picture(0, 0, { contentType: 'audio/mpeg' })], 'seed 7 · 4.2 s'],
    [
      'no size of a drawing that has none of its own',
      [picture(1024, 1024, { isPreview: true }), picture(64, 64, { contentType: 'image/svg+xml' })],
      'seed 7 · 4.2 s',
    ],
  ])('tells %s', (_, files, words) => {
    expect(captioned({ files })).toContain(words);
  });

  test.each([
    [0.15, false, '4.2 s · $0.15'],
    [0.025, false, '$0.025'],
    [0.0999, false, '$0.10'],
    [0.003, false, '$0.0030'],
    [0.000_012_3, false, '$0.000012'],
    [12.345, false, '$12.35'],
    [0, false, '$0'],
    [0.078, true, 'about $0.078'],
  ])('tells a cost of %s', (dollars, isEstimate, words) => {
    expect(captioned({ cost: { dollars, isEstimate } }).split('\n')[1]).toMatch(
      new RegExp(`${words.replaceAll(/[$.]/gu, String.raw`\$&`)}$`, 'u'),
    );
  });

  test('says no cost where it is not known', () => {
    expect(captioned({})).not.toContain('$');
  });

  test.each([
    [{ withheld: 1, made: 4 }, '1 of 4 pictures was withheld by the model’s safety check.'],
    [{ withheld: 2, made: 4 }, '2 of 4 pictures were withheld by the model’s safety check.'],
    [{ withheld: 2 }, '2 pictures were withheld by the model’s safety check.'],
    [{ withheld: 1 }, 'One picture was withheld by the model’s safety check.'],
    [
      { made: 2, files: [picture(1, 1, { isSpoiler: true }), picture(1, 1)] },
      '1 of 2 pictures was marked by the model’s safety check and hidden until you open it.',
    ],
  ])('says what happened: %j', (change, words) => {
    expect(captioned(change).split('\n').at(2)).toBe(words);
  });

  test('tells what was lost, and where it can be had', () => {
    const notes = [{ text: 'Picture 2 of 2 is gone.', address: 'https://v3.fal.media/b.png' }];
    expect(captioned({ notes })).toContain('Picture 2 of 2 is gone. https://v3.fal.media/b.png');
  });

  test('says short words of a model whole, line breaks and all', () => {
    const text = `one\n\n${'two '.repeat(300)}`.trim();
    const { blocks } = captionOf(job({ state: 'fetched', requestId: 'r', result }), {
      ...result,
      text,
    });
    expect(blocks[1]).toEqual({ kind: 'line', parts: [text] });
    expect(captioned({ text })).not.toContain('file');
  });

  test.each([
    ['many', 'word '.repeat(1000)],
    ['words that grow when they are escaped', '<*>&'.repeat(300)],
  ])('of %s, says the beginning and where the rest is', (_, text) => {
    const [, said = '', note] = captioned({ text }).split('\n');
    expect(text.startsWith(said.slice(0, -1))).toBe(true);
    expect(said.length).toBeGreaterThan(100);
    expect(said.endsWith('…')).toBe(true);
    expect(note).toBe('All of it is in the file.');
  });

  test('says plainly that there are no words', () => {
    expect(captioned({ text: ' \n' })).toContain('The model’s answer is empty.');
  });

  test('quotes nothing where nothing was said', () => {
    const request = { model: 'whisper', prompt: '', files: [], options: {} };
    expect(captioned({}, { request })).toMatch(/^For Kim · whisper · 4\.2 s/u);
  });
});

test('a long prompt is quoted in part, and never cut inside a character', () => {
  const prompt = `${'x'.repeat(598)}🦊🦊`;
  const long = job(
    { state: 'accepted' },
    { request: { model: 'qwen-image', prompt, files: [], options: {} } },
  );
  expect(textOf(acceptedMessage(long))).toContain(`${'x'.repeat(598)}…`);
});

describe('the last word', () => {
  const other: MessageRef = { ...status, id: 'm2' };
  test.each([
    [
      'elsewhere, it links there',
      job({ state: 'delivered', requestId: 'r', result, messages: [other] }),
      /^Done · see the picture$/u,
    ],
    [
      'in this very message, it is the caption',
      job({ state: 'delivered', requestId: 'r', result, messages: [status] }),
      /For Kim/u,
    ],
    [
      'failed, it says why',
      job({
        state: 'failed',
        failure: { audience: 'person', text: 'No such word.', retryable: false },
      }),
      /^No picture\nNo such word\.\n> a fox$/u,
    ],
    ['cancelled', job({ state: 'cancelled' }), /^Stopped\n> a fox$/u],
    ['undecided, it asks', job({ state: 'undecided', input: {}, since: now }), /^Nobody knows\n/u],
  ] as const)('%s', (_, ended, words) => {
    expect(textOf(finalMessage(ended, 'picture', beside))).toMatch(words);
  });

  test('what nobody knows can be sent again, what was made has its buttons with the files or on the card', () => {
    const undecided = finalMessage(
      job({ state: 'undecided', input: {}, since: now }),
      'picture',
      beside,
    );
    expect(undecided.buttons).toEqual([
      { label: 'Send it again', style: 'primary', command: 'retry', job: 'j1' },
    ]);
    const delivered = job({ state: 'delivered', requestId: 'r', result, messages: [other] });
    expect(commandsOf(finalMessage(delivered, 'picture', beside))).toEqual([]);
    const onCard = finalMessage(delivered, 'picture', { hasButtonsBesideFiles: false });
    expect(commandsOf(onCard)).toEqual(['again', 'remix', 'details', 'delete']);
    const here = job({ state: 'delivered', requestId: 'r', result, messages: [status] });
    expect(commandsOf(finalMessage(here, 'picture', beside))).toEqual(commandsOf(onCard));
    expect(finalMessage(job({ state: 'cancelled' }), 'picture', beside).buttons).toEqual([]);
  });

  test('of anything but a picture, nobody speaks of pictures', () => {
    const failure = { audience: 'person', text: 'No.', retryable: false } as const;
    const failed = job({ state: 'failed', failure });
    expect(textOf(finalMessage(failed, 'sound', beside))).toMatch(/^No sound\n/u);
    const delivered = job({ state: 'delivered', requestId: 'r', result, messages: [other] });
    expect(textOf(finalMessage(delivered, 'words', beside))).toBe('Done · see the result');
    const timing = { expectedAt: undefined, now };
    const working = drawingMessage(job({ state: 'accepted' }), [], timing, 'video');
    expect(textOf(working)).toMatch(/^Working\n/u);
  });
});
