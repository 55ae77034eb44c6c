import type { Size } from '../models/model.ts';
export async function paintEdit(w: {
  prompt: string;
  seed: number;
  size: Size;
  sources: readonly Buffer[];
}): Promise<Buffer> {
  return w.sources[0] ?? Buffer.alloc(0);
}
