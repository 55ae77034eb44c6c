/** What a delivery has noted so far: it survives a crash. */
import { z } from 'zod';

export const progressSchema = z.object({
  sendingSince: z.coerce.date(),
  /** By name of the part: the message that carries it. */
  posted: z.record(z.string(), z.string()),
  /** By name of the part: a message without files yet, to be edited. */
  placeholders: z.record(z.string(), z.string()),
  /** Names of the files that Discord did not take as voice messages. */
  notSpoken: z.array(z.string()).default([]),
});
export type Progress = z.infer<typeof progressSchema>;

export function beginProgress(now: Date): Progress {
  return { sendingSince: now, posted: {}, placeholders: {}, notSpoken: [] };
}
