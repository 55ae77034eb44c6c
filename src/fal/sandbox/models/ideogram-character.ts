import { z } from 'zod';
import { ModelRefusal } from '../refusal.ts';
import type { Studio } from '../studio.ts';
import { count, flag, imageSize, rgbColor, seed } from './inputs.ts';
import { defineModel } from './model.ts';
import { file, toFile } from './outputs.ts';

const PALETTES = [
  'EMBER',
  'FRESH',
  'JUNGLE',
  'MAGIC',
  'MELON',
  'MOSAIC',
  'PASTEL',
  'ULTRAMARINE',
] as const;
const paletteMember = z
  .object({ rgb: rgbColor, color_weight: z.number().min(0.05).max(1).nullable().default(0.5) })
  .meta({ id: 'ColorPaletteMember' });
const colorPalette = z
  .object({ members: z.array(paletteMember).nullish(), name: z.enum(PALETTES).nullish() })
  .meta({ id: 'ColorPalette' })
  .refine(({ members, name }) => !(members && name), 'name and members exclude each other');

/** Of all pictures of one field together. */
const MOST_BYTES = 10 * 1024 * 1024;

export const ideogramCharacter = defineModel({
  endpoint: 'fal-ai/ideogram/character',
  title: 'Ideogram V3 Character',
  category: 'image-to-image',
  price: { unit: 'images', unitPrice: 0.15 },
  input: z
    .object({
      prompt: z.string(),
      reference_image_urls: z.array(z.string()).min(1),
      reference_mask_urls: z.array(z.string()).nullish(),
      image_urls: z.array(z.string()).nullish(),
      image_size: imageSize('square_hd'),
      rendering_speed: z.enum(['TURBO', 'BALANCED', 'QUALITY']).default('BALANCED'),
      style: z.enum(['AUTO', 'REALISTIC', 'FICTION']).optional().meta({ default: 'AUTO' }),
      style_codes: z.array(z.string().regex(/^[\da-f]{8}$/iu)).nullish(),
      color_palette: colorPalette.nullish(),
      expand_prompt: flag(true),
      negative_prompt: z.string().default(''),
      num_images: count(8),
      seed: seed(),
      sync_mode: flag(false),
    })
    .refine(({ style, style_codes }) => !(style && style_codes), {
      message: 'style cannot be used with style_codes',
      path: ['style_codes'],
    }),
  output: z.object({ images: z.array(file), seed: z.int() }),
  async run(input, studio) {
    const seed = input.seed ?? studio.randomSeed();
    const references = await readTogether(
      studio,
      input.reference_image_urls,
      'reference_image_urls',
    );
    await readTogether(studio, input.reference_mask_urls ?? [], 'reference_mask_urls');
    await readTogether(studio, input.image_urls ?? [], 'image_urls');
    const images = await studio.draw({
      prompt: input.prompt,
      seed,
      count: input.num_images,
      size: input.image_size,
      format: 'png',
      inline: input.sync_mode,
      // Of several references only the first counts.
      sources: references.slice(0, 1),
    });
    return { images: images.map(toFile), seed };
  },
});

async function readTogether(
  studio: Studio,
  urls: readonly string[],
  field: string,
): Promise<readonly Buffer[]> {
  const pictures = await studio.readPictures(urls, field);
  const bytes = pictures.reduce((sum, picture) => sum + picture.bytes.length, 0);
  if (bytes <= MOST_BYTES) return pictures.map((picture) => picture.bytes);
  const msg = 'The files are too large together.';
  throw new ModelRefusal(422, [
    { loc: ['body', field], msg, type: 'file_too_large', ctx: { max_size: MOST_BYTES } },
  ]);
}
