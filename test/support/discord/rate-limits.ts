import { createHash } from 'node:crypto';
import { Refusal } from './refusals.ts';

interface Rule {
  readonly method: string;
  /** Its first group is the major parameter that each bucket is kept for. */
  readonly path: RegExp;
  readonly limit: number;
  readonly windowMs: number;
}

const rules: readonly Rule[] = [
  { method: 'POST', path: /^\/channels\/(\d+)\/messages$/, limit: 5, windowMs: 5000 },
  { method: 'PATCH', path: /^\/channels\/(\d+)\/messages\/\d+$/, limit: 5, windowMs: 5000 },
  { method: 'DELETE', path: /^\/channels\/(\d+)\/messages\/\d+$/, limit: 5, windowMs: 1000 },
  { method: 'POST', path: /^\/channels\/(\d+)\/typing$/, limit: 5, windowMs: 5000 },
  { method: 'POST', path: /^\/webhooks\/(\d+\/[^/]+)$/, limit: 5, windowMs: 5000 },
  { method: 'PATCH', path: /^\/webhooks\/(\d+\/[^/]+)\/messages\//, limit: 5, windowMs: 5000 },
  { method: 'DELETE', path: /^\/webhooks\/(\d+\/[^/]+)\/messages\//, limit: 5, windowMs: 5000 },
];
const globalRule = { limit: 50, windowMs: 1000 };
/** Messages older than an hour may be edited three times in six seconds per channel. */
const oldEditRule = { limit: 3, windowMs: 6000 };

export interface RateLimits {
  /** Takes one from the route's bucket and returns the headers to answer with; throws the 429. */
  take(method: string, path: string): Record<string, string>;
  /** Takes one of the 50 a second that all requests with the bot's token share. */
  takeGlobal(): void;
  takeOldEdit(channelId: string): void;
}

interface Window {
  left: number;
  resetsAt: number;
}

/**
 * Real time on purpose: the client waits in real time for what the headers say. `shorterMs` stands for
 * the windows of single routes.
 */
export function createRateLimits(shorterMs?: number): RateLimits {
  const windows = new Map<string, Window>();

  function takeFrom(name: string, rule: { limit: number; windowMs: number }) {
    const now = performance.now();
    const current = windows.get(name);
    const window =
      current && current.resetsAt > now
        ? current
        : { left: rule.limit, resetsAt: now + rule.windowMs };
    windows.set(name, window);
    window.left -= 1;
    return {
      isOver: window.left < 0,
      left: Math.max(0, window.left),
      resetAfter: (window.resetsAt - now) / 1000,
    };
  }

  return {
    take(method, path) {
      const known = rules.find((rule) => rule.method === method && rule.path.test(path));
      if (!known) return {};
      const rule = { ...known, windowMs: shorterMs ?? known.windowMs };
      const major = rule.path.exec(path)?.[1] ?? '';
      const { isOver, left, resetAfter } = takeFrom(`${method} ${rule.path.source} ${major}`, rule);
      const headers = {
        'x-ratelimit-limit': String(rule.limit),
        'x-ratelimit-remaining': String(left),
        'x-ratelimit-reset': ((Date.now() + resetAfter * 1000) / 1000).toFixed(3),
        'x-ratelimit-reset-after': resetAfter.toFixed(3),
        'x-ratelimit-bucket': createHash('md5').update(`${method} ${rule.path}`).digest('hex'),
      };
      if (isOver) throw tooMany({ resetAfter, headers, scope: 'user' });
      return headers;
    },
    takeGlobal() {
      const { isOver, resetAfter } = takeFrom('global', globalRule);
      if (isOver) throw tooMany({ resetAfter, headers: {}, scope: 'global' });
    },
    takeOldEdit(channelId) {
      const { isOver, resetAfter } = takeFrom(`old ${channelId}`, oldEditRule);
      if (isOver) throw tooMany({ resetAfter, headers: {}, scope: 'user', code: 30046 });
    },
  };
}

export function tooMany(refused: {
  resetAfter: number;
  headers: Record<string, string>;
  scope: 'user' | 'global';
  code?: number;
  message?: string;
}): Refusal {
  const { resetAfter, headers, scope, code } = refused;
  const body = {
    message: refused.message ?? 'You are being rate limited.',
    retry_after: Number(resetAfter.toFixed(3)),
    global: scope === 'global',
    ...(code !== undefined && { code }),
  };
  return new Refusal(429, body, {
    ...headers,
    'retry-after': String(Math.ceil(resetAfter)),
    'x-ratelimit-scope': scope,
    ...(scope === 'global' && { 'x-ratelimit-global': 'true' }),
  });
}
