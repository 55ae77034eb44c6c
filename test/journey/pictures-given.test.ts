/** A button about a picture that somebody gave: the beginning of a family is a place to branch from, too. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Picture } from '../../src/pictures/picture.ts';
import { startForm } from '../../src/pictures/start-form.ts';
import { plainPng } from '../support/plain-picture.ts';
import { ada, studio as place } from '../support/pictures/memory-chat.ts';
import { openStudio, type Studio } from '../support/pictures/studio.ts';

const elsewhere = { ...place, channel: 'elsewhere' };
const somebody = { id: 'somebody', name: 'Somebody' };

let studio: Studio;
let bytes: Buffer;
let given: Picture;

beforeEach(async () => {
  studio = await openStudio();
  bytes = await plainPng('blue');
  given = {
    id: 'a-job.g1',
    job: 'a-job',
    number: 1,
    origin: 'given',
    path: 'given-1.png',
    fileName: 'given-1.png',
    contentType: 'image/png',
    bytes: bytes.byteLength,
    width: 8,
    height: 6,
    sha256: 'known',
    altText: 'A picture that was given',
    person: ada,
    place,
    model: '',
    prompt: '',
    isSpoiler: false,
    madeAt: new Date(),
    deletedAt: undefined,
    parents: [],
  };
  await writeFile(join(studio.parts().dataFolder, given.path), bytes);
  await studio.parts().store.pictures.add([given]);
});
afterEach(() => studio.close());

const edit = (person = ada, where = place) =>
  studio.order({
    command: 'edit',
    options: { job: given.id, prompt: 'make it night' },
    person,
    place: where,
  });

describe('a picture that was given', () => {
  test('is changed by its button: fal gets its bytes, and what comes is its child', async () => {
    await edit();
    const [input] = studio.inputs().map(({ input }) => input as { image_urls: string[] });
    expect(input?.image_urls).toHaveLength(1);
    expect(await studio.given(input?.image_urls[0])).toEqual(bytes);
    const newest = await studio.parts().store.pictures.newest(ada.id, place);
    expect(newest?.parents).toEqual([given.id]);
  });

  test('has a form that begins empty', async () => {
    const form = { commandName: 'edit', job: given.id, person: ada, place };
    expect(await startForm(form, studio.parts())).toEqual({});
  });

  test('is nobody’s business elsewhere: neither the button nor its form', async () => {
    await edit(somebody, elsewhere);
    expect(studio.inputs()).toEqual([]);
    expect(studio.whisper()).toContain('There is no such picture here.');
    const form = { commandName: 'edit', job: given.id, person: somebody, place: elsewhere };
    await expect(startForm(form, studio.parts())).rejects.toThrow('There is no such picture here.');
  });

  test('that was deleted is not changed any more', async () => {
    await studio.parts().store.pictures.change(given.id, { deletedAt: new Date() });
    await edit();
    expect(studio.inputs()).toEqual([]);
    expect(studio.whisper()).toContain('That picture was deleted.');
  });
});
