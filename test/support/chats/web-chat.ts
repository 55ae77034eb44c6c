import { randomUUID } from 'node:crypto';
import {
  waitFor,
  type DeliveredFile,
  type PostedMessage,
  type TestChat,
  type Upload,
} from './chat.ts';
import { readEntities, readWebWords } from './read-words.ts';

export interface SeenMessage {
  readonly id: string;
  readonly html: string;
}

type Fields = Readonly<Record<string, string | readonly Upload[]>>;

/** What only this chat has: forms, and a page that can be looked at. */
export interface WebTestChat extends TestChat {
  /** What the page shows, oldest first. */
  messages(): Promise<readonly SeenMessage[]>;
  /** Everything that every open page was sent so far. */
  events(): readonly SeenMessage[];
  read(address: string): Promise<Response>;
  /** Posts pictures that nothing is to be done with; resolves with the message's id. */
  show(pictures: readonly Upload[]): Promise<string>;
  /** The id of the message with the newest result. */
  newestResult(): Promise<string>;
  /** Sends the composer as it is while it answers a message. */
  reply(to: string, text: string, uploads?: readonly Upload[]): Promise<Response>;
  /** Presses a button of this message, as htmx does. */
  pressOn(message: SeenMessage, label: string): Promise<Response>;
  /** Sends a form that a page holds, filled in. */
  fill(html: string, fields: Fields): Promise<Response>;
}

/** Plays a browser: posts the page's form, reads the page and its stream of events. */
export async function startWebChat(): Promise<WebTestChat> {
  const versions: SeenMessage[] = [];
  let origin = '';
  let cookie = '';
  let listening = new AbortController();
  let acknowledgedAfterMs: number | undefined;
  let newestForm: FormData | undefined;

  async function send(
    form: FormData,
    path = '/web/messages',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const started = performance.now();
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { origin, cookie, ...headers },
    });
    acknowledgedAfterMs = performance.now() - started;
    return response;
  }

  async function readPage(): Promise<SeenMessage[]> {
    const response = await fetch(origin, { headers: { cookie } });
    cookie ||= (response.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    return splitMessages(await response.text());
  }

  /** Sends the composer; a form that is offered instead goes as it is. */
  async function say(fields: Fields): Promise<Response> {
    const form = toForm({ reply: '', files: [], submission: randomUUID(), ...fields });
    const response = await send(form);
    const offered = response.headers.get('location') ?? '';
    if (!offered.startsWith('/web/options')) return response;
    const page = await fetch(`${origin}${offered}`, { headers: { cookie } });
    return send(toForm(readFilled(await page.text())), '/web/options/send');
  }

  /** The same, where it cannot be wrong. */
  async function saySurely(fields: Fields): Promise<void> {
    const response = await say(fields);
    if (response.status >= 400) throw new Error(`refused: ${toText(await response.text())}`);
  }

  async function findButton(label: string): Promise<SeenMessage> {
    const message = (await readPage()).findLast(({ html }) => html.includes(`>${label}</button>`));
    if (!message) throw new Error(`no message has a button ${label}`);
    return message;
  }

  const statuses = (): SeenMessage[] => versions.filter(({ html }) => html.includes('by-easel'));

  return {
    name: 'web',
    places: ['channel'],
    env: {},
    async attach(url) {
      origin = url;
      listening.abort();
      listening = new AbortController();
      versions.push(...(await readPage()));
      const stream = await fetch(`${origin}/web/events`, {
        headers: { cookie },
        signal: listening.signal,
      });
      void record(stream, versions).catch(() => undefined);
    },
    records: 'live-webm',
    command: (name, text, files = []) => saySurely({ text: `/${name} ${text}`.trim(), files }),
    sayAloud: (recording, { to = '' } = {}) => saySurely({ reply: to, files: [recording] }),
    async chatter(text, files = [], by = 'person') {
      // Everything that is typed here is said to Easel, and nobody else is here.
      if (by === 'person' && files.length > 0) await saySurely({ text, files });
    },
    async choose(entry, id) {
      const message = (await readPage()).find((shown) => shown.id === id);
      if (!message) throw new Error(`there is no message ${id}`);
      await send(readButton(message, entry), '/web/press', HTMX);
    },
    async pressAndAnswer(label, answers) {
      const pressed = await send(readButton(await findButton(label), label), '/web/press', HTMX);
      const options = Object.entries(answers).map(([name, value]): Entry => [
        `option.${name}`,
        value,
      ]);
      const form = { ...readFilled(await pressed.text()), ...Object.fromEntries(options) };
      const sent = await send(toForm(form), '/web/options/send', HTMX);
      if (!sent.ok) throw new Error(`the form was refused: ${toText(await sent.text())}`);
    },
    async set(flags, by = 'moderator') {
      // There is nobody who may not.
      if (by === 'moderator') await saySurely({ text: `/settings ${flags}` });
    },
    async posted() {
      const shown = (await readPage()).filter(isPosted);
      return Promise.all(shown.map((message) => toPosted(message, origin, cookie)));
    },
    async buttons() {
      const html = (await readPage()).findLast(isPosted)?.html ?? '';
      const forms = html.split('<form').filter((form) => form.includes('name="job"'));
      return forms.flatMap((form) => /<button class="[a-z]+">([^<]+)</u.exec(form)?.[1] ?? []);
    },
    async handedOut() {
      const notes = (await readPage()).filter(({ html }) => html.includes('by-note'));
      return (await Promise.all(notes.map(({ html }) => readFiles(html, origin, cookie)))).flat();
    },
    messages: readPage,
    events: () => versions,
    read: (address) => fetch(`${origin}${address}`, { headers: { cookie }, redirect: 'manual' }),
    async show(pictures) {
      // The help is the one answer that pictures do not change.
      await send(toForm({ text: '/help', submission: randomUUID(), files: pictures }));
      const shown = (await readPage()).findLast(({ html }) => html.includes('by-person'));
      if (!shown) throw new Error('nobody has shown anything');
      return shown.id;
    },
    async newestResult() {
      const result = (await readPage()).findLast(isPosted);
      if (!result) throw new Error('there is no result yet');
      return result.id;
    },
    reply: (to, text, files = []) => say({ text, reply: to, files }),
    pressOn: (message, label) => send(readButton(message, label), '/web/press', HTMX),
    fill: (html, fields) =>
      send(toForm({ ...readHidden(html), ...fields }), '/web/options/send', HTMX),
    async ask(text, _where, uploads = []) {
      const form = toForm({
        text: `/imagine ${text}`,
        submission: randomUUID(),
        files: uploads,
      });
      newestForm = form;
      const response = await send(form).catch(() => undefined);
      const answer = (await response?.text().catch(() => '')) ?? '';
      if (response && response.status >= 400)
        versions.push({ id: 'mistake', html: `by-note ${answer}` });
    },
    acknowledgedAfterMs: () => acknowledgedAfterMs,
    statusTexts: () => statuses().map(({ html }) => toText(html)),
    newestStatus: () => toText(newestOf(statuses())?.html ?? ''),
    statusCount: () => new Set(statuses().map(({ id }) => id)).size,
    privateTexts: () =>
      versions.filter(({ html }) => html.includes('by-note')).map(({ html }) => toText(html)),
    async deliveries() {
      const shown = await readPage();
      const messages = shown.filter(isResult);
      return Promise.all(messages.map((message) => toPosted(message, origin, cookie)));
    },
    async press(label) {
      await send(readButton(await findButton(label), label), '/web/press');
    },
    async redeliver() {
      if (newestForm) await send(newestForm);
    },
    problems: () => [],
    close: async () => listening.abort(),
  };
}

function isResult({ html }: SeenMessage): boolean {
  return html.includes('by-easel') && withoutQuote(html).includes('/web/files/');
}

/** Words alone are a result as well: whatever can be answered is one. */
function isPosted({ html }: SeenMessage): boolean {
  return html.includes('by-easel') && html.includes('href="/?reply=');
}

/** The small picture of what a message answers is not its own. */
function withoutQuote(html: string): string {
  return html.replaceAll(/<a\s+class="answers[\s\S]*?<\/a>/gu, '');
}

const HTMX = { 'hx-request': 'true' };

function toForm(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    const values = typeof value === 'string' ? [value] : value.map(toFile);
    for (const one of values) form.append(name, one);
  }
  return form;
}

function toFile({ fileName, contentType, bytes }: Upload): File {
  return new File([new Uint8Array(bytes)], fileName, { type: contentType });
}

function readButton({ html }: SeenMessage, label: string): FormData {
  const form = html.split('<form').find((part) => part.includes(`>${label}</button>`));
  if (form === undefined) throw new Error(`the message has no button ${label}`);
  return toForm(readHidden(form));
}

/** Also what is filled in: whoever fills in more puts it over. */
function readHidden(html: string): Record<string, string> {
  const inputs = html.matchAll(/type="hidden"\s+name="([\w.]+)"\s+value="([^"]*)"/gu);
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value]));
}

type Entry = readonly [name: string, value: string];

/** Everything that a form holds as the page shows it; files are none yet. */
function readFilled(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input\s([^>]*)>/gu)]
    .map(([, attributes = '']) => attributes)
    .filter(
      (attributes) => !/type="(?:file|radio)"/u.test(attributes) || /\schecked/u.test(attributes),
    )
    .map((attributes): Entry => [
      attributeOf(attributes, 'name'),
      attributeOf(attributes, 'value'),
    ]);
  const areas = [...html.matchAll(/<textarea\s([^>]*)>\n?([\s\S]*?)<\/textarea>/gu)].map(
    ([, attributes = '', value = '']): Entry => [
      attributeOf(attributes, 'name'),
      readEntities(value),
    ],
  );
  const selects = [...html.matchAll(/<select\s([^>]*)>([\s\S]*?)<\/select>/gu)].map(
    ([, attributes = '', options = '']): Entry => [
      attributeOf(attributes, 'name'),
      attributeOf(/<option\s([^>]*selected[^>]*)>/u.exec(options)?.[1] ?? '', 'value'),
    ],
  );
  return Object.fromEntries([...inputs, ...areas, ...selects]);
}

function attributeOf(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 'u').exec(attributes);
  return readEntities(found?.[1] ?? '');
}

async function record(stream: Response, versions: SeenMessage[]): Promise<void> {
  let rest = '';
  const decoder = new TextDecoder();
  const body: AsyncIterable<Uint8Array> | null = stream.body;
  for await (const chunk of body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const events = rest.split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const html = event
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n');
      versions.push(...splitMessages(html));
    }
  }
}

function splitMessages(html: string): SeenMessage[] {
  const starts = [...html.matchAll(/<li\s+id="message-([^"]+)"/gu)];
  return starts.map((start, at) => ({
    id: start[1] ?? '',
    html: html.slice(start.index, starts[at + 1]?.index).split('</ol>', 1)[0] ?? '',
  }));
}

function toText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

async function toPosted(
  { id, html }: SeenMessage,
  origin: string,
  cookie: string,
): Promise<PostedMessage> {
  const own = withoutQuote(html);
  const files = await readFiles(own, origin, cookie);
  return { id, where: 'channel', text: toText(own), words: readWebWords(own), files };
}

async function readFiles(
  html: string,
  origin: string,
  cookie: string,
): Promise<readonly DeliveredFile[]> {
  const addresses = new Set([...html.matchAll(/\/web\/files\/[\w-]+/gu)].map(([found]) => found));
  const files = [...addresses].map(async (address) => {
    const response = await waitFor('the file', async () => {
      const answer = await fetch(`${origin}${address}`, { headers: { cookie } });
      return answer.ok && answer;
    });
    const altText = findAltText(html, address);
    const name = findFileName(html, address);
    return { name, altText, bytes: new Uint8Array(await response.arrayBuffer()) };
  });
  return Promise.all(files);
}

/** Under which name it is saved. */
function findFileName(html: string, address: string): string {
  return new RegExp(`href="${address}"\\s+download="([^"]*)"`, 'u').exec(html)?.[1] ?? address;
}

/** A blurred picture has none; the one behind it has. */
function findAltText(html: string, address: string): string {
  const labels = html.matchAll(
    new RegExp(`src="${address}"\\s+(?:alt|aria-label)="([^"]*)"`, 'gu'),
  );
  return [...labels].map(([, label = '']) => label).find((label) => label !== '') ?? '';
}

/** The newest version of the message that came last, however late an older one was edited. */
function newestOf(versions: readonly SeenMessage[]): SeenMessage | undefined {
  const last = [...new Set(versions.map(({ id }) => id))].at(-1);
  return versions.findLast(({ id }) => id === last);
}
