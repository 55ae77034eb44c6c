/** What the operator can say about fal and about the sandbox that stands in for it. */
import { z } from 'zod';
import type { Environment } from '../platforms/platform.ts';
import { hostList, webAddress, wholeNumber, wordIssues } from '../setting-kinds.ts';
import { FAL_ADDRESSES, type FalAddresses } from './addresses.ts';
import { parseJson } from './parse-json.ts';

/** Where fal's files are (hosts seen in its answers); each covers its sub-domains. */
const FAL_FILE_HOSTS = ['fal.media', 'storage.googleapis.com'];
const LONGEST_WAIT_SECONDS = 86_400;
const LONGEST_PAUSE_MS = 600_000;

/** Without a key these would change nothing. */
const NEED_A_KEY = [
  'FAL_HEADERS',
  'FAL_QUEUE_URL',
  'FAL_RUN_URL',
  'FAL_REST_URL',
  'FAL_API_URL',
  'FAL_FILE_HOSTS',
] as const;

const headers = z
  .string()
  .transform((text, issue): Record<string, string> => {
    const parsed = z.record(z.string().regex(/^[\w-]+$/u), z.string()).safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    const message = 'must be JSON such as {"x-app-fal-disable-fallback":"true"}';
    issue.addIssue({ code: 'custom', message });
    return z.NEVER;
  })
  .default({});

const schema = z.object({
  FAL_API_KEY: z.string().optional(),
  FAL_KEY: z.string().optional(),
  FAL_KEY_ID: z.string().optional(),
  FAL_KEY_SECRET: z.string().optional(),
  FAL_HEADERS: headers,
  FAL_QUEUE_URL: webAddress(FAL_ADDRESSES.queue),
  FAL_RUN_URL: webAddress(FAL_ADDRESSES.run),
  FAL_REST_URL: webAddress(FAL_ADDRESSES.rest),
  FAL_API_URL: webAddress(FAL_ADDRESSES.api),
  FAL_FILE_HOSTS: hostList.default(FAL_FILE_HOSTS),
  FAL_WAIT_LIMIT_SECONDS: wholeNumber(1, LONGEST_WAIT_SECONDS).default(900),
  FAL_TOTAL_LIMIT_SECONDS: wholeNumber(1, LONGEST_WAIT_SECONDS).default(3600),
  FAL_LOOK_BACK_SECONDS: wholeNumber(1, 3600).default(120),
  SANDBOX_POSITIONS: wholeNumber(0, 100).default(2),
  SANDBOX_WAIT_MS: wholeNumber(0, LONGEST_PAUSE_MS).default(1000),
  SANDBOX_RUN_MS: wholeNumber(0, LONGEST_PAUSE_MS).default(3000),
  SANDBOX_LOG_MS: wholeNumber(1, LONGEST_PAUSE_MS).default(400),
});
type Variables = z.infer<typeof schema>;

export const FAL_VARIABLES: readonly string[] = Object.keys(schema.shape);

/** Milliseconds from the submission. */
export interface FalLimits {
  /** For the wait in line. */
  readonly waitMs: number;
  /** For everything. */
  readonly totalMs: number;
  /** For finding a submission again whose answer was lost. */
  readonly lookBackMs: number;
}

/** With a key, the real fal; without, the local one. */
export type FalSetting = { readonly limits: FalLimits } & (
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
    }
);

export type FalReading =
  | { readonly state: 'read'; readonly setting: FalSetting }
  | { readonly state: 'mistaken'; readonly mistakes: readonly string[] };

export function readFalSettings(environment: Environment): FalReading {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) return { state: 'mistaken', mistakes: wordIssues(parsed.error) };
  const mistakes = findMistakes(parsed.data, environment);
  if (mistakes.length > 0) return { state: 'mistaken', mistakes };
  return { state: 'read', setting: toSetting(parsed.data) };
}

/** Checked in the order in which fal's own clients and others that use its keys read them. */
function findCredentials(variables: Variables): string | undefined {
  const { FAL_KEY_ID: id, FAL_KEY_SECRET: secret } = variables;
  const pair = id && secret ? `${id}:${secret}` : undefined;
  return variables.FAL_API_KEY ?? variables.FAL_KEY ?? pair;
}

function findMistakes(variables: Variables, environment: Environment): readonly string[] {
  const credentials = findCredentials(variables);
  if (credentials !== undefined) {
    return /[\s\p{Cc}]/u.test(credentials)
      ? ['The fal key has white space inside: copy it again from fal.ai/dashboard/keys.']
      : [];
  }
  const mistakes: string[] = [];
  if (variables.FAL_KEY_ID ?? variables.FAL_KEY_SECRET) {
    const missing = variables.FAL_KEY_ID ? 'FAL_KEY_SECRET' : 'FAL_KEY_ID';
    mistakes.push(`${missing} is missing: set it too, or use FAL_KEY with the whole key.`);
  }
  const idle = NEED_A_KEY.filter((name) => environment[name] !== undefined);
  if (idle.length > 0) {
    mistakes.push(`${idle.join(', ')} has no effect without a key: set FAL_KEY, or remove it.`);
  }
  return mistakes;
}

function toSetting(variables: Variables): FalSetting {
  const limits = {
    waitMs: variables.FAL_WAIT_LIMIT_SECONDS * 1000,
    totalMs: variables.FAL_TOTAL_LIMIT_SECONDS * 1000,
    lookBackMs: variables.FAL_LOOK_BACK_SECONDS * 1000,
  };
  const credentials = findCredentials(variables);
  if (credentials === undefined) return { kind: 'sandbox', limits, pace: toPace(variables) };
  return {
    kind: 'fal',
    limits,
    credentials,
    addresses: {
      queue: variables.FAL_QUEUE_URL,
      run: variables.FAL_RUN_URL,
      rest: variables.FAL_REST_URL,
      api: variables.FAL_API_URL,
    },
    fileHosts: variables.FAL_FILE_HOSTS,
    headers: variables.FAL_HEADERS,
  };
}

function toPace(variables: Variables) {
  return {
    positions: variables.SANDBOX_POSITIONS,
    waitMs: variables.SANDBOX_WAIT_MS,
    runMs: variables.SANDBOX_RUN_MS,
    logEveryMs: variables.SANDBOX_LOG_MS,
  };
}
