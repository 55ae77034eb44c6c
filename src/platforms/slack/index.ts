/** Slack's single door: nothing of Bolt is loaded before `connect`. */
import type { PlatformDefinition } from '../platform.ts';
import { readSlackSettings, SLACK_VARIABLES } from './settings.ts';

const slack: PlatformDefinition = {
  name: 'slack',
  title: 'Slack',
  variables: SLACK_VARIABLES,
  hasTreePage: false,
  read(environment) {
    const reading = readSlackSettings(environment);
    if (reading.state === 'off') {
      return { state: 'off', turnOnWith: 'SLACK_BOT_TOKEN and SLACK_APP_TOKEN' };
    }
    if (reading.state === 'mistaken') return reading;
    const { settings } = reading;
    return {
      state: 'on',
      how: settings.intake.kind === 'socket' ? 'Socket Mode' : 'HTTP at /slack/events',
      connect: async (parts) => (await import('./connect.ts')).connectSlack(settings, parts),
    };
  },
};
export default slack;
