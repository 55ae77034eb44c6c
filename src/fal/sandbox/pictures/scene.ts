import type { Size } from '../models/model.ts';
export async function paintScene(_: { prompt: string; seed: number; size: Size }): Promise<Buffer> {
  return Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="#246"/></svg>',
  );
}
