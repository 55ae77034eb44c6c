import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { probeBytes, type Probed } from '../../support/sound/probe.ts';
import { hasSoundTools } from '../../support/sound/tools.ts';
import { start } from './start.ts';

const HD = 'fal-ai/minimax/speech-02-hd';
const DESIGN = 'fal-ai/minimax/voice-design';
const CHATTERBOX = 'resemble-ai/chatterboxhd/text-to-speech';
const QUICK = { positions: 0, runMs: 1 };
const TEXT = 'The fog lifts at nine, and the harbour wakes.';

interface Answer {
  readonly audio: { readonly url: string; readonly content_type: string };
  readonly duration_ms: number;
  readonly custom_voice_id: string;
  readonly detail: readonly object[];
}

/** A sandbox whose calendar the test turns, and what its models answer. */
async function startSpeaking() {
  let days = 0;
  const clock = { ...systemClock, now: () => new Date(Date.UTC(2026, 0, 1 + days)) };
  const { complete } = await start(QUICK, { clock });
  const say = async (options: object, endpoint = HD) => {
    const { body } = await complete({ text: TEXT, output_format: 'url', ...options }, endpoint);
    return body as unknown as Answer;
  };
  const wait = (some: number) => {
    days += some;
  };
  return { say, wait };
}

async function download({ audio }: Answer): Promise<Buffer> {
  return Buffer.from(await (await fetch(audio.url)).arrayBuffer());
}

interface File extends Partial<Probed> {
  readonly settings: object;
  readonly type: string;
  /** For ffprobe, of what has no head. */
  readonly input?: string[];
}

test.skipIf(!hasSoundTools()).each<File>([
  {
    settings: {},
    type: 'audio/mpeg',
    codec: 'mp3',
    sampleRate: 32_000,
    channels: 1,
    bitRate: 128_000,
  },
  {
    settings: { format: 'mp3', sample_rate: '44100', bitrate: 32_000, channel: 2 },
    type: 'audio/mpeg',
    codec: 'mp3',
    sampleRate: 44_100,
    channels: 2,
    bitRate: 32_000,
  },
  {
    settings: { format: 'mp3', sample_rate: 8000, bitrate: 256_000 },
    type: 'audio/mpeg',
    codec: 'mp3',
    sampleRate: 8000,
    channels: 1,
    // No MP3 of 8 kHz has more.
    bitRate: 64_000,
  },
  {
    settings: { format: 'flac', sample_rate: 22_050, channel: 2 },
    type: 'audio/flac',
    codec: 'flac',
    sampleRate: 22_050,
    channels: 2,
  },
  {
    settings: { format: 'pcm', sample_rate: 16_000, channel: 2 },
    type: 'audio/pcm',
    codec: 'pcm_s16le',
    sampleRate: 16_000,
    channels: 2,
    bitRate: 512_000,
    input: ['-f', 's16le', '-ar', '16000', '-ac', '2'],
  },
])('$settings is really a file of $type', async ({ settings, type, input, ...expected }) => {
  const { say } = await startSpeaking();
  const answer = await say({ audio_setting: settings });
  const { seconds, bitRate, ...probed } = await probeBytes(await download(answer), input);
  const { bitRate: expectedRate = bitRate, ...rest } = expected;
  expect(answer.audio.content_type).toBe(type);
  expect(probed).toMatchObject(rest);
  expect(bitRate / expectedRate).toBeCloseTo(1, 1);
  // Codecs work in blocks, and fill the last one.
  expect(Math.abs(seconds - answer.duration_ms / 1000)).toBeLessThan(0.15);
});

test('hexadecimal digits are the same file, and whisper hears what was said in it', async () => {
  const { say } = await startSpeaking();
  const file = await download(await say({}));
  expect(await say({ output_format: 'hex' })).toMatchObject({ audio: file.toString('hex') });
  const uri = `data:audio/mpeg;base64,${file.toString('base64')}`;
  expect(await say({ audio_url: uri }, 'fal-ai/whisper')).toMatchObject({ text: TEXT });
});

test('speed, pitch, loudness and the voice change what is heard', async () => {
  const { say } = await startSpeaking();
  const usual = await say({ audio_setting: { format: 'pcm' } });
  const usually = await download(usual);
  for (const change of [{ pitch: 3 }, { vol: 2 }, { voice_id: 'Abbess' }]) {
    const changed = await say({ audio_setting: { format: 'pcm' }, voice_setting: change });
    expect((await download(changed)).equals(usually), JSON.stringify(change)).toBe(false);
    expect(changed.duration_ms).toBe(usual.duration_ms);
  }
  const slow = await say({ audio_setting: { format: 'pcm' }, voice_setting: { speed: 0.5 } });
  expect(slow.duration_ms).toBe(2 * usual.duration_ms);
});

const REFUSED = {
  detail: [{ loc: ['body', 'voice_setting', 'voice_id'], msg: 'voice id not exist' }],
};

test('a voice that nobody made is refused', async () => {
  const { say } = await startSpeaking();
  expect(await say({ voice_setting: { voice_id: 'Nobody' } })).toMatchObject(REFUSED);
  expect(await say({ voice_setting: { voice_id: 'Exuberant_Girl' } })).toHaveProperty('audio');
});

test('a made voice speaks on as long as it is used, and is gone after seven days without', async () => {
  const { say, wait } = await startSpeaking();
  const wish = { prompt: 'an old sailor', preview_text: 'Ahoy.' };
  const { custom_voice_id: id } = await say(wish, DESIGN);
  const speak = (endpoint = HD) => say({ voice_setting: { voice_id: id } }, endpoint);
  wait(7);
  expect(await speak('fal-ai/minimax/speech-02-turbo')).toHaveProperty('audio');
  wait(7);
  expect(await speak()).toHaveProperty('audio');
  wait(8);
  expect(await speak()).toMatchObject(REFUSED);
});

test('chatterbox says the same again for the same voice and seed only', async () => {
  const { say } = await startSpeaking();
  const speak = async (options: object) => download(await say(options, CHATTERBOX));
  const first = await speak({ voice: 'Rico', seed: 7 });
  expect((await speak({ voice: 'Rico', seed: 7 })).equals(first)).toBe(true);
  for (const other of [{ voice: 'Carl', seed: 7 }, { voice: 'Rico', seed: 8 }, { voice: 'Rico' }]) {
    expect((await speak(other)).equals(first), JSON.stringify(other)).toBe(false);
  }
});
