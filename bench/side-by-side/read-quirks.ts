/** What each side makes of fal's odd answers. */
import { toFailure } from '../../src/fal/errors.ts';
import { parseJson } from '../../src/fal/parse-json.ts';
import type { Models } from '../../src/models/model.ts';
import { createRecordedFal, wordError } from './ask-theirs.ts';
import type { Matters, Quirk } from './quirks.ts';

export interface Reading {
  /** What is handed on, or said about an error. */
  readonly said: string;
  /** What matters in the answer and is gone. */
  readonly lost: readonly string[];
}
export interface QuirkReadings {
  readonly quirk: Quirk;
  readonly theirs: Reading;
  readonly easel: Reading;
}

export async function readQuirks(
  models: Models,
  quirks: readonly Quirk[],
): Promise<readonly QuirkReadings[]> {
  const readings: QuirkReadings[] = [];
  for (const quirk of quirks) {
    readings.push({ quirk, theirs: await readTheirs(quirk), easel: readEasel(models, quirk) });
  }
  return readings;
}

/** One side's answer in a form that can be looked through. */
interface Found {
  readonly files: number;
  readonly flagged: number;
  /** Everything that is handed on. */
  readonly words: string;
  /** fal's own answer, where it is handed on as well. */
  readonly raw: string;
}

function readEasel(models: Models, quirk: Quirk): Reading {
  const body = parseJson(quirk.answer);
  if (quirk.status >= 400) {
    const { text } = toFailure({ status: quirk.status, body, headers: {} });
    return { said: `says: ${text}`, lost: listLost(quirk.matters, toWords(text)) };
  }
  const result = models.find(quirk.model).toResult(quirk.endpoint, body);
  const found: Found = {
    files: result.media.length,
    flagged: result.media.filter(({ flagged }) => flagged).length,
    words: JSON.stringify(result),
    raw: '',
  };
  return { said: wordFound(quirk.matters, found), lost: listLost(quirk.matters, found) };
}

async function readTheirs(quirk: Quirk): Promise<Reading> {
  const fal = createRecordedFal([], quirk.answer, quirk.status);
  try {
    const found = await readFound(fal, quirk);
    return { said: wordFound(quirk.matters, found), lost: listLost(quirk.matters, found) };
  } catch (error) {
    const text = wordError(error);
    const said = text === '' ? 'throws without a message' : `throws: ${text}`;
    const isResult = quirk.status < 400;
    return { said, lost: isResult ? ['everything'] : listLost(quirk.matters, toWords(text)) };
  }
}

type Fal = ReturnType<typeof createRecordedFal>;

async function readFound(fal: Fal, { kind, endpoint }: Quirk): Promise<Found> {
  if (kind === 'transcript') {
    const {
      response,
      warnings: _,
      ...result
    } = await fal
      .transcription(endpoint.replace(/^fal-ai\//u, ''))
      .doGenerate({ audio: new Uint8Array(4), mediaType: 'audio/mpeg' });
    const words = JSON.stringify(result);
    return { files: 0, flagged: 0, words, raw: JSON.stringify(response.body) };
  }
  if (kind === 'speech') {
    const { response } = await fal.speech(endpoint).doGenerate({ text: 'the fog lifts' });
    return { files: 1, flagged: 0, words: '', raw: JSON.stringify(response.body) };
  }
  const { images, providerMetadata } = await fal.image(endpoint).doGenerate(DRAW);
  const words = JSON.stringify(providerMetadata);
  const flagged = words.match(/"nsfw":true/gu)?.length ?? 0;
  return { files: images.length, flagged, words, raw: '' };
}

const DRAW = {
  prompt: 'a lighthouse in fog',
  n: 1,
  size: undefined,
  aspectRatio: undefined,
  seed: undefined,
  files: undefined,
  mask: undefined,
  providerOptions: {},
};

function toWords(words: string): Found {
  return { files: 0, flagged: 0, words, raw: '' };
}

function listLost(matters: Matters, found: Found): readonly string[] {
  const { files = found.files, flagged = found.flagged, words = [] } = matters;
  return [
    ...(found.files === files ? [] : [`${files - found.files} of ${files} files`]),
    ...(found.flagged === flagged ? [] : ['a safety flag']),
    ...words
      .filter((word) => !`${found.words}${found.raw}`.includes(word))
      .map((word) => `“${word}”`),
  ];
}

function wordFound({ words = [] }: Matters, found: Found): string {
  const { files, flagged } = found;
  const things = files === 1 ? '1 file' : `${files} files`;
  const marked = flagged === 0 ? '' : `, ${flagged} of them marked unsafe`;
  const buried = words.filter((word) => !found.words.includes(word) && found.raw.includes(word));
  const aside = buried.map((word) => `; “${word}” in the raw answer only`).join('');
  return `reads ${files === 0 ? 'the words' : things}${marked}${aside}`;
}
