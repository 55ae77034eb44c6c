import { z } from 'zod';
import { UserError } from '../errors.ts';

/** `2026-11-30` is the beginning of that day, in UTC. Throws `UserError` for anything else. */
export function parseDay(text: string): Date {
  const day = z.iso.date().safeParse(text.trim()).data;
  if (day !== undefined) return new Date(`${day}T00:00:00Z`);
  throw new UserError(`“${text}” is no day. Write it like 2026-11-30.`);
}
