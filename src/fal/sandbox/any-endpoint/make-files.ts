/** A toy file of each kind. */
import { shootFilm } from '../films/film.ts';
import { buildCube } from '../shapes/cube.ts';
import type { Size } from '../size.ts';
import { speak } from '../speech.ts';
import type { Studio } from '../studio.ts';
import type { Media } from './create-toy.ts';
import type { Wish } from './read-wish.ts';

interface Order {
  readonly wish: Wish;
  readonly studio: Studio;
  /** Of the endpoint. */
  readonly title: string;
}

export interface MadeFile {
  readonly url: string;
  /** Such as `content_type` or `duration`: all that is known of it. */
  readonly [name: string]: unknown;
}

export async function makeFiles(
  order: Order,
  media: Media,
  count: number,
): Promise<readonly MadeFile[]> {
  switch (media) {
    case 'image':
      return drawPictures(order, count);
    case 'audio':
      return [await playSound(order)];
    case 'video':
      return [await makeFilm(order)];
    case '3d':
      return [await makeShape(order)];
    case 'file':
    case 'text':
      return [await writeNote(order)];
  }
}

const SQUARE: Size = { width: 1024, height: 1024 };
const SCREEN: Size = { width: 1280, height: 720 };

async function drawPictures({ wish, studio }: Order, count: number): Promise<readonly MadeFile[]> {
  const { words: prompt, pictures: sources, size = SQUARE } = wish;
  const images = await studio.draw({ ...wish, prompt, sources, count, size });
  return images.map((image) => ({ ...image }));
}

async function playSound({ wish, studio }: Order): Promise<MadeFile> {
  const { words, seconds } = wish;
  const { file, sound } = await speak(studio, { words, seconds });
  const { sampleRate: sample_rate, seconds: duration, channels } = sound;
  return { ...file, duration, sample_rate, channels };
}

async function makeFilm({ wish, studio }: Order): Promise<MadeFile> {
  const { words: prompt, pictures: sources, seed, size = SCREEN } = wish;
  const isBlackedOut = studio.isBlackedOut(0);
  const film = await shootFilm({ prompt, sources, seed, size, isBlackedOut });
  studio.note({ seconds: film.seconds });
  const { bytes, width, height, seconds: duration, framesPerSecond: fps } = film;
  const made = { bytes, contentType: 'video/webm', name: `sandbox-${seed}.webm`, prompt };
  return { ...(await studio.keep(made)), width, height, duration, fps };
}

async function makeShape({ wish, studio }: Order): Promise<MadeFile> {
  const bytes = buildCube(wish.words);
  const made = { bytes, contentType: 'model/gltf-binary', name: 'sandbox.glb', prompt: wish.words };
  return { ...(await studio.keep(made)) };
}

/** Trained weights, archives and the like: a note that says so. */
async function writeNote({ wish, studio, title }: Order): Promise<MadeFile> {
  const note = { sandbox: `A toy in the place of what ${title} makes.`, words: wish.words };
  const bytes = Buffer.from(JSON.stringify(note, null, 2));
  const made = { bytes, contentType: 'application/json', name: 'sandbox.json', prompt: wish.words };
  return { ...(await studio.keep(made)) };
}
