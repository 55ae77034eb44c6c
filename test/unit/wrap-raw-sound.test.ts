import { describe, expect, test } from 'vitest';
import { findWish } from '../../src/jobs/find-wish.ts';
import { isRawSound } from '../../src/jobs/wrap-raw-sound.ts';
import { newJob } from '../support/new-job.ts';
import type { Job } from '../../src/jobs/job.ts';

const ICON = { contentType: 'image/x-icon', extension: 'ico' };
const MP3 = { contentType: 'audio/mpeg', extension: 'mp3' };
const UNKNOWN = { contentType: 'application/octet-stream', extension: 'bin' };

function ask(options: Job['request']['options']): Job {
  const { request, ...job } = newJob('one');
  return { ...job, state: 'accepted', request: { ...request, options } } as Job;
}

function claim(claimedType?: string, fileName?: string, url = 'https://fal.media/x') {
  const nothing = { width: undefined, height: undefined, flagged: false };
  return { url, claimedType, fileName, ...nothing };
}

describe('what came back where raw samples were asked for', () => {
  test.each([
    ['looks like nothing', claim(), UNKNOWN, true],
    ['looks like an icon', claim(), ICON, true],
    ['looks like an MP3 but is called raw', claim('audio/pcm'), MP3, true],
    ['looks like an MP3 and is named raw', claim(undefined, 'speech.pcm'), MP3, true],
    [
      'looks like an MP3 and its address is raw',
      claim(undefined, undefined, 'https://a/b.pcm?c'),
      MP3,
      true,
    ],
    ['is an MP3 after all', claim('audio/mpeg', 'speech.mp3'), MP3, false],
  ])('%s: %#', (_, media, sniffed, isRaw) => {
    expect(isRawSound(ask({ format: 'pcm' }), media, sniffed)).toBe(isRaw);
    expect(isRawSound(ask({ 'audio_setting.format': 'pcm' }), media, sniffed)).toBe(isRaw);
  });

  test('is never taken for raw where nobody asked for that', () => {
    expect(isRawSound(ask({}), claim('audio/pcm'), UNKNOWN)).toBe(false);
    expect(isRawSound(ask({ format: 'mp3' }), claim(), UNKNOWN)).toBe(false);
  });
});

test.each([
  [{ sampleRate: 8000 }, 'sample_rate', 8000],
  [{ 'audio_setting.sample_rate': 16_000 }, 'sample_rate', 16_000],
  [{ diarize: true }, 'speakers', true],
  [{ vol: 3 }, 'volume', 3],
  [{ speed: 2 }, 'volume', undefined],
] as const)('%j says of %s: %s', (options, neutral, wish) => {
  expect(findWish(options, neutral)).toBe(wish);
});
