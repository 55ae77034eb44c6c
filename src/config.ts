/** The only reader of the environment. Every mistake is named at once, each with its remedy. */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { FAL_VARIABLES, readFalSettings, type FalSetting } from './fal/settings.ts';
import { USUAL_MODELS } from './models/allowed.ts';
import type { Environment, PlatformDefinition, PlatformSetting } from './platforms/platform.ts';
import { ownOrigin, wholeNumber, wordIssues, wordList } from './setting-kinds.ts';

const processSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_URL: ownOrigin.optional(),
  DATA_DIR: z.string().default('data'),
  MODELS: wordList.default([...USUAL_MODELS]),
  MODELS_DIR: z.string().optional(),
  MODEL_COMMANDS: wordList.default([]),
  UPSCALE_MODEL: z.string().default('fal-ai/clarity-upscaler'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
  FLAGGED_PICTURES: z
    .enum(['withhold', 'spoiler'], { error: 'must be withhold or spoiler' })
    .default('withhold'),
  PICTURE_METADATA: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('on')
    .transform((word) => word === 'on'),
});
export type FlaggedPictures = z.infer<typeof processSchema>['FLAGGED_PICTURES'];

/** Every variable that is not a platform's; those list their own. */
export const CORE_VARIABLES: readonly string[] = [
  ...FAL_VARIABLES,
  ...Object.keys(processSchema.shape),
];

export interface Config {
  readonly fal: FalSetting;
  readonly host: string;
  readonly port: number;
  /** Where others reach this server, without a slash at the end; undefined where they do not. */
  readonly publicUrl: string | undefined;
  /** Absolute. */
  readonly dataFolder: string;
  /** Names, ids and patterns of the models that may be used. */
  readonly models: readonly string[];
  /** Absolute: OpenAPI files in there are models, too. */
  readonly modelsFolder: string;
  /** Models that get a command of their own. */
  readonly modelCommands: readonly string[];
  /** Makes pictures larger, behind the button “Upscale”. */
  readonly upscaleModel: string;
  readonly logLevel: z.infer<typeof processSchema>['LOG_LEVEL'];
  /** What happens to pictures that a model's safety check marked. */
  readonly flaggedPictures: FlaggedPictures;
  /** Whether delivered pictures carry the recipe that made them. */
  readonly hasPictureMetadata: boolean;
  readonly platforms: readonly { definition: PlatformDefinition; setting: PlatformSetting }[];
}

/** The start cannot go on: the message lists every mistake. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(mistakes: readonly string[]) {
    const count = mistakes.length === 1 ? 'One setting is' : `${mistakes.length} settings are`;
    super([`${count} wrong:`, ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n'));
  }
}

/** Throws `ConfigError`. */
export function readConfig(
  definitions: readonly PlatformDefinition[],
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const environment = clean(variables);
  const parsed = processSchema.safeParse(environment);
  const fal = readFalSettings(environment);
  const platforms = definitions.map((definition) => ({
    definition,
    setting: definition.read(environment),
  }));
  const mistakes = [
    ...(fal.state === 'mistaken' ? fal.mistakes : []),
    ...(parsed.success ? [] : wordIssues(parsed.error)),
    ...platforms.flatMap(({ setting }) => (setting.state === 'mistaken' ? setting.mistakes : [])),
  ];
  if (!parsed.success || fal.state === 'mistaken' || mistakes.length > 0) {
    throw new ConfigError(mistakes);
  }
  const { MODELS, MODELS_DIR, MODEL_COMMANDS, ...rest } = parsed.data;
  return {
    fal: fal.setting,
    host: rest.HOST,
    port: rest.PORT,
    publicUrl: rest.PUBLIC_URL,
    dataFolder: resolve(rest.DATA_DIR),
    models: MODELS,
    modelsFolder: resolve(MODELS_DIR ?? join(rest.DATA_DIR, 'models')),
    modelCommands: MODEL_COMMANDS,
    upscaleModel: rest.UPSCALE_MODEL,
    logLevel: rest.LOG_LEVEL,
    flaggedPictures: rest.FLAGGED_PICTURES,
    hasPictureMetadata: rest.PICTURE_METADATA,
    platforms,
  };
}

/** Empty counts as unset; quotes and line breaks around a value are somebody's copy and paste. */
function clean(variables: Readonly<Record<string, string | undefined>>): Environment {
  return Object.fromEntries(
    Object.entries(variables)
      .map(([name, value]) => [name, unquote(value ?? '')] as const)
      .filter(([, value]) => value !== ''),
  );
}

function unquote(value: string): string {
  const trimmed = value.trim();
  return /^(["'])(.*)\1$/su.exec(trimmed)?.[2]?.trim() ?? trimmed;
}
