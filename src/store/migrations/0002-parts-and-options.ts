import { sql, type Kysely } from 'kysely';
import { z } from 'zod';

/** Requests as 0.1.0 stored them: pictures and settings of a fixed list. */
const oldRequest = z.object({
  model: z.string(),
  prompt: z.string(),
  pictures: z.array(z.unknown()),
  settings: z.record(z.string(), z.unknown()),
});

/** Jobs may be parts of another one, and a request's options are any that a model has. */
export async function addPartsAndOptions(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('jobs').addColumn('parent', 'text').execute();
  await database.schema.createIndex('jobs_parts').on('jobs').columns(['parent']).execute();
  const { rows } = await sql<{ id: string; request: string }>`select id, request from jobs`.execute(
    database,
  );
  for (const { id, request } of rows) {
    const old = oldRequest.safeParse(JSON.parse(request)).data;
    if (!old) continue;
    const text = JSON.stringify(toNewRequest(old));
    await sql`update jobs set request = ${text} where id = ${id}`.execute(database);
  }
}

function toNewRequest({ model, prompt, pictures, settings }: z.infer<typeof oldRequest>) {
  return {
    model,
    prompt,
    files: pictures,
    options: Object.fromEntries(
      Object.entries(settings).flatMap(([name, value]) => toOption(name, value)),
    ),
  };
}

const size = z.object({ width: z.number(), height: z.number() });
const loras = z.array(z.object({ path: z.string(), scale: z.number() }));
const plain = z.union([z.string(), z.number(), z.boolean()]);

function toOption(name: string, value: unknown): (readonly [string, string | number | boolean])[] {
  const pixels = size.safeParse(value).data;
  if (pixels) return [['size', `${pixels.width}x${pixels.height}`]];
  const weights = loras.safeParse(value).data;
  if (weights) return [['lora', weights.map(({ path, scale }) => `${path}:${scale}`).join(' ')]];
  const given = plain.safeParse(value).data;
  const snake = name.replaceAll(/([a-z])([A-Z])/gu, '$1_$2').toLowerCase();
  return given === undefined ? [] : [[snake, given]];
}
