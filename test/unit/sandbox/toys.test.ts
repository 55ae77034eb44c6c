import { fileTypeFromBuffer } from 'file-type';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { shootFilm } from '../../../src/fal/sandbox/films/film.ts';
import { renderPicture } from '../../../src/fal/sandbox/pictures/picture.ts';
import { buildCube } from '../../../src/fal/sandbox/shapes/cube.ts';
import { listen } from '../../../src/fal/sandbox/sounds/listen.ts';
import { createMemory } from '../../../src/fal/sandbox/sounds/memory.ts';
import { inspectSound } from '../../../src/fal/sandbox/sounds/sound-file.ts';
import { playTune, type Sound } from '../../../src/fal/sandbox/sounds/tune.ts';
import { toWav } from '../../../src/fal/sandbox/sounds/wav.ts';

const WORDS = 'a lighthouse in fog, far out at sea';
const FILM = {
  prompt: WORDS,
  seed: 1,
  size: { width: 1280, height: 720 },
  sources: [],
  isBlackedOut: false,
};

const play = (words: string) => playTune({ words, sampleRate: 8000 });
const secondsOf = (count: number) => play('word '.repeat(count)).seconds;

test('a tune is a WAV of the told rate, channels and length, that says what it is about', async () => {
  const wav = toWav(playTune({ words: WORDS, sampleRate: 22_050, channels: 2, seconds: 3 }), WORDS);
  expect(await fileTypeFromBuffer(wav)).toMatchObject({ mime: 'audio/wav' });
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(wav) });
  const track = (await input.getPrimaryAudioTrack())!;
  expect(track.codec).toBe('pcm-s16');
  expect([track.sampleRate, track.numberOfChannels]).toEqual([22_050, 2]);
  expect(await input.computeDuration()).toBeCloseTo(3, 3);
  const sound = await inspectSound(wav);
  expect(sound).toMatchObject({ seconds: 3, type: 'audio/wav', format: 'wav' });
  const ears = { hears: () => undefined, memory: createMemory() };
  expect((await listen(ears, sound, {})).text).toBe(WORDS);
});

test('the same words are the same tune, other words another, and none is silent or clipped', () => {
  expect(play(WORDS)).toEqual(play(WORDS));
  expect(play(WORDS).samples).not.toEqual(play('something else, of seven words or so').samples);
  const loudest = Math.max(...play('word '.repeat(30)).samples);
  expect(loudest).toBeGreaterThan(3000);
  expect(loudest).toBeLessThan(32_000);
});

const WISH = { words: 'five words are said here', sampleRate: 16_000 };
const USUAL = playTune(WISH);
const peakOf = ({ samples }: Sound) => samples.reduce((most, one) => Math.max(most, one), 0);
/** How often the wave crosses its middle line. */
const crossingsOf = ({ samples }: Sound) =>
  samples.reduce((count, one, at) => count + Number(one >= 0 !== samples[at - 1]! >= 0), 0);

test.each<[manner: object, measure: (sound: Sound) => number, times: number]>([
  [{ speed: 2 }, ({ seconds }) => seconds, 0.5],
  [{ speed: 0.5 }, ({ seconds }) => seconds, 2],
  [{ loudness: 0.1 }, peakOf, 0.1],
  [{ loudness: 10 }, peakOf, 32_767 / peakOf(USUAL)],
  [{ pitch: 12 }, crossingsOf, 2],
  [{ pitch: -12 }, crossingsOf, 0.5],
])('a tune can be played with %j', (manner, measure, times) => {
  expect(measure(playTune({ ...WISH, ...manner })) / measure(USUAL)).toBeCloseTo(times, 1);
});

test('everybody plays the same words in a way of their own', () => {
  expect(playTune({ ...WISH, player: 'Ada' }).samples).not.toEqual(USUAL.samples);
});

test('longer words take longer, within reason', () => {
  expect([secondsOf(0), secondsOf(1), secondsOf(10), secondsOf(900)]).toEqual([1, 1, 2.8, 12]);
});

test('a film is a WebM of two seconds whose frames can be drawn, and which moves', async () => {
  const film = await shootFilm(FILM);
  expect(film).toMatchObject({ width: 640, height: 360, seconds: 2 });
  expect(await fileTypeFromBuffer(film.bytes)).toMatchObject({ mime: 'video/webm' });
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(film.bytes) });
  expect(await input.computeDuration()).toBeCloseTo(2, 1);
  const track = (await input.getPrimaryVideoTrack())!;
  expect([track.codec, track.codedWidth, track.codedHeight]).toEqual(['vp8', 640, 360]);
  const frames: Buffer[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) {
    expect(packet.type).toBe('key');
    frames.push(Buffer.from(packet.data));
  }
  expect(frames).toHaveLength(24);
  const [first, middle] = await Promise.all([decode(frames[0]!), decode(frames[12]!)]);
  expect(await difference(first, middle)).toBeGreaterThan(2);
});

test('the first frame of a film is the toy picture of the same words', async () => {
  const film = await shootFilm(FILM);
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(film.bytes) });
  const sink = new EncodedPacketSink((await input.getPrimaryVideoTrack())!);
  const frame = await decode(Buffer.from((await sink.getFirstPacket())!.data));
  const size = { width: film.width, height: film.height };
  const draw = (prompt: string) => renderPicture({ ...FILM, size, prompt, format: 'png' });
  expect(await difference(frame, await draw(WORDS))).toBeLessThan(12);
  expect(await difference(frame, await draw('night'))).toBeGreaterThan(20);
});

test('odd and huge sizes are brought to what video can have', async () => {
  const film = await shootFilm({ ...FILM, size: { width: 4001, height: 333 } });
  expect([film.width, film.height]).toEqual([640, 54]);
});

/** A VP8 frame is a WebP without its wrapping. */
async function decode(frame: Buffer): Promise<Buffer> {
  const header = Buffer.from('RIFF\0\0\0\0WEBPVP8 \0\0\0\0', 'latin1');
  header.writeUInt32LE(12 + frame.length, 4);
  header.writeUInt32LE(frame.length, 16);
  return sharp(Buffer.concat([header, frame, Buffer.alloc(frame.length % 2)]))
    .png()
    .toBuffer();
}

async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((picture) =>
      sharp(picture).resize(160, 90, { fit: 'fill' }).greyscale().raw().toBuffer(),
    ),
  );
  return a!.reduce((sum, value, index) => sum + Math.abs(value - b![index]!), 0) / a!.length;
}

interface Accessor {
  readonly bufferView: number;
  readonly componentType: number;
  readonly count: number;
  readonly type: string;
}
interface Gltf {
  readonly accessors: readonly Accessor[];
  readonly bufferViews: readonly { byteOffset: number; byteLength: number }[];
  readonly buffers: readonly { byteLength: number }[];
}

const sizeOf = ({ componentType, count, type }: Accessor) =>
  (componentType === 5126 ? 4 : 2) * count * (type === 'VEC3' ? 3 : 1);

test('a shape is a binary glTF whose parts fit each other', async () => {
  const glb = buildCube('ünïcode words');
  expect(await fileTypeFromBuffer(glb)).toMatchObject({ mime: 'model/gltf-binary' });
  expect([glb.readUInt32LE(4), glb.readUInt32LE(8)]).toEqual([2, glb.length]);
  const jsonLength = glb.readUInt32LE(12);
  expect(jsonLength % 4).toBe(0);
  const gltf = JSON.parse(glb.toString('utf8', 20, 20 + jsonLength)) as Gltf;
  const binary = glb.subarray(20 + jsonLength + 8);
  expect(glb.readUInt32LE(20 + jsonLength)).toBe(binary.length);
  expect(gltf.buffers).toEqual([{ byteLength: binary.length }]);
  for (const accessor of gltf.accessors) {
    expect(gltf.bufferViews[accessor.bufferView]!.byteLength).toBe(sizeOf(accessor));
  }
});

test('the sides of the cube look outwards, and no corner is missing', () => {
  const glb = buildCube(WORDS);
  const binary = glb.subarray(28 + glb.readUInt32LE(12));
  const vector = (at: number) => [0, 4, 8].map((offset) => binary.readFloatLE(at + offset));
  const corners = Array.from({ length: 24 }, (_, index) => vector(index * 12));
  const normals = Array.from({ length: 24 }, (_, index) => vector(288 + index * 12));
  expect(new Set(corners.map(String)).size).toBe(8);
  for (let triangle = 0; triangle < 12; triangle += 1) {
    const [a, b, c] = [0, 2, 4].map((offset) => {
      const index = binary.readUInt16LE(576 + triangle * 6 + offset);
      return { corner: corners[index]!, normal: normals[index]! };
    });
    const facing = cross(minus(b!.corner, a!.corner), minus(c!.corner, a!.corner));
    expect(facing.map(Math.sign)).toEqual(a!.normal.map((part) => Math.sign(part)));
  }
});

function minus(one: number[], other: number[]): number[] {
  return one.map((value, index) => value - other[index]!);
}

function cross([x, y, z]: number[], [u, v, w]: number[]): number[] {
  return [y! * w! - z! * v!, z! * u! - x! * w!, x! * v! - y! * u!].map((part) => part + 0);
}

test('a vector picture is an SVG that draws the same scene and holds the words as text', async () => {
  const wish = { ...FILM, size: { width: 320, height: 200 }, prompt: 'a <b>lighthouse</b> & fog' };
  const svg = await renderPicture({ ...wish, format: 'svg' });
  expect(svg.toString()).toContain('a &lt;b&gt;lighthouse&lt;/b&gt; &amp; fog');
  const drawn = await sharp(svg).png().toBuffer();
  expect(await sharp(drawn).metadata()).toMatchObject(wish.size);
  const painted = await renderPicture({ ...wish, format: 'png' });
  expect(await difference(drawn, painted)).toBeLessThan(12);
});
