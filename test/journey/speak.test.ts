/** Words spoken: what each model is asked for, and what comes back as sound, as file and as voice message. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toWav } from '../../src/fal/sandbox/sounds/wav.ts';
import { toPartId } from '../../src/jobs/split.ts';
import { waitFor } from '../support/chats/chat.ts';
import { createListening, SAID, type Listening } from '../support/listening.ts';
import type { Said } from '../support/pictures/memory-chat.ts';
import { openStudio, textOf, type Studio } from '../support/pictures/studio.ts';
import { probe, probeBytes, type Probed } from '../support/sound/probe.ts';
import { hasSoundTools, run } from '../support/sound/tools.ts';

const HD = 'fal-ai/minimax/speech-02-hd';
const TURBO = 'fal-ai/minimax/speech-02-turbo';
const DIA = 'fal-ai/dia-tts';
const CHATTERBOX = 'resemble-ai/chatterboxhd/text-to-speech';
const WORDS = 'Hello there, I am here.';
/** Of an encoder: its frames do not end where the sound does. */
const EDGE_SECONDS = 0.1;
/** The sandbox plays no longer tune. */
const LONGEST_PIECE_SECONDS = 12;
/** Few samples are soon played, and need no encoder. */
const QUICK = { format: 'pcm', sample_rate: 8000 };

let studio: Studio;
let listening: Listening;
async function open(hasVoiceMessages = false): Promise<void> {
  studio = await openStudio({ longestPauseMs: 20, hasVoiceMessages });
  listening = createListening(studio);
}
beforeEach(() => open());
afterEach(() => studio.close());

async function speak(options: Readonly<Record<string, unknown>>): Promise<Said> {
  await studio.order({ command: 'speak', options });
  return listening.newest();
}

/** The texts that fal was asked to speak, in no order. */
function texts(): readonly string[] {
  return studio.inputs().map(({ input }) => (input as { text: string }).text);
}

function notesOf({ message }: Said): readonly string[] {
  const lines = textOf(message).split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('For Ada')) + 1);
}

function soundOf({ files }: Said) {
  const sounds = files.filter(({ contentType }) => contentType.startsWith('audio/'));
  expect(sounds).toHaveLength(1);
  return sounds[0]!;
}

async function listKept(): Promise<readonly string[]> {
  const folder = join(studio.parts().dataFolder, 'files');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** What fal made of each piece of a long text, in order. */
async function piecesOf({ message }: Said, count: number): Promise<readonly Probed[]> {
  const { job = '' } = message.buttons[0] ?? {};
  const { jobs } = studio.parts().store;
  const parts = Array.from({ length: count }, (_, at) => jobs.read(toPartId(job, at)));
  return Promise.all(
    parts.map(async (read) => {
      const part = await read;
      const url = part?.state === 'fetched' ? part.result.files[0]?.url : undefined;
      return probeBytes(await studio.given(url));
    }),
  );
}

/** Of all pieces, one after the other. */
async function secondsAtFal(result: Said, format: string): Promise<number> {
  if (format === 'pcm') return 7 * LONGEST_PIECE_SECONDS;
  const pieces = await piecesOf(result, 7);
  return pieces.reduce((sum, { seconds }) => sum + seconds, 0);
}

const EVERYTHING = {
  speed: 1.5,
  volume: 2,
  pitch: 3,
  emotion: 'happy',
  format: 'flac',
  sample_rate: 16_000,
  bitrate: 64_000,
  channels: 2,
  language: 'pl',
  normalisation: true,
  pronunciation: 'omg/oh my god, fal/eff ay ell',
  exaggeration: 1,
  temperature: 1.2,
  seed: '7',
};
const MINIMAX = {
  text: WORDS,
  voice_setting: {
    voice_id: 'Calm_Woman',
    speed: 1.5,
    vol: 2,
    pitch: 3,
    emotion: 'happy',
    english_normalization: true,
  },
  audio_setting: { format: 'flac', sample_rate: 16_000, bitrate: 64_000, channel: 2 },
  language_boost: 'Polish',
  output_format: 'url',
  pronunciation_dict: { tone_list: ['omg/oh my god', 'fal/eff ay ell'] },
};
const NO_MINIMAX = ['dial for feeling', 'temperature', 'seed'];
const NO_CHATTERBOX = [
  'choice of speed',
  'choice of volume',
  'choice of pitch',
  'choice of emotion',
  'choice of file format',
  'choice of sample rate',
  'choice of bit rate',
  'number of channels',
  'choice of language',
  'normalisation',
  'pronunciation dictionary',
];
const NO_DIA = [...NO_CHATTERBOX, ...NO_MINIMAX, 'choice of voice'];

const OUTSIDE: readonly [model: string, Readonly<Record<string, unknown>>, sentence: string][] = [
  ['minimax-speech-02-hd', { speed: 0.49 }, '“speed” must be a number from 0.5 to 2, not 0.49.'],
  ['minimax-speech-02-hd', { speed: 2.01 }, '“speed” must be a number from 0.5 to 2, not 2.01.'],
  ['minimax-speech-02-hd', { volume: 0 }, '“volume” must be a number from 0.01 to 10, not 0.'],
  ['minimax-speech-02-hd', { volume: 10.1 }, '“volume” must be a number from 0 to 10.'],
  [
    'minimax-speech-02-turbo',
    { pitch: -13 },
    '“pitch” must be a whole number from -12 to 12, not -13.',
  ],
  [
    'minimax-speech-02-turbo',
    { pitch: 13 },
    '“pitch” must be a whole number from -12 to 12, not 13.',
  ],
  ['minimax-speech-02-hd', { pitch: 1.5 }, '“pitch” must be a whole number from -24 to 24.'],
  [
    'minimax-speech-02-hd',
    { emotion: 'bored' },
    '“emotion” must be one of happy, sad, angry, fearful, disgusted, surprised, neutral, not “bored”.',
  ],
  [
    'minimax-speech-02-hd',
    { format: 'aiff' },
    '“format” must be one of mp3, pcm, flac, not “aiff”.',
  ],
  [
    'minimax-speech-02-hd',
    { sample_rate: 8001 },
    '“sample_rate” must be one of 8000, 16000, 22050, 24000, 32000, 44100, not 8001.',
  ],
  [
    'minimax-speech-02-hd',
    { bitrate: 64_001 },
    '“bitrate” must be one of 32000, 64000, 128000, 256000, not 64001.',
  ],
  ['minimax-speech-02-hd', { channels: 3 }, '“channels” must be one of 1, 2, not 3.'],
  [
    'minimax-speech-02-hd',
    { normalisation: 'perhaps' },
    '“normalisation” must be yes or no, not “perhaps”.',
  ],
  [
    'chatterbox-hd',
    { exaggeration: 0.24 },
    '“exaggeration” must be a number from 0.25 to 2, not 0.24.',
  ],
  [
    'chatterbox-hd',
    { exaggeration: 2.01 },
    '“exaggeration” must be a number from 0.25 to 2, not 2.01.',
  ],
  [
    'chatterbox-hd',
    { temperature: 0.04 },
    '“temperature” must be a number from 0.05 to 5, not 0.04.',
  ],
  [
    'chatterbox-hd',
    { temperature: 5.01 },
    '“temperature” must be a number from 0.05 to 5, not 5.01.',
  ],
  ['chatterbox-hd', { cfg: 1.01 }, '“cfg” must be a number from 0 to 1, not 1.01.'],
  [
    'chatterbox-hd',
    { voice: 'Bob' },
    '“voice” must be one of Aurora, Blade, Britney, Carl, Cliff, Richard, Rico, Siobhan, Vicky, not “Bob”.',
  ],
  [
    'chatterbox-hd',
    { high_quality_audio: 'perhaps' },
    '“high_quality_audio” must be yes or no, not “perhaps”.',
  ],
  [
    'dia-tts',
    { brightness: 1 },
    'dia-tts has no option “brightness”. /models dia-tts lists what it has.',
  ],
  ['qwen-image', {}, 'qwen-image does not speak: leave the model out, or choose another.'],
  ['whisper', {}, 'whisper does not speak: leave the model out, or choose another.'],
  [
    'minimax-speech-03',
    {},
    'No model is called “minimax-speech-03”. Did you mean “minimax-speech-02-hd”?',
  ],
];

describe('every option', () => {
  test.each<[string, string, string, object, readonly string[]]>([
    ['minimax-speech-02-hd', 'Calm_Woman', HD, MINIMAX, NO_MINIMAX],
    ['minimax-speech-02-turbo', 'Calm_Woman', TURBO, MINIMAX, NO_MINIMAX],
    ['dia-tts', 'Calm_Woman', DIA, { text: `[S1] ${WORDS}` }, NO_DIA],
    [
      'chatterbox-hd',
      'Aurora',
      CHATTERBOX,
      { text: WORDS, voice: 'Aurora', exaggeration: 1, temperature: 1.2, seed: 7 },
      NO_CHATTERBOX,
    ],
  ])('of %s lands in its own field, and what it lacks is told', async (model, voice, ...rest) => {
    const [endpoint, input, lacks] = rest;
    const spoken = await speak({ text: WORDS, model, voice, ...EVERYTHING });
    expect(studio.inputs()).toEqual([{ endpoint, input }]);
    const notes = lacks.map((what) => `${model} has no ${what}; left out.`);
    expect(notesOf(spoken).toSorted()).toEqual(notes.toSorted());
    expect(listening.labels(spoken)).toEqual(['Again', 'Remix', 'Details', 'Delete']);
  });

  test('of its own a model has by its own names, too', async () => {
    await speak({ text: WORDS, model: 'chatterbox-hd', cfg: 0.3, high_quality_audio: true });
    expect(studio.inputs()[0]?.input).toMatchObject({ cfg: 0.3, high_quality_audio: true });
    await speak({ text: WORDS, 'voice_setting.speed': 2, language_boost: 'Chinese,Yue' });
    expect(studio.inputs()[1]).toEqual({
      endpoint: HD,
      input: {
        text: WORDS,
        voice_setting: { speed: 2 },
        language_boost: 'Chinese,Yue',
        output_format: 'url',
      },
    });
  });

  test('one step outside of what a model takes is refused before anything is sent', async () => {
    for (const [model, options, sentence] of OUTSIDE) {
      await studio.order({ command: 'speak', options: { text: WORDS, model, ...options } });
      expect(studio.whisper(), JSON.stringify(options)).toBe(sentence);
    }
    expect(studio.chat.said()).toEqual([]);
    expect(studio.sandbox.journal.submits).toEqual([]);
  });

  test('in a language that is none is refused, whichever there are', async () => {
    await studio.order({ command: 'speak', options: { text: WORDS, language: 'Klingon' } });
    expect(studio.whisper()).toMatch(/^“language” must be one of Chinese, .*, not “Klingon”\.$/u);
    await studio.order({
      command: 'speak',
      options: { text: WORDS, model: 'chatterbox-hd', seed: '-1' },
    });
    expect(studio.whisper()).toMatch(/^“seed” must be/u);
    expect(studio.inputs()).toEqual([]);
  });
});

/** A text file of somebody's own. */
async function attachText(text: string | Buffer, fileName = 'story.txt') {
  const path = join(studio.parts().dataFolder, fileName);
  await writeFile(path, text);
  return studio.attachFile({ path, fileName, contentType: 'text/plain' });
}

describe('the words', () => {
  test.each<[string, () => Promise<Parameters<Studio['order']>[0]>, string]>([
    ['are said', async () => ({ command: 'speak', options: { text: WORDS } }), WORDS],
    [
      'stand in a file',
      async () => ({ command: 'speak', attachments: [await attachText(`${WORDS}\n`)] }),
      `${WORDS}\n`,
    ],
    [
      'stand in several files',
      async () => ({
        command: 'speak',
        attachments: [await attachText('One.'), await attachText('Two.', 'two.md')],
      }),
      'One.\n\nTwo.',
    ],
    [
      'are somebody’s',
      async () => ({ command: 'speak', answers: studio.chat.show({ text: WORDS }) }),
      WORDS,
    ],
    [
      'are linked to',
      async () => {
        const { message } = studio.chat.show({ text: WORDS });
        return { command: 'speak', options: { link: `memory:${message.id}` } };
      },
      WORDS,
    ],
  ])('%s', async (_, toOrder, text) => {
    await studio.order(await toOrder());
    expect(studio.inputs()).toEqual([{ endpoint: HD, input: { text, output_format: 'url' } }]);
    const sound = soundOf(listening.newest());
    expect(sound.fileName).toMatch(/^[a-z]+-[a-z0-9-]*-1\.mp3$/u);
    expect(textOf(listening.newest().message)).toMatch(
      new RegExp(`^> ${text.trim().split('\n')[0]}`, 'u'),
    );
  });

  test.skipIf(!hasSoundTools())(
    'of a transcript are its words alone: by reply, by link and by its button',
    async () => {
      listening.hears(SAID);
      const transcript = await listening.transcribe({ speakers: true });
      await studio.order({ command: 'speak', answers: studio.chat.answering(transcript) });
      const options = { link: `memory:${transcript.ref.id}` };
      await studio.order({ command: 'speak', options });
      await Promise.all([1, 2].map(() => listening.press('Read aloud', transcript)));
      expect(texts().slice(1)).toEqual([SAID, SAID, SAID]);
    },
  );

  test.each<[string, () => Promise<Partial<Parameters<Studio['order']>[0]>>, RegExp]>([
    ['are missing', async () => ({}), /^Read what aloud\? Say the words, attach a text file, or/u],
    [
      'are not in the message',
      async () => ({ answers: studio.chat.show({ text: ' ' }) }),
      /^There is nothing to read aloud\.$/u,
    ],
    [
      'are no text',
      async () => ({ attachments: [await attachText(Buffer.from([0xff, 0xfe, 0x00, 0xc0]))] }),
      /^“story\.txt” is no text that can be read aloud\.$/u,
    ],
    [
      'are more than anybody wants',
      async () => ({ attachments: [await attachText('a'.repeat(100_001))] }),
      /^“story\.txt” has 100001 characters; at most 100000 are read aloud\.$/u,
    ],
    [
      'cannot be imitated without consent',
      async () => ({
        options: { text: WORDS, model: 'chatterbox-hd' },
        attachments: [{ ...(await attachText('RIFF', 'a.wav')), claimedType: 'audio/wav' }],
      }),
      /^That would imitate somebody’s voice\./u,
    ],
  ])('%s, and that is said', async (_, toOrder, sentence) => {
    await studio.order({ command: 'speak', ...(await toOrder()) });
    expect(studio.whisper()).toMatch(sentence);
    expect(studio.inputs()).toEqual([]);
  });
});

/** Of exactly so many characters, in paragraphs of sentences that are all different. */
function makeStory(length: number): string {
  let story = '';
  for (let at = 1; story.length < length; at += 1) {
    const end = at % 12 === 0 ? '\n\n' : ' ';
    story += `Sentence ${at} says, among other things, how far it is to Kraków (${at * 7} km).${end}`;
  }
  return `${story.slice(0, length - 1).trimEnd()}.`.padEnd(length, '.');
}

function bare(text: string): string {
  return text.replaceAll(/\s+/gu, '');
}

describe.skipIf(!hasSoundTools())('a text of 30,000 characters', () => {
  const story = makeStory(30_000);

  test.each([
    [
      'mp3',
      { sample_rate: 16_000 },
      { container: 'mp3', codec: 'mp3', sampleRate: 16_000, channels: 1 },
    ],
    [
      'flac',
      { sample_rate: 8000, channels: 2 },
      { container: 'flac', codec: 'flac', sampleRate: 8000, channels: 2 },
    ],
    [
      'pcm',
      { sample_rate: 8000 },
      { container: 'wav', codec: 'pcm_s16le', sampleRate: 8000, channels: 1 },
    ],
  ])('as %s is spoken whole, and is one sound', async (format, options, shape) => {
    await speakStory({ format, ...options });
    const spoken = texts();
    expect(spoken).toHaveLength(7);
    for (const text of spoken) expect(text.length).toBeLessThanOrEqual(5000);
    const inOrder = spoken.toSorted((a, b) => story.indexOf(a) - story.indexOf(b));
    expect(bare(inOrder.join(''))).toBe(bare(story));
    for (const text of inOrder) expect(text).toMatch(/^Sentence .*\.$/su);

    const result = listening.newest();
    const whole = await probe(soundOf(result).path);
    expect(whole).toMatchObject(shape);
    expect(Math.abs(whole.seconds - (await secondsAtFal(result, format)))).toBeLessThan(
      EDGE_SECONDS,
    );
    const words = result.files.find(({ contentType }) => contentType === 'text/plain');
    expect(await readFile(words?.path ?? '', 'utf8')).toBe(story);
    expect(textOf(result.message)).toContain('All of it is in the file.');
    expect(notesOf(result)).toEqual([
      'The text is long: it is spoken in 7 parts, which are put together.',
    ]);
    expect(await listKept()).toHaveLength(2);
    await listening.press('Delete', result);
    expect(await listKept()).toEqual([]);
  });

  test('loses what fal loses, and says which words; the rest is spoken', async () => {
    studio.sandbox.faults.add({ kind: 'job-fails', when: { promptIncludes: 'Sentence 200 ' } });
    await speakStory(QUICK);
    const result = listening.newest();
    const lost = texts().find((text) => text.includes('Sentence 200 ')) ?? '';
    const beginning = lost.replaceAll(/\s+/gu, ' ').slice(0, 59);
    expect(notesOf(result)[1]).toBe(
      `1 of 7 requests brought nothing. Missing: “${beginning}…”. The model failed at fal. Please try again.`,
    );
    const { seconds } = await probe(soundOf(result).path);
    expect(seconds).toBeCloseTo(6 * LONGEST_PIECE_SECONDS, 3);
    expect(texts()).toHaveLength(7);
  });

  test('that cannot be spoken at all is told once', async () => {
    studio.sandbox.faults.add({ kind: 'job-fails', times: 7 });
    await speakStory();
    expect(studio.chat.results()).toEqual([]);
    expect(listening.told()).toHaveLength(1);
    expect(listening.told()[0]).toMatch(
      /^No sound\nThe model failed at fal\. Please try again\.\n>/u,
    );
    expect(await listKept()).toEqual([]);
  });

  test.each([
    ['silent', toWav({ samples: new Int16Array(), sampleRate: 8000, channels: 1, seconds: 0 }, '')],
    ['no sound', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ])('of which a piece is %s is delivered piece by piece', async (_, bytes) => {
    const path = join(studio.parts().dataFolder, 'torn');
    await writeFile(path, bytes);
    const sent = { path, fileName: 'torn.wav', contentType: 'audio/wav' };
    const to = await studio.parts().queue.upload(sent);
    studio.sandbox.faults.add({ kind: 'file-redirect', to });
    const attachments = [await attachText(story.slice(0, 6000))];
    await studio.order({ command: 'speak', options: { sample_rate: 8000 }, attachments });
    const { files } = listening.newest();
    expect(files).toHaveLength(3);
    expect(await readFile(files.at(-1)?.path ?? '', 'utf8')).toBe(story.slice(0, 6000));
    expect(await listKept()).toHaveLength(3);
  });

  test('goes on in a new process where the last one was, and pays nothing twice', async () => {
    studio.sandbox.setPace({ runMs: 200 });
    const attachments = [await attachText(story)];
    await studio.begin({ command: 'speak', options: QUICK, attachments });
    await waitFor('some requests', () => texts().length >= 3);
    await studio.restart();
    await studio.settle();
    expect(new Set(texts()).size).toBe(7);
    expect(texts()).toHaveLength(7);
    expect(studio.chat.results()).toHaveLength(1);
    expect(await listKept()).toHaveLength(2);
  });

  async function speakStory(options: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await studio.order({ command: 'speak', options, attachments: [await attachText(story)] });
  }
});

describe.skipIf(!hasSoundTools())('a dialogue', () => {
  test('keeps its turns, its speakers and its laughter', async () => {
    const text = '[S1] Hello! [S2] Hi. (laughs) [S1] What is it?';
    await speak({ text, model: 'dia-tts' });
    expect(texts()).toEqual([text]);
  });

  test('that is long is cut between turns, and is one sound', async () => {
    const turns = Array.from(
      { length: 120 },
      (_, at) =>
        `[S${(at % 2) + 1}] This is turn ${at} of the talk${at % 9 === 0 ? ' (sighs)' : ''}.`,
    );
    const result = await speak({ text: turns.join(' '), model: 'dia-tts' });
    const pieces = texts().toSorted((a, b) => turnOf(a) - turnOf(b));
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join(' ')).toBe(turns.join(' '));
    for (const piece of pieces) expect(piece).toMatch(/^\[S[12]\]/u);
    const { seconds } = await probe(soundOf(result).path);
    expect(seconds).toBeCloseTo(pieces.length * LONGEST_PIECE_SECONDS, 1);
  });
});

function turnOf(piece: string): number {
  return Number(/turn (\d+)/u.exec(piece)?.[1]);
}

describe.skipIf(!hasSoundTools())('where a chat has voice messages', () => {
  beforeEach(async () => {
    await studio.close();
    await open(true);
  });

  test('speech is one: Ogg with Opus, its length, and its loudness as FFmpeg hears it', async () => {
    const result = await speak({ text: 'One two three four five six seven eight nine ten.' });
    const sound = soundOf(result);
    expect(sound.fileName).toMatch(/\.ogg$/u);
    const probed = await probe(sound.path);
    expect(probed).toMatchObject({ container: 'ogg', codec: 'opus', channels: 1 });
    expect(probed.sampleRate).toBe(48_000);
    expect(sound.voice?.seconds).toBeCloseTo(probed.seconds, 1);
    const peaks = await measurePeaks(sound.path, sound.voice?.seconds ?? 0);
    const waveform = [...Buffer.from(sound.voice?.waveform ?? '', 'base64')];
    expect(waveform).toHaveLength(peaks.length);
    expect(Math.max(...waveform)).toBeGreaterThan(20);
    waveform.forEach((peak, at) => expect(Math.abs(peak - (peaks[at] ?? -99))).toBeLessThan(12));
    expect(textOf(result.message)).toMatch(/^> One two three/u);
  });

  test.each([
    [{ format: 'mp3' }, 'mp3'],
    [{ format: 'pcm' }, 'wav'],
    [{ 'audio_setting.format': 'flac' }, 'flac'],
  ])('whoever asks for a format, %j, gets that file', async (options, extension) => {
    const sound = soundOf(await speak({ text: WORDS, ...options }));
    expect(sound.fileName).toMatch(new RegExp(`\\.${extension}$`, 'u'));
    expect(sound.voice).toBeUndefined();
  });

  test('a long text is one voice message, with its words in a file', async () => {
    const story = makeStory(12_000);
    await studio.order({ command: 'speak', attachments: [await attachText(story)] });
    const result = listening.newest();
    const sound = soundOf(result);
    expect(sound.voice?.seconds).toBeCloseTo((await probe(sound.path)).seconds, 1);
    expect(sound.voice?.seconds).toBeGreaterThan(35);
    expect(Buffer.from(sound.voice?.waveform ?? '', 'base64')).toHaveLength(256);
    expect(result.files).toHaveLength(2);
  });
});

/** The loudest sample of each window, from 0 to 255, as FFmpeg decodes them. */
async function measurePeaks(path: string, seconds: number): Promise<readonly number[]> {
  const words = ['-v', 'error', '-i', path, '-f', 's16le', '-ac', '1', '-ar', '48000', '-'];
  const bytes = await run('ffmpeg', words);
  const samples = Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readInt16LE(at * 2));
  const count = Math.min(256, Math.floor(seconds / 0.1));
  return Array.from({ length: count }, (_, at) => {
    const [from, to] = [at, at + 1].map((edge) => Math.round((edge * samples.length) / count));
    const loudest = samples
      .slice(from, to)
      .reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    return Math.round((loudest / 32_768) * 255);
  });
}
