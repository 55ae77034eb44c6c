import { describe, expect, test } from 'vitest';
import { readTranscript } from '../../../src/transcripts/read-transcript.ts';
import { hasWords, textOf, transcriptSchema } from '../../../src/transcripts/transcript.ts';
import { createRandom, pick, randomText } from './random.ts';

type Stamp = [number | null, number | null];
const chunks = (...list: readonly (readonly [string, Stamp, string?])[]) =>
  list.map(([text, timestamp, speaker]) => ({
    text,
    timestamp,
    ...(speaker === undefined ? {} : { speaker }),
  }));
const whisper = (text: string | null, list: unknown, more: object = {}) => ({
  text,
  chunks: list,
  inferred_languages: ['en'],
  diarization_segments: [],
  ...more,
});
const read = (output: unknown) => readTranscript(output)!;
const timesOf = (output: unknown) =>
  read(output).segments.map(({ from, to }) => `${from ?? '?'}-${to ?? '?'}`);

const segmentsOf = (text: string, ...pieces: readonly string[]) =>
  read(
    whisper(text, chunks(...pieces.map((piece, at): [string, Stamp] => [piece, [at, at + 1]]))),
  ).segments.map(({ text, from, to }) => `${from ?? '?'}-${to ?? '?'}|${text}`);

function cutAtRandom(text: string, random: () => number): readonly string[] {
  const pieces: string[] = [];
  let rest = Array.from(text);
  while (rest.length > 0) pieces.push(rest.splice(0, 1 + Math.floor(random() * 20)).join(''));
  return pieces;
}

describe('answers of models', () => {
  test('whisper with segments', () => {
    const transcript = read(
      whisper(' Hello there. General Kenobi!', [
        ...chunks([' Hello there.', [0, 1.5]], [' General Kenobi!', [1.5, 3]]),
      ]),
    );
    expect(transcript).toEqual({
      segments: [
        { text: 'Hello there.', from: 0, to: 1.5 },
        { text: ' General Kenobi!', from: 1.5, to: 3 },
      ],
      languages: [{ code: 'en' }],
      speakers: {},
      level: 'segment',
    });
    expect(textOf(transcript)).toBe('Hello there. General Kenobi!');
    expect(transcriptSchema.parse(JSON.parse(JSON.stringify(transcript)))).toEqual(transcript);
  });

  test('whisper with words', () => {
    const list = chunks([' Cześć,', [0, 0.4]], [' Łódź!', [0.5, 1]]);
    expect(read(whisper(' Cześć, Łódź!', list))).toMatchObject({
      segments: [
        { text: 'Cześć,', from: 0, to: 0.4 },
        { text: ' Łódź!', from: 0.5, to: 1 },
      ],
      level: 'word',
    });
  });

  test('one piece is a segment, unless words were asked for', () => {
    const answer = whisper(' Yes.', chunks([' Yes.', [0, 1]]));
    expect(readTranscript(answer)!.level).toBe('segment');
    expect(readTranscript(answer, 'word')!.level).toBe('word');
  });

  test('wizper, whose languages have another name', () => {
    const list = chunks(['こんにちは。', [0, 2]], ['元気ですか？', [2, 4]]);
    const transcript = read({ text: 'こんにちは。元気ですか？', chunks: list, languages: ['ja'] });
    expect(transcript.languages).toEqual([{ code: 'ja' }]);
    expect(transcript.segments.map(({ text }) => text)).toEqual(['こんにちは。', '元気ですか？']);
  });

  test('elevenlabs, with its words, blanks, events and language of three letters', () => {
    const transcript = read({
      language_code: 'pol',
      language_probability: 0.98,
      text: 'Tak. (śmiech) Nie!',
      words: [
        { text: 'Tak.', type: 'word', start: 0.1, end: 0.5, speaker_id: 'speaker_0' },
        { text: ' ', type: 'spacing', start: 0.5, end: 0.6, speaker_id: 'speaker_0' },
        { text: '(śmiech)', type: 'audio_event', start: 0.6, end: 1 },
        { text: ' ', type: 'spacing' },
        { text: 'Nie!', type: 'word', start: 1.2, end: 1.9, speaker_id: 'speaker_1' },
      ],
    });
    expect(transcript).toEqual({
      segments: [
        { text: 'Tak.', from: 0.1, to: 0.5, speaker: 'speaker_0' },
        { text: ' (śmiech)', from: 0.6, to: 1 },
        { text: ' Nie!', from: 1.2, to: 1.9, speaker: 'speaker_1' },
      ],
      languages: [{ code: 'pl' }],
      speakers: {},
      level: 'word',
    });
  });

  test.each([
    ['text alone', { text: ' Only\nthis  text. ' }],
    ['chunks that are null', whisper('Only\nthis  text.', null)],
    ['chunks of another shape', whisper('Only\nthis  text.', ['x', 3, { text: null }])],
    ['another name', { output: 'Only\nthis  text.' }],
    ['a bare string', 'Only\nthis  text.'],
  ])('%s gives one segment without times', (_, output) => {
    expect(read(output)).toMatchObject({
      segments: [{ text: 'Only\nthis  text.' }],
      level: 'none',
    });
  });

  test.each([
    ['no text', whisper(null, null)],
    ['empty text', whisper('', [])],
    ['blanks', whisper('  \n', chunks([' ', [0, 1]]))],
  ])('%s is a recording in which nothing was heard', (_, output) => {
    expect(read(output).segments).toEqual([]);
    expect(hasWords(read(output))).toBe(false);
  });

  test.each([undefined, null, 7, {}, { images: [{ url: 'https://fal.media/x.png' }] }, []])(
    'is undefined for %j',
    (output) => expect(readTranscript(output)).toBeUndefined(),
  );

  test('pieces without the text are put together, with blanks where they belong', () => {
    expect(textOf(read({ chunks: chunks(['Tak.', [0, 1]], ['Nie.', [1, 2]]) }))).toBe('Tak. Nie.');
    const japanese = { chunks: chunks(['はい。', [0, 1]], ['OK', [1, 2]]), languages: ['ja'] };
    expect(textOf(read(japanese))).toBe('はい。OK');
  });

  test('languages are told once while they stay the same', () => {
    const answer = whisper('a', null, { inferred_languages: ['en', 'en', 'pl', null, 'en'] });
    expect(read(answer).languages.map(({ code }) => code)).toEqual(['en', 'pl', 'en']);
  });
});

describe('times', () => {
  const texts = ['a.', 'b.', 'c.', 'd.', 'e.'];
  const answer = (...stamps: readonly Stamp[]) =>
    whisper(
      texts.slice(0, stamps.length).join(' '),
      chunks(...stamps.map((stamp, at): [string, Stamp] => [` ${texts[at]!}`, stamp])),
    );

  test.each<[string, Stamp[], string[]]>([
    [
      'that are missing come from the neighbours',
      [
        [0, null],
        [2, 3],
        [null, 5],
        [null, null],
      ],
      ['0-2', '2-3', '3-5', '5-?'],
    ],
    [
      'that nobody knows stay away',
      [
        [null, null],
        [null, 4],
        [null, null],
        [9, null],
      ],
      ['?-?', '?-4', '4-9', '9-?'],
    ],
    [
      'that are reversed are not believed',
      [
        [0, 2],
        [5, 3],
        [6, 8],
      ],
      ['0-2', '2-6', '6-8'],
    ],
    [
      'that fall are left out',
      [
        [0, 5],
        [4, 7],
        [7, 8],
      ],
      ['0-5', '5-7', '7-8'],
    ],
    [
      'that jump far do not cost the others theirs',
      [
        [0, 1],
        [900, 901],
        [2, 3],
        [3, 4],
      ],
      ['0-1', '1-2', '2-3', '3-4'],
    ],
    [
      'that begin again keep the longer run',
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [0, 1],
        [1, 2],
      ],
      ['0-1', '1-2', '2-3', '3-?', '?-?'],
    ],
    [
      'may be the same',
      [
        [0, 0],
        [0, 0],
        [0, 1],
      ],
      ['0-0', '0-0', '0-1'],
    ],
    [
      'that are below zero are none',
      [
        [-1, 2],
        [2, 3],
      ],
      ['?-2', '2-3'],
    ],
  ])('%s', (_, stamps, expected) => {
    expect(timesOf(answer(...stamps))).toEqual(expected);
  });

  test('of another shape are missing', () => {
    const list = [
      { text: 'a.', timestamp: '0:00' },
      { text: ' b.', timestamp: [1] },
      { text: ' c.', timestamp: ['1', 2] },
      { text: ' d.', start: 3, end: 4 },
    ];
    expect(timesOf(whisper('a. b. c. d.', list))).toEqual(['?-1', '1-?', '?-2', '3-4']);
  });
});

describe('where the pieces are not the text', () => {
  test('blanks may differ', () => {
    expect(segmentsOf('One  two\nthree', 'One', ' two ', 'three')).toEqual([
      '0-1|One',
      '1-2|  two',
      '2-3|\nthree',
    ]);
  });

  test('what has no piece lies between its neighbours', () => {
    expect(segmentsOf('One two three four', 'One', 'three')).toEqual([
      '0-1|One',
      '1-1| two',
      '1-2| three',
      '2-?| four',
    ]);
  });

  test('a word that is written otherwise keeps its time', () => {
    expect(segmentsOf('My colour is red', 'My', 'color', 'is', 'red')).toEqual([
      '0-1|My',
      '1-2| colour',
      '2-3| is',
      '3-4| red',
    ]);
  });

  test('marks go with what stands before them, or after them at the beginning', () => {
    expect(segmentsOf('“One”, two!', 'One', 'two')).toEqual(['0-1|“One”,', '1-2| two!']);
    expect(segmentsOf('…', 'One')).toEqual(['0-1|…']);
  });

  test('pieces that are not in the text are left out', () => {
    expect(segmentsOf('One two', 'One', 'thanks for watching', 'two')).toEqual([
      '0-1|One',
      '2-3| two',
    ]);
  });

  test('nothing of the text is ever lost, and times never fall', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = createRandom(seed);
      const { text } = randomText(random, 1 + Math.floor(random() * 60));
      const list = cutAtRandom(text, random).flatMap((piece) => {
        const fate = random();
        const stamp = [random() * 100, random() * 100].map((time) =>
          random() < 0.2 ? null : time,
        ) as Stamp;
        const written = fate < 0.1 ? `${piece}x` : piece;
        return fate > 0.9
          ? []
          : [{ text: written, timestamp: stamp, speaker: pick(random, ['A', null]) }];
      });
      const transcript = read(whisper(text, list));
      expect(textOf(transcript), `seed ${seed}`).toBe(text);
      const times = transcript.segments.flatMap(({ from, to }) => [from ?? [], to ?? []].flat());
      expect(times, `seed ${seed}`).toEqual(times.toSorted((a, b) => a - b));
    }
  });
});

describe('speakers', () => {
  const turns = [
    { speaker: 'SPEAKER_01', timestamp: [4, 9] },
    { speaker: 'SPEAKER_00', timestamp: [0, 4.2] },
    { speaker: 'SPEAKER_02', timestamp: [null, 9] },
    { speaker: 'SPEAKER_03', timestamp: [9, 8] },
  ];
  const speakersOf = (list: unknown, diarization_segments: unknown = turns) =>
    read(whisper('a. b. c. d.', list, { diarization_segments })).segments.map(
      ({ speaker }) => speaker,
    );

  test('come from whoever speaks for most of a segment', () => {
    const list = chunks(['a.', [0, 3]], ['b.', [3.5, 4.5]], ['c.', [4.5, 8]], ['d.', [11, 12]]);
    expect(speakersOf(list)).toEqual(['SPEAKER_00', 'SPEAKER_00', 'SPEAKER_01', undefined]);
  });

  test('a word between two turns goes to the nearer one', () => {
    const list = chunks(['a.', [0, 1]], ['b.', [1.2, 1.3]], ['c.', [1.6, 1.7]], ['d.', [2, 3]]);
    const gap = [
      { speaker: 'A', timestamp: [0, 1] },
      { speaker: 'B', timestamp: [2, 3] },
    ];
    expect(speakersOf(list, gap)).toEqual(['A', 'A', 'B', 'B']);
  });

  test('of the pieces themselves count first, numbers too', () => {
    const list = [
      { text: 'a.', timestamp: [0, 1], speaker: 'X' },
      { text: 'b.', timestamp: [1, 2], speaker: 7 },
      { text: 'c.', timestamp: [2, 3], speaker: null },
      { text: 'd.', timestamp: [3, 4] },
    ];
    expect(speakersOf(list)).toEqual(['X', '7', 'SPEAKER_00', 'SPEAKER_00']);
    expect(speakersOf(list, null)).toEqual(['X', '7', undefined, undefined]);
  });
});
