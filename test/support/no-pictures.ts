import type { PlatformParts } from '../../src/platforms/platform.ts';

/** For tests that are not about earlier pictures: there are none, and forms begin empty. */
export const noPictures: Pick<PlatformParts, 'startForm' | 'settingsOf' | 'gallery'> = {
  startForm: async () => ({}),
  settingsOf: async () => ({ replies: 'mention' }),
  gallery: {
    search: async () => ({ pictures: [], total: 0 }),
    familyOf: async () => undefined,
    locate: async () => undefined,
  },
};
