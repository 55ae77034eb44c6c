/** Several ways to give one field, folded into one type where they are one in truth. */
import { isDeepStrictEqual } from 'node:util';
import { listTypes, type FieldType } from '../endpoint.ts';

/** One of the types that a schema allows; no type where it is null alone. */
export interface Variant {
  readonly type: FieldType | undefined;
  readonly nullable: boolean;
}

export function foldVariants(variants: readonly Variant[], nullable: boolean): Variant {
  const isNullable = nullable || variants.some((variant) => variant.nullable);
  const types = variants.flatMap(({ type }) => type ?? []).flatMap(listTypes);
  const distinct = mergeChoices(types).filter(
    (type, index, all) => all.findIndex((other) => isDeepStrictEqual(other, type)) === index,
  );
  const [first] = distinct;
  if (first === undefined) {
    return { type: isNullable ? { kind: 'anything' } : undefined, nullable: isNullable };
  }
  const type: FieldType = distinct.length === 1 ? first : { kind: 'either', types: distinct };
  return { type, nullable: isNullable };
}

/** Choices beside one another, such as several `const`, are one choice. */
function mergeChoices(types: readonly FieldType[]): readonly FieldType[] {
  const values = types.flatMap((type) => (type.kind === 'choice' ? type.values : []));
  const first = types.findIndex((type) => type.kind === 'choice');
  return types.flatMap((type, index) => {
    if (type.kind !== 'choice') return type;
    return index === first ? { kind: 'choice', values: [...new Set(values)] } : [];
  });
}
