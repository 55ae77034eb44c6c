/** What a toy can tell about a sound or a film that it was given. */
import { fileTypeFromBuffer } from 'file-type';
import { readWords } from './wav.ts';

export interface Heard {
  readonly words: string;
  readonly seconds: number;
  /** Such as `audio/mpeg`; undefined for what is neither sound nor film. */
  readonly type: string | undefined;
}

export async function listen(bytes: Buffer): Promise<Heard> {
  const mime = (await fileTypeFromBuffer(bytes))?.mime;
  const type = mime !== undefined && /^(?:audio|video)\//u.test(mime) ? mime : undefined;
  const words =
    readWords(bytes) ??
    `This is the sandbox speaking. Nobody listened to these ${bytes.length} bytes of ${type ?? 'something'}. A real key hears what is said.`;
  return { words, type, seconds: type === undefined ? 0 : await readSeconds(bytes) };
}

/** 0 where it cannot be told. Mediabunny is loaded on first use: an idle bot stays small. */
async function readSeconds(bytes: Buffer): Promise<number> {
  const { ALL_FORMATS, BufferSource, Input } = await import('mediabunny');
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  try {
    return await input.computeDuration();
  } catch {
    return 0;
  } finally {
    input.dispose();
  }
}
