/** From fal's schema of Dreamina 3.1, and its words on the sides of a picture. */
import {
  media,
  NOTHING_ELSE,
  flag,
  imageSize,
  integer,
  seed,
  text,
  type EndpointFacts,
} from './fact.ts';

export const dreamina: EndpointFacts = {
  id: 'fal-ai/bytedance/dreamina/v3.1/text-to-image',
  family: 'dreamina',
  words: 'prompt',
  files: {},
  required: { prompt: 'A 25-year-old ship under sail' },
  full: {
    prompt: 'A 25-year-old ship under sail',
    image_size: { width: 2048, height: 1536 },
    enhance_prompt: true,
    num_images: 4,
    seed: 8,
  },
  fields: [
    text('prompt'),
    imageSize({ width: 2048, height: 1536 }, { min: 512, max: 2048 }),
    flag('enhance_prompt', false),
    integer('num_images', 1, 4, 1),
    seed(),
  ],
  answers: [
    {
      name: 'every documented field',
      output: {
        images: [
          {
            url: 'https://v3.fal.media/a.jpeg',
            width: 2048,
            height: 1536,
            content_type: 'image/jpeg',
            file_name: 'a.jpeg',
            file_size: 99,
          },
        ],
        seed: 8,
      },
      result: {
        ...NOTHING_ELSE,
        media: [
          media('https://v3.fal.media/a.jpeg', {
            width: 2048,
            height: 1536,
            claimedType: 'image/jpeg',
            fileName: 'a.jpeg',
          }),
        ],
        seed: '8',
        rest: { images: [{ file_size: 99 }] },
      },
    },
  ],
};
