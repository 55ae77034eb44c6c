/** The recipe travels: out with each delivered picture, and back with a picture that is posted again. */
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import { readRecipe } from '../../src/pictures/recipe-metadata/read-recipe.ts';
import type { RecipeMetadata } from '../../src/pictures/recipe-metadata/recipe-metadata.ts';
import { stampRecipe } from '../../src/pictures/recipe-metadata/stamp-recipe.ts';
import { ada, bob, elsewhere, studio as here } from '../support/pictures/memory-chat.ts';
import { openStudio, type Studio } from '../support/pictures/studio.ts';

let studio: Studio | undefined;
afterEach(async () => {
  await studio?.close();
  studio = undefined;
});

async function draw(options: Readonly<Record<string, unknown>> = {}, hasPictureMetadata = true) {
  studio ??= await openStudio({ hasPictureMetadata });
  const prompt = 'a lighthouse';
  const drawn = { prompt, model: 'qwen-image', size: '512x512', seed: '7', ...options };
  await studio.order({ command: 'imagine', options: drawn });
  return newest(studio);
}

async function newest(studio: Studio) {
  const result = studio.chat.results().at(-1)!;
  const [button] = result.message.buttons;
  const pictures = await studio.parts().store.pictures.madeBy(button!.job);
  return { result, studio, pictures, paths: result.files.map(({ path }) => path) };
}

describe('a delivered picture', () => {
  test('says what made it', async () => {
    const { paths, pictures } = await draw();
    expect(await readRecipe(paths[0]!)).toEqual({
      picture: pictures[0]!.id,
      model: 'qwen-image',
      endpoint: 'fal-ai/qwen-image',
      prompt: 'a lighthouse',
      seed: '7',
      options: { size: '512x512' },
      parents: [],
      madeAt: new Date().toISOString().slice(0, 10),
    });
  });

  test('is told from the others of its result', async () => {
    const { paths, pictures } = await draw({ count: 2 });
    const recipes = await Promise.all(paths.map(readRecipe));
    expect(recipes.map((recipe) => recipe?.picture)).toEqual(pictures.map(({ id }) => id));
    expect(recipes.map((recipe) => recipe?.picture.split('.')[1])).toEqual(['1', '2']);
  });

  test('says what it was made from', async () => {
    const { studio, result, pictures } = await draw();
    const answers = studio.chat.answering(result);
    await studio.order({ command: 'edit', options: { prompt: 'make it night' }, answers });
    const { paths } = await newest(studio);
    expect(await readRecipe(paths[0]!)).toMatchObject({
      prompt: 'make it night',
      parents: [pictures[0]!.id],
    });
  });

  test('is edited as the original: fal gets none of it', async () => {
    const { studio, result, pictures } = await draw();
    const answers = studio.chat.answering(result);
    await studio.order({ command: 'edit', options: { prompt: 'make it night' }, answers });
    const input = studio.inputs().at(-1)?.input as { image_urls: readonly string[] };
    const original = await readFile(join(studio.parts().dataFolder, pictures[0]!.path));
    expect(await studio.given(input.image_urls[0])).toEqual(original);
  });

  test('says nothing of who asked for it, or where', async () => {
    const { studio, paths } = await draw();
    const recipe = await readRecipe(paths[0]!);
    const packet = (await sharp(paths[0]).metadata()).xmpAsString!;
    const job = await studio.parts().store.jobs.read(recipe!.picture.split('.')[0]!);
    const secrets = [ada.id, ada.name, here.tenant, here.channel, here.platform, job!.invocationId];
    for (const secret of secrets) expect(packet).not.toMatch(new RegExp(`\\b${secret}\\b`, 'u'));
  });

  test('has the pixels of the original, which stays as it came', async () => {
    const { studio, paths, pictures } = await draw();
    const path = join(studio.parts().dataFolder, pictures[0]!.path);
    expect(paths[0]).not.toBe(path);
    expect(await readRecipe(path)).toBeUndefined();
    const [original, delivered] = await Promise.all(
      [path, paths[0]!].map((one) => sharp(one).raw().toBuffer()),
    );
    expect(delivered!.equals(original!)).toBe(true);
  });

  test('is saved as the original', async () => {
    const { studio, result, pictures } = await draw();
    const button = result.message.buttons.find(({ label }) => label === 'Save')!;
    await studio.order({ command: button.command, options: { job: button.job } });
    const [file] = studio.chat.whispers.at(-1)!.files;
    expect(file!.path).toBe(join(studio.parts().dataFolder, pictures[0]!.path));
  });

  test('that is shown again says what made it, not what showed it', async () => {
    const { studio, result, pictures } = await draw();
    const answers = studio.chat.answering(result);
    await studio.order({ command: 'edit', options: { prompt: 'make it night' }, answers });
    const edited = await newest(studio);
    await studio.order({ command: 'undo', options: { job: edited.pictures[0]!.id } });
    const shown = studio.chat.results().at(-1)!;
    expect(await readRecipe(shown.files[0]!.path)).toMatchObject({
      picture: pictures[0]!.id,
      prompt: 'a lighthouse',
      seed: '7',
      options: { size: '512x512' },
    });
  });

  test('carries nothing where the operator does not want it', async () => {
    const { studio, paths, pictures } = await draw({}, false);
    expect(paths).toEqual([join(studio.parts().dataFolder, pictures[0]!.path)]);
    expect(await readRecipe(paths[0]!)).toBeUndefined();
  });

  test('leaves no copy behind when it is deleted', async () => {
    const { studio, result, paths, pictures } = await draw();
    await access(paths[0]!);
    const button = result.message.buttons.find(({ label }) => label === 'Delete')!;
    await studio.order({ command: button.command, options: { job: button.job } });
    await expect(access(paths[0]!)).rejects.toThrow('ENOENT');
    const folder = dirname(join(studio.parts().dataFolder, pictures[0]!.path));
    expect(await readdir(folder)).toEqual([]);
  });

  test('is delivered without its recipe where that cannot be written', async () => {
    studio = await openStudio({ hasPictureMetadata: true });
    const jobs = studio.parts().store.jobs;
    const original = jobs.advance.bind(jobs);
    const blocked: string[] = [];
    Object.assign(jobs, {
      advance: async (...call: Parameters<typeof original>) => {
        const [id, , to] = call;
        if (to.state === 'fetched') {
          // A file where the folder of the copies should be.
          blocked.push(join(studio!.parts().dataFolder, 'files', id, 'stamped'));
          await writeFile(blocked.at(-1)!, '');
        }
        return original(...call);
      },
    });
    const { paths, pictures } = await draw();
    expect(blocked).toHaveLength(1);
    expect(paths).toEqual([join(studio.parts().dataFolder, pictures[0]!.path)]);
  });
});

async function details(path: string, order: Partial<Parameters<Studio['order']>[0]> = {}) {
  const ref = studio!.chat.upload('IMG_0001.png', path);
  const message = { platform: 'memory', channel: 'studio', id: 'repost', details: {} };
  const answers = { message, files: [ref], recordings: [], text: '', nearer: [] };
  await studio!.order({ command: 'details', person: bob, answers, ...order });
  return studio!.whisper();
}

describe('details of a picture that was posted again', () => {
  test('are complete where the result was made', async () => {
    const { paths, pictures } = await draw();
    const said = await details(paths[0]!);
    expect(said).toContain('> a lighthouse');
    expect(said).toContain('Asked by Ada Lovelace');
    expect(said).toContain(pictures[0]!.id);
    expect(said).not.toContain('Read from the file');
  });

  test('are what the file says elsewhere, without the person', async () => {
    const { paths, pictures } = await draw();
    const said = await details(paths[0]!, { place: elsewhere });
    expect(said).toContain('> a lighthouse');
    expect(said).toContain('Model: qwen-image (fal-ai/qwen-image)');
    expect(said).toContain('Seed: 7');
    expect(said).toContain('size: 512x512');
    expect(said).toContain('/imagine a lighthouse --model qwen-image --size 512x512 --seed 7');
    expect(said).toContain(pictures[0]!.id);
    expect(said).toContain('Read from the file itself');
    expect(said).not.toContain('Ada');
  });

  test('are what the file says in another workspace, whatever it claims to be', async () => {
    const { paths } = await draw();
    const said = await details(paths[0]!, { place: { ...here, tenant: 'another' } });
    expect(said).toContain('Read from the file itself');
    expect(said).not.toContain('Ada');
  });

  test('survive another file name and another format', async () => {
    const { studio, paths } = await draw();
    const path = join(studio.parts().dataFolder, 'again.webp');
    await sharp(paths[0]).keepXmp().resize(300).webp().toFile(path);
    expect(await details(path)).toContain('Asked by Ada Lovelace');
  });

  test('are found by the bytes of the original, which carries no recipe', async () => {
    const { studio, pictures } = await draw();
    const said = await details(join(studio.parts().dataFolder, pictures[0]!.path));
    expect(said).toContain('Asked by Ada Lovelace');
  });

  test('are not to be had where another program took them out', async () => {
    const { studio, paths } = await draw();
    const path = join(studio.parts().dataFolder, 'bare.png');
    await sharp(paths[0]).resize(300).png().toFile(path);
    expect(await details(path)).toContain('its file no longer says how it was made');
  });

  test('are shown of another Easel’s picture, as text and in short', async () => {
    const { studio, paths } = await draw();
    const path = join(studio.parts().dataFolder, 'stranger.png');
    const recipe: RecipeMetadata = {
      picture: 'from-another-house.1',
      model: '<!channel>',
      endpoint: 'x/y',
      prompt: 'p'.repeat(20_000),
      options: Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`option${at}`, at])),
      parents: ['a.1', 'b.1'],
      madeAt: '2025-01-02',
    };
    await stampRecipe({ from: paths[0]!, to: path, recipe });
    const said = await details(path);
    expect(said).toContain('Made on 2025-01-02 from 2 other pictures');
    expect(said).toContain('and 25 more options');
    expect(said.length).toBeLessThan(2000);
  });
});
