/** Where a file of an answer can be had: an address of the web, or the bytes themselves. */

const WEB_ADDRESS = /^https?:\/\//iu;
const DATA_ADDRESS = /^data:/iu;
/** Shorter ones may be words. */
const LEAST_RAW_LENGTH = 64;
const HEX = /^[0-9a-f]+$/iu;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/u;
/** The bytes will tell. */
const RAW = 'data:application/octet-stream;base64,';

/** Undefined for what is no address that a file may be fetched from, such as `file:` or `blob:`. */
export function toAddress(text: string): string | undefined {
  const trimmed = text.trim();
  if (DATA_ADDRESS.test(trimmed)) return trimmed;
  return WEB_ADDRESS.test(trimmed) && URL.canParse(trimmed) ? trimmed : undefined;
}

/** Some models put bare hex or base64 where a file belongs; it becomes a `data:` address. */
export function toAddressOfRaw(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length < LEAST_RAW_LENGTH) return undefined;
  if (trimmed.length % 2 === 0 && HEX.test(trimmed)) {
    return RAW + Buffer.from(trimmed, 'hex').toString('base64');
  }
  return trimmed.length % 4 === 0 && BASE64.test(trimmed) ? RAW + trimmed : undefined;
}
