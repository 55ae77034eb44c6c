import { describe, expect, test } from 'vitest';
import { createFalQueue } from '../../src/fal/create-fal-queue.ts';
import { toCancelOutcome, toQueueStatus, toResultOutcome } from '../../src/fal/read-answers.ts';
import type { WireAnswer } from '../../src/fal/wire.ts';
import { answerJson, startScriptedServer } from '../support/scripted-server.ts';
import { noneClaimed } from '../support/none-claimed.ts';

function answer(status: number, body: unknown, headers = {}): WireAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answer', status, headers, text };
}
const SILENCE: WireAnswer = { kind: 'silence', reason: 'no answer in time' };

describe('a status', () => {
  test.each([
    [answer(200, { status: 'IN_QUEUE', queue_position: 3 }), { kind: 'waiting', position: 3 }],
    [answer(200, { status: 'IN_QUEUE', queue_position: null }), { kind: 'waiting' }],
    [answer(200, { status: 'IN_QUEUE', queue_position: 'x' }), { kind: 'waiting' }],
    [answer(202, { status: 'IN_PROGRESS', logs: null }), { kind: 'running', logs: [] }],
    [answer(202, { status: 'IN_PROGRESS' }), { kind: 'running', logs: [] }],
    [
      answer(202, { status: 'IN_PROGRESS', logs: [{ message: 'a', level: 'INFO' }, null, {}] }),
      { kind: 'running', logs: [{ message: 'a' }] },
    ],
    [answer(200, { status: 'COMPLETED', error: 'x' }), { kind: 'completed' }],
    [answer(404, { status: 'NOT_FOUND' }), { kind: 'gone' }],
  ])('%j is read as %j', (wire, status) => {
    expect(toQueueStatus(wire)).toEqual(
      'position' in status || status.kind !== 'waiting'
        ? status
        : { ...status, position: undefined },
    );
  });

  test.each([
    answer(200, { status: 'SOMETHING_NEW' }),
    answer(200, '<html>'),
    answer(404, '<html>a proxy’s page</html>'),
    answer(401, { detail: 'bad key' }),
    answer(500, {}),
    answer(503, 'upstream connect error'),
    SILENCE,
  ])('%j is unclear: ask again', (wire) => {
    expect(toQueueStatus(wire)).toMatchObject({
      kind: 'unclear',
      reason: expect.any(String) as unknown,
    });
  });
});

describe('a result', () => {
  test('keeps the digits of seeds beyond 2^53', () => {
    const wire = answer(
      200,
      '{"seed":196619188014358660,"scale":1.5,"n":3,"ids":[-9007199254740993]}',
    );
    expect(toResultOutcome(wire)).toEqual({
      kind: 'output',
      output: { seed: '196619188014358660', scale: 1.5, n: 3, ids: ['-9007199254740993'] },
      billableUnits: undefined,
    });
  });

  test.each([
    ['1', 1],
    ['2.0736', 2.0736],
    ['0', 0],
    ['many', undefined],
    ['-1', undefined],
  ])('billed as “%s” units is carried along as %s', (header, billableUnits) => {
    const wire = answer(200, { images: [] }, { 'x-fal-billable-units': header });
    expect(toResultOutcome(wire)).toMatchObject({ kind: 'output', billableUnits });
  });

  test.each([
    ['asked too early', answer(400, { detail: 'Request is still in progress' }), 'still-running'],
    ['forgotten', answer(404, { status: 'NOT_FOUND' }), 'gone'],
    ['forgotten for good', answer(410, {}), 'gone'],
    ['cancelled by type', answer(499, { error_type: 'client_cancelled' }), 'cancelled'],
    ['cancelled by status', answer(499, ''), 'cancelled'],
    ['refused', answer(422, { detail: [{ type: 'missing', loc: ['body', 'prompt'] }] }), 'failed'],
    ['the model broke', answer(500, { detail: [{ type: 'internal_server_error' }] }), 'failed'],
    ['out of time', answer(504, { error_type: 'request_timeout' }), 'failed'],
    [
      'no runner, by header',
      answer(503, { detail: 'x' }, { 'x-fal-error-type': 'runner_scheduling_failure' }),
      'failed',
    ],
    ['a gateway', answer(502, '<html>'), 'unclear'],
    ['a gateway with JSON', answer(503, { detail: 'Service Unavailable' }), 'unclear'],
    ['asked too often', answer(429, { detail: 'slow down' }), 'unclear'],
    ['a page with 200', answer(200, '<html>'), 'unclear'],
    ['silence', SILENCE, 'unclear'],
  ])('%s', (_name, wire, kind) => {
    expect(toResultOutcome(wire).kind).toBe(kind);
  });
});

test.each([
  [answer(202, { status: 'CANCELLATION_REQUESTED' }), 'requested'],
  [answer(200, { success: true }), 'requested'],
  [answer(400, { status: 'ALREADY_COMPLETED' }), 'already-completed'],
  [answer(404, { status: 'NOT_FOUND' }), 'gone'],
  [answer(400, '<html>'), 'unclear'],
  [answer(503, ''), 'unclear'],
  [SILENCE, 'unclear'],
])('the answer %j to a cancellation means %s', (wire, outcome) => {
  expect(toCancelOutcome(wire)).toBe(outcome);
});

function item(requestId: string, sentAt: string, jsonInput: unknown) {
  return {
    request_id: requestId,
    endpoint_id: 'fal-ai/qwen-image',
    sent_at: sentAt,
    json_input: jsonInput,
  };
}

describe('the look back', () => {
  const since = new Date('2026-05-01T10:00:00.000Z');
  const input = { prompt: 'a lighthouse', seed: 7, loras: undefined };
  const equal = { prompt: 'a lighthouse', seed: 7 };

  async function lookBack(pages: readonly unknown[], status = 200) {
    let page = 0;
    await using server = await startScriptedServer((_, response) => {
      answerJson(response, status, pages[Math.min(page, pages.length - 1)]);
      page += 1;
    });
    const { url } = server;
    const addresses = { queue: url, run: url, rest: url, api: url };
    const queue = createFalQueue({ credentials: 'k', addresses, headers: {}, fetch });
    const found = await queue.lookBack({
      endpoint: 'fal-ai/qwen-image',
      input,
      since,
      claimed: noneClaimed,
    });
    return { found, asked: server.seen.map(({ path }) => path) };
  }

  test('finds the first request with this very input, on a later page too', async () => {
    const { found, asked } = await lookBack([
      {
        items: [item('other', '2026-05-01T10:00:01Z', { ...equal, seed: 8 })],
        has_more: true,
        next_cursor: 'c2',
      },
      {
        items: [
          item('later', '2026-05-01T10:00:09Z', equal),
          item('ours', '2026-05-01T10:00:01Z', equal),
          item('yesterday', '2026-04-30T10:00:00Z', equal),
        ],
        has_more: false,
        next_cursor: null,
      },
    ]);
    expect(found).toEqual({ kind: 'found', requestId: 'ours' });
    expect(asked).toHaveLength(2);
    expect(asked[1]).toContain('cursor=c2');
  });

  test('takes no near match', async () => {
    const { found } = await lookBack([
      {
        items: [
          item('more', '2026-05-01T10:00:01Z', { ...equal, num_images: 4 }),
          item('no', '2026-05-01T10:00:01Z', null),
        ],
      },
    ]);
    expect(found).toEqual({ kind: 'absent' });
  });

  test('stops after ten pages of a list without an end', async () => {
    const { found, asked } = await lookBack([{ items: [], has_more: true, next_cursor: 'again' }]);
    expect(found).toEqual({ kind: 'absent' });
    expect(asked).toHaveLength(10);
  });

  test.each([
    [403, { error: { type: 'authorization_error', message: 'no' } }],
    [500, {}],
    [200, { unexpected: true }],
  ])('is unavailable where fal answers %i %j', async (status, body) => {
    const { found } = await lookBack([body], status);
    expect(found).toMatchObject({ kind: 'unavailable' });
  });
});
