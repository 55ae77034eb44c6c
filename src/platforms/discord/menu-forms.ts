/**
 * What a message's menu brought, kept until its form is sent: without the privileged intent,
 * Discord does not show that message a second time.
 */
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { messageRefSchema } from '../../message.ts';
import { generationRequestSchema } from '../../request.ts';
import type { RecordStore } from '../platform.ts';

const COLLECTION = 'menu-forms';
/** As long as the addresses of a message's files work. */
const KEPT_MS = 24 * 60 * 60_000;
const SWEEP_EVERY_MS = 60 * 60_000;
const SWEPT_AT_ONCE = 10_000;

const menuFormSchema = z.object({
  openedAt: z.coerce.date(),
  person: z.string(),
  channel: z.string(),
  command: z.string(),
  answered: z.object({
    message: messageRefSchema,
    files: generationRequestSchema.shape.files,
    recordings: generationRequestSchema.shape.files.default([]),
    text: z.string().default(''),
    nearer: z.array(messageRefSchema).default([]),
  }),
});
export type KeptForm = z.infer<typeof menuFormSchema>;

export interface MenuForms {
  keep(key: string, form: Omit<KeptForm, 'openedAt'>): Promise<void>;
  /** Undefined for one that is over a day old, or that never was. */
  find(key: string): Promise<KeptForm | undefined>;
  /** Forgets those that are over a day old; looks at most once an hour. */
  sweep(): Promise<void>;
}

export function createMenuForms(records: RecordStore, clock: Clock): MenuForms {
  let sweptAt = Number.NEGATIVE_INFINITY;

  const isOver = ({ openedAt }: KeptForm) => clock.now().getTime() - openedAt.getTime() > KEPT_MS;

  return {
    async keep(key, form) {
      await records.write(COLLECTION, key, {
        ...form,
        openedAt: clock.now().toISOString(),
      });
    },
    async find(key) {
      const form = menuFormSchema.safeParse(await records.read(COLLECTION, key)).data;
      return form && !isOver(form) ? form : undefined;
    },
    async sweep() {
      if (clock.now().getTime() - sweptAt < SWEEP_EVERY_MS) return;
      sweptAt = clock.now().getTime();
      for (const { id, value } of await records.list(COLLECTION, SWEPT_AT_ONCE)) {
        const form = menuFormSchema.safeParse(value).data;
        if (!form || isOver(form)) await records.remove(COLLECTION, id);
      }
    },
  };
}
