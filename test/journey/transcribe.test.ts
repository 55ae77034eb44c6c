/** Recordings written down, from the file that somebody gives to the words and files that come back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createListening, SAID, toHeardWords, type Listening } from '../support/listening.ts';
import { openStudio, textOf, type Studio } from '../support/pictures/studio.ts';
import type { SoundFormat } from '../support/sound/formats.ts';
import { makeRecording } from '../support/sound/recording.ts';
import { hasSoundTools } from '../support/sound/tools.ts';
import { readSubtitles, showSubtitles } from '../unit/transcripts/read-subtitles.ts';

const FORMATS: readonly SoundFormat[] = [
  'ogg',
  'm4a',
  'webm',
  'live-webm',
  'mp3',
  'wav',
  'flac',
  'mp4',
];
const DEFAULTS = { task: 'transcribe', language: null, diarize: false, chunk_level: 'segment' };
const TXT = `${SAID}\n`;
const SRT =
  '1\n00:00:00,000 --> 00:00:00,550\nHello there.\n\n' +
  '2\n00:00:00,600 --> 00:00:01,750\nThis is Kovalsky speaking.\n';
const VTT =
  'WEBVTT\n\n00:00:00.000 --> 00:00:00.550\nHello there.\n\n' +
  '00:00:00.600 --> 00:00:01.750\nThis is Kovalsky speaking.\n';
const FACTS = /^For Ada Lovelace · whisper · \d+\.\d s$/u;

let studio: Studio;
let listening: Listening;
beforeAll(async () => {
  studio = await openStudio({ longestPauseMs: 20 });
  listening = createListening(studio);
});
afterAll(() => studio.close());

/** What the newest requests were, without the address of the recording. */
function askedLast(count = 1) {
  return studio
    .inputs()
    .slice(-count)
    .map(({ endpoint, input }) => {
      const { audio_url: address, ...options } = input as { audio_url: string };
      return { endpoint, address, options };
    });
}

/** In an order that follows from what they hold. */
function toSorted(inputs: readonly object[]): readonly string[] {
  return inputs.map((one) => JSON.stringify(one, Object.keys(one).toSorted())).toSorted();
}

function linesOf(text: string): readonly string[] {
  return text.split('\n');
}

describe.skipIf(!hasSoundTools())('a recording', () => {
  test.each(FORMATS)('as %s is written down: attached, answered and linked to', async (format) => {
    listening.hears(SAID);
    const recording = await makeRecording({ words: SAID, format });
    const ref = await studio.attachFile(recording);
    const shown = studio.chat.show({ recordings: [ref], text: 'Listen!' });
    const options = { link: `memory:${shown.message.id}` };
    const [before, saidBefore] = [studio.inputs().length, studio.chat.said().length];
    await Promise.all([
      studio.order({ command: 'transcribe', attachments: [ref] }),
      studio.order({ command: 'transcribe', answers: shown }),
      studio.order({ command: 'transcribe', options }),
    ]);
    expect(studio.inputs()).toHaveLength(before + 3);
    for (const { endpoint, address, options: asked } of askedLast(3)) {
      expect([endpoint, asked]).toEqual(['fal-ai/whisper', DEFAULTS]);
      expect((await studio.given(address)).equals(recording.bytes)).toBe(true);
    }
    const said = studio.chat.said().slice(saidBefore);
    const transcripts = said.filter((one) => listening.labels(one).includes('Files'));
    expect(transcripts).toHaveLength(3);
    for (const { message, files } of transcripts) {
      const [words, language, facts, ...others] = linesOf(textOf(message));
      expect([words, language, ...others]).toEqual([SAID, 'Language: English']);
      expect(facts).toMatch(FACTS);
      expect(files).toEqual([]);
    }
    const { txt, srt, vtt, json = '' } = await listening.files(transcripts[0]!);
    expect([txt, srt, vtt]).toEqual([TXT, SRT, VTT]);
    const { seconds } = JSON.parse(json) as { seconds: number };
    expect(Math.abs(seconds - recording.seconds)).toBeLessThan(0.05);
  });

  test('says where its transcript is, and what can be done with that', async () => {
    listening.hears(SAID);
    const transcript = await listening.transcribe();
    expect(listening.told().at(-2)).toBe('Done · see the transcript');
    expect(listening.labels(transcript)).toEqual([
      'Files',
      'Correct',
      'Use as prompt',
      'Read aloud',
      'Details',
      'Delete',
    ]);
  });

  test('becomes text, subtitles and data, to the letter and to the millisecond', async () => {
    listening.hears(SAID);
    const recording = await makeRecording({ words: SAID, format: 'm4a' });
    const attachments = [await studio.attachFile(recording)];
    await studio.order({ command: 'transcribe', attachments });
    const { txt, srt, vtt, json } = await listening.files(listening.newest());
    expect([txt, srt, vtt]).toEqual([TXT, SRT, VTT]);
    const cues = [
      { from: 0, to: 550, text: 'Hello there.' },
      { from: 600, to: 1750, text: 'This is Kovalsky speaking.' },
    ];
    expect(readSubtitles(srt ?? '')).toEqual(cues);
    expect(readSubtitles(vtt ?? '')).toEqual(cues);
    const data = JSON.parse(json ?? '') as { seconds: number };
    expect(data).toEqual({
      version: 1,
      text: SAID,
      seconds: expect.closeTo(recording.seconds, 1) as number,
      languages: [{ code: 'en', name: 'English', from: 0 }],
      speakers: [],
      segments: [
        { from: 0, to: 0.55, speaker: null, text: 'Hello there.' },
        { from: 0.6, to: 1.75, speaker: null, text: 'This is Kovalsky speaking.' },
      ],
    });
    expect(data.seconds * 1000).toBe(Math.round(data.seconds * 1000));
  });

  test('longer than a minute is told with times, and the end that nobody knows is the end', async () => {
    const words = [
      { text: 'Good', from: 61.2, to: 61.5 },
      { text: 'morning.', from: 61.5, to: 62 },
      { text: 'Bye.', from: 63, to: null },
    ];
    studio.sandbox.setHearing(() => ({ words, languages: ['en'] }));
    const recording = await makeRecording({ words: SAID, format: 'ogg', atLeastSeconds: 64 });
    const attachments = [await studio.attachFile(recording)];
    await studio.order({ command: 'transcribe', attachments });
    const transcript = listening.newest();
    expect(linesOf(textOf(transcript.message))[0]).toBe('1:01 Good morning. Bye.');
    const { srt = '' } = await listening.files(transcript);
    expect(readSubtitles(srt)).toEqual([
      { from: 61_200, to: 62_000, text: 'Good morning.' },
      { from: 63_000, to: 64_000, text: 'Bye.' },
    ]);
  });

  test('with others is one transcript, in their order, and each is paid once', async () => {
    const formats = ['ogg', 'mp4', 'wav'] as const;
    const made = formats.map((format) => makeRecording({ words: SAID, format }));
    const recordings = await Promise.all(made);
    studio.sandbox.setHearing(({ bytes }) => {
      const at = recordings.findIndex((one) => one.bytes.equals(bytes));
      return { words: toHeardWords(['First one.', 'Then two.', 'Last three.'][at] ?? 'Lost.') };
    });
    const before = studio.inputs().length;
    const attachments = await Promise.all(recordings.map((one) => studio.attachFile(one)));
    await studio.order({ command: 'transcribe', attachments });
    expect(studio.inputs()).toHaveLength(before + 3);
    const [words, language, facts, ...others] = linesOf(textOf(listening.newest().message));
    expect(words).toBe('First one. Then two. Last three.');
    expect(language).toBe('Language: English');
    expect(facts).toMatch(FACTS);
    expect(others).toEqual([]);
    const { srt = '' } = await listening.files(listening.newest());
    const starts = recordings.map((_, at) =>
      recordings.slice(0, at).reduce((sum, { seconds }) => sum + seconds * 1000, 0),
    );
    readSubtitles(srt).forEach(({ from }, at) => expect(from).toBeCloseTo(starts[at] ?? -1, -2));
  });

  test('is heard as it was asked for, and with every default said aloud', async () => {
    listening.hears(SAID);
    const wishes = [
      [{ language: 'pl' }, { language: 'pl' }],
      [{ language: 'Polish' }, { language: 'pl' }],
      [{ translate: true }, { task: 'translate' }],
      [{ speakers: true }, { diarize: true }],
      [{ speaker_count: 3 }, { diarize: true, num_speakers: 3 }],
      [{ chunk_level: 'none' }, { chunk_level: 'none' }],
      [{ batch_size: 8 }, { batch_size: 8 }],
      [{ prompt: 'Easel.' }, { prompt: 'Easel.' }],
    ];
    await Promise.all(wishes.map(([options]) => listening.transcribe(options)));
    const asked = askedLast(wishes.length).map(({ options }) => options);
    const wanted = wishes.map(([, changes]) => ({ ...DEFAULTS, ...changes }));
    expect(toSorted(asked)).toEqual(toSorted(wanted));
  });

  test('can be told word by word', async () => {
    listening.hears(SAID);
    const transcript = await listening.transcribe({ chunk_level: 'word' });
    expect(askedLast()).toMatchObject([{ options: { ...DEFAULTS, chunk_level: 'word' } }]);
    const { json = '' } = await listening.files(transcript);
    const { segments } = JSON.parse(json) as { segments: readonly object[] };
    expect(segments.slice(0, 3)).toEqual([
      { from: 0, to: 0.25, speaker: null, text: 'Hello' },
      { from: 0.3, to: 0.55, speaker: null, text: 'there.' },
      { from: 0.6, to: 0.85, speaker: null, text: 'This' },
    ]);
  });

  test('whose words have no times has them spread over its length', async () => {
    studio.sandbox.setHearing(() => SAID);
    studio.sandbox.faults.add({ kind: 'null-fields', fields: ['chunks'] });
    const { srt = '', txt } = await listening.files(await listening.transcribe());
    expect(txt).toBe(`${SAID}\n`);
    const cues = readSubtitles(srt);
    const { seconds } = await makeRecording({ words: SAID, format: 'ogg' });
    expect(cues.map(({ text }) => text).join(' ')).toBe(SAID);
    expect(cues[0]?.from).toBe(0);
    expect(cues.at(-1)?.to).toBeCloseTo(seconds * 1000, -2);
  });

  test('in a language that is named is in that language, and in another the drift is told', async () => {
    listening.hears('Guten Tag.', ['de', 'en']);
    const drifting = await listening.transcribe();
    expect(textOf(drifting.message)).toContain('Languages: German, English');
    expect(textOf(drifting.message)).toContain('The language changes from German to English');
    const named = await listening.transcribe({ language: 'de' });
    expect(linesOf(textOf(named.message))[1]).toBe('Language: German');
  });

  test('goes to Wizper just as well, whatever language is spoken', async () => {
    listening.hears(SAID, ['pl']);
    const options = { model: 'wizper', speakers: true, batch_size: 4, max_segment_len: 10 };
    const transcript = await listening.transcribe(options);
    const asked = { task: 'transcribe', language: null, max_segment_len: 10 };
    expect(askedLast()).toMatchObject([{ endpoint: 'fal-ai/wizper', options: asked }]);
    const [words, language, , ...notes] = linesOf(textOf(transcript.message));
    expect([words, language]).toEqual([SAID, 'Language: Polish']);
    expect(notes.toSorted()).toEqual([
      'wizper has no batch size; left out.',
      'wizper has no way to tell speakers apart (diarize); left out.',
    ]);
  });

  test('has no version with Whisper, and says so', async () => {
    listening.hears(SAID);
    const transcript = await listening.transcribe({ version: '3' });
    expect(askedLast()[0]?.options).toEqual(DEFAULTS);
    expect(linesOf(textOf(transcript.message)).at(-1)).toBe('whisper has no versions; left out.');
    await listening.transcribe({ version: '3', model: 'wizper' });
    expect(askedLast()).toMatchObject([{ options: { version: '3' } }]);
  });

  test.each([
    [{ language: 'Klingon' }, /^“language” must be one of .*, not “Klingon”\.$/u],
    [{ speaker_count: 0 }, /^“speaker_count” must be a whole number from 1 to 100\.$/u],
    [{ speaker_count: 101 }, /^“speaker_count” must be a whole number from 1 to 100\.$/u],
    [{ chunk_level: 'letter' }, /^“chunk_level” must be one of none, segment, word, not “letter”/u],
    [{ batch_size: 0 }, /^“batch_size” must be a whole number from 1 to 64\.$/u],
    [{ batch_size: 65 }, /^“batch_size” must be a whole number from 1 to 64\.$/u],
    [{ model: 'wizper', chunk_level: 'word' }, /^“chunk_level” must be segment, not “word”\.$/u],
    [{ model: 'wizper', max_segment_len: 30 }, /^“max_segment_len” must be .*10 to 29/u],
    [{ model: 'wizper', version: '2' }, /^“version” must be 3, not 2\.$/u],
    [{ translate: 'perhaps' }, /^“translate” must be/u],
    [{ model: 'qwen-image' }, /^qwen-image writes nothing down: leave the model out/u],
    [{ model: 'chatterbox-hd' }, /^chatterbox-hd writes nothing down: leave the model out/u],
    [{ model: 'whispr' }, /^No model is called “whispr”\. Did you mean “whisper”\?$/u],
  ])('with %j is refused before anything is sent', async (options, sentence) => {
    const before = [studio.inputs().length, studio.sandbox.journal.uploads.length];
    await listening.transcribe(options);
    expect(studio.whisper()).toMatch(sentence);
    expect([studio.inputs().length, studio.sandbox.journal.uploads.length]).toEqual(before);
  });

  test('is shown by players as it was written, markup and all', async () => {
    listening.hears('Write <b>bold</b> & go --> there.');
    const { vtt = '' } = await listening.files(await listening.transcribe());
    expect(showSubtitles(vtt)).toContain('Write <b>bold</b> & go --> there.');
  });
});

test.each([
  ['nothing', {}, /^Which recording\? Attach one, reply to one, or use “Transcribe”/u],
  ['words alone', { answers: 'words' }, /^There is no recording in that message\.$/u],
  [
    'a link to nowhere',
    { options: { link: 'memory:none' } },
    /^That is no link to a message here/u,
  ],
  [
    'a picture',
    { attachments: 'picture' },
    /^“me\.png” is no recording: attach sound or a film\.$/u,
  ],
])('with %s there is nothing to hear, and that is said', async (_, wish, sentence) => {
  const { options = {} } = wish as { options?: Record<string, string> };
  const answers = 'answers' in wish ? { answers: studio.chat.show({ text: 'Hello.' }) } : {};
  const picture = 'attachments' in wish ? [(await studio.attach('me.png', 'red')).ref] : [];
  await studio.order({ command: 'transcribe', options, attachments: picture, ...answers });
  expect(studio.whisper()).toMatch(sentence);
});
