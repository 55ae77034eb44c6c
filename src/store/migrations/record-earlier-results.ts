/** Pictures that 0.1 and 0.2 delivered become pictures like any other: their files are still here. */
import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { foldWords } from '../fold-words.ts';

const AT_ONCE = 200;
/** Characters that take two units each are within Slack's limit of 1,000 still. */
const LONGEST_ALT_TEXT = 500;
/** What was this little went into one message everywhere, the first one. */
const FEW = { files: 10, bytes: 8_000_000 };

const fileSchema = z.object({
  path: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  width: z.number().optional(),
  height: z.number().optional(),
  isSpoiler: z.boolean().optional(),
  altText: z.string().optional(),
});
type File = z.infer<typeof fileSchema>;

const refSchema = z.object({
  platform: z.string(),
  channel: z.string(),
  id: z.string(),
  details: z.record(z.string(), z.string()),
});

const deliveredSchema = z.object({
  result: z.object({ files: z.array(fileSchema), description: z.string().optional() }),
  messages: z.array(refSchema),
});
const requestSchema = z.object({ model: z.string(), prompt: z.string() });

interface Row {
  readonly id: string;
  readonly position: number;
  readonly person_id: string;
  readonly person_name: string;
  readonly platform: string;
  readonly tenant: string;
  readonly channel: string;
  readonly thread: string | null;
  readonly request: string;
  readonly state_details: string;
  readonly accepted_at: string;
  readonly finished_at: string | null;
}

interface Earlier {
  readonly row: Row;
  readonly request: z.infer<typeof requestSchema>;
  readonly delivered: z.infer<typeof deliveredSchema>;
}

/** What they were made from was not kept, and no bytes are read here: that takes too long. */
export async function recordEarlierResults(database: Kysely<unknown>): Promise<void> {
  let rows = await readDelivered(0, database);
  while (rows.length > 0) {
    for (const earlier of rows.flatMap((row) => parse(row) ?? [])) {
      await record(earlier, database);
    }
    rows = await readDelivered(rows.at(-1)?.position ?? 0, database);
  }
}

async function readDelivered(after: number, database: Kysely<unknown>): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select id, position, person_id, person_name, platform, tenant, channel, thread, request,
      state_details, accepted_at, finished_at
    from jobs where state = 'delivered' and parent is null and position > ${after}
    order by position limit ${AT_ONCE}`.execute(database);
  return rows;
}

/** Undefined for what cannot be understood: it was of no use before, either. */
function parse(row: Row): Earlier | undefined {
  const request = requestSchema.safeParse(toJson(row.request)).data;
  const delivered = deliveredSchema.safeParse(toJson(row.state_details)).data;
  return request && delivered && { row, request, delivered };
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function record(earlier: Earlier, database: Kysely<unknown>): Promise<void> {
  const { files } = earlier.delivered.result;
  const pictures = files.filter(
    ({ contentType }) => contentType.startsWith('image/') && contentType !== 'image/svg+xml',
  );
  const carrier = findCarrier(earlier);
  for (const [at, file] of pictures.entries()) {
    const altText = file.altText ?? wordAltText(earlier, at + 1, pictures.length);
    await insertPicture({ file, number: at + 1, altText }, earlier, database);
    if (carrier) await insertPost({ file, number: at + 1, carrier }, earlier, database);
  }
}

/** The message with the pictures; undefined where several may have shared them. */
function findCarrier({ delivered }: Earlier): z.infer<typeof refSchema> | undefined {
  const { files } = delivered.result;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const isOne = delivered.messages.length === 1;
  const isLittle = files.length <= FEW.files && bytes <= FEW.bytes;
  return isOne || isLittle ? delivered.messages[0] : undefined;
}

function wordAltText({ request, delivered }: Earlier, number: number, of: number): string {
  const place = of > 1 ? `Picture ${number} of ${of}: ` : '';
  const words = `${place}${delivered.result.description ?? request.prompt}`;
  const text = words.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim() || 'A generated picture';
  return Array.from(text).slice(0, LONGEST_ALT_TEXT).join('');
}

async function insertPicture(
  { file, number, altText }: { file: File; number: number; altText: string },
  { row, request }: Earlier,
  database: Kysely<unknown>,
): Promise<void> {
  const { path, fileName, contentType, bytes, width, height, isSpoiler } = file;
  const madeAt = row.finished_at ?? row.accepted_at;
  await sql`
    insert into pictures (id, position, job, number, origin, path, file_name, content_type, bytes,
      width, height, sha256, alt_text, person_id, person_name, platform, tenant, channel, thread,
      model, prompt, folded_prompt, is_spoiler, made_at)
    values (${`${row.id}.${number}`}, (select coalesce(max(position), 0) + 1 from pictures), ${row.id},
      ${number}, 'made', ${path}, ${fileName}, ${contentType}, ${bytes}, ${width ?? null},
      ${height ?? null}, '', ${altText}, ${row.person_id}, ${row.person_name}, ${row.platform},
      ${row.tenant}, ${row.channel}, ${row.thread}, ${request.model}, ${request.prompt},
      ${foldWords(request.prompt)}, ${isSpoiler === true ? 1 : 0}, ${madeAt})`.execute(database);
}

async function insertPost(
  post: { file: File; number: number; carrier: z.infer<typeof refSchema> },
  { row }: Earlier,
  database: Kysely<unknown>,
): Promise<void> {
  const { file, number, carrier } = post;
  await sql`
    insert into posts (platform, channel, message, file_name, picture, position, ref)
    values (${carrier.platform}, ${carrier.channel}, ${carrier.id}, ${file.fileName},
      ${`${row.id}.${number}`}, 1, ${JSON.stringify(carrier)})
    on conflict do nothing`.execute(database);
}
