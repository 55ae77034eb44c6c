/** MiniMax's voices: its own, and those that were designed or cloned here, which die when nobody uses them. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';

const SYSTEM_VOICES =
  'Wise_Woman Friendly_Person Inspirational_girl Deep_Voice_Man Calm_Woman Casual_Guy Lively_Girl Patient_Man Young_Knight Determined_Man Lovely_Girl Decent_Boy Imposing_Manner Elegant_Man Abbess Sweet_Girl_2 Exuberant_Girl'.split(
    ' ',
  );

/** Seven days. */
const UNUSED_MS = 7 * 24 * 3_600_000;

export interface Voices {
  /** A new voice's id. */
  make(): string;
  /** False for a voice that does not exist, or does no longer; any other lives on from now. */
  use(id: string): boolean;
}

export function createVoices(clock: Clock): Voices {
  const usedAt = new Map<string, number>();
  return {
    make() {
      const id = `Voice${randomBytes(6).toString('hex')}`;
      usedAt.set(id, clock.now().getTime());
      return id;
    },
    use(id) {
      if (SYSTEM_VOICES.includes(id)) return true;
      const now = clock.now().getTime();
      if (now - (usedAt.get(id) ?? Number.NEGATIVE_INFINITY) > UNUSED_MS) {
        usedAt.delete(id);
        return false;
      }
      usedAt.set(id, now);
      return true;
    },
  };
}
