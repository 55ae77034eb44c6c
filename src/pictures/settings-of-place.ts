/** Reads and changes how a channel wants to be dealt with. */
import { UserError } from '../errors.ts';
import { line, message, note } from '../message.ts';
import type { Place } from '../place.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { JobParts } from '../jobs/job-parts.ts';
import { say, type Outcome } from '../outcome.ts';
import { placeSettingsSchema, type PlaceSettings } from './place-settings.ts';

const COLLECTION = 'places';

export async function readPlaceSettings(place: Place, store: Store): Promise<PlaceSettings> {
  const saved = await store.records('settings').read(COLLECTION, toKey(place));
  return placeSettingsSchema.parse(saved ?? {});
}

/** Throws `UserError` where somebody who does not moderate the place wants to change it. */
export async function changeSettings(
  changes: Partial<PlaceSettings>,
  invocation: Invocation,
  { store, platforms }: Pick<JobParts, 'store' | 'platforms'>,
): Promise<Outcome> {
  const { place } = invocation;
  const before = await readPlaceSettings(place, store);
  if (Object.keys(changes).length > 0 && !(await invocation.isModerator())) {
    throw new UserError('Only a moderator of this channel can change that.');
  }
  const after = { ...before, ...changes };
  if (Object.keys(changes).length > 0) {
    await store.records('settings').write(COLLECTION, toKey(place), after);
  }
  return say(
    message(
      line('replies: ', { kind: 'code', text: after.replies }),
      note(
        after.replies === 'any'
          ? 'Any reply to a picture of Easel’s is taken as a wish to change it.'
          : 'Only replies that mention Easel are taken as wishes.',
      ),
      line('voice: ', { kind: 'code', text: after.voice }),
      note(wordVoice(after, platforms.get(place.platform)?.limits.seesEverything !== false)),
    ),
  );
}

function wordVoice({ voice }: PlaceSettings, seesEverything: boolean): string {
  if (voice === 'off') return 'Recordings are written down where somebody asks for it.';
  return seesEverything
    ? 'Every recording that somebody posts here is written down.'
    : 'Easel is not shown what people post here, so nothing is written down unasked: whoever runs it has to switch that on.';
}

function toKey({ platform, tenant, channel }: Place): string {
  return `${platform}:${tenant}:${channel}`;
}
