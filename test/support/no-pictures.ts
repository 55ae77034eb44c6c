import { NO_ADDRESSES } from '../../src/pictures/signed-address.ts';
import type { PlatformParts } from '../../src/platforms/platform.ts';

/** For tests that are not about earlier pictures: there are none, and forms begin empty. */
export const noPictures: Pick<PlatformParts, 'startForm' | 'settingsOf' | 'gallery' | 'addresses'> =
  {
    startForm: async () => ({}),
    settingsOf: async () => ({ replies: 'mention', voice: 'off' }),
    addresses: NO_ADDRESSES,
    gallery: {
      strangerAt: async () => undefined,
      search: async () => ({ pictures: [], total: 0 }),
      familyOf: async () => undefined,
      locate: async () => undefined,
    },
  };
