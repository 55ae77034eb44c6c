/** What a file of sound or film says of itself. */
import { fileTypeFromBuffer } from 'file-type';

export interface SoundFile {
  readonly bytes: Buffer;
  /** Such as `audio/mpeg`; undefined for what is neither sound nor film. */
  readonly type: string | undefined;
  /** As lists of formats call it, such as `mp3`. */
  readonly format: string | undefined;
  /** 0 where it cannot be told. */
  readonly seconds: number;
}

/** Files of one kind that have several endings. */
const FORMATS: Readonly<Record<string, string>> = {
  oga: 'ogg',
  ogv: 'ogg',
  opus: 'ogg',
  spx: 'ogg',
  m4v: 'mp4',
  mpg: 'mpeg',
};

export async function inspectSound(bytes: Buffer): Promise<SoundFile> {
  const found = await fileTypeFromBuffer(bytes);
  if (!found || !/^(?:audio|video)\//u.test(found.mime)) {
    return { bytes, type: undefined, format: undefined, seconds: 0 };
  }
  const { mime: type, ext } = found;
  return { bytes, type, format: FORMATS[ext] ?? ext, seconds: await readSeconds(bytes) };
}

/** Mediabunny is loaded on first use: an idle bot stays small. */
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
