/** Some models put the file itself into the answer. */
import { DownloadError } from './download-error.ts';

const DATA_URL = /^data:[^,]*?(;base64)?,/iu;

/** Undefined for an address of another kind. */
export function readDataUrl(url: string, maxBytes: number): Buffer | undefined {
  if (!/^data:/iu.test(url)) return undefined;
  const [head, base64] = DATA_URL.exec(url.slice(0, 1000)) ?? [];
  if (head === undefined) throw new DownloadError('wrong-type');
  // Base64 takes four characters for three bytes; percent signs take more.
  if (url.length - head.length > (maxBytes * (base64 ? 4 : 9)) / 3 + 4) {
    throw new DownloadError('too-large');
  }
  const body = url.slice(head.length);
  const bytes = base64 ? Buffer.from(body, 'base64') : Buffer.from(unescapePercent(body));
  if (bytes.length > maxBytes) throw new DownloadError('too-large');
  return bytes;
}

function unescapePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new DownloadError('wrong-type', { cause: error });
  }
}
