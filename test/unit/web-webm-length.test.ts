/** The length in a recorded WebM; the browser test lets ffprobe read a real one. */
import { expect, test } from 'vitest';

/** A module of the page: written for browsers, but pure. */
const module: unknown = await import(
  new URL('../../src/platforms/web/public/webm-length.js', import.meta.url).href
);
const { withLength } = module as {
  withLength: (recording: Blob, seconds: number) => Promise<Blob>;
};

const element = (id: string, ...parts: (string | Buffer)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? hex(part) : part)));
  return Buffer.concat([hex(id), Buffer.from([0x80 + body.length]), body]);
};
const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex');

const EBML = element('1a45dfa3', element('4282', Buffer.from('webm')));
const ENDLESS = '18538067 01ffffffffffffff';
const UNIT = element('2ad7b1', '0f4240');
const APP = element('5741', Buffer.from('Browser'));
const DURATION = element('4489', '40 8f 40 00');
const REST = Buffer.from('tracks and clusters');

const DIRECTORY = element('114d9b74', '4dbb80');

const recorded = (segment: string, ...facts: readonly Buffer[]): Blob =>
  new Blob([Buffer.concat([EBML, hex(segment), element('1549a966', ...facts), REST])], {
    type: 'audio/webm',
  });

test('is put behind the other facts, and nothing else is touched', async () => {
  const told = await withLength(recorded(ENDLESS, UNIT, APP), 90.5);
  const milliseconds = Buffer.alloc(8);
  milliseconds.writeDoubleBE(90_500);
  const length = element('4489', milliseconds);
  const facts = Buffer.concat([UNIT, APP, length]);
  const info = Buffer.concat([
    hex('1549a966 01 000000 000000'),
    Buffer.from([facts.length]),
    facts,
  ]);
  const expected = Buffer.concat([EBML, hex(ENDLESS), info, REST]);
  expect(Buffer.from(await told.arrayBuffer()).toString('hex')).toBe(expected.toString('hex'));
  expect(told.type).toBe('audio/webm');
});

test.each([
  ['tells it already', recorded(ENDLESS, UNIT, DURATION)],
  ['has a size that would no longer be right', recorded('18538067 a6', UNIT, APP)],
  ['tells what is where', recorded(ENDLESS.concat(DIRECTORY.toString('hex')), UNIT, APP)],
  ['is no WebM', new Blob(['RIFF and so on, for a while'])],
  ['ends in the middle of its facts', recorded(ENDLESS, UNIT, APP).slice(0, 40)],
  ['is empty', new Blob([])],
])('is left out where the recording %s', async (_, recording) => {
  expect(await withLength(recording, 2)).toBe(recording);
});
