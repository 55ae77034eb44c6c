/** The login: a token known to the operator, exchanged for a signed cookie. */
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { RecordStore } from '../platform.ts';
import { cookieOptions } from './security.ts';

const COOKIE = 'easel_session';
const SESSION_SECONDS = 30 * 24 * 60 * 60;
/** Guesses in one window from one address; a token of 16 characters outlasts that by far. */
const GUESSES = 10;
const WINDOW_MS = 60_000;
/** Addresses remembered at once: an attacker with many must not fill the memory. */
const ADDRESSES = 1000;

type LoginOutcome = 'welcome' | 'wrong' | 'too-often';

export interface Login {
  /** Lets only people with a session through. */
  readonly guard: MiddlewareHandler;
  tryToken(context: Context, token: string): Promise<LoginOutcome>;
  end(context: Context): void;
}

export async function createLogin(
  token: string,
  { records, clock }: { records: RecordStore; clock: Clock },
): Promise<Login> {
  const stored = await readSecret(records);
  // A new token ends all sessions of the old one.
  const secret = createHmac('sha256', stored).update(token).digest('hex');
  const guesses = createGuessLimit(clock);
  const digest = (text: string): Buffer => createHmac('sha256', stored).update(text).digest();

  return {
    guard: async (context, next) => {
      const until = Number(await getSignedCookie(context, secret, COOKIE));
      if (until > clock.now().getTime()) return next();
      if (context.req.header('hx-request')) context.header('HX-Redirect', '/web/login');
      if (isPage(context)) return context.redirect('/web/login', 303);
      return context.text('Log in first.', 401);
    },
    async tryToken(context, given) {
      if (!guesses.take(toAddress(context))) return 'too-often';
      if (!timingSafeEqual(digest(given), digest(token))) return 'wrong';
      const until = clock.now().getTime() + SESSION_SECONDS * 1000;
      const options = { ...cookieOptions(context), maxAge: SESSION_SECONDS };
      await setSignedCookie(context, COOKIE, String(until), secret, options);
      return 'welcome';
    },
    end: (context) => void deleteCookie(context, COOKIE, { path: '/' }),
  };
}

/** What a person follows a link to, rather than a part of a page that is open already. */
function isPage({ req }: Context): boolean {
  if (req.path === '/') return true;
  const isWhole = req.method === 'GET' && req.header('hx-request') === undefined;
  return isWhole && req.header('accept')?.includes('text/html') === true;
}

async function readSecret(records: RecordStore): Promise<string> {
  await records.claim('secrets', 'session', randomBytes(32).toString('hex'));
  return z.string().parse(await records.read('secrets', 'session'));
}

function createGuessLimit(clock: Clock): { take(address: string): boolean } {
  const windows = new Map<string, { since: number; count: number }>();
  return {
    take(address) {
      const now = clock.now().getTime();
      const current = windows.get(address);
      const isOpen = current !== undefined && now - current.since < WINDOW_MS;
      const window = isOpen ? current : { since: now, count: 0 };
      window.count += 1;
      windows.delete(address);
      windows.set(address, window);
      const [oldest] = windows.keys();
      if (windows.size > ADDRESSES && oldest !== undefined) windows.delete(oldest);
      return window.count <= GUESSES;
    },
  };
}

const bindings = z.object({
  incoming: z.object({ socket: z.object({ remoteAddress: z.string() }) }),
});

function toAddress(context: Context): string {
  return bindings.safeParse(context.env).data?.incoming.socket.remoteAddress ?? 'unknown';
}
