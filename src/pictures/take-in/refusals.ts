/** Why a file is not taken, each in a sentence that says what to do. */
import { UserError } from '../../errors.ts';
import { BrokenPictureError } from './picture-parts.ts';

type Reason =
  | 'not-a-picture'
  | 'damaged'
  | 'empty'
  | 'too-many-pixels'
  | 'no-memory'
  | 'too-stubborn';

const SENTENCES: Readonly<Record<Reason, string>> = {
  'not-a-picture': 'is not a picture that can be read. Attach a PNG, JPEG, WebP, GIF or AVIF file.',
  damaged:
    'is not a picture that can be read: it is damaged or cut off. Save it anew as a PNG or JPEG, or send it again.',
  empty: 'is empty: there is no picture in it. Please send it again.',
  'too-many-pixels':
    'has more pixels than can be read here: 200 million is the most. Send a smaller copy of it.',
  'no-memory':
    'is too large for a file of its kind to be unpacked here. Send it as a plain JPEG or PNG (not progressive, not interlaced), or a smaller copy.',
  'too-stubborn': 'cannot be made small enough for the model. Send a smaller copy of it.',
};

/** Formats that people take for pictures too, or that need a hint of their own. */
const FORMATS: readonly (readonly [RegExp, string])[] = [
  [
    /^image\/hei[cf]/u,
    'is a HEIC photo, which cannot be read here. Send it as a JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible).',
  ],
  [/^image\/svg/u, 'is an SVG, a drawing made of code, which no model reads. Attach it as a PNG.'],
  [/^application\/pdf/u, 'is a PDF, not a picture. Attach the page as a PNG or JPEG.'],
  [/photoshop/u, 'is a Photoshop file, which no model reads. Export it as a PNG or JPEG.'],
  [
    /^image\/jxl|^image\/jp|^image\/jpx/u,
    'is of a kind that cannot be read here. Send it as a PNG or JPEG.',
  ],
  [/^image\/bmp/u, 'is a BMP, which cannot be read here. Save it as a PNG.'],
  [/^video\//u, 'is not a picture that can be read: it is a video. Attach one picture of it.'],
  [/^audio\//u, 'is not a picture that can be read: it is a sound. Attach a picture.'],
  [/^text\/html/u, 'is not a picture that can be read: it is a web page. Save the picture itself.'],
];

export function refusePicture(fileName: string, reason: Reason, cause?: unknown): UserError {
  return new UserError(`“${fileName}” ${SENTENCES[reason]}`, { cause });
}

export function refuseFormat(fileName: string, contentType: string | undefined): UserError {
  const found = FORMATS.find(([pattern]) => pattern.test(contentType ?? ''));
  return found
    ? new UserError(`“${fileName}” ${found[1]}`)
    : refusePicture(fileName, 'not-a-picture');
}

/** The image library throws plain errors about the file; anything else is none of the file's doing. */
export async function blameFile<Result>(
  fileName: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isFile = error instanceof BrokenPictureError || isPlainError(error);
    throw isFile ? refusePicture(fileName, 'damaged', error) : error;
  }
}

function isPlainError(error: unknown): boolean {
  return error instanceof Error && error.constructor === Error && !('code' in error);
}
