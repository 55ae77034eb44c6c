/** Discord: slash commands, mentions and direct messages over the gateway. */
import type { PlatformDefinition } from '../platform.ts';
import { DISCORD_VARIABLES, readSettings } from './settings.ts';

const discord: PlatformDefinition = {
  name: 'discord',
  title: 'Discord',
  variables: DISCORD_VARIABLES,
  hasTreePage: false,
  read(environment) {
    const reading = readSettings(environment);
    if (reading.state !== 'on') return reading;
    return {
      state: 'on',
      how: 'gateway',
      async connect(parts) {
        const { connect } = await import('./connect.ts');
        return connect(reading.settings, parts);
      },
    };
  },
};

export default discord;
