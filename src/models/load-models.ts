/** Puts the models together from the committed catalogue, the families and what is learned later. */
import { readAllowed, USUAL_MODELS } from './allowed.ts';
import { readCatalogue, type Catalogue } from './catalogue/catalogue.ts';
import { createModels } from './create-models.ts';
import { loadFamilies } from './families/load-families.ts';
import { NO_NEWS, type ModelNews } from './model-news.ts';
import type { Models } from './model.ts';

export interface LoadOptions {
  /** Names, ids and patterns; `USUAL_MODELS` where nothing is said. */
  readonly allowed?: readonly string[];
  readonly catalogue?: Catalogue;
  readonly news?: ModelNews;
}

export async function loadModels(options: LoadOptions = {}): Promise<Models> {
  const { allowed = USUAL_MODELS, news = NO_NEWS } = options;
  const families = await loadFamilies();
  const catalogue = options.catalogue ?? (await readCatalogue());
  return createModels({ catalogue, families, allowed: readAllowed(allowed, families), news });
}
