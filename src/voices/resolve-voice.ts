/** One of Easel's own voices, as a model can be asked to speak with it. */
import type { PictureParts } from '../pictures/picture-parts.ts';
import type { Asker } from '../platforms/platform.ts';
import type { GenerationRequest } from '../request.ts';

export interface ResolvedVoice extends Pick<GenerationRequest, 'model' | 'options' | 'files'> {
  readonly voice: NonNullable<GenerationRequest['voice']>;
}

/** Undefined where Easel has no voice of that name here. */
export async function resolveVoice(
  _wanted: { readonly name: string; readonly model: string | undefined },
  _asker: Asker,
  _parts: PictureParts,
): Promise<ResolvedVoice | undefined> {
  return undefined;
}
