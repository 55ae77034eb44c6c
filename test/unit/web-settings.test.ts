import { describe, expect, test } from 'vitest';
import web from '../../src/platforms/web/index.ts';

const TOKEN = 'a-token-of-good-length';

describe('the settings of the web chat', () => {
  test.each([
    { name: 'nothing set', environment: {}, how: 'for this machine only' },
    { name: 'said out loud', environment: { WEB_CHAT: 'on' }, how: 'for this machine only' },
    { name: 'localhost', environment: { HOST: 'localhost' }, how: 'for this machine only' },
    {
      name: 'the whole loopback net',
      environment: { HOST: '127.8.9.1' },
      how: 'for this machine only',
    },
    { name: 'loopback in IPv6', environment: { HOST: '::1' }, how: 'for this machine only' },
    {
      name: 'all addresses with a token',
      environment: { HOST: '0.0.0.0', WEB_LOGIN_TOKEN: TOKEN },
      how: 'behind a login token',
    },
    {
      name: 'a token on loopback',
      environment: { WEB_LOGIN_TOKEN: TOKEN, WEB_ALLOWED_HOSTS: 'easel.example, Chat.Example' },
      how: 'behind a login token',
    },
  ])('turn it on with $name', ({ environment, how }) => {
    expect(web.read(environment)).toMatchObject({ state: 'on', how });
  });

  test('turn it off by name, whatever else is set', () => {
    expect(web.read({ WEB_CHAT: 'OFF', HOST: '0.0.0.0' })).toEqual({
      state: 'off',
      turnOnWith: 'WEB_CHAT=on',
    });
  });

  test.each([
    { environment: { HOST: '0.0.0.0' }, words: ['HOST is 0.0.0.0', 'WEB_LOGIN_TOKEN'] },
    { environment: { HOST: '::' }, words: ['HOST is ::', 'WEB_LOGIN_TOKEN'] },
    { environment: { HOST: '192.168.1.5' }, words: ['HOST is 192.168.1.5'] },
    { environment: { HOST: 'easel.example' }, words: ['HOST is easel.example'] },
    { environment: { WEB_LOGIN_TOKEN: 'short' }, words: ['WEB_LOGIN_TOKEN', '5 characters', '16'] },
    { environment: { WEB_CHAT: 'maybe' }, words: ['WEB_CHAT', '“maybe”', 'on or off'] },
    {
      environment: { WEB_ALLOWED_HOSTS: 'https://x.example' },
      words: ['WEB_ALLOWED_HOSTS', 'bare names'],
    },
  ])('refuse $environment with a remedy', ({ environment, words }) => {
    const setting = web.read(environment);
    expect(setting.state).toBe('mistaken');
    const text = setting.state === 'mistaken' ? setting.mistakes.join('\n') : '';
    for (const word of words) expect(text).toContain(word);
  });

  test('name every mistake at once', () => {
    const setting = web.read({ WEB_CHAT: 'maybe', HOST: '0.0.0.0', WEB_ALLOWED_HOSTS: '*' });
    expect(setting).toMatchObject({ state: 'mistaken', mistakes: { length: 3 } });
  });

  test('never repeat a token', () => {
    expect(JSON.stringify(web.read({ WEB_LOGIN_TOKEN: 'hunter2' }))).not.toContain('hunter2');
  });
});
