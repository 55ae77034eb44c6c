/** What FLUX and its like answer. */
import { media, NOTHING_ELSE, type Answer } from './fact.ts';

export const DIFFUSION_ANSWERS: readonly Answer[] = [
  {
    name: 'every documented field',
    output: {
      images: [
        {
          url: 'https://v3.fal.media/files/rabbit/KoIbq6nhDBDPxDQrivW-m.png',
          width: 1024,
          height: 768,
          content_type: 'image/jpeg',
        },
        { url: 'https://v3.fal.media/b.jpg', width: 1024, height: 768, content_type: null },
      ],
      timings: { inference: 2.5 },
      seed: '7468283764583467583',
      has_nsfw_concepts: [false, true],
      prompt: 'a lighthouse',
    },
    result: {
      ...NOTHING_ELSE,
      media: [
        media('https://v3.fal.media/files/rabbit/KoIbq6nhDBDPxDQrivW-m.png', {
          width: 1024,
          height: 768,
          claimedType: 'image/jpeg',
        }),
        media('https://v3.fal.media/b.jpg', { width: 1024, height: 768, flagged: true }),
      ],
      seed: '7468283764583467583',
      inferenceSeconds: 2.5,
      rest: { has_nsfw_concepts: [false, true], prompt: 'a lighthouse' },
    },
  },
  {
    name: 'as little as the page’s example',
    output: {
      images: [
        {
          height: 768,
          content_type: 'image/jpeg',
          url: 'https://v3.fal.media/files/rabbit/KoIbq6nhDBDPxDQrivW-m.png',
          width: 1024,
        },
      ],
      prompt: '',
    },
    result: {
      ...NOTHING_ELSE,
      media: [
        media('https://v3.fal.media/files/rabbit/KoIbq6nhDBDPxDQrivW-m.png', {
          width: 1024,
          height: 768,
          claimedType: 'image/jpeg',
        }),
      ],
      rest: { prompt: '' },
    },
  },
];

/** A list of files without sizes, and the seed beside it. */
export const FILE_ANSWERS: readonly Answer[] = [
  {
    name: 'every documented field',
    output: {
      images: [
        {
          url: 'https://v3.fal.media/a.png',
          content_type: 'image/png',
          file_name: 'a.png',
          file_size: 2048,
        },
      ],
      seed: 42,
    },
    result: {
      ...NOTHING_ELSE,
      media: [media('https://v3.fal.media/a.png', { claimedType: 'image/png', fileName: 'a.png' })],
      seed: '42',
      rest: { images: [{ file_size: 2048 }] },
    },
  },
];
