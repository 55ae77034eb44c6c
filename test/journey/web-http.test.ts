import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { line, message } from '../../src/message.ts';
import { type RunningChat, startChat } from '../support/web-chat.ts';

let chat: RunningChat;
beforeAll(async () => {
  chat = await startChat({
    onInvocation: async (invocation) => {
      await invocation.acknowledge(message(line('Waiting in line')));
    },
  });
});
beforeEach(() => void chat.invocations.splice(0));
afterAll(() => chat.stop());

const wish = (text: string): Record<string, string> => ({ text, submission: crypto.randomUUID() });
const page = async (): Promise<string> => (await fetch(`${chat.origin}/`)).text();

describe('a message', () => {
  test.each([
    ['/imagine prompt: a fox', 'imagine', { prompt: 'a fox' }],
    ['/imagine a fox --ar 16:9', 'imagine', { prompt: 'a fox', aspect_ratio: '16:9' }],
    ['a fox in snow', 'imagine', { prompt: 'a fox in snow' }],
    ['/help', 'help', {}],
  ])('“%s” becomes an invocation', async (text, commandName, options) => {
    const response = await chat.post('/web/messages', wish(text));
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/');
    expect(chat.invocations).toHaveLength(1);
    expect(chat.invocations[0]).toMatchObject({
      commandName,
      options,
      attachments: [],
      place: { platform: 'web', tenant: 'web', channel: 'main' },
    });
  });

  test('that is sent twice asks once', async () => {
    const form = wish('a fox seen twice');
    await Promise.all([chat.post('/web/messages', form), chat.post('/web/messages', form)]);
    expect(chat.invocations).toHaveLength(1);
    expect((await page()).match(/a fox seen twice/gu)).toHaveLength(1);
  });

  test('without scripts is answered by the page, with the answer on it', async () => {
    await chat.post('/web/messages', wish('a fox for a plain browser'));
    expect(await page()).toMatch(/a fox for a plain browser[\s\S]*Waiting in line/u);
  });

  test('with scripts is answered by a fresh form id', async () => {
    const response = await chat.post('/web/messages', wish('a fox'), { 'hx-request': 'true' });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(
      /^<hx-partial hx-target="#submission" hx-swap="outerHTML"><input[^>]*\/><\/hx-partial>$/u,
    );
  });

  test('keeps its person by a cookie that scripts cannot read', async () => {
    const first = await fetch(`${chat.origin}/`);
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/u);
    expect(cookie).toMatch(/SameSite=Strict/u);
    const [pair = ''] = cookie.split(';');
    await chat.post('/web/messages', wish('one'), { cookie: pair });
    await chat.post('/web/messages', wish('two'), { cookie: pair });
    await chat.post('/web/messages', wish('three'), { cookie: 'easel_person=made-up' });
    const [one, two, three] = chat.invocations.map(({ person }) => person.id);
    expect(one).toBe(two);
    expect(pair).toContain(one);
    expect(three).not.toBe('made-up');
  });
});

describe('what cannot be sent', () => {
  test.each([
    ['nothing', '', 'Say what you want'],
    ['blanks', ' \r\n ', 'Say what you want'],
    ['an unknown command', '/imagin a fox', '/imagine'],
    ['too many words', 'x'.repeat(8001), '8001 characters'],
  ])('comes back with the reason and the words: %s', async (_, text, reason) => {
    const response = await chat.post('/web/messages', wish(text));
    const body = await response.text();
    expect(response.status).toBe(422);
    expect(body).toContain(reason);
    expect(body).toContain(`>\n${text.trim()}</textarea`);
    expect(chat.invocations).toHaveLength(0);
  });

  test('comes back to the composer alone where scripts run', async () => {
    const response = await chat.post('/web/messages', wish('/dance'), { 'hx-request': 'true' });
    expect(response.status).toBe(422);
    expect(await response.text()).toMatch(/^<p class="mistake">There is no command \/dance/u);
  });
});

describe('a button', () => {
  test('invokes its command with its job, also one that is not published', async () => {
    const form = { command: 'retry', job: 'j1', message: 'm1' };
    const response = await chat.post('/web/press', form, { 'hx-request': 'true' });
    expect(response.status).toBe(204);
    expect(chat.invocations[0]).toMatchObject({
      commandName: 'retry',
      options: { job: 'j1' },
    });
  });

  test('that belongs to no command is refused', async () => {
    const response = await chat.post('/web/press', { command: 'rm', job: 'j', message: 'm' });
    expect(response.status).toBe(400);
    expect(chat.invocations).toHaveLength(0);
  });
});

describe('a foreign page', () => {
  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin at all', { origin: '' }],
    ['an opaque origin', { origin: 'null' }],
    ['the same host, another port', { origin: 'http://127.0.0.1:1' }],
    ['a cross-site mark', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a same-site mark', { origin: 'https://evil.example', 'sec-fetch-site': 'same-site' }],
  ])('cannot post with %s', async (_, headers) => {
    for (const path of ['/web/messages', '/web/press']) {
      const response = await chat.post(path, wish('a fox'), headers);
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('Reload the page');
    }
    expect(chat.invocations).toHaveLength(0);
  });

  test.each([
    ['easel.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost.evil.example:3000', 421],
    ['[', 400],
    ['a@b', 400],
    ['localhost', 200],
    ['127.0.0.1:3000', 200],
    ['[::1]:3000', 200],
    ['192.168.1.5', 200],
  ])('cannot borrow a name for this machine: %s is answered with %i', async (host, expected) => {
    const { port } = new URL(chat.origin);
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port, path: '/', headers: { host } });
      sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
      sent.end();
    });
    expect(status).toBe(expected);
  });
});

describe('a malformed request', () => {
  const boundary = 'multipart/form-data; boundary=x';
  const form = 'application/x-www-form-urlencoded';
  const id = crypto.randomUUID();
  test.each([
    ['JSON', '/web/messages', 'application/json', '{}', 415],
    ['text', '/web/messages', 'text/plain', 'text=a', 415],
    ['no body', '/web/messages', form, '', 400],
    ['no boundary', '/web/messages', 'multipart/form-data', 'x', 400],
    ['a cut-off form', '/web/messages', boundary, '--x\r\nContent-Disp', 400],
    ['no submission', '/web/messages', form, 'text=a', 400],
    ['a made-up submission', '/web/messages', form, 'text=a&submission=1', 400],
    ['two texts', '/web/messages', form, `text=a&text=b&submission=${id}`, 400],
    ['a file that is text', '/web/messages', form, `text=a&submission=${id}&files=x`, 400],
    ['prototype names', '/web/messages', form, '__proto__=1&constructor=2', 400],
    ['broken escapes', '/web/messages', form, 'text=%E0%A4%A&submission=%', 400],
    ['a press without a command', '/web/press', form, 'job=1&message=2', 400],
    ['a long job', '/web/press', form, `command=cancel&message=1&job=${'x'.repeat(65)}`, 400],
    ['a huge press', '/web/press', form, `command=${'x'.repeat(20_000)}`, 413],
    ['an unknown address', '/web/nothing', form, 'a=b', 404],
  ])('gets a clear answer: %s', async (...[, path, type, body, status]) => {
    const headers = { 'content-type': type, origin: chat.origin };
    const response = await fetch(`${chat.origin}${path}`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(await response.text()).not.toBe('');
    expect(chat.invocations).toHaveLength(0);
  });

  test.each([
    '/web/files/',
    '/web/files/nothing',
    '/web/files/..%2f..%2fetc%2fpasswd',
    '/web/assets/x/..%2fpage.ts',
    '/web/assets/x/page.ts',
  ])('finds no file at %s', async (path) => {
    expect((await fetch(`${chat.origin}${path}`)).status).toBe(404);
  });
});

describe('every answer', () => {
  test('of the page forbids foreign and inline scripts, styles and frames', async () => {
    const response = await fetch(`${chat.origin}/`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("media-src 'self' blob:;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const permissions = response.headers.get('permissions-policy');
    expect(permissions).toBe('microphone=(self), camera=(), geolocation=(), display-capture=()');
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]*(?:src=|application\/json))/u);
    expect(html).not.toMatch(/\sstyle=|<style|\son\w+=/u);
  });

  test('of another tenant of the server is left alone', async () => {
    const response = await fetch(`${chat.origin}/healthz`);
    expect(await response.text()).toBe('fine');
    expect(response.headers.has('content-security-policy')).toBe(false);
  });

  test('with an asset may be kept for ever, because its address has its version', async () => {
    const addresses = [...(await page()).matchAll(/(?:src|href)="(\/web\/assets\/[^"]+)"/gu)];
    expect(addresses.length).toBeGreaterThan(4);
    for (const [, address] of addresses) {
      const response = await fetch(`${chat.origin}${address}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toContain('immutable');
    }
  });
});
