/** What a toy model works with: paper and paint, the given files, and a shelf for the results. */
import { randomInt } from 'node:crypto';
import type { FaultOf, OutputFault } from './fault-rules.ts';
import type { StoredFile } from './files.ts';
import {
  readGivenFile,
  readGivenPicture,
  type FieldPath,
  type GivenPicture,
} from './given-files.ts';
import { spoilFile } from './file-faults.ts';
import type { Parts } from './parts.ts';
import { renderPicture, type PictureFormat } from './pictures/picture.ts';
import type { Size } from './size.ts';
import { listen, type Heard } from './sounds/listen.ts';
import type { SoundFile } from './sounds/sound-file.ts';
import { createTally, type Tally, type Work } from './tally.ts';
import type { Voices } from './voices.ts';

interface Drawing {
  readonly prompt: string;
  readonly seed: number;
  readonly count: number;
  readonly size: Size;
  readonly format: PictureFormat;
  /** Answer with data URIs instead of addresses (`sync_mode`). */
  readonly inline: boolean;
  /** Pictures to be changed; with none, a new one is made. */
  readonly sources: readonly Buffer[];
}

export interface KeptFile {
  readonly url: string;
  readonly content_type: string;
  readonly file_name: string;
  readonly file_size: number;
}

interface DrawnImage extends KeptFile, Size {}

export interface Studio {
  /** The safety checker's black sheet, by the picture's place in the answer. */
  isBlackedOut(index: number): boolean;
  randomSeed(): number;
  inferenceSeconds(): number;
  /** Throws `ModelRefusal` for what is not on this server. */
  readFile(url: string, field: FieldPath): Promise<Buffer>;
  /** Throws `ModelRefusal` for what is not a picture on this server. */
  readPicture(url: string, field: FieldPath): Promise<GivenPicture>;
  readPictures(urls: readonly string[], field: string): Promise<readonly GivenPicture[]>;
  /** `asked` is the model's input, for whoever decides what is heard. */
  listen(sound: SoundFile, asked: Readonly<Record<string, unknown>>): Promise<Heard>;
  /** What sound is taken, where a rule says so. */
  soundRule(): FaultOf<'strict-sound'> | undefined;
  /** Knows a sound again that says these words. */
  remember(bytes: Buffer, words: string): void;
  /** MiniMax's. */
  readonly voices: Voices;
  draw(drawing: Drawing): Promise<readonly DrawnImage[]>;
  /** Puts any other file on the shelf. */
  keep(file: MadeFile): Promise<KeptFile>;
  /** Adds to what is billed. */
  note(work: Partial<Work>): void;
  readonly tally: Tally;
}

interface MadeFile {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly name: string;
  /** For fault rules. */
  readonly prompt: string;
}

interface Job {
  readonly endpoint: string;
  readonly faults: readonly OutputFault[];
}

export function createStudio(parts: Parts, job: Job): Studio {
  const startedAt = parts.clock.now().getTime();
  const tally = createTally();
  const keep = (file: MadeFile, inline = false) => keepFile(parts, job, { file, inline });
  return {
    tally,
    keep,
    voices: parts.voices,
    listen: (sound, asked) => listen(parts.ears, sound, asked),
    remember: (bytes, words) => parts.ears.memory.remember(bytes, words),
    soundRule: () => job.faults.find((fault) => fault.kind === 'strict-sound'),
    note: (work) => tally.add(work),
    isBlackedOut: (index) => isBlackedOut(job, index),
    randomSeed: () => randomInt(2 ** 32),
    inferenceSeconds: () => (parts.clock.now().getTime() - startedAt) / 1000,
    readFile: (url, field) => readGivenFile(parts, url, field),
    readPicture: (url, field) => readGivenPicture(parts, url, field),
    readPictures: (urls, field) =>
      Promise.all(urls.map((url, index) => readGivenPicture(parts, url, [field, index]))),
    async draw(drawing) {
      const images: DrawnImage[] = [];
      for (let index = 0; index < drawing.count; index += 1) {
        const wish = { ...drawing, seed: drawing.seed + index };
        const bytes = await renderPicture({ ...wish, isBlackedOut: isBlackedOut(job, index) });
        images.push({ ...(await keep(toFile(wish, bytes), drawing.inline)), ...drawing.size });
      }
      tally.add({ pictures: images.map(() => drawing.size) });
      return images;
    },
  };
}

function toFile({ prompt, seed, format }: Drawing, bytes: Buffer): MadeFile {
  const contentType = format === 'svg' ? 'image/svg+xml' : `image/${format}`;
  return { bytes, contentType, prompt, name: `sandbox-${seed}.${format}` };
}

function isBlackedOut({ faults }: Job, index: number): boolean {
  return faults.some((fault) => fault.kind === 'nsfw' && (fault.pictures?.includes(index) ?? true));
}

async function keepFile(
  parts: Parts,
  job: Job,
  { file, inline }: { file: MadeFile; inline: boolean },
): Promise<KeptFile> {
  const { prompt } = file;
  const spoilt: StoredFile = await spoilFile(job.faults, file);
  const isInline = inline || job.faults.some(({ kind }) => kind === 'data-uri');
  const url = isInline
    ? `data:${spoilt.contentType};base64,${spoilt.bytes.toString('base64')}`
    : `${parts.url}${parts.files.add({ ...spoilt, endpoint: job.endpoint, prompt })}`;
  const { contentType, name, bytes } = spoilt;
  return { url, content_type: contentType, file_name: name, file_size: bytes.length };
}
