import { expect, test } from 'vitest';
import { toFailure } from '../../src/fal/errors.ts';

const SECRET_INPUT = 'data:image/png;base64,SECRETSECRET';

function finding(
  type: string,
  ctx = {},
  loc: readonly (string | number)[] = ['body', 'image_url'],
) {
  return { detail: [{ type, msg: `raw ${type}`, loc, ctx, input: SECRET_INPUT }] };
}

/** Every model error of fal's documents: status, context, a word that the sentence must have. */
test.each<[string, number, Record<string, unknown>, string, string]>([
  ['internal_server_error', 500, {}, 'failed at fal', 'service'],
  ['generation_timeout', 504, {}, 'ran out of time', 'service'],
  ['downstream_service_error', 400, {}, 'behind the model failed', 'service'],
  ['downstream_service_unavailable', 500, {}, 'is down', 'service'],
  ['content_policy_violation', 422, {}, 'content policy', 'person'],
  ['no_media_generated', 422, {}, 'made no picture', 'person'],
  ['image_too_small', 422, { min_width: 64, min_height: 48 }, 'at least 64 × 48', 'person'],
  ['image_too_large', 422, { max_width: 640, max_height: 480 }, 'at most 640 × 480', 'person'],
  ['image_load_error', 422, {}, 'could not read a picture', 'person'],
  ['file_download_error', 422, {}, 'could not fetch a file', 'person'],
  ['face_detection_error', 422, {}, 'no face', 'person'],
  ['feature_not_supported', 422, {}, 'cannot do that', 'person'],
  ['file_too_large', 422, { max_size: 10_485_760 }, 'at most 10 MB', 'person'],
  ['greater_than', 422, { gt: 0 }, 'more than 0', 'person'],
  ['greater_than_equal', 422, { ge: 2 }, 'at least 2', 'person'],
  ['less_than', 422, { lt: 5 }, 'less than 5', 'person'],
  ['less_than_equal', 422, { le: 4 }, 'at most 4', 'person'],
  ['multiple_of', 422, { multiple_of: 8 }, 'multiple of 8', 'person'],
  ['sequence_too_short', 422, { min_length: 1 }, ': 1', 'person'],
  ['sequence_too_long', 422, { max_length: 3 }, ': 3', 'person'],
  ['one_of', 422, { expected: ['png', 'jpeg'] }, 'png, jpeg', 'person'],
  ['invalid_archive', 422, { supported_extensions: ['.zip'] }, '.zip', 'person'],
  ['archive_file_count_below_minimum', 422, { min_count: 4 }, ': 4', 'person'],
  ['archive_file_count_exceeds_maximum', 422, { max_count: 9 }, ': 9', 'person'],
  ['audio_duration_too_long', 422, { max_duration: 60 }, '60', 'person'],
  ['audio_duration_too_short', 422, { min_duration: 10 }, '10', 'person'],
  ['video_duration_too_long', 422, { max_duration: 60 }, '60', 'person'],
  ['video_duration_too_short', 422, { min_duration: 10 }, '10', 'person'],
  ['unsupported_audio_format', 422, { supported_formats: ['mp3'] }, 'mp3', 'person'],
  ['unsupported_image_format', 422, { supported_formats: ['png'] }, 'png', 'person'],
  ['unsupported_video_format', 422, { supported_formats: ['mp4'] }, 'mp4', 'person'],
  ['missing', 422, {}, '“image_url” is needed', 'person'],
  ['value_error.missing', 422, {}, '“image_url” is needed', 'person'],
  ['string_too_long', 422, { max_length: 50 }, ': 50', 'person'],
  ['literal_error', 422, { expected: "'1K' or '2K'" }, "'1K' or '2K'", 'person'],
  ['a_type_of_tomorrow', 422, {}, 'raw a_type_of_tomorrow', 'person'],
])('%s (%i) becomes a sentence', (type, status, ctx, ...[words, audience]) => {
  const failure = toFailure({ status, body: finding(type, ctx), headers: {} });
  expect(failure.text).toContain(words);
  expect(failure.audience).toBe(audience);
  expect(failure.retryable).toBe(audience === 'service');
  expect(failure.text).toMatch(/\.$/u);
  expect(failure.text).not.toMatch(/SECRET|undefined|\[object|\n/u);
});

test.each([
  ['request_timeout', 504],
  ['startup_timeout', 504],
  ['runner_scheduling_failure', 503],
  ['runner_connection_timeout', 503],
  ['runner_disconnected', 503],
  ['runner_connection_refused', 503],
  ['runner_connection_error', 503],
  ['runner_incomplete_response', 502],
  ['runner_server_error', 500],
  ['internal_error', 500],
])(
  '%s is fal’s trouble and may be tried again, in the body or in the header',
  (errorType, status) => {
    const inBody = { status, body: { detail: 'x', error_type: errorType }, headers: {} };
    const inHeader = { status, body: undefined, headers: { 'x-fal-error-type': errorType } };
    expect(toFailure(inBody)).toMatchObject({ audience: 'service', retryable: true });
    expect(toFailure(inBody).text).toMatch(/try again/u);
    expect(toFailure(inHeader)).toEqual(toFailure(inBody));
  },
);

test('bad_request is not for trying again', () => {
  const body = { detail: 'Bad thing', error_type: 'bad_request' };
  expect(toFailure({ status: 400, body, headers: {} })).toEqual({
    audience: 'person',
    text: 'fal refused the request (400). It says: Bad thing',
    retryable: false,
  });
});

test.each([
  [401, { detail: 'invalid key credentials' }, 'FAL_KEY'],
  [
    403,
    { detail: 'User is locked. Reason: Exhausted balance. Top up your balance.' },
    'out of credit',
  ],
  [403, { detail: 'User is locked. Reason: TOP_UP.' }, 'out of credit'],
  [403, undefined, 'locked'],
])('%i is told to the operator and does not blame the person', (status, body, words) => {
  const failure = toFailure({ status, body, headers: {} });
  expect(failure).toMatchObject({ audience: 'operator', retryable: false });
  expect(failure.text).toContain(words);
  expect(failure.text).toContain('nothing is wrong with your request');
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a list', [1, 2]],
  ['an empty detail', { detail: [] }],
  ['a detail of nonsense', { detail: [{ loc: 'x', ctx: 3, type: 4 }] }],
  ['a detail that is a number', { detail: 7 }],
])('a body of %s still gives a sane sentence', (_name, body) => {
  for (const status of [400, 418, 422, 500, 502]) {
    const { text } = toFailure({ status, body, headers: {} });
    expect(text).toMatch(/^[A-Z“f].{10,200}\.$/u);
    expect(text).not.toMatch(/undefined|null|object/u);
  }
});

test('a field inside a list is named without its number', () => {
  const body = finding('less_than_equal', { le: 4 }, ['body', 'loras', 0, 'scale']);
  expect(toFailure({ status: 422, body, headers: {} }).text).toBe(
    '“loras.scale” must be at most 4.',
  );
});

test('fal’s own words are tidied: one line, short, no keys, no files, no control characters', () => {
  const detail = `Bad\n\u0000\u202E Key abc:def ${SECRET_INPUT} https://x.example/?token=1 ${'y'.repeat(5000)}`;
  const { text } = toFailure({ status: 400, body: { detail }, headers: {} });
  expect(text).not.toMatch(/abc:def|SECRET|token|[\p{C}\n]/u);
  expect(text.length).toBeLessThan(300);
});
