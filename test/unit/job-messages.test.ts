import { describe, expect, test } from 'vitest';
import type { Job, JobState } from '../../src/jobs/job.ts';
import {
  acceptedMessage,
  captionOf,
  drawingMessage,
  finalMessage,
  waitingMessage,
} from '../../src/jobs/messages.ts';
import type { Inline, Message, MessageRef } from '../../src/message.ts';

const now = new Date('2026-01-01T00:00:10.000Z');
const status: MessageRef = { platform: 'web', channel: 'main', id: 'm1', details: {} };
const result = { files: [], withheld: 0, seconds: 4.23 };

function job<State extends JobState>(state: State, change: Partial<Job> = {}): Job & State {
  return {
    id: 'j1',
    invocationId: 'i1',
    person: { id: 'p', name: 'Kim' },
    place: { platform: 'web', tenant: 'web', channel: 'main' },
    request: { model: 'qwen-image', prompt: 'a fox', pictures: [], settings: { seed: 7 } },
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

function textOf({ blocks }: Message): string {
  return blocks
    .map((block) => (block.kind === 'quote' ? `> ${block.text}` : block.parts.map(wordOf).join('')))
    .join('\n');
}

function wordOf(part: Inline): string {
  if (typeof part === 'string') return part;
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
      drawingMessage(job({ state: 'accepted' }), [], { expectedAt: undefined, now }),
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
  expect(textOf(drawingMessage(job({ state: 'accepted' }), [], soon))).toContain(
    'Asked <moment> · ready <moment>',
  );
  expect(textOf(drawingMessage(job({ state: 'accepted' }), [], late))).toContain(
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
    );
    expect(textOf(message).split('\n')).toContain(shown);
  });

  test('a line with nothing in it is not shown', () => {
    const message = drawingMessage(job({ state: 'accepted' }), [{ message: ' \u001B[0m ' }], {
      expectedAt: undefined,
      now,
    });
    expect(message.blocks).toHaveLength(4);
  });
});

test('the caption tells for whom, which model, the seed and the time', () => {
  const fetched = job({ state: 'fetched', requestId: 'r', result });
  expect(textOf(captionOf(fetched, result))).toContain('For Kim · qwen-image · seed 7 · 4.2 s');
  expect(
    textOf(captionOf(fetched, { ...result, seed: '196619188014358660', inferenceSeconds: 1 })),
  ).toContain('seed 196619188014358660 · 1.0 s');
  expect(textOf(captionOf(fetched, { ...result, withheld: 2 }))).toContain('withheld 2 pictures');
});

test('a long prompt is quoted in part, and never cut inside a character', () => {
  const prompt = `${'x'.repeat(598)}🦊🦊`;
  const long = job(
    { state: 'accepted' },
    { request: { model: 'qwen-image', prompt, pictures: [], settings: {} } },
  );
  expect(textOf(acceptedMessage(long))).toContain(`${'x'.repeat(598)}…`);
});

describe('the last word', () => {
  const other: MessageRef = { ...status, id: 'm2' };
  test.each([
    [
      'elsewhere, it links there',
      job({ state: 'delivered', requestId: 'r', result, messages: [other] }),
      /^Done · <message-link>$/u,
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
    expect(textOf(finalMessage(ended))).toMatch(words);
  });

  test('only an undecided job has a button, and it sends the same job again', () => {
    const undecided = finalMessage(job({ state: 'undecided', input: {}, since: now }));
    expect(undecided.buttons).toEqual([
      { label: 'Send it again', style: 'primary', command: 'retry', job: 'j1' },
    ]);
    expect(finalMessage(job({ state: 'cancelled' })).buttons).toEqual([]);
  });
});
