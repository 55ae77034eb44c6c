/** Somebody at a browser without scripts: reads pages, sends the forms in them, keeps the cookie. */
import { randomUUID } from 'node:crypto';

export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export type Visitor = ReturnType<typeof createVisitor>;

export function createVisitor(origin: string) {
  let cookie = '';

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { origin, cookie };
    const response = await fetch(`${origin}${path}`, { redirect: 'manual', ...init, headers });
    const [given] = response.headers.getSetCookie();
    cookie ||= given?.split(';', 1)[0] ?? '';
    return response;
  }

  async function post(path: string, fields: Readonly<Record<string, string>>, files: File[] = []) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    for (const file of files) body.append('files', file);
    const response = await send(path, { method: 'POST', body });
    return { status: response.status, to: response.headers.get('location') ?? '' };
  }

  return {
    async read(path: string): Promise<Page> {
      const response = await send(path);
      return {
        status: response.status,
        headers: response.headers,
        body: await response.text(),
      };
    },
    async readBytes(path: string): Promise<Buffer> {
      return Buffer.from(await (await send(path)).arrayBuffer());
    },
    say: (text: string, files: File[] = []) =>
      post('/web/messages', { text, submission: randomUUID() }, files),
    /** Fills in the one form of a page and sends it, with whatever is hidden in it. */
    async fill(page: Page, fields: Readonly<Record<string, string>>) {
      const [, action = ''] = /<form[^>]*action="([^"]+)"/u.exec(page.body) ?? [];
      const hidden = page.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/gu);
      const kept = Object.fromEntries(
        [...hidden].map(([, name = '', value = '']) => [name, value]),
      );
      return post(action, { ...kept, ...fields });
    },
    press: (command: string, job: string) => post('/web/press', { command, job, message: '' }),
  };
}

/** The pictures of a page of the history, as they stand there: newest first. */
export function picturesIn({ body }: Page): string[] {
  const found = body.matchAll(/class="thumbnail-link" href="\/web\/pictures\/([^"]+)"/gu);
  return [...found].map(([, id = '']) => id);
}

/** Who came from whom in a family tree, such as `a.1>b.1`. */
export function arrowsIn({ body }: Page): string[] {
  const found = body.matchAll(/data-from="([^"]+)" data-to="([^"]+)"/gu);
  return [...new Set([...found].map(([, from, to]) => `${from}>${to}`))].sort();
}
