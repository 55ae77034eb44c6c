/** What becomes of one wished thing. */
export type Fate =
  | { readonly kind: 'kept' }
  | { readonly kind: 'told' }
  | { readonly kind: 'lost'; readonly how: string };

export const KEPT: Fate = { kind: 'kept' };
