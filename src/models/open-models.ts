/** The models of a running Easel: what is committed, what the operator dropped in, what fal says. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { ModelApi } from '../fal/model-api.ts';
import type { RecordStore } from '../platforms/platform.ts';
import type { JobStore } from '../store/store.ts';
import { readAllowed, type Allowed } from './allowed.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { readDroppedFiles } from './catalogue/dropped-files.ts';
import { createLearnedNews, type LearnedNews } from './catalogue/learned-news.ts';
import { createDurations } from './durations.ts';
import { createModels } from './create-models.ts';
import { loadFamilies } from './families/load-families.ts';
import type { Models } from './model.ts';

export interface OpenModels {
  readonly models: Models;
  /** Learns what fal says, now and every day, until the signal ends it. */
  readonly keepLearning: (modelApi: ModelApi, signal: AbortSignal) => Promise<void>;
}

export interface OpenModelsParts {
  /** Names, ids and patterns of the models that may be used. */
  readonly allowed: readonly string[];
  readonly catalogue: Catalogue;
  /** The folder of the operator's OpenAPI files. */
  readonly folder: string;
  /** The store's records under `models`. */
  readonly records: RecordStore;
  readonly jobs: Pick<JobStore, 'recentDurations'>;
  /** False where nothing is paid: then no price is told, and nothing is learned. */
  readonly isPaid: boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

const LEARN_EVERY_MS = 86_400_000;
/** Being ready comes first. */
const LEARN_AFTER_MS = 1000;
/** Past requests that say how long one usually takes. */
const PAST_JOBS = 1000;

export async function openModels(parts: OpenModelsParts): Promise<OpenModels> {
  const { allowed, catalogue, folder, records, jobs, clock, log, isPaid } = parts;
  const dropped = await readDroppedFiles(folder);
  for (const mistake of dropped.mistakes) log.warn({ folder }, mistake);
  const learned = createLearnedNews({ records, catalogue, dropped: dropped.endpoints });
  await learned.load();
  const durations = createDurations(await jobs.recentDurations(PAST_JOBS));
  const news = {
    ...learned,
    typicalSeconds: (id: string) => durations.typical(id) ?? learned.typicalSeconds(id),
    noteDuration: durations.add,
    price: (id: string) => (isPaid ? learned.price(id) : undefined),
  };
  const families = await loadFamilies();
  // What the operator dropped in is meant to be used.
  const own = dropped.endpoints.map(({ id }) => id);
  const allowance = readAllowed([...allowed, ...own], families);
  const models = createModels({ catalogue, families, allowed: allowance, news });

  return {
    models,
    async keepLearning(modelApi, signal) {
      // The sandbox has nothing to tell that is not in the catalogue.
      if (!isPaid) return;
      await clock.sleep(LEARN_AFTER_MS, signal).catch(() => undefined);
      while (!signal.aborted) {
        const reasons = await learn({ models, learned, allowance, clock }, modelApi);
        for (const reason of reasons)
          log.info({ reason }, 'fal said less of its models than asked');
        await clock.sleep(LEARN_EVERY_MS, signal).catch(() => undefined);
      }
    },
  };
}

interface Learning {
  readonly models: Models;
  readonly learned: LearnedNews;
  readonly allowance: Allowed;
  readonly clock: Clock;
}

/** What is known already, then what fal has beyond that. */
async function learn(
  { models, learned, allowance, clock }: Learning,
  modelApi: ModelApi,
): Promise<readonly string[]> {
  const known = listIds(models);
  const reasons = await learned.refresh(known, modelApi, clock);
  const further = learned.listedIds().filter((id) => allowance.endpoint(id));
  const fresh = further.filter((id) => !known.includes(id));
  if (fresh.length === 0) return reasons;
  return [...reasons, ...(await learned.refresh(fresh, modelApi, clock))];
}

function listIds(models: Models): readonly string[] {
  const found = models.search('').map(({ name }) => models.find(name));
  return [...new Set(found.flatMap(({ endpoints }) => endpoints.map(({ id }) => id)))];
}
