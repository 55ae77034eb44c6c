/** The usual options that an endpoint has something for. */
import { findNeutral, NEUTRAL_OPTIONS, type NeutralName } from './option-names.ts';
import type { ServedEndpoint } from './served-endpoint.ts';
import { findTarget } from './targets.ts';

/** By the fields that they lead to, with dots into objects; the first one that does counts. */
export function listNeutrals(served: ServedEndpoint): ReadonlyMap<string, NeutralName> {
  const names = Object.keys(NEUTRAL_OPTIONS).flatMap((name) => findNeutral(name) ?? []);
  const pairs = names.flatMap((name) => {
    const found = findTarget(served, name);
    return found.kind === 'field' ? [[found.target.path.join('.'), name] as const] : [];
  });
  return new Map(pairs.toReversed());
}
