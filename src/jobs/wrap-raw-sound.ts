/** Samples without a header, which a model was asked for as `pcm`: nobody can play them as they are. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Endpoint } from '../models/endpoint.ts';
import type { RemoteMedia } from '../models/model.ts';
import type { NeutralName } from '../models/request/option-names.ts';
import type { SniffedType } from '../sniff-file.ts';
import { wrapPcm } from '../sound/wrap-pcm.ts';
import { findWish } from './find-wish.ts';
import type { Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { findEndpoint } from './known-endpoint.ts';

/** MiniMax's own, where the schema does not say. */
const USUAL = { sampleRate: 32_000, channels: 1 } as const;
const RAW_TYPE = /^audio\/(?:pcm|l16|x-pcm|x-raw)\b/iu;
const RAW_NAME = /\.(?:pcm|raw)(?:[?#]|$)/iu;
const PLAYABLE = /^(?:audio|video)\//u;

/**
 * Raw samples have no mark by which they could be known: by chance they look like an icon or like
 * anything else, and what the model calls them counts for more.
 */
export function isRawSound(
  { request }: Job,
  { claimedType = '', fileName = '', url }: RemoteMedia,
  { contentType }: SniffedType,
): boolean {
  if (findWish(request.options, 'format') !== 'pcm') return false;
  const isCalledRaw = RAW_TYPE.test(claimedType) || RAW_NAME.test(fileName) || RAW_NAME.test(url);
  return isCalledRaw || !PLAYABLE.test(contentType);
}

interface Wrapping {
  readonly job: Job;
  /** Goes away. */
  readonly from: string;
  /** Relative to the data folder. */
  readonly to: string;
}

/** Makes a WAV file of them; resolves with its size. */
export async function wrapRawSound(
  { job, from, to }: Wrapping,
  { dataFolder, models }: Pick<JobParts, 'dataFolder' | 'models'>,
): Promise<number> {
  const endpoint = findEndpoint(job, models);
  const toNumber = (name: NeutralName, field: string) =>
    Number(findWish(job.request.options, name) ?? standardOf(endpoint, field));
  const sampleRate = toNumber('sample_rate', 'sample_rate') || USUAL.sampleRate;
  const channels = toNumber('channels', 'channel') || USUAL.channels;
  await wrapPcm(from, join(dataFolder, to), { sampleRate, channels });
  await rm(from, { force: true });
  return (await stat(join(dataFolder, to))).size;
}

function standardOf(endpoint: Endpoint | undefined, name: string): unknown {
  const inner = (endpoint?.fields ?? []).flatMap(({ type }) =>
    type.kind === 'object' ? type.fields : [],
  );
  return inner.find((field) => field.name === name)?.standard;
}
