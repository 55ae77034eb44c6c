/** The web chat's single door: nothing of it is loaded before `connect`. */
import type { PlatformDefinition } from '../platform.ts';
import { readWebSettings, WEB_VARIABLES } from './settings.ts';

const web: PlatformDefinition = {
  name: 'web',
  title: 'Web chat',
  variables: WEB_VARIABLES,
  hasTreePage: true,
  read(environment) {
    const reading = readWebSettings(environment);
    if (reading.state === 'off') return { state: 'off', turnOnWith: 'WEB_CHAT=on' };
    if (reading.state === 'mistaken') return reading;
    const { settings } = reading;
    return {
      state: 'on',
      how: settings.loginToken === undefined ? 'for this machine only' : 'behind a login token',
      connect: async (parts) => (await import('./connect.ts')).connectWebChat(settings, parts),
    };
  },
};
export default web;
