/** Spoils a finished job's answer as the rules in force say. */
import type { FaultOf, OutputFault } from './fault-rules.ts';
import { changeMedia, findMedia, hasMedia, toObject, type Fields } from './media-fields.ts';
import { playTune } from './sounds/tune.ts';
import { toWav } from './sounds/wav.ts';

/** The answer as it goes over the wire; text, because no number type holds a huge seed. */
export function spoilOutput(faults: readonly OutputFault[], output: Fields): string {
  const spoilt = faults.reduce(spoilOnce, output);
  const text = JSON.stringify(spoilt);
  const seed = faults.find((fault) => fault.kind === 'huge-seed')?.seed;
  return seed === undefined
    ? text
    : JSON.stringify({ ...spoilt, seed: 0 }).replace(/"seed":0\b/u, `"seed":${seed}`);
}

function spoilOnce(output: Fields, fault: OutputFault): Fields {
  switch (fault.kind) {
    case 'nsfw':
      return flag(output, fault);
    case 'single-image':
      return toSingle(output);
    case 'renamed-media':
      return rename(output, fault.to);
    case 'null-fields':
      return nullify(output, fault.fields);
    case 'missing-fields':
      return drop(output, fault.fields);
    case 'extra-fields':
      return { ...toObject(changeMedia(output, addUnknown)), ...UNKNOWN };
    case 'no-media':
      return mapFields(output, withoutMedia);
    case 'empty-text':
      return mapFields(output, (value) => (typeof value === 'string' ? '' : value));
    case 'open-timestamps':
      return openLast(output);
    case 'wrong-content-type':
      return change(output, (file) => ({ ...file, content_type: fault.contentType }));
    case 'foreign-url':
      return change(output, (file) => ({ ...file, url: fault.url }));
    case 'hex-audio':
      return { audio: toHex(), duration_ms: HEX_SECONDS * 1000 };
    case 'huge-seed':
    case 'strict-sound':
    case 'svg-output':
    case 'data-uri':
    case 'zero-byte-file':
    case 'html-file':
    case 'oversized-file':
      return output;
  }
}

/** A flag for each result, whether the endpoint documents any or not. */
function flag(output: Fields, fault: FaultOf<'nsfw'>): Fields {
  const { has_nsfw_concepts: _, ...rest } = output;
  const flags = findMedia(output).map((_file, index) => fault.pictures?.includes(index) ?? true);
  const end = fault.isShort ? flags.lastIndexOf(true) + 1 : flags.length;
  return { ...rest, [fault.field]: flags.slice(0, end) };
}

function toSingle({ images, ...rest }: Fields): Fields {
  const list: readonly unknown[] = Array.isArray(images) ? images : [];
  return list.length === 0 ? { images, ...rest } : { ...rest, image: list[0] };
}

/** The first field that holds a result goes under the new name. */
function rename(output: Fields, to: string): Fields {
  const found = Object.entries(output).find(([, value]) => hasMedia(value));
  if (!found) return output;
  const { [found[0]]: _, ...rest } = output;
  return { ...rest, [to]: to.endsWith('_url') ? findMedia(output)[0]?.['url'] : found[1] };
}

function drop(output: Fields, fields: readonly string[] | undefined): Fields {
  const kept = Object.entries(output).filter(([name, value]) =>
    fields ? !fields.includes(name) : hasMedia(value) || typeof value === 'string',
  );
  const rest = Object.fromEntries(kept);
  return fields ? rest : change(rest, ({ url }) => ({ url }));
}

const UNKNOWN = { x_unknown: { nested: [1, null, 'new'] } };

function addUnknown(file: Fields): Fields {
  return { ...file, ...UNKNOWN };
}

function withoutMedia(value: unknown): unknown {
  if (!hasMedia(value)) return value;
  return Array.isArray(value) ? [] : null;
}

/** The end of the last chunk may be unknown: somebody was still speaking. */
function openLast(output: Fields): Fields {
  const chunks: readonly unknown[] = Array.isArray(output['chunks']) ? output['chunks'] : [];
  const last = toObject(chunks.at(-1));
  const timestamp: readonly unknown[] = Array.isArray(last['timestamp']) ? last['timestamp'] : [];
  const open = { ...last, timestamp: [timestamp[0] ?? 0, null] };
  return chunks.length === 0 ? output : { ...output, chunks: [...chunks.slice(0, -1), open] };
}

const HEX_SECONDS = 0.5;

function toHex(): string {
  const words = 'as hex';
  const sound = playTune({ words, sampleRate: 8000, seconds: HEX_SECONDS });
  return toWav(sound, words).toString('hex');
}

function nullify(output: Fields, fields: readonly string[] | undefined): Fields {
  if (fields) return { ...output, ...Object.fromEntries(fields.map((name) => [name, null])) };
  return mapFields(output, (value) => (hasMedia(value) ? changeMedia(value, allNull) : null));
}

/** Everything but the address. */
function allNull(file: Fields): Fields {
  return Object.fromEntries(
    Object.entries(file).map(([name, entry]) => [name, name === 'url' ? entry : null]),
  );
}

function change(output: Fields, changeOne: (file: Fields) => Fields): Fields {
  return toObject(changeMedia(output, changeOne));
}

function mapFields(output: Fields, toValue: (value: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(output).map(([name, value]) => [name, toValue(value)]));
}
