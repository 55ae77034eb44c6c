/** Samples without a header, which a model was asked for as `pcm`: nobody can play them as they are. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Endpoint } from '../models/endpoint.ts';
import { findNeutral, toSnakeCase, type NeutralName } from '../models/request/option-names.ts';
import { wrapPcm } from '../sound/wrap-pcm.ts';
import type { Job, StoredFile } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { findEndpoint } from './known-endpoint.ts';

/** MiniMax's own, where the schema does not say. */
const USUAL = { sampleRate: 32_000, channels: 1 } as const;

/** The file itself where it is anything else. */
export async function wrapRawSound(
  job: Job,
  file: StoredFile,
  parts: JobParts,
): Promise<StoredFile> {
  if (String(wishOf(job, 'format')) !== 'pcm' || isKnown(file)) return file;
  const endpoint = findEndpoint(job, parts.models);
  const toNumber = (name: NeutralName, field: string) =>
    Number(wishOf(job, name) ?? standardOf(endpoint, field));
  const sampleRate = toNumber('sample_rate', 'sample_rate') || USUAL.sampleRate;
  const channels = toNumber('channels', 'channel') || USUAL.channels;
  const path = file.path.replace(/\.[a-z\d]+$/u, '.wav');
  const [from, to] = [join(parts.dataFolder, file.path), join(parts.dataFolder, path)];
  await wrapPcm(from, to, { sampleRate, channels });
  await rm(from, { force: true });
  const fileName = file.fileName.replace(/\.[a-z\d]+$/u, '.wav');
  return { ...file, path, fileName, contentType: 'audio/wav', bytes: (await stat(to)).size };
}

/** Raw samples have no mark by which they could be known. */
function isKnown({ contentType }: StoredFile): boolean {
  return contentType !== 'audio/pcm' && contentType !== 'application/octet-stream';
}

function wishOf({ request: { options } }: Job, neutral: NeutralName): unknown {
  return Object.entries(options).find(
    ([name]) => findNeutral(toSnakeCase(name).split('.').at(-1) ?? '') === neutral,
  )?.[1];
}

function standardOf(endpoint: Endpoint | undefined, name: string): unknown {
  const inner = (endpoint?.fields ?? []).flatMap(({ type }) =>
    type.kind === 'object' ? type.fields : [],
  );
  return inner.find((field) => field.name === name)?.standard;
}
