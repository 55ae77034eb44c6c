import { Client, Events, GatewayIntentBits, Partials, type ClientEvents } from 'discord.js';
import type { DiscordServer, JsonObject } from './types.ts';

/** The real discord.js, logged in and ready. */
export async function connectClient(
  server: DiscordServer,
  intents: readonly GatewayIntentBits[] = [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.DirectMessages,
  ],
): Promise<Client<true>> {
  const client = new Client({
    intents: [...intents],
    partials: [Partials.Channel],
    rest: { api: server.apiUrl, retries: 1 },
  });
  const ready = next(client, Events.ClientReady);
  await client.login(server.token);
  const [connected] = await ready;
  return connected;
}

/** The arguments of the client's next such event. */
export function next<Name extends keyof ClientEvents>(
  client: Client,
  name: Name,
): Promise<ClientEvents[Name]> {
  return new Promise((resolve) => {
    client.once(name, (...values) => resolve(values));
  });
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
}

interface BareRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** The sizes of pictures that go along. */
  readonly files?: number[];
  /** Instead of body and files. */
  readonly form?: FormData;
  readonly token?: string;
}

/** One bare request, for what discord.js would never send. */
export async function callApi(server: DiscordServer, request: BareRequest): Promise<Answer> {
  const { method, path, body, files, token = `Bot ${server.token}` } = request;
  const form = request.form ?? (files && toForm(body, files));
  const response = await fetch(`${server.apiUrl}/v10${path}`, {
    method,
    headers: {
      ...(token !== '' && { authorization: token }),
      ...(!form && { 'content-type': 'application/json' }),
    },
    ...(method !== 'GET' && { body: form ?? JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = (text === '' ? {} : JSON.parse(text)) as JsonObject;
  return { status: response.status, headers: response.headers, body: answer };
}

/** Files first, then the JSON, as discord.js sends them; the numbers are the files' sizes. */
function toForm(body: unknown, sizes: readonly number[]): FormData {
  const form = new FormData();
  for (const [index, size] of sizes.entries()) {
    const file = new Blob([new Uint8Array(size)], { type: 'image/png' });
    form.append(`files[${index}]`, file, `picture ${index}.png`);
  }
  form.append('payload_json', JSON.stringify(body));
  return form;
}
