/** Who may ask what: headers, host names, origins, and the person behind a request. */
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import ipaddr from 'ipaddr.js';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { BASE_HEADERS } from '../../file-response.ts';
import type { Person } from '../../place.ts';

const PERSON_COOKIE = 'easel_person';
/** Browsers keep no cookie for longer than 400 days. */
const COOKIE_SECONDS = 400 * 24 * 60 * 60;
const FORMS = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/iu;

export const pageHeaders = secureHeaders({
  ...BASE_HEADERS,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    // Pictures that are about to be sent are shown from memory; `data:` is the empty viewer's.
    imgSrc: ["'self'", 'blob:', 'data:'],
    // So are recordings played.
    mediaSrc: ["'self'", 'blob:'],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  permissionsPolicy: { microphone: ['self'], camera: [], geolocation: [], displayCapture: [] },
});

/**
 * Against DNS rebinding: a foreign site can point its own name at this machine, but the browser
 * then still sends that name. Bare addresses are fine, because nobody can rebind those.
 */
export function allowHosts(allowed: readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    if (!isKnownHost(context.req.header('host') ?? '', allowed)) {
      const message = 'Easel does not answer to this host name. WEB_ALLOWED_HOSTS can allow it.';
      throw new HTTPException(421, { message });
    }
    await next();
  };
}

/** `host` may have a port. */
export function isKnownHost(host: string, allowed: readonly string[]): boolean {
  const name = toHostName(host);
  return name === 'localhost' || ipaddr.isValid(name) || allowed.includes(name);
}

/** Forms of our own pages only. */
export const sameOrigin: MiddlewareHandler[] = [
  async (context, next) => {
    const isPost = context.req.method === 'POST';
    if (isPost && !FORMS.test(context.req.header('content-type') ?? '')) {
      throw new HTTPException(415, { message: 'Send a form.' });
    }
    await next();
  },
  csrf(),
];

/** One anonymous person for each browser. */
export function readPerson(context: Context): Person {
  const known = z.uuid().safeParse(getCookie(context, PERSON_COOKIE)).data;
  const id = known ?? randomUUID();
  setCookie(context, PERSON_COOKIE, id, cookieOptions(context));
  return { id, name: 'you' };
}

export function cookieOptions(context: Context) {
  const isEncrypted =
    context.req.header('x-forwarded-proto') === 'https' || context.req.url.startsWith('https:');
  return {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    maxAge: COOKIE_SECONDS,
    secure: isEncrypted,
  } as const;
}

function toHostName(host: string): string {
  const url = URL.parse(`http://${host}`);
  return url?.hostname.replaceAll(/^\[|\]$/gu, '') ?? '';
}
