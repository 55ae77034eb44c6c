/**
 * What travels with a picture: enough to make it again. Whoever gets the file gets this, so it says
 * nothing about who asked for it or where; a test holds its members.
 */
import { z } from 'zod';
import { cutText } from '../../cut-text.ts';
import { withoutTraces } from './without-traces.ts';

const LONGEST_NAME = 200;
const LONGEST_PROMPT = 20_000;
const LONGEST_OPTION_NAME = 60;
const LONGEST_OPTION = 5000;
const MOST_OPTIONS = 60;
const MOST_PARENTS = 50;

const pictureIdSchema = z.string().regex(/^[\w.-]{1,100}$/u);
const optionSchema = z.union([z.string().max(LONGEST_OPTION), z.number(), z.boolean()]);

/** Members that it does not name are dropped: a later version may write more. */
export const recipeMetadataSchema = z.object({
  /** Easel's own id of the picture, such as `<uuid>.2`. */
  picture: pictureIdSchema,
  /** The model's name, as a command takes it. */
  model: z.string().max(LONGEST_NAME),
  /** fal's id of the endpoint that made it. */
  endpoint: z.string().max(LONGEST_NAME),
  prompt: z.string().max(LONGEST_PROMPT),
  /** Text, because seeds are longer than numbers are exact. */
  seed: z.string().max(LONGEST_OPTION_NAME).optional(),
  options: z
    .record(z.string().max(LONGEST_OPTION_NAME), optionSchema)
    .refine((options) => Object.keys(options).length <= MOST_OPTIONS),
  /** Ids of the pictures that it was made from, in the order in which the model got them. */
  parents: z.array(pictureIdSchema).max(MOST_PARENTS),
  /** The day alone: the time of day says something about a person. */
  madeAt: z.iso.date(),
});
export type RecipeMetadata = z.infer<typeof recipeMetadataSchema>;

/**
 * The recipe as it may leave the house, whatever else the given object holds. An option that would
 * have to be changed for it is left out: a changed one would make another picture.
 */
export function toTravelling(recipe: RecipeMetadata): RecipeMetadata {
  const options = Object.entries(recipe.options).filter(isHarmless).slice(0, MOST_OPTIONS);
  const { seed = '', ...rest } = recipe;
  return recipeMetadataSchema.parse({
    ...rest,
    ...(seed !== '' && seed.length <= LONGEST_OPTION_NAME && { seed }),
    model: cutText(withoutTraces(recipe.model), LONGEST_NAME),
    endpoint: cutText(recipe.endpoint, LONGEST_NAME),
    prompt: cutText(withoutTraces(recipe.prompt), LONGEST_PROMPT),
    options: Object.fromEntries(options),
    parents: recipe.parents.slice(0, MOST_PARENTS),
  });
}

function isHarmless([name, value]: readonly [string, unknown]): boolean {
  if (name.length > LONGEST_OPTION_NAME || !optionSchema.safeParse(value).success) return false;
  return typeof value !== 'string' || withoutTraces(value) === value;
}
