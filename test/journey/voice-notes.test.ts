/** One table for all platforms: what people record is heard, written down and done as the same. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HeardWord } from '../../src/fal/sandbox/sandbox.ts';
import type { DeliveredFile, Upload } from '../support/chats/chat.ts';
import { probeBytes } from '../support/sound/probe.ts';
import type { SoundFormat } from '../support/sound/formats.ts';
import { hasSoundTools } from '../support/sound/tools.ts';
import {
  closeWorlds,
  describeFile,
  expectAlike,
  handOut,
  onEach,
  record,
  sortAsked,
  startWorlds,
  type Asked,
  type Play,
  type Worlds,
} from './voice-notes-rig.ts';

const WORDS = 'The meeting with Kovalsky is at noon. Bring the red folder.';
const LANGUAGE = 'Language: English';
const FACTS = 'For … · whisper · … s';
const UNDERSTOOD = 'I understood';
const UNDER_A_TRANSCRIPT = ['Correct', 'Delete', 'Details', 'Files', 'Read aloud', 'Use as prompt'];
const UNDER_A_PICTURE = ['Again', 'Delete', 'Details', 'Edit', 'Remix', 'Save', 'Upscale', 'Vary'];
const DRAWN = 'For … · nano-banana-pro · seed … · 1024×1024 · … s';
/** The toy pictures of one seed are the same on every platform. */
const A_FOX = 'a fox --model qwen-image --seed 7 --size 256x256';

/** As a model hears it: a word each quarter of a second. */
function spoken(words: string, speaker?: string, from = 0.1): readonly HeardWord[] {
  return words.split(' ').map((text, at) => ({
    text,
    from: from + at / 4,
    to: from + 0.2 + at / 4,
    speaker,
  }));
}

const files = new Map<SoundFormat, Promise<Upload>>();
/** Somebody says the words, once for each kind of file. */
function said(format: SoundFormat): Promise<Upload> {
  const known = files.get(format) ?? record(WORDS, format);
  files.set(format, known);
  return known;
}

async function heard(format: SoundFormat, more: object = {}): Promise<Asked> {
  const { bytes } = await said(format);
  const audio_url = await describeFile(bytes);
  const usual = { task: 'transcribe', language: null, diarize: false, chunk_level: 'segment' };
  return { endpoint: 'fal-ai/whisper', input: { audio_url, ...usual, ...more } };
}

/** Of what a model that makes something is told, this is what counts here. */
function made(endpoint: string, input: object): Asked {
  return { endpoint, input: expect.objectContaining(input) as unknown };
}

interface Scenario extends Play<unknown> {
  readonly name: string;
  /** What fal is asked for, in order. */
  readonly asked: (found: unknown) => Promise<readonly Asked[]>;
  /** All that Easel posts, line by line, but for what is `typed`. */
  readonly words: readonly string[];
  /** Under the last of it, by name. */
  readonly buttons?: readonly string[];
  /** New pictures with those that they were made from, each by its prompt. */
  readonly descent?: readonly (readonly [child: string, parent: string])[];
  /** What `play` resolves with. */
  readonly found?: object;
}

/** By the endings of their names. */
function readFiles(files: readonly DeliveredFile[]): Readonly<Record<string, unknown>> {
  const texts = files.map(({ name, bytes }): [string, unknown] => {
    const text = Buffer.from(bytes).toString();
    const ending = name.replace(/^.*\./u, '');
    return [ending, ending === 'json' ? JSON.parse(text) : text];
  });
  return Object.fromEntries(texts);
}

const WAYS: readonly Scenario[] = [
  {
    name: 'an mp3 goes with the command',
    async play({ chat, hear, makes }) {
      hear({ words: spoken(WORDS) });
      await makes(async () => chat.command('transcribe', '--language en', [await said('mp3')]));
    },
    asked: async () => [await heard('mp3', { language: 'en' })],
    words: [WORDS, LANGUAGE, FACTS],
  },
  {
    name: 'an m4a is chosen in the menu of its message',
    async play({ chat, hear, makes }) {
      hear({ words: spoken(WORDS) });
      const shown = await chat.show([await said('m4a')]);
      await makes(() => chat.choose('Transcribe', shown));
    },
    asked: async () => [await heard('m4a')],
    words: [WORDS, LANGUAGE, FACTS],
  },
  {
    name: 'a film is answered with the command',
    async play({ chat, hear, makes }) {
      hear({ words: spoken(WORDS) });
      const shown = await chat.show([await said('mp4')]);
      await makes(() => chat.reply(shown, 'transcribe --chunk-level word'));
      return readFiles(await handOut(chat));
    },
    asked: async () => [await heard('mp4', { chunk_level: 'word' })],
    words: [WORDS, LANGUAGE, FACTS],
    found: {
      json: {
        segments: spoken(WORDS).map(({ text, from = 0, to }) => ({
          text,
          speaker: null,
          from: Number(from.toFixed(2)),
          to: Number(to?.toFixed(2)),
        })),
      },
    },
  },
  {
    name: 'words of Easel’s are answered with a voice note, in a thread',
    async play({ chat, hear, makes, place, posted }) {
      const where = place('thread');
      hear({ words: spoken(WORDS) });
      await makes(async () => chat.command('transcribe', '', [await said('wav')], where));
      hear('Yes, at noon.');
      const to = await chat.newestResult();
      await makes(async () => chat.sayAloud(await said('ogg'), { to, where }));
      const strays = (await posted()).filter((message) => message.where !== where);
      return { strays };
    },
    asked: async () => [await heard('wav'), await heard('ogg')],
    words: [WORDS, LANGUAGE, FACTS, 'Yes, at noon.', LANGUAGE, FACTS],
    found: { strays: [] },
  },
  {
    name: 'somebody records something where all of it is written down',
    async play({ chat, hear, makes }) {
      hear({ words: spoken(WORDS) });
      const recording = await said('webm');
      await chat.set('--voice transcribe');
      const told = chat.privateTexts().at(-1);
      await chat.set('--voice off', 'anybody');
      await chat.chatter('good morning');
      await chat.chatter('a podcast', [recording], 'bot');
      await makes(() => chat.chatter('', [recording]));
      await chat.set('--voice off');
      return { isTold: told?.includes('Every recording that somebody posts here is written down') };
    },
    asked: async () => [await heard('webm')],
    words: [WORDS, LANGUAGE, FACTS],
    found: { isTold: true },
  },
  {
    name: 'fal refuses a recording, and takes it in another format',
    async play({ chat, world, hear, makes }) {
      hear({ words: spoken(WORDS) });
      world.sandbox.faults.add({ kind: 'strict-sound', times: Number.POSITIVE_INFINITY });
      await makes(async () => chat.command('transcribe', '', [await said('ogg')]));
    },
    asked: async () => {
      const audio_url: unknown = expect.stringMatching(/^wav /u);
      return [await heard('ogg'), await heard('ogg', { audio_url })];
    },
    words: [WORDS, LANGUAGE, FACTS],
  },
  {
    name: 'nobody speaks',
    async play({ chat, hear, makes }) {
      hear('');
      await makes(async () => chat.command('transcribe', '', [await said('m4a')]));
    },
    asked: async () => [await heard('m4a')],
    words: ['No speech was found in the recording.', FACTS],
    buttons: ['Delete', 'Details'],
  },
];

const WISHES: readonly Scenario[] = [
  {
    name: 'in answer to a picture it changes that one, and again once it is corrected',
    typed: ['a fox', 'make it light'],
    async play({ chat, hear, makes, posted }) {
      await makes(() => chat.ask(A_FOX));
      const picture = await chat.newestResult();
      const [fox] = (await posted()).flatMap(({ files }) => files);
      hear('make it night');
      await makes(async () => chat.sayAloud(await said('ogg'), { to: picture }));
      await makes(() => chat.pressAndAnswer('Correct', { prompt: 'make it light' }));
      return describeFile(fox?.bytes ?? new Uint8Array());
    },
    asked: async (fox) => [
      made('fal-ai/qwen-image', { prompt: 'a fox' }),
      await heard('ogg'),
      made('fal-ai/nano-banana-pro/edit', { prompt: 'make it night', image_urls: [fox] }),
      made('fal-ai/nano-banana-pro/edit', { prompt: 'make it light', image_urls: [fox] }),
    ],
    words: [
      'For … · qwen-image · seed … · 256×256 · … s',
      UNDERSTOOD,
      'make it night',
      FACTS,
      'make it night',
      DRAWN,
      DRAWN,
    ],
    buttons: UNDER_A_PICTURE,
    descent: [
      ['make it night', 'a fox'],
      ['make it light', 'a fox'],
    ],
  },
  {
    name: 'in direct messages it makes a picture',
    async play({ chat, hear, makes, place, posted }) {
      const where = place('direct');
      hear('a lighthouse in fog');
      await makes(async () => chat.sayAloud(await said('ogg'), { where }));
      const strays = (await posted()).filter((message) => message.where !== where);
      return { strays };
    },
    found: { strays: [] },
    asked: async () => [
      await heard('ogg'),
      made('fal-ai/nano-banana-pro', { prompt: 'a lighthouse in fog' }),
    ],
    words: [UNDERSTOOD, 'a lighthouse in fog', FACTS, 'a lighthouse in fog', DRAWN],
    buttons: UNDER_A_PICTURE,
  },
  {
    name: 'somebody else’s is used as a prompt',
    async play({ chat, hear, makes }) {
      hear('a windmill');
      const shown = await chat.show([await said('m4a')]);
      await makes(() => chat.choose('Use as prompt', shown));
    },
    asked: async () => [
      await heard('m4a'),
      made('fal-ai/nano-banana-pro', { prompt: 'a windmill' }),
    ],
    words: [UNDERSTOOD, 'a windmill', FACTS, 'a windmill', DRAWN],
    buttons: UNDER_A_PICTURE,
  },
];

const TRANSCRIPTS: readonly Scenario[] = [
  {
    name: 'two recordings are one transcript, as files for whoever asks',
    isAtOnce: true,
    async play({ chat, hear, makes }) {
      const second = { words: spoken('And bring the keys.') };
      hear(({ type }) => (type === 'audio/wav' ? { words: spoken(WORDS) } : second));
      const both = [await said('wav'), await said('mp3')];
      await makes(() => chat.command('transcribe', '', both));
      return readFiles(await handOut(chat));
    },
    asked: async () => sortAsked([await heard('wav'), await heard('mp3')]),
    words: [`${WORDS} And bring the keys.`, LANGUAGE, FACTS],
    found: {
      txt: `${WORDS} And bring the keys.\n`,
      srt: `1
00:00:00,100 --> 00:00:01,800
The meeting with Kovalsky is at noon.

2
00:00:01,850 --> 00:00:02,800
Bring the red folder.

3
00:00:03,686 --> 00:00:04,636
And bring the keys.
`,
      vtt: `WEBVTT

00:00:00.100 --> 00:00:01.800
The meeting with Kovalsky is at noon.

00:00:01.850 --> 00:00:02.800
Bring the red folder.

00:00:03.686 --> 00:00:04.636
And bring the keys.
`,
      json: {
        version: 1,
        text: `${WORDS} And bring the keys.`,
        seconds: 7.172,
        languages: [{ code: 'en', name: 'English', from: 0 }],
        speakers: [],
        segments: [
          { from: 0.1, to: 1.8, speaker: null, text: 'The meeting with Kovalsky is at noon.' },
          { from: 1.85, to: 2.8, speaker: null, text: 'Bring the red folder.' },
          { from: 3.686, to: 4.636, speaker: null, text: 'And bring the keys.' },
        ],
      },
    },
  },
  {
    name: 'speakers are told apart, and get their names by the button and by a reply',
    async play({ chat, hear, makes }) {
      hear({ words: [...spoken('Hello Anna.', 'a'), ...spoken('Hello Bob & all.', 'b', 2)] });
      const more = '--speakers --speaker-count 2';
      await makes(async () => chat.command('transcribe', more, [await said('wav')]));
      await makes(() => chat.pressAndAnswer('Name speakers', { names: '2: Anna' }));
      const answered = await chat.newestResult();
      await makes(() => chat.reply(answered, '1: Bob'));
      return readFiles(await handOut(chat));
    },
    asked: async () => [await heard('wav', { diarize: true, num_speakers: 2 })],
    words: [
      '0:00 Speaker 1 Hello Anna.',
      '0:02 Speaker 2 Hello Bob & all.',
      LANGUAGE,
      FACTS,
      '0:00 Speaker 1 Hello Anna.',
      '0:02 Anna Hello Bob & all.',
      'Speakers named: Anna.',
      LANGUAGE,
      FACTS,
      '0:00 Bob Hello Anna.',
      '0:02 Anna Hello Bob & all.',
      'Speakers named: Bob.',
      LANGUAGE,
      FACTS,
    ],
    buttons: [...UNDER_A_TRANSCRIPT, 'Name speakers'].toSorted(),
    found: {
      txt: 'Bob: Hello Anna.\n\nAnna: Hello Bob & all.\n',
      srt: `1
00:00:00,100 --> 00:00:00,550
Bob: Hello Anna.

2
00:00:02,000 --> 00:00:02,950
Anna: Hello Bob & all.
`,
      vtt: `WEBVTT

00:00:00.100 --> 00:00:00.550
<v Bob>Hello Anna.

00:00:02.000 --> 00:00:02.950
<v Anna>Hello Bob &amp; all.
`,
    },
  },
  {
    name: 'all of it is read aloud',
    async play({ chat, hear, makes, posted }) {
      hear({ words: spoken(WORDS) });
      await makes(async () => chat.command('transcribe', '', [await said('wav')]));
      await makes(() => chat.press('Read aloud'));
      const [sound] = (await posted()).flatMap(({ files }) => files);
      const { seconds } = await probeBytes(Buffer.from(sound?.bytes ?? []));
      return { seconds: Math.round(seconds) };
    },
    asked: async () => [await heard('wav'), made('fal-ai/minimax/speech-02-hd', { text: WORDS })],
    words: [WORDS, LANGUAGE, FACTS, WORDS, 'For … · minimax-speech-02-hd · … s'],
    buttons: ['Again', 'Delete', 'Details', 'Remix'],
    found: { seconds: 3 },
  },
  {
    name: 'a correction by a reply is remembered',
    async play({ chat, hear, makes }) {
      hear({ words: spoken(WORDS) });
      await makes(async () => chat.command('transcribe', '', [await said('wav')]));
      const answered = await chat.newestResult();
      await makes(() => chat.reply(answered, 'Kowalski, not Kovalsky'));
      const handed = await handOut(chat);
      await makes(async () => chat.command('transcribe', '', [await said('wav')]));
      return readFiles(handed);
    },
    asked: async () => [await heard('wav'), await heard('wav', { prompt: 'Kowalski.' })],
    words: [
      WORDS,
      LANGUAGE,
      FACTS,
      'The meeting with Kowalski is at noon. Bring the red folder.',
      'Corrected: “Kovalsky” is “Kowalski”.',
      LANGUAGE,
      FACTS,
      WORDS,
      LANGUAGE,
      FACTS,
    ],
    found: {
      txt: 'The meeting with Kowalski is at noon. Bring the red folder.\n',
      vtt: `WEBVTT

00:00:00.100 --> 00:00:01.800
The meeting with Kowalski is at noon.

00:00:01.850 --> 00:00:02.800
Bring the red folder.
`,
    },
  },
];

describe.skipIf(!hasSoundTools())('on all platforms', () => {
  let worlds: Worlds;
  beforeAll(async () => {
    worlds = await startWorlds();
  });
  afterAll(() => closeWorlds(worlds));

  test('what each platform’s own recorder makes goes to fal as it is', async () => {
    const outcomes = await onEach(worlds, {
      async play({ chat, hear, makes }) {
        hear({ words: spoken(WORDS) });
        await makes(async () => chat.command('transcribe', '', [await said(chat.records)]));
        return chat.records;
      },
    });
    const formats = Object.values(outcomes).map(({ found }) => found);
    expect(formats).toEqual(['ogg', 'm4a', 'live-webm']);
    for (const { found, asked, words } of Object.values(outcomes)) {
      expect(asked).toEqual([await heard(found)]);
      expect(words).toEqual([WORDS, LANGUAGE, FACTS]);
    }
  });

  describe.each([
    ['recordings are written down:', WAYS],
    ['a recording is a wish:', WISHES],
    ['of what was heard:', TRANSCRIPTS],
  ])('%s', (_, scenarios) => {
    test.each(scenarios)('$name', async (scenario) => {
      const { asked, words, buttons = UNDER_A_TRANSCRIPT, descent = [], found } = scenario;
      const outcome = expectAlike(await onEach(worlds, scenario));
      expect(outcome.asked).toEqual(await asked(outcome.found));
      expect(outcome).toMatchObject({ words, buttons, descent, ...(found && { found }) });
    });
  });
});
