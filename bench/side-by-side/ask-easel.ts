/** The wish as Easel carries it out: split, then turned into exact inputs. */
import { UserError } from '../../src/errors.ts';
import { toExactInput } from '../../src/fal/exact-json.ts';
import type { ModelAdapter, ModelRequest, Models } from '../../src/models/model.ts';
import type { RequestOptions } from '../../src/request.ts';
import { readExactly } from './exact-json.ts';
import type { Asked, Wish } from './wish.ts';

export function askEasel(models: Models, wish: Wish): Asked {
  const adapter = models.find(wish.model);
  const { prompt, files } = wish;
  try {
    return carryOut(adapter, { prompt, files, options: toTyped(wish.options) });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { endpoint: wish.endpoint, bodies: [], told: [], refusal: error.message };
  }
}

function carryOut(adapter: ModelAdapter, request: ModelRequest): Asked {
  const inputs = adapter.split(request).map((part) => adapter.toInput(part));
  const [first] = inputs;
  if (!first) throw new TypeError('a request was split into none');
  return {
    endpoint: first.endpoint,
    bodies: inputs.map(({ input }) => toSent(input)),
    told: [...new Set(inputs.flatMap(({ notes }) => notes))],
    refusal: undefined,
  };
}

/** As the queue's client writes it. */
function toSent(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return readExactly(JSON.stringify(toExactInput(input))) as Record<string, unknown>;
}

/** What is structured is typed as JSON. */
function toTyped(options: Wish['options']): RequestOptions {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
      return [name, isPlain ? (value as string | number | boolean) : JSON.stringify(value)];
    }),
  );
}
