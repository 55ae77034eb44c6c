import { toGivenId, toPictureId, type Picture } from '../../src/pictures/picture.ts';

/** A made picture, unless `change` says otherwise; its id follows from job, number and origin. */
export function newPicture(job: string, change: Partial<Picture> = {}): Picture {
  const { number = 1, origin = 'made' } = change;
  const id = origin === 'made' ? toPictureId(job, number) : toGivenId(job, number);
  return {
    id,
    job,
    number,
    origin,
    path: `files/${job}/a-fox-${number}.png`,
    fileName: `a-fox-${number}.png`,
    contentType: 'image/png',
    bytes: 1234,
    width: 800,
    height: 600,
    sha256: `hash of ${id}`,
    altText: 'A fox',
    person: { id: 'ada', name: 'Ada “the first” <@1>' },
    place: { platform: 'web', tenant: 'web', channel: 'c' },
    model: 'qwen-image',
    prompt: 'a fox',
    isSpoiler: false,
    madeAt: new Date('2026-01-01T00:00:00.123Z'),
    deletedAt: undefined,
    parents: [],
    ...change,
  };
}
