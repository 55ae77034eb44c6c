/** What a toy model is: an endpoint's own schema, and something honest to give back. */
import { z } from 'zod';
import { ModelRefusal } from '../refusal.ts';
import { toFindings } from '../validation.ts';
import type { Studio } from '../studio.ts';
import type { Size } from '../size.ts';

export interface SandboxModel {
  readonly endpoint: string;
  readonly title: string;
  readonly category: string;
  readonly price: { readonly unit: string; readonly unitPrice: number };
  readonly input: z.ZodType;
  /** Throws `ModelRefusal` for input that fal would refuse. */
  run(input: unknown, studio: Studio): Promise<Readonly<Record<string, unknown>>>;
}

export interface ModelDefinition<Schema extends z.ZodType> extends Omit<SandboxModel, 'run'> {
  readonly input: Schema;
  run(input: z.output<Schema>, studio: Studio): Promise<Readonly<Record<string, unknown>>>;
}

export function defineModel<Schema extends z.ZodType>(
  definition: ModelDefinition<Schema>,
): SandboxModel {
  return {
    ...definition,
    run(input, studio) {
      const parsed = definition.input.safeParse(input);
      if (!parsed.success) throw new ModelRefusal(422, toFindings(parsed.error.issues, input));
      return definition.run(parsed.data, studio);
    },
  };
}

/** Fields that mean the same on many endpoints. */
export const common = {
  count: (max: number) => z.int().min(1).max(max).default(1),
  seed: z.int().nullish(),
  flag: (standard: boolean) => z.boolean().default(standard),
  /** fal's `ImageSize | preset`. */
  imageSize: (standard: keyof typeof PRESETS) =>
    z
      .union([
        z.object({
          width: z.int().positive().max(14_142).default(512),
          height: z.int().positive().max(14_142).default(512),
        }),
        z.enum(presetNames()),
      ])
      .default(standard)
      .transform((size) => (typeof size === 'string' ? PRESETS[size] : size)),
};

const PRESETS = {
  square_hd: { width: 1024, height: 1024 },
  square: { width: 512, height: 512 },
  portrait_4_3: { width: 768, height: 1024 },
  portrait_16_9: { width: 576, height: 1024 },
  landscape_4_3: { width: 1024, height: 768 },
  landscape_16_9: { width: 1024, height: 576 },
} as const satisfies Record<string, Size>;

function presetNames() {
  return [
    'square_hd',
    'square',
    'portrait_4_3',
    'portrait_16_9',
    'landscape_4_3',
    'landscape_16_9',
  ] as const;
}
