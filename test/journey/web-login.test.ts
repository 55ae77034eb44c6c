import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { systemClock } from '../../src/clock.ts';
import { createMemoryRecords } from '../support/memory-records.ts';
import { type RunningChat, startChat } from '../support/web-chat.ts';

const TOKEN = 'a-token-of-good-length';
const records = createMemoryRecords();
let now = Date.parse('2026-01-02T03:04:05Z');
const clock: Clock = { ...systemClock, now: () => new Date(now) };
let chat: RunningChat;

beforeAll(async () => {
  const environment = {
    HOST: '0.0.0.0',
    WEB_LOGIN_TOKEN: TOKEN,
    WEB_ALLOWED_HOSTS: 'easel.example',
  };
  chat = await startChat({ environment, records, clock });
});
afterAll(() => chat.stop());

async function logIn(token: string): Promise<{ status: number; cookie: string; full: string }> {
  now += 61_000;
  const response = await chat.post('/web/login', { token });
  const full = response.headers.get('set-cookie') ?? '';
  return { status: response.status, cookie: full.split(';')[0] ?? '', full };
}
const visit = (cookie: string, path = '/'): Promise<Response> =>
  fetch(`${chat.origin}${path}`, { headers: { cookie }, redirect: 'manual' });

describe('behind a login token', () => {
  test.each([
    ['GET', '/', 303],
    ['GET', '/web/events', 401],
    ['GET', '/web/files/x', 401],
    ['GET', '/web/history', 401],
    ['GET', '/web/pictures/x.1', 401],
    ['GET', '/web/pictures/x.1/original', 401],
    ['GET', '/web/pictures/x.1/thumbnail', 401],
    ['POST', '/web/messages', 401],
    ['POST', '/web/press', 401],
    ['POST', '/web/logout', 401],
  ])('nobody comes in uninvited: %s %s', async (method, path, status) => {
    const form = method === 'POST' && { body: new URLSearchParams({ text: 'a fox' }) };
    const response = await fetch(`${chat.origin}${path}`, {
      method,
      ...form,
      redirect: 'manual',
      headers: { origin: chat.origin },
    });
    expect(response.status).toBe(status);
    expect(chat.invocations).toHaveLength(0);
  });

  test.each(['/web/history', '/web/pictures/x.1'])('a link leads to the door: %s', async (path) => {
    const headers = { accept: 'text/html,application/xhtml+xml' };
    const response = await fetch(`${chat.origin}${path}`, { headers, redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/web/login');
  });

  test('the door itself, its style and the health check are open', async () => {
    const html = await (await fetch(`${chat.origin}/web/login`)).text();
    expect(html).toContain('Login token');
    const [, style = ''] = /href="([^"]+\.css)"/u.exec(html) ?? [];
    expect((await fetch(`${chat.origin}${style}`)).status).toBe(200);
    expect((await fetch(`${chat.origin}/healthz`)).status).toBe(200);
  });

  test('the right token opens the page, by a cookie that scripts cannot read', async () => {
    const { status, cookie, full } = await logIn(TOKEN);
    expect(status).toBe(303);
    expect(full).toMatch(/HttpOnly/u);
    expect(full).toMatch(/SameSite=Strict/u);
    expect(full).not.toContain(TOKEN);
    const response = await visit(cookie);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Log out');
  });

  test('the cookie is only for encrypted connections where a proxy encrypts', async () => {
    now += 61_000;
    const headers = { 'x-forwarded-proto': 'https' };
    const response = await chat.post('/web/login', { token: TOKEN }, headers);
    expect(response.headers.get('set-cookie')).toMatch(/Secure/u);
  });

  test.each(['', 'wrong', TOKEN.slice(0, -1), `${TOKEN} `, 'ü'.repeat(22)])(
    'the token “%s” does not',
    async (token) => {
      const { status, cookie } = await logIn(token);
      expect(status).toBe(401);
      expect(cookie).toBe('');
    },
  );

  test.each([
    'easel_session=9999999999999',
    'easel_session=9999999999999.AAAA',
    'easel_session=9999999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D',
  ])('the made-up cookie %s does not', async (cookie) => {
    expect((await visit(cookie)).status).toBe(303);
  });

  test('a session ends after 30 days', async () => {
    const { cookie } = await logIn(TOKEN);
    now += 29 * 24 * 3600 * 1000;
    expect((await visit(cookie)).status).toBe(200);
    now += 2 * 24 * 3600 * 1000;
    expect((await visit(cookie)).status).toBe(303);
  });

  test('logging out takes the cookie away', async () => {
    const { cookie } = await logIn(TOKEN);
    const response = await chat.post('/web/logout', {}, { cookie });
    expect(response.status).toBe(303);
    expect(response.headers.get('set-cookie')).toMatch(/easel_session=; Max-Age=0/u);
  });

  test('a session survives a restart, but not a new token', async () => {
    const { cookie } = await logIn(TOKEN);
    for (const [token, status] of [
      [TOKEN, 200],
      ['another-token-of-length', 303],
    ] as const) {
      const other = await startChat({ environment: { WEB_LOGIN_TOKEN: token }, records, clock });
      const response = await fetch(other.origin, { headers: { cookie }, redirect: 'manual' });
      expect(response.status).toBe(status);
      await other.stop();
    }
  });

  test('guessing is slowed down, and a minute later forgiven', async () => {
    now += 61_000;
    const guess = async (token: string): Promise<number> =>
      (await chat.post('/web/login', { token })).status;
    const guesses = await Promise.all(Array.from({ length: 10 }, () => guess('wrong')));
    expect(new Set(guesses)).toEqual(new Set([401]));
    const refused = await chat.post('/web/login', { token: TOKEN });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    now += 60_000;
    expect(await guess(TOKEN)).toBe(303);
  });
});
