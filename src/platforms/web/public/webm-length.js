/**
 * Browsers record WebM without saying how long it is, and players then neither show nor find its
 * end. Here the length is put in, behind the other facts.
 */
const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
/** Says where everything is. */
const DIRECTORY = 0x114d9b74;
const INFO = 0x1549a966;
const TIME_UNIT = 0x2ad7b1;
const DURATION = 0x4489;
const USUAL_UNIT_NS = 1_000_000;
/** The facts are right at the beginning. */
const HEAD_BYTES = 4096;

/**
 * @param {Blob} recording any kind; what is no such WebM is given back as it is
 * @param {number} seconds
 */
export async function withLength(recording, seconds) {
  const head = new Uint8Array(await recording.slice(0, HEAD_BYTES).arrayBuffer());
  const info = findInfo(head);
  if (!info || info.to > head.length) return recording;
  const facts = [...walk(head, info)];
  if (facts.some(({ id }) => id === DURATION)) return recording;
  const unit = facts.find(({ id }) => id === TIME_UNIT);
  const unitNs = unit ? readNumber(head.slice(unit.from, unit.to)) : USUAL_UNIT_NS;
  const known = head.slice(info.from, info.to);
  const length = toDuration((seconds * 1e9) / unitNs);
  const parts = [
    recording.slice(0, info.start),
    toStart(INFO, known.length + length.byteLength),
    known,
    length,
    recording.slice(info.to),
  ];
  return new Blob(parts, { type: recording.type });
}

/** Only in a stream that tells neither its size nor what is where: both are about to change. */
function findInfo(head) {
  const [first, segment] = walk(head, { from: 0, to: head.length });
  if (first?.id !== EBML || segment?.id !== SEGMENT || !segment.isEndless) return undefined;
  const elements = [...walk(head, segment)];
  if (elements.some(({ id }) => id === DIRECTORY)) return undefined;
  return elements.find(({ id }) => id === INFO);
}

/** The elements between two places, as far as their beginnings can be seen. */
function* walk(bytes, { from, to }) {
  let at = from;
  while (at < Math.min(to, bytes.length)) {
    const [idLength, id] = readPrefixed(bytes, at, { keepsPrefix: true });
    const [sizeLength, size] = readPrefixed(bytes, at + idLength, { keepsPrefix: false });
    if (idLength > 4 || sizeLength > 8) return;
    const begin = at + idLength + sizeLength;
    const isEndless = size === 2 ** (7 * sizeLength) - 1;
    yield { id, start: at, from: begin, to: begin + size, isEndless };
    at = begin + size;
  }
}

/** A number whose leading zeros tell how many bytes it has. */
function readPrefixed(bytes, at, { keepsPrefix }) {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  const start = keepsPrefix ? first : first & (0xff >> length);
  return [length, readNumber([start, ...bytes.slice(at + 1, at + length)])];
}

function readNumber(bytes) {
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

function toStart(id, size) {
  const start = new DataView(new ArrayBuffer(12));
  start.setUint32(0, id);
  start.setUint8(4, 1);
  start.setUint32(8, size);
  return start;
}

function toDuration(units) {
  const element = new DataView(new ArrayBuffer(11));
  element.setUint16(0, DURATION);
  element.setUint8(2, 0x88);
  element.setFloat64(3, units);
  return element;
}
