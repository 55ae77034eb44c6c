import type { z } from 'zod';

/** For what others send: a value of an unexpected shape counts as absent. */
export function lenient<T extends z.ZodType>(type: T) {
  return type.optional().catch(undefined);
}
