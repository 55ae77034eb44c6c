/** What an endpoint makes, in a word for people. */
import type { EndpointKind } from './endpoint.ts';

export type Product =
  | 'picture'
  | 'video'
  | 'sound'
  | 'transcript'
  | 'words'
  | '3D model'
  | 'result';

const PRODUCTS: Readonly<Record<EndpointKind, Product>> = {
  'text-to-image': 'picture',
  'image-to-image': 'picture',
  'text-to-video': 'video',
  'image-to-video': 'video',
  'video-to-video': 'video',
  'audio-to-video': 'video',
  'text-to-speech': 'sound',
  'text-to-audio': 'sound',
  'audio-to-audio': 'sound',
  'speech-to-speech': 'sound',
  'video-to-audio': 'sound',
  'speech-to-text': 'transcript',
  'audio-to-text': 'words',
  'video-to-text': 'words',
  'image-to-text': 'words',
  llm: 'words',
  'text-to-3d': '3D model',
  'image-to-3d': '3D model',
  '3d-to-3d': '3D model',
  vision: 'result',
  json: 'result',
  training: 'result',
  other: 'result',
};

/** `result` for an endpoint that is no longer known. */
export function productOf(kind: EndpointKind | undefined): Product {
  return kind === undefined ? 'result' : PRODUCTS[kind];
}

/** For the middle of a sentence, such as "without a picture". */
export function wordProduct(product: Product): string {
  if (product === 'transcript') return 'words';
  return product === 'sound' || product === 'words' ? product : `a ${product}`;
}
