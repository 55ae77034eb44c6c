/** Fields that mean the same on many endpoints. */
import { z } from 'zod';
import type { Size } from '../size.ts';

/** fal's integers have no largest one; zod's end where JavaScript's become inexact. */
export function anyInteger() {
  return z
    .number()
    .refine(Number.isInteger, {
      message: 'Input should be a valid integer',
      params: { type: 'int_type' },
    })
    .meta({ type: 'integer' });
}

export const seed = () => anyInteger().nullish();
export const flag = (standard: boolean) => z.boolean().default(standard);
export const integer = (min: number, max: number, standard: number) =>
  z.int().min(min).max(max).default(standard);
export const number = (min: number, max: number, standard: number) =>
  z.number().min(min).max(max).default(standard);
/** How many results. */
export const count = (max: number) => integer(1, max, 1);

export const loras = () =>
  z.array(z.object({ path: z.string(), scale: number(0, 4, 1) }).meta({ id: 'LoraWeight' }));

export const rgbColor = z
  .object({ r: integer(0, 255, 0), g: integer(0, 255, 0), b: integer(0, 255, 0) })
  .meta({ id: 'RGBColor' });

export const PRESETS = {
  square_hd: { width: 1024, height: 1024 },
  square: { width: 512, height: 512 },
  portrait_4_3: { width: 768, height: 1024 },
  portrait_16_9: { width: 576, height: 1024 },
  landscape_4_3: { width: 1024, height: 768 },
  landscape_16_9: { width: 1024, height: 576 },
} as const satisfies Record<string, Size>;
type Preset = keyof typeof PRESETS;

const preset = z.enum([
  'square_hd',
  'square',
  'portrait_4_3',
  'portrait_16_9',
  'landscape_4_3',
  'landscape_16_9',
]);

/** fal's `ImageSize | preset`. */
export function imageSize(standard: Preset | Size, side = z.int().positive().max(14_142)) {
  const exact = z
    .object({ width: side.default(512), height: side.default(512) })
    .meta({ id: 'ImageSize' });
  return z
    .union([exact, preset])
    .default(standard)
    .transform((size): Size => (typeof size === 'string' ? PRESETS[size] : size));
}
