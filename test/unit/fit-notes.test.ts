/** What people are told where a file could not be posted as it is. */
import { expect, test } from 'vitest';
import { captionOf } from '../../src/jobs/caption.ts';
import { noteFitted, noteLeftBehind } from '../../src/jobs/fit-notes.ts';
import type { Job, JobResult, StoredFile } from '../../src/jobs/job.ts';
import { ownAddressSchema } from '../../src/message.ts';
import { newJob } from '../support/new-job.ts';

const address = ownAddressSchema.parse('https://easel.example/p/1.1/original?until=1&sign=x');
const large = { bytes: 20_100_000, isStill: false, address: undefined };
const film: StoredFile = {
  path: 'files/j/film.mp4',
  fileName: 'film.mp4',
  contentType: 'video/mp4',
  bytes: 60_000_000,
  url: 'https://v3.fal.media/files/film.mp4',
};

test.each([
  [[], []],
  [
    [large],
    [
      {
        text: 'Made lighter to fit here: the original (20.1 MB) is kept; Save hands it out wherever it fits.',
      },
    ],
  ],
  [
    [large, large, large],
    [
      {
        text: '3 pictures were made lighter to fit here: the originals (60.3 MB) are kept; Save hands them out wherever they fit.',
      },
    ],
  ],
  [
    [{ ...large, isStill: true }],
    [
      {
        text: 'Made lighter to fit here: the original (20.1 MB) is kept; Save hands it out wherever it fits. It moves: here is its first picture.',
      },
    ],
  ],
  [
    [large, { ...large, isStill: true }],
    [
      {
        text: '2 pictures were made lighter to fit here: the originals (40.2 MB) are kept; Save hands them out wherever they fit. One moves: here is its first picture.',
      },
    ],
  ],
  [
    [{ ...large, address }],
    [
      {
        text: 'Made lighter to fit here: the original (20.1 MB) is kept.',
        links: [{ label: 'Original', address }],
      },
    ],
  ],
])('of %j one note is made at most', (pictures, notes) => {
  expect(noteFitted(pictures)).toEqual(notes);
});

test('as many originals are linked as somebody would open', () => {
  const [note] = noteFitted(Array.from({ length: 30 }, () => ({ ...large, address })));
  expect(note?.text).toMatch(/^30 pictures/u);
  expect(note?.links?.map(({ label }) => label)).toEqual(
    Array.from({ length: 10 }, (_, at) => `Original ${at + 1}`),
  );
});

test('what stays behind is at an address of ours, else at fal’s for a while, else nowhere', () => {
  const why = 'is too large to be posted here: 60.0 of at most 10.5 MB';
  const text = `“film.mp4” ${why}.`;
  expect(noteLeftBehind(film, why, address)).toEqual({
    text,
    links: [{ label: 'Get it here', address }],
  });
  expect(noteLeftBehind(film, why, undefined)).toEqual({
    text: `${text} For a while it is at`,
    address: film.url,
  });
  const { url: _, ...withoutUrl } = film;
  expect(noteLeftBehind(withoutUrl, why, undefined)).toEqual({ text });
});

test('only our own address becomes a link; fal’s is shown as it is', () => {
  const job: Job = {
    ...newJob('j'),
    state: 'accepted',
    deliveryCheckpoint: undefined,
    cancelRequestedAt: undefined,
    closedAt: undefined,
  };
  const notes = [
    ...noteFitted([
      { ...large, address },
      { ...large, address },
    ]),
    noteLeftBehind(film, 'is too large', undefined),
  ];
  const result: JobResult = { files: [], withheld: 0, seconds: 1, notes };
  const [ours, fals] = captionOf(job, result).blocks.slice(-2);
  expect(ours).toEqual({
    kind: 'note',
    parts: [
      '2 pictures were made lighter to fit here: the originals (40.2 MB) are kept.',
      ' ',
      { kind: 'link', label: 'Original 1', address },
      ' · ',
      { kind: 'link', label: 'Original 2', address },
    ],
  });
  expect(fals).toMatchObject({ parts: [expect.anything(), { kind: 'code', text: film.url }] });
});
