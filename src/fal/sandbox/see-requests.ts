import { createMiddleware } from 'hono/factory';
import type { Parts, SandboxEnvironment } from './parts.ts';

/** Writes every call into the journal before it is answered. */
export function seeRequests(parts: Parts) {
  return createMiddleware<SandboxEnvironment>(async (context, next) => {
    const { pathname, search } = new URL(context.req.url);
    const bytes = await context.req.arrayBuffer();
    parts.journal.addRequest({
      method: context.req.method,
      path: `${pathname}${search}`,
      headers: context.req.header(),
      body: toBody(bytes, context.req.header('content-type') ?? ''),
    });
    await next();
  });
}

function toBody(bytes: ArrayBuffer, contentType: string): unknown {
  if (bytes.byteLength === 0) return undefined;
  if (!contentType.startsWith('application/json')) return { bytes: bytes.byteLength };
  const text = Buffer.from(bytes).toString();
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch {
    return text;
  }
}
