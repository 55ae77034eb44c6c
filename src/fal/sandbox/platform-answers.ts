/** What the Platform API's lists have in common. */
import { json } from './answers.ts';
import type { SandboxContext } from './parts.ts';

export function refusePlatform(status: number, type: string, message: string): Response {
  return json(status, { error: { type, message } });
}

/** Repeated or comma-separated. */
export function readList(context: SandboxContext, name: string): readonly string[] {
  return (context.req.queries(name) ?? []).flatMap((value) => value.split(','));
}

/** A page of the list; the cursor is where the next one begins. */
export function toPage<Item>(context: SandboxContext, items: readonly Item[]) {
  const start = Number(context.req.query('cursor') ?? 0) || 0;
  const limit = Number(context.req.query('limit') ?? 50) || 50;
  const end = start + Math.max(1, Math.min(limit, 100));
  const has_more = end < items.length;
  return { page: items.slice(start, end), next_cursor: has_more ? String(end) : null, has_more };
}
