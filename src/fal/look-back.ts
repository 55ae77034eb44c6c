/** Searches fal's own list of requests for one whose answer was lost. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { FalQueue, LookBack } from './fal-queue.ts';
import { parseJson } from './parse-json.ts';
import { askPlatform, type PlatformApiParts } from './platform-api.ts';

/** fal's clock and ours differ a little; a larger margin could find an earlier equal request. */
const CLOCK_MARGIN_MS = 5000;
const PAGE_SIZE = 100;
/** Past 1,000 requests the search is called off rather than let run. */
const MOST_PAGES = 10;

const itemSchema = z.object({
  request_id: z.string(),
  sent_at: z.string().nullish(),
  started_at: z.string().nullish(),
  json_input: z.unknown().optional(),
});
const pageSchema = z.object({
  items: z.array(itemSchema),
  next_cursor: z.string().nullish(),
  has_more: z.boolean().nullish(),
});
type Item = z.infer<typeof itemSchema>;

export function createLookBack(parts: PlatformApiParts): FalQueue['lookBack'] {
  const readPage = async (query: URLSearchParams): Promise<z.infer<typeof pageSchema> | string> => {
    const answer = await askPlatform(parts, '/models/requests/by-endpoint', query);
    if (answer.kind === 'silence') return answer.reason;
    if (answer.status !== 200) return `fal answered ${answer.status} to the search`;
    const page = pageSchema.safeParse(parseJson(answer.text));
    return page.success ? page.data : 'fal’s list of requests could not be read';
  };
  return async ({ endpoint, input, since, claimed }): Promise<LookBack> => {
    const from = new Date(since.getTime() - CLOCK_MARGIN_MS);
    const query = new URLSearchParams({ endpoint_id: endpoint, expand: 'payloads' });
    query.set('start', from.toISOString());
    query.set('limit', String(PAGE_SIZE));
    // As JSON, because that is how fal saw it: without undefined values.
    const sent = parseJson(JSON.stringify(input));
    const matches: Item[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const found = await readPage(query);
      if (typeof found === 'string') return { kind: 'unavailable', reason: found };
      matches.push(...found.items.filter((item) => isDeepStrictEqual(item.json_input, sent)));
      if (!found.has_more || !found.next_cursor) break;
      query.set('cursor', found.next_cursor);
    }
    const ours = await claimed(matches.map(({ request_id }) => request_id));
    const free = matches.filter(({ request_id }) => !ours.has(request_id));
    const first = earliestSince(free, from);
    return first ? { kind: 'found', requestId: first.request_id } : { kind: 'absent' };
  };
}

/** The first one sent after the submission began is the one whose answer was lost. */
function earliestSince(items: readonly Item[], from: Date): Item | undefined {
  const sentAt = (item: Item): number => Date.parse(item.sent_at ?? item.started_at ?? '');
  return items
    .filter((item) => !(sentAt(item) < from.getTime()))
    .toSorted((a, b) => sentAt(a) - sentAt(b))[0];
}
