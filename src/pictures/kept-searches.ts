/** Searches behind “Older” and “Newer”: a button is too short for one, so it carries its key. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isSameChannel } from '../place.ts';
import type { Asker, RecordStore } from '../platforms/platform.ts';
import type { PictureFilter } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';

const SEARCHES = 'searches';
const SWEEPS = 'sweeps';
const DAY_MS = 24 * 60 * 60_000;
/** Whoever turns a page later than that has to search again. */
const KEPT_DAYS = 400;
/** Looked through in one go when it is swept. */
const MOST_SWEPT = 50_000;

const keptSchema = z.object({
  filter: z.object({
    whose: z.enum(['mine', 'channel']),
    words: z.string(),
    model: z.string(),
    since: z.coerce.date().optional(),
    until: z.coerce.date().optional(),
    savedOnly: z.boolean(),
  }),
  person: z.string(),
  platform: z.string(),
  tenant: z.string(),
  channel: z.string(),
  usedAt: z.coerce.date(),
});
type Kept = z.infer<typeof keptSchema>;

type SearchParts = Pick<PictureParts, 'store' | 'clock'>;

/** The same search of the same person in the same place has one key. */
export async function keepSearch(
  filter: PictureFilter,
  { person, place }: Asker,
  { store, clock }: SearchParts,
): Promise<string> {
  const records = store.records('pictures');
  const { platform, tenant, channel } = place;
  const { whose, words, model, since, until, savedOnly } = filter;
  const search = {
    filter: { whose, words, model, since, until, savedOnly },
    person: person.id,
    platform,
    tenant,
    channel,
  };
  const key = createHash('sha256').update(JSON.stringify(search)).digest('hex').slice(0, 32);
  const kept: Kept = { ...search, usedAt: clock.now() };
  await records.write(SEARCHES, key, kept);
  await sweep(records, clock.now());
  return key;
}

/** Undefined where this person did not search like that here. */
export async function readSearch(
  key: string,
  { person, place }: Asker,
  { store }: SearchParts,
): Promise<PictureFilter | undefined> {
  const kept = keptSchema.safeParse(await store.records('pictures').read(SEARCHES, key)).data;
  const isTheirs = kept?.person === person.id && isSameChannel(kept, place);
  if (!kept || !isTheirs) return undefined;
  const { since, until, ...rest } = kept.filter;
  return { ...rest, since, until };
}

/** Once a day at most. */
async function sweep(records: RecordStore, now: Date): Promise<void> {
  const last = z.coerce.date().safeParse(await records.read(SWEEPS, SEARCHES)).data;
  if (last && now.getTime() - last.getTime() < DAY_MS) return;
  await records.write(SWEEPS, SEARCHES, now);
  for (const { id, value } of await records.list(SEARCHES, MOST_SWEPT)) {
    const { data } = keptSchema.safeParse(value);
    const isOld = !data || now.getTime() - data.usedAt.getTime() > KEPT_DAYS * DAY_MS;
    if (isOld) await records.remove(SEARCHES, id);
  }
}
