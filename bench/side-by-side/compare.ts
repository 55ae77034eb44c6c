/** Gives every wish to both sides and judges what they made of it. */
import type { Endpoint } from '../../src/models/endpoint.ts';
import type { Models } from '../../src/models/model.ts';
import { askEasel } from './ask-easel.ts';
import { askTheirs } from './ask-theirs.ts';
import { judge, type Judgement } from './judge.ts';
import type { Asked, Wish } from './wish.ts';

export interface Side {
  readonly asked: Asked;
  readonly judgement: Judgement;
}
export interface Comparison {
  readonly wish: Wish;
  readonly theirs: Side;
  readonly easel: Side;
}

export async function compareAll(
  models: Models,
  wishes: readonly Wish[],
): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const wish of wishes) comparisons.push(await compare(models, wish));
  return comparisons;
}

async function compare(models: Models, wish: Wish): Promise<Comparison> {
  const theirFacts = findFacts(models, wish, wish.endpoint);
  const theirs = await askTheirs(wish, theirFacts);
  const easel = askEasel(models, wish);
  return {
    wish,
    theirs: { asked: theirs, judgement: judge(wish, theirFacts, theirs) },
    easel: {
      asked: easel,
      judgement: judge(wish, findFacts(models, wish, easel.endpoint), easel),
    },
  };
}

function findFacts(models: Models, { model }: Wish, id: string): Endpoint {
  const found = models.find(model).endpoints.find((endpoint) => endpoint.id === id);
  if (!found) throw new TypeError(`${model} has no endpoint ${id}`);
  return found;
}
