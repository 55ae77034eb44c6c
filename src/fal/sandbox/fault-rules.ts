/**
 * What can go wrong with fal, switched on rule by rule. A rule is used up after `times` uses;
 * without `when` it meets whatever comes next.
 */
import { z } from 'zod';
import { LISTED_FORMATS } from './sounds/hearing.ts';

const OPERATIONS = [
  'submit',
  'status',
  'stream',
  'result',
  'cancel',
  'run',
  'upload',
  'file',
  'api',
] as const;
export type Operation = (typeof OPERATIONS)[number];

const on = z.array(z.enum(OPERATIONS)).default(['submit']);
const delayMs = z.number().nonnegative().default(30_000);
const when = z
  .strictObject({
    endpoint: z.string().optional(),
    promptIncludes: z.string().optional(),
    path: z
      .union([z.instanceof(RegExp), z.string().transform((source) => new RegExp(source, 'u'))])
      .optional(),
  })
  .optional();
const always = z.union([z.literal(Number.POSITIVE_INFINITY), z.literal('Infinity')]);
const times = z
  .union([z.int().positive(), always.transform(() => Number.POSITIVE_INFINITY)])
  .default(1);

const rule = <Kind extends string, Fields extends z.core.$ZodLooseShape>(
  kind: Kind,
  fields: Fields,
) => z.strictObject({ kind: z.literal(kind), when, times, ...fields });

const wireRules = [
  /** The call is carried out, then the connection breaks before the answer: a submit was accepted. */
  rule('reset-before-answer', { on }),
  /** The connection breaks before anything was done. */
  rule('reset-before-accept', { on }),
  /** Any error answer, such as a burst of 502, 503 or 504; `accepted` carries the call out all the same. */
  rule('http-error', {
    on,
    status: z.int().min(400).max(599).default(503),
    errorType: z.string().optional(),
    accepted: z.boolean().default(false),
  }),
  /** A gateway's page in HTML where JSON is expected. */
  rule('html-error', { on, status: z.int().min(400).max(599).default(502) }),
  /** No reason phrase behind the status, as everywhere on HTTP/2. */
  rule('empty-status-text', { on, status: z.int().min(400).max(599).default(500) }),
  /** 200 and `application/json`, but the JSON breaks off. */
  rule('bad-json', { on }),
  /** Nothing, not even headers, for this long. */
  rule('slow-headers', { on, delayMs }),
  /** Headers and half of the body at once, the rest after this long. */
  rule('stalled-body', { on, delayMs }),
  /** Headers and half of the body, then a broken connection. */
  rule('cut-body', { on }),
  /** 429 with `Retry-After`; nothing was accepted. */
  rule('rate-limited', { on, retryAfterSeconds: z.number().nonnegative().default(1) }),
  /** 429 as fal words it when the account runs too many at once. */
  rule('concurrency-limit', { on: on.default(['run']) }),
  /** Out of credit: submits and uploads get 403, status and results still answer. */
  rule('locked', {
    on: on.default(['submit', 'run', 'upload']),
    reason: z
      .string()
      .default('Exhausted balance. Top up your balance at fal.ai/dashboard/billing.'),
  }),
  /** 401, as for a key that was revoked. */
  rule('bad-key', { on }),
] as const;

const queueRules = [
  /** The line does not move: position 0 until cancelled or until the start limit passes. */
  rule('stuck-in-queue', { position: z.int().nonnegative().default(0) }),
  /** Nobody started it in time: 504 with `X-Fal-Request-Timeout-Type: user`. */
  rule('start-timeout', {}),
  /** The machinery fails; the job is COMPLETED with `error` and `error_type`. */
  rule('job-fails', {
    status: z.int().min(400).max(599).default(500),
    errorType: z.string().default('runner_server_error'),
  }),
  /** The model says no, with one of fal's documented types. */
  rule('model-refuses', {
    type: z.string().default('content_policy_violation'),
    status: z.int().min(400).max(599).default(422),
    message: z.string().default('The content could not be processed.'),
    loc: z.array(z.union([z.string(), z.number()])).default(['body', 'prompt']),
    details: z.record(z.string(), z.unknown()).default({}),
  }),
  /** The same 422, but from the submit itself. */
  rule('validate-at-submit', {}),
  /** The log holds control characters, carriage returns, markup, mentions and a secret. */
  rule('hostile-logs', {}),
  /** Status: 404, as if fal had never heard of the request. */
  rule('request-gone', {}),
  /** Result: 404 although the status is COMPLETED. */
  rule('result-expired', {}),
  /** Result: 400 "still in progress" although the status is COMPLETED. */
  rule('early-result', {}),
  /** Status: a word that fal does not document. */
  rule('unknown-status', { status: z.string().default('PAUSED') }),
  /** Status: `logs` is null although logs were asked for. */
  rule('null-logs', {}),
  /** Cancel: 202, but the job goes on and is billed. */
  rule('cancel-ignored', {}),
  /** Cancel: the job is done by then, so 400 ALREADY_COMPLETED. */
  rule('cancel-too-late', {}),
] as const;

const outputRules = [
  /** The safety checker's answer: 200, black pictures (all, or the named ones), and a flag for each. */
  rule('nsfw', {
    pictures: z.array(z.int().nonnegative()).optional(),
    field: z.enum(['has_nsfw_concepts', 'nsfw_content_detected']).default('has_nsfw_concepts'),
    /** The list of flags ends with the last that is true. */
    isShort: z.boolean().default(false),
  }),
  /** One `image` instead of the list. */
  rule('single-image', {}),
  /** The result under another name, such as `audio_file`; under one that ends with `_url`, a bare address. */
  rule('renamed-media', { to: z.string() }),
  /** Everything that may be null is null; with names, these fields. */
  rule('null-fields', { fields: z.array(z.string()).optional() }),
  /** These fields are missing; without names, everything but the results' addresses. */
  rule('missing-fields', { fields: z.array(z.string()).optional() }),
  /** Fields that no document names, at the top and in each file. */
  rule('extra-fields', {}),
  /** A seed that JSON.parse would round. */
  rule('huge-seed', { seed: z.string().regex(/^\d+$/u).default('196619188014358660') }),
  /** An empty list of results, or null for a single one. */
  rule('no-media', {}),
  /** The words are there, but none. */
  rule('empty-text', {}),
  /** The last chunk of a transcript has no end. */
  rule('open-timestamps', {}),
  /** Whisper and Wizper take only sound in these formats, the ones that the documents list, and no longer. */
  rule('strict-sound', {
    formats: z.array(z.string()).default(LISTED_FORMATS),
    maxSeconds: z.number().positive().optional(),
  }),
  /** An SVG, as vector styles give. */
  rule('svg-output', {}),
  /** The file itself as a `data:` URI, as `sync_mode` gives. */
  rule('data-uri', {}),
  /** Audio as a hex string, MiniMax's default. */
  rule('hex-audio', {}),
  /** The file is empty. */
  rule('zero-byte-file', {}),
  /** The file is a web page under a picture's name and type. */
  rule('html-file', {}),
  /** The answer calls a PNG `image/jpeg`. */
  rule('wrong-content-type', { contentType: z.string().default('image/jpeg') }),
  /** A file of about this many bytes: larger than a chat takes. */
  rule('oversized-file', { bytes: z.int().positive().default(11_000_000) }),
  /** The answer points to somebody else's address. */
  rule('foreign-url', { url: z.string() }),
] as const;

const fileRules = [
  /** The file has expired. */
  rule('file-gone', {}),
  /** The file has moved: to a good place by default, else wherever `to` says. */
  rule('file-redirect', { to: z.string().optional() }),
] as const;

const apiRules = [
  /** The model API cannot give this endpoint's schema. */
  rule('expansion-failed', {}),
  /** The model API gives nothing but the endpoint's id and schema. */
  rule('no-metadata', {}),
] as const;

const streamRules = [
  /** A character of several bytes arrives in two pieces. */
  rule('stream-split', {}),
  /** The stream stays open and says nothing more. */
  rule('stream-stall', {}),
  /** The connection breaks after the first event. */
  rule('stream-drop', {}),
] as const;

const webhookRules = [
  /** The same call more than once. */
  rule('webhook-duplicate', { count: z.int().min(2).default(2) }),
  /** The call comes before the submit has answered. */
  rule('webhook-early', {}),
  /** The signature was made with another key. */
  rule('webhook-bad-signature', {}),
  /** Well signed, but ten minutes old. */
  rule('webhook-stale', {}),
  /** `payload` is null and `payload_error` says why: the result must be fetched. */
  rule('webhook-null-payload', {}),
  /** The call never comes. */
  rule('webhook-never', {}),
] as const;

export const faultRule = z.discriminatedUnion('kind', [
  ...wireRules,
  ...queueRules,
  ...outputRules,
  ...fileRules,
  ...apiRules,
  ...streamRules,
  ...webhookRules,
]);

export type FaultRule = z.input<typeof faultRule>;
export type Fault = z.output<typeof faultRule>;
export type FaultKind = Fault['kind'];
export type OutputFault = z.output<(typeof outputRules)[number]>;
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;
export type WireFault = z.output<(typeof wireRules)[number]>;

const OUTPUT_KINDS = new Set<string>(outputRules.map(({ shape }) => shape.kind.value));

export function isOnOutput(fault: Fault): fault is OutputFault {
  return OUTPUT_KINDS.has(fault.kind);
}
