import { expect, test } from 'vitest';
import { limitsOfField } from '../../src/pictures/take-in/limits-of-field.ts';
import { GENERAL_LIMITS } from '../../src/pictures/take-in/picture-limits.ts';

const MEGABYTE = 1024 * 1024;
const limitsFor = (description: string) =>
  limitsOfField({
    name: 'image_url',
    type: { kind: 'file', media: 'image' },
    required: true,
    nullable: false,
    description,
  });

test.each([
  ['Formats: JPEG, PNG, WEBP. Dimensions must be at least 300px. Max 10 MB each.', 10],
  ['Accepted formats are jpeg, png. Maximum file size 12MB. If more than one …', 12],
  ['Format: jpeg, jpg or png. Max size: 4.7 MB. Resolution: between 480x480 and …', 4.7],
  ['Max file size: 10.0MB, Min width: 300px, Min aspect ratio: 0.40, Timeout: 20.0s', 10],
  ['Front view. Resolution: 128-5000px, max 8MB, formats: JPG/PNG/WEBP.', 8],
])('“%s” allows %d MB', (words, megabytes) => {
  expect(limitsFor(words).bytes).toBe(Math.floor(megabytes * MEGABYTE));
});

test.each([
  ['Max file size: 10.0MB, Max width: 3850px, Max height: 3850px, Timeout: 20.0s', 3850],
  ['Resolution: 240-5000px. Max 10MB each.', 5000],
])('“%s” allows sides of %i', (words, side) => {
  expect(limitsFor(words).side).toBe(side);
});

test.each(['The image to edit.', 'Max 30 MB per image. Up to 9 images.', 'Maximum 2 images.', ''])(
  '“%s” leaves it at what holds in general',
  (words) => {
    expect(limitsFor(words)).toEqual(GENERAL_LIMITS);
  },
);

test('so does a field that nobody described, or none at all', () => {
  expect(limitsOfField(undefined)).toEqual(GENERAL_LIMITS);
});
