/** The only reader of the environment. Every mistake is named at once, each with its remedy. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { FAL_ADDRESSES, type FalAddresses } from './fal/addresses.ts';
import type { Environment, PlatformDefinition, PlatformSetting } from './platforms/platform.ts';

/** Every variable read here; a platform lists its own. */
export const CORE_VARIABLES = [
  'FAL_API_KEY',
  'FAL_KEY',
  'FAL_KEY_ID',
  'FAL_KEY_SECRET',
  'FAL_HEADERS',
  'FAL_QUEUE_URL',
  'FAL_RUN_URL',
  'FAL_REST_URL',
  'FAL_API_URL',
  'FAL_FILE_HOSTS',
  'FAL_WAIT_LIMIT_SECONDS',
  'FAL_TOTAL_LIMIT_SECONDS',
  'FAL_LOOK_BACK_SECONDS',
  'SANDBOX_POSITIONS',
  'SANDBOX_WAIT_MS',
  'SANDBOX_RUN_MS',
  'SANDBOX_LOG_MS',
  'HOST',
  'PORT',
  'DATA_DIR',
  'LOG_LEVEL',
] as const;

/** Where fal's files are (reference: hosts seen in answers; `fal.media` covers its sub-domains). */
const FAL_FILE_HOSTS = ['fal.media', 'storage.googleapis.com'];

const url = z
  .url({ protocol: /^https?$/u, error: 'must be an address such as https://queue.fal.run' })
  .transform((address) => address.replace(/\/+$/u, ''));
const wholeNumber = (min: number, max: number, standard: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${min} to ${max}` })
    .int(`must be a whole number from ${min} to ${max}`)
    .min(min, `must be a whole number from ${min} to ${max}`)
    .max(max, `must be a whole number from ${min} to ${max}`)
    .default(standard);
export const hostList = z.string().transform((text) =>
  text
    .split(/[\s,]+/u)
    .map((host) => host.toLowerCase())
    .filter((host) => host !== ''),
);

const coreSchema = z.object({
  FAL_API_KEY: z.string().optional(),
  FAL_KEY: z.string().optional(),
  FAL_KEY_ID: z.string().optional(),
  FAL_KEY_SECRET: z.string().optional(),
  FAL_HEADERS: z
    .string()
    .transform((text, issue) => parseHeaders(text) ?? refuseHeaders(issue))
    .optional(),
  FAL_QUEUE_URL: url.optional(),
  FAL_RUN_URL: url.optional(),
  FAL_REST_URL: url.optional(),
  FAL_API_URL: url.optional(),
  FAL_FILE_HOSTS: hostList.optional(),
  FAL_WAIT_LIMIT_SECONDS: wholeNumber(1, 86_400, 900),
  FAL_TOTAL_LIMIT_SECONDS: wholeNumber(1, 86_400, 3600),
  FAL_LOOK_BACK_SECONDS: wholeNumber(1, 3600, 120),
  SANDBOX_POSITIONS: wholeNumber(0, 100, 2),
  SANDBOX_WAIT_MS: wholeNumber(0, 600_000, 1000),
  SANDBOX_RUN_MS: wholeNumber(0, 600_000, 3000),
  SANDBOX_LOG_MS: wholeNumber(1, 600_000, 400),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535, 3000),
  DATA_DIR: z.string().default('data'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
});
type Core = z.infer<typeof coreSchema>;

/** With a key, the real fal; without, the local one. */
export type FalSetting =
  | {
      readonly kind: 'fal';
      readonly credentials: string;
      readonly addresses: FalAddresses;
      readonly fileHosts: readonly string[];
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'sandbox';
      readonly pace: { positions: number; waitMs: number; runMs: number; logEveryMs: number };
    };

/** Milliseconds from the submission. */
export interface FalLimits {
  /** For the wait in line. */
  readonly waitMs: number;
  /** For everything. */
  readonly totalMs: number;
  /** For finding a submission again whose answer was lost. */
  readonly lookBackMs: number;
}

export interface Config {
  readonly fal: FalSetting;
  readonly falLimits: FalLimits;
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  readonly logLevel: Core['LOG_LEVEL'];
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
  const parsed = coreSchema.safeParse(environment);
  const platforms = definitions.map((definition) => ({
    definition,
    setting: definition.read(environment),
  }));
  const mistakes = [
    ...(parsed.success ? findFalMistakes(parsed.data) : parsed.error.issues.map(wordIssue)),
    ...platforms.flatMap(({ setting }) => (setting.state === 'mistaken' ? setting.mistakes : [])),
  ];
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes);
  const core = parsed.data;
  return {
    fal: readFal(core),
    falLimits: {
      waitMs: core.FAL_WAIT_LIMIT_SECONDS * 1000,
      totalMs: core.FAL_TOTAL_LIMIT_SECONDS * 1000,
      lookBackMs: core.FAL_LOOK_BACK_SECONDS * 1000,
    },
    host: core.HOST,
    port: core.PORT,
    dataFolder: resolve(core.DATA_DIR),
    logLevel: core.LOG_LEVEL,
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

function findCredentials(core: Core): string | undefined {
  const pair =
    core.FAL_KEY_ID && core.FAL_KEY_SECRET
      ? `${core.FAL_KEY_ID}:${core.FAL_KEY_SECRET}`
      : undefined;
  return core.FAL_API_KEY ?? core.FAL_KEY ?? pair;
}

function findFalMistakes(core: Core): readonly string[] {
  const mistakes: string[] = [];
  const hasKey = findCredentials(core) !== undefined;
  if (!hasKey && (core.FAL_KEY_ID ?? core.FAL_KEY_SECRET) !== undefined) {
    const missing = core.FAL_KEY_ID ? 'FAL_KEY_SECRET' : 'FAL_KEY_ID';
    mistakes.push(`${missing} is missing: set it too, or use FAL_KEY with the whole key.`);
  }
  const lone = (
    [
      'FAL_HEADERS',
      'FAL_QUEUE_URL',
      'FAL_RUN_URL',
      'FAL_REST_URL',
      'FAL_API_URL',
      'FAL_FILE_HOSTS',
    ] as const
  ).filter((name) => core[name] !== undefined);
  if (!hasKey && lone.length > 0) {
    mistakes.push(`${lone.join(', ')} has no effect without a key: set FAL_KEY, or remove it.`);
  }
  if (/[\s\p{Cc}]/u.test(findCredentials(core) ?? '')) {
    mistakes.push('The fal key has white space inside: copy it again from fal.ai/dashboard/keys.');
  }
  return mistakes;
}

function readFal(core: Core): FalSetting {
  const credentials = findCredentials(core);
  if (credentials === undefined) {
    return {
      kind: 'sandbox',
      pace: {
        positions: core.SANDBOX_POSITIONS,
        waitMs: core.SANDBOX_WAIT_MS,
        runMs: core.SANDBOX_RUN_MS,
        logEveryMs: core.SANDBOX_LOG_MS,
      },
    };
  }
  return {
    kind: 'fal',
    credentials,
    addresses: {
      queue: core.FAL_QUEUE_URL ?? FAL_ADDRESSES.queue,
      run: core.FAL_RUN_URL ?? FAL_ADDRESSES.run,
      rest: core.FAL_REST_URL ?? FAL_ADDRESSES.rest,
      api: core.FAL_API_URL ?? FAL_ADDRESSES.api,
    },
    fileHosts: core.FAL_FILE_HOSTS ?? FAL_FILE_HOSTS,
    headers: core.FAL_HEADERS ?? {},
  };
}

function parseHeaders(text: string): Record<string, string> | undefined {
  try {
    return z.record(z.string().regex(/^[\w-]+$/u), z.string()).parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function refuseHeaders(issue: z.RefinementCtx): never {
  issue.addIssue({
    code: 'custom',
    message: 'must be JSON such as {"x-app-fal-disable-fallback":"true"}',
  });
  return z.NEVER;
}

function wordIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')} ${issue.message}.`;
}
