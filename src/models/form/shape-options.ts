/** Shape and size as two options, in whatever way an endpoint takes them. */
import { toChoices, type Option } from '../../option.ts';
import { ASPECT_RATIOS } from '../../request.ts';
import { listChoices, type Endpoint, type Field } from '../endpoint.ts';
import { NEUTRAL_OPTIONS } from '../request/option-names.ts';
import { chooseShape } from '../request/shape.ts';
import { standardOf } from './standard-of.ts';

/** As long as `1440x1440` and its like. */
const SHORTEST_ROOM = 40;

type Named = readonly (readonly [name: string, option: Option])[];

/** None where the endpoint takes no shape. */
export function toShapeOptions(endpoint: Endpoint): Named {
  const names = listShapeFields(endpoint);
  if (names.size === 0) return [];
  const fields = endpoint.fields.filter(({ name }) => names.has(name));
  const ratioField = fields.find(({ name }) => name === 'aspect_ratio');
  const [sizeField, ...others] = fields.filter((field) => field !== ratioField);
  return [
    ['aspect_ratio', toRatioOption(ratioField)],
    ['size', toSizeOption(sizeField, others[0])],
  ];
}

/** The fields that the two options stand for. */
export function listShapeFields(endpoint: Endpoint): ReadonlySet<string> {
  const byRatio = chooseShape(endpoint, { ratio: '1:1' });
  const bySize = chooseShape(endpoint, { size: { width: 1024, height: 1024 } });
  return new Set([...Object.keys(byRatio?.values ?? {}), ...Object.keys(bySize?.values ?? {})]);
}

function toRatioOption(field: Field | undefined): Option {
  const { description, aliases } = NEUTRAL_OPTIONS.aspect_ratio;
  const ratios = [...new Set([...(field ? listChoices(field.type) : []), ...ASPECT_RATIOS])];
  return {
    kind: 'suggested',
    description,
    aliases,
    maxLength: SHORTEST_ROOM,
    suggest: (begun) => toChoices(ratios, begun),
    required: field?.required === true,
    ...standardOf(field?.standard),
  };
}

/** `height` where there are two fields. */
function toSizeOption(field: Field | undefined, height: Field | undefined): Option {
  const presets = field ? listChoices(field.type) : [];
  const own = field && !height && field.name !== 'size' ? [field.name] : [];
  return {
    kind: 'suggested',
    description: NEUTRAL_OPTIONS.size.description,
    maxLength: SHORTEST_ROOM,
    aliases: own,
    suggest: (begun) => toChoices(presets, begun),
    required: field?.required === true,
    ...standardOf(height ? toSides(field, height) : field?.standard),
  };
}

function toSides(width: Field | undefined, height: Field): unknown {
  const sides = { width: width?.standard, height: height.standard };
  return Object.values(sides).includes(undefined) ? undefined : sides;
}
