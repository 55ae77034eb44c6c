/** What somebody asked for, by whatever name: their own, the model's, or the one inside of an object. */
import { findNeutral, toSnakeCase, type NeutralName } from '../models/request/option-names.ts';
import type { RequestOptions } from '../request.ts';

export function findWish(options: RequestOptions, neutral: NeutralName): unknown {
  const isMeant = (name: string): boolean =>
    findNeutral(toSnakeCase(name).split('.').at(-1) ?? '') === neutral;
  return Object.entries(options).find(([name]) => isMeant(name))?.[1];
}
