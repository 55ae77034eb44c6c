/** The form of a command over plain HTTP: as a browser without scripts sends it, and as htmx does. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { plainPng } from '../support/plain-picture.ts';
import { type RunningChat, startWaitingChat } from '../support/web-chat.ts';

let chat: RunningChat;
let png: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  png = new Uint8Array(await plainPng());
  chat = await startWaitingChat();
});
beforeEach(() => void chat.invocations.splice(0));
afterAll(() => chat.stop());

type Form = Parameters<RunningChat['post']>[1];
const LIVE = { 'hx-request': 'true' };
const INPAINTING = 'fal-ai/flux-lora/inpainting';
const post = async (
  path: string,
  form: Form,
  headers: Record<string, string> = {},
): Promise<{ status: number; html: string; response: Response }> => {
  const response = await chat.post(
    `/web/options/${path}`,
    { command: 'imagine', ...form },
    headers,
  );
  return { status: response.status, html: await response.text(), response };
};
const send = (form: Form, headers = {}) =>
  post('send', { submission: crypto.randomUUID(), ...form }, headers);
const preview = (form: Form) => post('preview', form, LIVE);
const ask = async (form: Form): Promise<unknown> =>
  (await chat.post('/web/options/suggestions', { command: 'imagine', ...form })).json();
const page = async (): Promise<string> => (await fetch(chat.origin)).text();
const toWords = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/gu, ' ');

describe('a form that is opened', () => {
  test('is a whole page for a browser without scripts, with nobody told off', async () => {
    const response = await fetch(`${chat.origin}/web/options`);
    const html = await response.text();
    expect(html).toMatch(/^<!doctype html>[\s\S]*action="\/web\/options\/send"/u);
    expect(html).not.toContain('hx-post="/web/options');
    expect(html).not.toContain('class="field of-text wide mistaken"');
    expect(toWords(html)).not.toContain('“prompt”');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('is a part of the page for htmx', async () => {
    const { html } = await post('open', { text: '' }, LIVE);
    expect(html).toMatch(/^<hx-partial hx-target="#options" hx-swap="innerHTML"><form/u);
    expect(html).not.toContain('datalist');
  });

  test('holds what the composer held', async () => {
    const { html } = await post('open', { text: 'a fox --model recraft-v3 --style any' }, LIVE);
    expect(html).toMatch(/name="option\.prompt"[\s\S]*>\na fox<\/textarea/u);
    expect(html).toMatch(/name="option\.style"[\s\S]*?value="any"/u);
    expect(toWords(html)).toContain('/imagine a fox --model recraft-v3 --style any');
  });

  test('is empty where the composer held nothing that can be read', async () => {
    const { status, html } = await post('open', { text: '/dance wildly' }, LIVE);
    expect(status).toBe(200);
    expect(html).toContain('name="command" value="imagine"');
  });

  test.each(['/imagine', '/imagine --model recraft-v3'])(
    'is the answer to a command without words: %s',
    async (text) => {
      const form = { text, submission: crypto.randomUUID() };
      const plain = await chat.post('/web/messages', form);
      expect(plain.status).toBe(303);
      const address = plain.headers.get('location') ?? '';
      expect(address).toBe(`/web/options?${new URLSearchParams({ text }).toString()}`);
      expect(await (await fetch(`${chat.origin}${address}`)).text()).toContain('id="option-form"');
      const live = await chat.post('/web/messages', form, LIVE);
      expect(await live.text()).toMatch(/^<hx-partial hx-target="#options"/u);
      expect(chat.invocations).toHaveLength(0);
    },
  );

  test('is not the answer where a picture came instead of words', async () => {
    await chat.post('/web/messages', {
      text: '/imagine',
      submission: crypto.randomUUID(),
      files: [new File([png], 'fox.png')],
    });
    expect(chat.invocations).toHaveLength(1);
  });

  test('has what is beyond the usual folded away, and unfolds what is filled in', async () => {
    const folded = await post('open', { text: 'a fox --model qwen-image' }, LIVE);
    expect(folded.html).toMatch(/<details id="more-options" >/u);
    const open = await post('open', { text: 'a fox --model qwen-image --sync_mode' }, LIVE);
    expect(open.html).toMatch(/<details id="more-options" open>/u);
  });
});

describe('a form that is being filled in', () => {
  test('says the command line, the notes and the mistakes, and nothing is sent', async () => {
    const { html } = await preview({
      'option.prompt': 'a fox',
      'option.model': 'qwen-image',
      'option.aspect_ratio': '3:2',
    });
    expect(toWords(html)).toContain('/imagine a fox --model qwen-image --aspect_ratio 3:2');
    expect(toWords(html)).toContain('qwen-image has no 3:2; 4:3 is used.');
    const wrong = await preview({
      'option.prompt': 'a fox',
      'option.model': 'qwen-image',
      'option.steps': '900',
    });
    expect(wrong.html).toMatch(
      /id="mistake-steps">“steps” must be from 2 to 250 for qwen-image, not 900\.</u,
    );
    expect(wrong.html).toMatch(/To mend: <a href="#field-steps">Steps/u);
    expect(chat.invocations).toHaveLength(0);
  });

  test('has the fields of the model that was chosen, with what was typed', async () => {
    const { html } = await preview({ 'option.prompt': 'a fox', 'option.model': 'recraft-v3' });
    expect(html).toContain('id="option-style"');
    expect(html).not.toContain('id="option-steps"');
    expect(html).toContain('a fox</textarea');
  });

  test('keeps what only another model has for when that one comes back', async () => {
    const { html } = await preview({ 'option.model': 'recraft-v3', 'option.steps': '30' });
    expect(html).toMatch(/type="hidden" name="option\.steps" value="30"/u);
    expect(toWords(html)).toContain('no such option: steps');
  });

  test('does not tell anybody off for what is still empty, until it was sent', async () => {
    const fresh = await preview({ 'option.model': 'qwen-image' });
    expect(toWords(fresh.html)).not.toContain('“prompt”');
    const tried = await preview({ 'option.model': 'qwen-image', tried: 'yes' });
    expect(toWords(tried.html)).toContain('“prompt” is needed');
  });

  test('counts files that are only named yet', async () => {
    const missing = { 'option.prompt': 'x', 'option.model': INPAINTING, tried: 'yes' };
    expect((await preview(missing)).html).toMatch(/id="mistake-mask">“mask” is needed/u);
    const named = { ...missing, 'file.mask': 'image/png;m.png', 'file.image': 'image/png;a;b.png' };
    expect((await preview(named)).html).not.toContain('is needed');
  });

  test('never takes the focus', async () => {
    expect((await preview({})).html).not.toContain('autofocus');
  });

  test('is a whole page with the same for a browser without scripts', async () => {
    const { html } = await post('preview', {
      'option.prompt': 'a fox',
      'option.model': 'recraft-v3',
    });
    expect(html).toMatch(/^<!doctype html>[\s\S]*id="option-style"[\s\S]*Check it/u);
  });
});

describe('suggestions for a field', () => {
  test('are what the option itself suggests', async () => {
    expect(await ask({ of: 'model', 'option.model': 'qwen' })).toEqual([
      { value: 'qwen-image', label: 'qwen-image: Quick, good at lettering' },
    ]);
  });

  test('depend on what else is filled in', async () => {
    const form = { of: 'style', 'option.style': 'line' };
    expect(await ask({ ...form, 'option.model': 'recraft-v3' })).toHaveLength(1);
    expect(await ask({ ...form, 'option.model': 'qwen-image' })).toEqual([]);
  });

  test.each(['prompt', 'nothing', '__proto__', ''])('are none for “%s”', async (of) => {
    expect(await ask({ of })).toEqual([]);
  });
});

describe('hints for the composer', () => {
  test('know the options of the chosen model', async () => {
    const form = { text: 'a fox --model qwen-image --' };
    const answer: unknown = await (await chat.post('/web/hints', form)).json();
    expect(answer).toMatchObject({ name: 'imagine', begun: '' });
    expect(JSON.stringify(answer)).toContain('2 to 250, usually 30');
  });

  test('are none where there is no such command', async () => {
    expect(await (await chat.post('/web/hints', { text: '/dance --' })).json()).toEqual({});
  });
});

describe('a form that is sent', () => {
  test('is the same wish as the line that it stands for', async () => {
    const { status, response } = await send({
      'option.prompt': 'a fox',
      'option.model': 'qwen-image',
      'option.steps': '30',
      'option.turbo': 'true',
      'option.seed': '',
    });
    expect(status).toBe(303);
    expect(response.headers.get('location')).toBe('/');
    const text = '/imagine a fox --model qwen-image --steps 30 --turbo';
    await chat.post('/web/messages', { text, submission: crypto.randomUUID() });
    const [form, typed] = chat.invocations;
    expect(form).toMatchObject({ commandName: 'imagine', attachments: [] });
    expect(form?.options).toEqual(typed?.options);
    expect((await page()).match(new RegExp(text, 'gu'))).toHaveLength(2);
  });

  test('empties the dialogue where scripts run, and gives the composer a fresh id', async () => {
    const { html } = await send({ 'option.prompt': 'a fox' }, LIVE);
    expect(html).toMatch(/hx-target="#submission"/u);
    expect(html).toMatch(/<hx-partial hx-target="#options" hx-swap="innerHTML"><\/hx-partial>$/u);
  });

  test('brings its files with the options that they are for', async () => {
    await send({
      'option.prompt': 'a red door',
      'option.model': INPAINTING,
      'file.image': [new File([png], 'house.png')],
      'file.mask': [new File([png], 'mask.png')],
    });
    expect(chat.invocations[0]?.attachments).toMatchObject([
      { fileName: 'house.png', option: 'image', claimedType: 'image/png' },
      { fileName: 'mask.png', option: 'mask', claimedType: 'image/png' },
    ]);
    expect(await page()).toContain('Attached picture mask.png');
  });

  test('leaves empty file fields alone', async () => {
    await send({ 'option.prompt': 'a fox', 'file.image': [new File([], '')] });
    expect(chat.invocations[0]?.attachments).toEqual([]);
  });

  test('twice asks once', async () => {
    const form = { 'option.prompt': 'a fox seen twice', submission: crypto.randomUUID() };
    await Promise.all([send(form), send(form)]);
    expect(chat.invocations).toHaveLength(1);
  });

  test.each([
    ['what is missing', {}, /id="mistake-prompt">“prompt” is needed/u],
    [
      'what is out of bounds',
      { 'option.prompt': 'a fox', 'option.count': '9' },
      /id="mistake-count">“count” must be/u,
    ],
    [
      'what the model refuses',
      { 'option.prompt': 'a fox', 'option.model': 'qwen-image', 'option.steps': '1' },
      /id="mistake-steps">/u,
    ],
    [
      'a file that is none',
      { 'option.prompt': 'a fox', 'file.image': [new File(['x'], 'a.png')] },
      /“a\.png” holds no picture/u,
    ],
    [
      'a missing file',
      { 'option.prompt': 'a door', 'option.model': INPAINTING },
      /id="mistake-mask">“mask” is needed/u,
    ],
  ] satisfies [string, Form, RegExp][])('comes back with %s', async (_, form, reason) => {
    for (const headers of [{}, LIVE]) {
      const { status, html } = await send(form, headers);
      expect(status).toBe(422);
      expect(html).toMatch(reason);
      expect(html).toContain('name="tried" value="yes"');
    }
    expect(chat.invocations).toHaveLength(0);
  });

  test.each([
    ['recording', 'minimax-speech-02-hd', 'is of the type image/png. Attach an MP3'],
    ['image', 'nano-banana-pro', undefined],
  ])('takes a picture only where one is meant: %s', async (option, model, reason) => {
    const { status, html } = await send({
      'option.prompt': 'hello',
      'option.model': model,
      [`file.${option}`]: [new File([png], 'a.bin')],
    });
    expect(status).toBe(reason === undefined ? 303 : 422);
    expect(html).toContain(reason ?? '');
  });

  test('shows hostile words only as text', async () => {
    const words = '</textarea><script>alert(1)</script>';
    const { html } = await send({ 'option.prompt': words, 'option.count': words });
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script&gt;alert(1)');
  });
});

describe('a form that is no form of ours', () => {
  const id = crypto.randomUUID();
  test.each([
    ['no command', { submission: id, command: '' }, 400],
    ['an unknown command', { submission: id, command: 'dance' }, 400],
    ['a command that only buttons invoke', { submission: id, command: 'retry' }, 400],
    ['a made-up submission', { submission: '1' }, 400],
    ['a name that is none', { submission: id, 'option.a b': 'x' }, 400],
    ['a file as a value', { submission: id, 'option.prompt': new File(['x'], 'a') }, 400],
    ['an endless value', { submission: id, 'option.prompt': 'x'.repeat(100_001) }, 400],
  ] satisfies [string, Form, number][])('is refused: %s', async (_, form, status) => {
    expect((await post('send', form)).status).toBe(status);
    expect(chat.invocations).toHaveLength(0);
  });

  test('cannot come from another page', async () => {
    for (const path of ['open', 'preview', 'send', 'suggestions']) {
      const { status } = await post(path, {}, { origin: 'https://evil.example' });
      expect(status).toBe(403);
    }
    const headers = { origin: 'https://evil.example' };
    expect((await chat.post('/web/hints', { text: '' }, headers)).status).toBe(403);
  });

  test('is drawn without inline styles and scripts', async () => {
    const html = await (await fetch(`${chat.origin}/web/options?text=a+fox`)).text();
    expect(html).not.toMatch(/<script(?![^>]*(?:src=|application\/json))/u);
    expect(html).not.toMatch(/\sstyle=|<style|\son\w+=/u);
  });
});
