/** fal's documented error types (§ "Errors" of its documents), each as one sentence. */
import type { Failure } from '../jobs/job.ts';
import { tidy } from './tidy.ts';

/** One entry of `detail`; its `input` is never read, because it echoes whole files. */
export interface Finding {
  readonly type: string;
  readonly msg: string;
  readonly loc: readonly (string | number)[];
  readonly ctx: Readonly<Record<string, unknown>>;
}

type Wording = (finding: Finding) => string;

const AGAIN = 'Please try again.';
/** Not the person's doing, and worth another try. */
const TROUBLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    internal_server_error: `The model failed at fal. ${AGAIN}`,
    generation_timeout: `The model ran out of time. ${AGAIN}`,
    downstream_service_error: `A service behind the model failed. ${AGAIN}`,
    downstream_service_unavailable: 'A service behind the model is down. Please try again later.',
  }),
);

/** What the person can change. */
const MISTAKES: ReadonlyMap<string, Wording> = new Map(
  Object.entries<Wording>({
    content_policy_violation: (finding) =>
      `The model’s content policy does not allow this ${isAbout(finding, 'image') ? 'picture' : 'request'}. Please ask for something else.`,
    no_media_generated: () =>
      'The model made no picture of this. Please change the words and ask again.',
    image_too_small: ({ ctx }) =>
      `A picture is too small for this model${wordSize('at least', ctx['min_width'], ctx['min_height'])}.`,
    image_too_large: ({ ctx }) =>
      `A picture is too large for this model${wordSize('at most', ctx['max_width'], ctx['max_height'])}.`,
    image_load_error: () =>
      'The model could not read a picture. Please attach a PNG, JPEG or WebP file.',
    file_download_error: () => 'fal could not fetch a file. Please attach it again.',
    face_detection_error: () => 'The model found no face in the picture. Please take another one.',
    feature_not_supported: (finding) => `This model cannot do that${wordSaying(finding)}.`,
    file_too_large: ({ ctx }) => `A file is too large for this model${wordBytes(ctx['max_size'])}.`,
    greater_than: bound('must be more than', 'gt'),
    greater_than_equal: bound('must be at least', 'ge'),
    less_than: bound('must be less than', 'lt'),
    less_than_equal: bound('must be at most', 'le'),
    multiple_of: bound('must be a multiple of', 'multiple_of'),
    sequence_too_short: bound('needs at least this many entries:', 'min_length'),
    sequence_too_long: bound('takes at most this many entries:', 'max_length'),
    one_of: (finding) => `${nameOf(finding)} must be one of: ${wordList(finding.ctx['expected'])}.`,
    invalid_archive: ({ ctx }) =>
      `The archive cannot be read${wordKnown(ctx['supported_extensions'])}.`,
    archive_file_count_below_minimum: bound('needs at least this many files:', 'min_count'),
    archive_file_count_exceeds_maximum: bound('takes at most this many files:', 'max_count'),
    audio_duration_too_long: ({ ctx }) =>
      `The recording is too long for this model${wordLength('at most', ctx['max_duration'])}.`,
    audio_duration_too_short: ({ ctx }) =>
      `The recording is too short for this model${wordLength('at least', ctx['min_duration'])}.`,
    video_duration_too_long: ({ ctx }) =>
      `The video is too long for this model${wordLength('at most', ctx['max_duration'])}.`,
    video_duration_too_short: ({ ctx }) =>
      `The video is too short for this model${wordLength('at least', ctx['min_duration'])}.`,
    unsupported_audio_format: ({ ctx }) => wordFormat('sound', ctx),
    unsupported_image_format: ({ ctx }) => wordFormat('picture', ctx),
    unsupported_video_format: ({ ctx }) => wordFormat('video', ctx),
    // Pydantic's own types, which endpoints not yet moved to fal's vocabulary still send.
    missing: (finding) => `${nameOf(finding)} is needed.`,
    'value_error.missing': (finding) => `${nameOf(finding)} is needed.`,
    string_too_short: bound('needs at least this many characters:', 'min_length'),
    string_too_long: bound('takes at most this many characters:', 'max_length'),
    literal_error: (finding) =>
      `${nameOf(finding)} must be one of: ${wordList(finding.ctx['expected'])}.`,
  }),
);

/** Undefined for a type that is not known: the status then says more than the message. */
export function wordFinding(finding: Finding, status: number): Failure | undefined {
  const trouble = TROUBLE.get(finding.type);
  const { type } = finding;
  if (trouble) return { audience: 'service', text: trouble, retryable: true, type };
  const mistake = MISTAKES.get(type);
  if (mistake) return { audience: 'person', text: mistake(finding), retryable: false, type };
  if (status !== 422) return undefined;
  const text = `${nameOf(finding)} does not fit${wordSaying(finding)}.`;
  return { audience: 'person', text, retryable: false, type };
}

function bound(relation: string, key: string): Wording {
  return (finding) => {
    const limit = finding.ctx[key];
    const isKnown = typeof limit === 'number' || typeof limit === 'string';
    return isKnown
      ? `${nameOf(finding)} ${relation} ${tidy(String(limit))}.`
      : `${nameOf(finding)} does not fit${wordSaying(finding)}.`;
  };
}

/** `["body","loras",0,"scale"]` is about “loras.scale”. */
function nameOf({ loc }: Finding): string {
  const names = loc.filter((part) => typeof part === 'string' && part !== 'body');
  return names.length === 0 ? 'The request' : `“${tidy(names.join('.'))}”`;
}

function isAbout({ loc }: Finding, word: string): boolean {
  return loc.some((part) => typeof part === 'string' && part.includes(word));
}

function wordSaying({ msg }: Finding): string {
  const saying = tidy(msg).replace(/[.\s]+$/u, '');
  return saying === '' ? '' : `: ${saying}`;
}

function wordSize(relation: string, width: unknown, height: unknown): string {
  const isKnown = typeof width === 'number' && typeof height === 'number';
  return isKnown ? `; it takes ${relation} ${width} × ${height} pixels` : '';
}

function wordLength(relation: string, seconds: unknown): string {
  if (typeof seconds !== 'number') return '';
  const isLong = seconds >= 120 && seconds % 60 === 0;
  return `; it takes ${relation} ${isLong ? `${seconds / 60} minutes` : `${seconds} seconds`}`;
}

function wordBytes(bytes: unknown): string {
  if (typeof bytes !== 'number') return '';
  return `; it takes at most ${(bytes / 1024 / 1024).toFixed(1).replace('.0', '')} MB`;
}

function wordList(values: unknown): string {
  if (Array.isArray(values)) return tidy(values.map(String).join(', '));
  return typeof values === 'string' ? tidy(values) : 'what the model knows';
}

function wordKnown(values: unknown): string {
  return Array.isArray(values) ? `; these are known: ${wordList(values)}` : '';
}

function wordFormat(what: string, ctx: Finding['ctx']): string {
  const known = ctx['supported_formats'];
  const remedy = Array.isArray(known) ? ` It takes: ${wordList(known)}.` : '';
  return `The model cannot read this kind of ${what}.${remedy}`;
}
