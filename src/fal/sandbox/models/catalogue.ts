/** Every endpoint the sandbox knows; a further one is a file here and a line in this list. */
import type { SandboxModel } from './model.ts';
import { nanoBananaPro, nanoBananaProEdit } from './nano-banana-pro.ts';
import { qwenImage } from './qwen-image.ts';

export const MODELS: readonly SandboxModel[] = [nanoBananaPro, nanoBananaProEdit, qwenImage];

export function findModel(endpoint: string): SandboxModel | undefined {
  return MODELS.find((model) => model.endpoint === endpoint);
}
