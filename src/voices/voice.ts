/** A voice of Easel's own: designed from a description, or cloned from somebody's recording. */
import { z } from 'zod';

/** MiniMax deletes a voice that has not spoken for so long. */
const UNUSED_LIMIT_MS = 7 * 24 * 60 * 60_000;
/** A voice that is still not made after this long stands in nobody's way. */
export const MAKING_MS = 30 * 60_000;

export const personSchema = z.object({ id: z.string(), name: z.string() });
export const placeSchema = z.object({
  platform: z.string(),
  tenant: z.string(),
  channel: z.string(),
  thread: z.string().optional(),
});

/** Whose model speaks with it. MiniMax keeps its voices; the others are given the sample each time. */
export const MAKERS = ['minimax', 'dia', 'chatterbox'] as const;
export type Maker = (typeof MAKERS)[number];

/** The recording that a cloned voice imitates. */
const sampleSchema = z.object({
  /** Relative to the data folder. */
  path: z.string(),
  fileName: z.string(),
  claimedType: z.string(),
  bytes: z.number(),
  /** What is said in it. */
  text: z.string(),
});
export type Sample = z.infer<typeof sampleSchema>;

export const voiceSchema = z.object({
  id: z.string(),
  /** What people type; unique among the voices of a workspace or server that are there. */
  name: z.string(),
  kind: z.enum(['designed', 'cloned']),
  maker: z.enum(MAKERS),
  owner: personSchema,
  /** Where it was asked for: it never leaves that workspace or server. */
  place: placeSchema,
  /** MiniMax's name for it. */
  customId: z.string().optional(),
  sample: sampleSchema.optional(),
  description: z.string().optional(),
  begunAt: z.coerce.date(),
  /** Absent while it is being made. */
  madeAt: z.coerce.date().optional(),
  /** Kept apart. */
  lastUsedAt: z.coerce.date().optional(),
  deletedAt: z.coerce.date().optional(),
});
export type Voice = z.infer<typeof voiceSchema>;

/** When MiniMax deletes it if it says nothing before; undefined for what needs no keeping. */
export function diesAt({ maker, madeAt, lastUsedAt }: Voice): Date | undefined {
  const last = lastUsedAt ?? madeAt;
  if (maker !== 'minimax' || !last) return undefined;
  return new Date(last.getTime() + UNUSED_LIMIT_MS);
}

export function isDead(voice: Voice, now: Date): boolean {
  const end = diesAt(voice);
  return end !== undefined && end <= now;
}
