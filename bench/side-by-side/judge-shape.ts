/** Which shape an endpoint will make of what it was sent. */
import type { Endpoint } from '../../src/models/endpoint.ts';
import { toText } from './exact-json.ts';
import { isLegal } from './is-legal.ts';

/** fal's presets in pixels (its documents on `image_size`). */
const PRESETS: Readonly<Record<string, readonly [number, number]>> = {
  square_hd: [1024, 1024],
  square: [512, 512],
  portrait_4_3: [768, 1024],
  portrait_16_9: [576, 1024],
  landscape_4_3: [1024, 768],
  landscape_16_9: [1024, 576],
};
/** 2560x1080 is sold as 21:9 everywhere, and is 1.6 % off it. */
const SAME = 0.02;

export interface Shape {
  readonly width: number;
  readonly height: number;
  /** As it was sent. */
  readonly sent: unknown;
}

/** Undefined where nothing that the endpoint knows says a shape. */
export function readShape(
  { fields }: Endpoint,
  body: Readonly<Record<string, unknown>>,
): Shape | undefined {
  for (const { name, type } of fields) {
    const sent = body[name];
    const isShape = name === 'aspect_ratio' || name === 'image_size';
    const shape = isShape && isLegal(type, sent) ? toShape(sent) : undefined;
    if (shape) return { ...shape, sent };
  }
  return undefined;
}

/** Of `16:9`, `1280x720`, a preset, width and height, or `{ ratio: '16:9' }`. */
export function toShape(value: unknown): { width: number; height: number } | undefined {
  if (typeof value === 'object' && value !== null && 'ratio' in value) return toShape(value.ratio);
  if (typeof value === 'object' && value !== null && 'width' in value && 'height' in value) {
    return { width: Number(value.width), height: Number(value.height) };
  }
  const preset = PRESETS[toText(value)];
  if (preset) return { width: preset[0], height: preset[1] };
  const [, width, height] = /^([\d.]+)[:x]([\d.]+)$/u.exec(toText(value)) ?? [];
  return width && height ? { width: Number(width), height: Number(height) } : undefined;
}

export function isSameShape(
  a: { width: number; height: number },
  b: { width: number; height: number },
): boolean {
  return Math.abs(Math.log((a.width * b.height) / (a.height * b.width))) < SAME;
}

/** Whether the endpoint has any way to make this shape, or these very pixels. */
export function canMake({ fields }: Endpoint, wished: string): boolean {
  const isSize = wished.includes('x');
  const shape = toShape(wished);
  if (!shape) return false;
  return fields.some(({ name, type }) => {
    if (name === 'aspect_ratio') {
      return !isSize && (isLegal(type, wished) || isLegal(type, { ratio: wished }));
    }
    return name === 'image_size' && hasFit(type, shape, isSize);
  });
}

/** For a ratio, some multiple of it is enough. */
function hasFit(
  type: Endpoint['fields'][number]['type'],
  { width, height }: { width: number; height: number },
  isSize: boolean,
): boolean {
  if (isSize) return isLegal(type, { width, height });
  return Array.from({ length: 2048 / Math.max(width, height) }, (_, at) => at + 1).some((times) =>
    isLegal(type, { width: width * times, height: height * times }),
  );
}
