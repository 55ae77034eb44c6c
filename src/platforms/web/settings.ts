/** What the web chat reads from the environment: whether to run, and who may come in. */
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { Environment } from '../platform.ts';

export const WEB_VARIABLES = ['WEB_CHAT', 'WEB_LOGIN_TOKEN', 'WEB_ALLOWED_HOSTS', 'HOST'] as const;

const SHORTEST_TOKEN = 16;
const LOOPBACK = '127.0.0.1';

export interface WebSettings {
  /** What a person must enter first; undefined where only this machine can come in. */
  readonly loginToken: string | undefined;
  /** Host names that the browser may ask for, besides loopback and bare addresses. */
  readonly allowedHosts: readonly string[];
}
export type WebReading =
  | { readonly state: 'on'; readonly settings: WebSettings }
  | { readonly state: 'off' }
  | { readonly state: 'mistaken'; readonly mistakes: readonly string[] };

const hostName = z.string().regex(/^[a-z\d]([a-z\d.-]*[a-z\d])?$/u);

export function readWebSettings(environment: Environment): WebReading {
  const wanted = (environment['WEB_CHAT'] ?? 'on').toLowerCase();
  if (wanted === 'off') return { state: 'off' };
  const host = environment['HOST'] ?? LOOPBACK;
  const loginToken = environment['WEB_LOGIN_TOKEN'];
  const names = toNames(environment['WEB_ALLOWED_HOSTS'] ?? '');
  const mistakes = [
    ...(wanted === 'on' ? [] : [`WEB_CHAT is “${wanted}”; set it to on or off.`]),
    ...findTokenMistakes(host, loginToken),
    ...names
      .filter((name) => !hostName.safeParse(name).success)
      .map((name) => `WEB_ALLOWED_HOSTS holds “${name}”; give bare names such as easel.example.`),
  ];
  if (mistakes.length > 0) return { state: 'mistaken', mistakes };
  return { state: 'on', settings: { loginToken, allowedHosts: [host.toLowerCase(), ...names] } };
}

function findTokenMistakes(host: string, loginToken: string | undefined): string[] {
  if (loginToken !== undefined && loginToken.length < SHORTEST_TOKEN) {
    return [
      `WEB_LOGIN_TOKEN has ${loginToken.length} characters; make it ${SHORTEST_TOKEN} or longer.`,
    ];
  }
  if (loginToken !== undefined || isLoopback(host)) return [];
  return [
    `HOST is ${host}, so other machines can reach the web chat: set WEB_LOGIN_TOKEN to ` +
      `${SHORTEST_TOKEN} or more characters, HOST to ${LOOPBACK}, or WEB_CHAT to off.`,
  ];
}

function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}

function toNames(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}
