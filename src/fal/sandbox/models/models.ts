/**
 * Every endpoint that the sandbox serves: the ones built by hand, those that a test has added, and
 * all of the catalogue. What is not asked for is not loaded: an idle bot stays small.
 */
import type { Catalogue } from '../../../models/catalogue/catalogue.ts';
import { createToy, type Blueprint } from '../any-endpoint/create-toy.ts';
import { readDocument } from '../any-endpoint/from-document.ts';
import { toBlueprint } from '../any-endpoint/from-endpoint.ts';
import { priceOf } from '../any-endpoint/prices.ts';
import type { About, SandboxModel } from './model.ts';

/** An endpoint in a list, with its model made when it is asked for. */
export interface Listed extends About {
  /** The document as it was added. */
  readonly document: unknown;
  open(): SandboxModel;
}

export interface SandboxModels {
  find(endpoint: string): Promise<SandboxModel | undefined>;
  all(): Promise<readonly Listed[]>;
  /** Takes an OpenAPI document in fal's form. Throws where it describes no endpoint. */
  add(document: unknown): void;
}

/** `known` spares reading the catalogue where it is open already. */
export function createModels(known?: Catalogue): SandboxModels {
  const added = new Map<string, Listed>();
  /** Shared by all who wait for it. */
  let catalogue = known && Promise.resolve(known);
  const openCatalogue = () => (catalogue ??= readCatalogue());

  return {
    async find(endpoint) {
      const listed = added.get(endpoint);
      if (listed) return listed.open();
      const { REFERENCE_MODELS } = await import('./reference-models.ts');
      const model = REFERENCE_MODELS.find((one) => one.endpoint === endpoint);
      if (model) return model;
      return openToy(await openCatalogue(), endpoint);
    },
    async all() {
      const { REFERENCE_MODELS } = await import('./reference-models.ts');
      const others = listCatalogue(await openCatalogue());
      // Added ones stand before what they replace.
      return dropRepeats([...added.values(), ...REFERENCE_MODELS.map(toListed), ...others]);
    },
    add(document) {
      const blueprint = readDocument(document);
      added.set(blueprint.endpoint, toAdded(blueprint, document));
    },
  };
}

async function readCatalogue(): Promise<Catalogue> {
  const { readCatalogue: read } = await import('../../../models/catalogue/catalogue.ts');
  return read();
}

function toAdded(blueprint: Blueprint, document: unknown): Listed {
  return { ...toAbout(blueprint), document, open: () => createToy(blueprint) };
}

function toListed(model: SandboxModel): Listed {
  return { ...toAbout(model), document: undefined, open: () => model };
}

function toAbout({ endpoint, title, category, price }: About): About {
  return { endpoint, title, category, price };
}

function listCatalogue(catalogue: Catalogue): readonly Listed[] {
  return catalogue.ids.flatMap((endpoint) => {
    const summary = catalogue.summary(endpoint);
    const open = () => {
      const toy = openToy(catalogue, endpoint);
      if (!toy) throw new Error(`the catalogue has lost ${endpoint}`);
      return toy;
    };
    if (!summary) return [];
    const { title, kind: category } = summary;
    return { endpoint, title, category, price: priceOf(category), document: undefined, open };
  });
}

function openToy(catalogue: Catalogue, endpoint: string): SandboxModel | undefined {
  const facts = catalogue.find(endpoint);
  return facts && createToy(toBlueprint(facts));
}

/** The first of each endpoint. */
function dropRepeats(listed: readonly Listed[]): readonly Listed[] {
  const first = new Map<string, Listed>();
  for (const one of listed) if (!first.has(one.endpoint)) first.set(one.endpoint, one);
  return [...first.values()];
}
