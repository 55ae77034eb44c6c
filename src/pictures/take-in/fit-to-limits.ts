/** Converts a picture, in the best way of which the outcome is small enough. */
import { rm } from 'node:fs/promises';
import { convertPicture, type Converted } from './convert-picture.ts';
import type { MemoryGate } from './memory-gate.ts';
import { toMemoryBytes, type HeaderFacts, type Size } from './picture-facts.ts';
import { MEMORY_BYTES } from './picture-limits.ts';
import type { PictureParts } from './picture-parts.ts';
import { scale, type SizePlan } from './plan-size.ts';

export interface Fitting {
  readonly from: string;
  /** Without an extension. */
  readonly to: string;
  readonly facts: HeaderFacts;
  readonly parts: PictureParts | undefined;
  readonly plan: SizePlan;
  readonly isMask: boolean;
  readonly maxBytes: number;
  readonly gate: MemoryGate;
}

interface Attempt {
  /** JPEG quality; undefined for PNG. */
  readonly quality: number | undefined;
  readonly factor: number;
}

const AS_PNG: Attempt = { quality: undefined, factor: 1 };
const JPEG_ATTEMPTS: readonly Attempt[] = [
  { quality: 95, factor: 1 },
  { quality: 85, factor: 1 },
  { quality: 85, factor: 0.7 },
  { quality: 85, factor: 0.5 },
  { quality: 80, factor: 0.3 },
];
const PNG_ATTEMPTS: readonly Attempt[] = [1, 0.7, 0.5, 0.35, 0.2].map((factor) => ({
  quality: undefined,
  factor,
}));
/** Tried from above where the whole would take too much memory to be turned or unpacked. */
const MEMORY_FACTORS = [1, 0.8, 0.6, 0.4, 0.25];
const LOSSLESS = new Set(['image/png', 'image/apng', 'image/gif', 'image/tiff']);

/** Undefined where no attempt is small enough; `no-memory` where none may be made. */
export async function fitToLimits(
  fitting: Fitting,
): Promise<Converted | 'no-memory' | 'too-stubborn'> {
  const { from, to, facts, parts, plan, isMask, maxBytes, gate } = fitting;
  const memory = planMemory(fitting);
  if (!memory) return 'no-memory';
  for (const { quality, factor } of listAttempts(facts, isMask)) {
    const size = scale(memory.size, factor);
    const converted = await gate.run(toMemoryBytes(facts, parts, size), () =>
      convertPicture({ from, to, size, quality, turnBy: plan.turnBy, isMask }),
    );
    if (converted.bytes <= maxBytes) return converted;
    await rm(converted.path, { force: true });
  }
  return 'too-stubborn';
}

function planMemory({ facts, parts, plan, isMask }: Fitting): { size: Size } | undefined {
  // A mask's size is not its own to choose.
  const factors = isMask ? [1] : MEMORY_FACTORS;
  const sizes = factors.map((factor) => scale(plan.size, factor));
  const size = sizes.find((one) => toMemoryBytes(facts, parts, one) <= MEMORY_BYTES);
  return size && { size };
}

function listAttempts({ contentType, hasAlpha }: HeaderFacts, isMask: boolean): readonly Attempt[] {
  if (isMask) return [AS_PNG];
  if (hasAlpha) return PNG_ATTEMPTS;
  return LOSSLESS.has(contentType) ? [AS_PNG, ...JPEG_ATTEMPTS] : JPEG_ATTEMPTS;
}
