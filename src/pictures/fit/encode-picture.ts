/** One try at a file: the picture anew, upright, in its own colours, at a quality and a size. */
import type { Sharp } from 'sharp';
import { openPicture } from '../../media.ts';
import type { Traits } from './picture-traits.ts';

export type Format = 'png' | 'jpeg' | 'webp';

export type Encoding =
  | { readonly format: 'png' }
  | { readonly format: 'jpeg' | 'webp'; readonly quality: number; readonly scale: number };

/** From here on colours are kept as sharp as brightness; below, that room is better spent otherwise. */
const FULL_COLOUR = 84;

export async function encodePicture(
  from: string,
  to: string,
  traits: Traits,
  encoding: Encoding,
): Promise<void> {
  const upright = (await openPicture(from)).autoOrient();
  const coloured = traits.hasOwnColours ? upright.keepIccProfile() : upright;
  await write(toShape(coloured.keepXmp(), traits, encoding), encoding).toFile(to);
}

function toShape(picture: Sharp, { width, hasAlpha }: Traits, encoding: Encoding): Sharp {
  const shown = hasAlpha ? picture : picture.removeAlpha();
  if (encoding.format === 'png' || encoding.scale === 1) return shown;
  return shown.resize(Math.max(1, Math.round(width * encoding.scale)));
}

function write(picture: Sharp, encoding: Encoding): Sharp {
  switch (encoding.format) {
    case 'png':
      return picture.png({ compressionLevel: 9, adaptiveFiltering: true });
    case 'jpeg': {
      const { quality } = encoding;
      const chromaSubsampling = quality >= FULL_COLOUR ? '4:4:4' : '4:2:0';
      // One pass over the pixels: a second one would win a tenth and hold a large picture in memory.
      return picture.jpeg({ quality, chromaSubsampling, optimiseCoding: false });
    }
    case 'webp':
      // A large picture in it takes much memory as it is: more effort, or colours kept as sharp as
      // brightness, take half as much again and twice as long.
      return picture.webp({ quality: encoding.quality, effort: 2 });
  }
}
