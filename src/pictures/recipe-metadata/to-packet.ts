/** A recipe as an XMP packet: in the words that other tools show, and exactly in our own. */
import { cutText } from '../../cut-text.ts';
import type { RecipeMetadata } from './recipe-metadata.ts';

/** An XMP namespace ends so that a name can follow; this one needs no address in the web. */
export const RECIPE_NAMESPACE = 'urn:easel:recipe:1#';
export const RECIPE_PROPERTY = 'Recipe';

/**
 * What one segment of a JPEG holds. More would have to go into ExtendedXMP, which neither libvips
 * nor most pages that show metadata read: a shorter packet that is read is worth more. The same
 * for all formats, so that a picture says the same after a conversion.
 */
const LARGEST_PACKET = 65_502 - 'http://ns.adobe.com/xap/1.0/\0'.length;

interface Brevity {
  /** Of the prompt where it is repeated for other tools: in UTF-16 units. */
  readonly copy: number;
  readonly prompt: number;
  /** Longer options are left out: a shortened one would make another picture. */
  readonly option: number;
}

/** The exact recipe is shortened last; what follows the last step always fits. */
const LADDER: readonly Brevity[] = [
  { copy: Infinity, prompt: Infinity, option: Infinity },
  { copy: 1000, prompt: Infinity, option: Infinity },
  { copy: 1000, prompt: Infinity, option: 200 },
  { copy: 1000, prompt: 4000, option: 200 },
];
const SHORTEST: Brevity = { copy: 500, prompt: 4000, option: -1 };

/** IPTC's word for a picture that a model has made. */
const SOURCE_TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
/** What XML 1.0 does not allow, not even as a reference. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** Markup, and what one reader or another takes for the end of a line. */
const FRAGILE = /[&<>\r\u007F-\u009F\u2028\u2029]/gu;

export function toPacket(recipe: RecipeMetadata): Buffer {
  for (const brevity of LADDER) {
    const packet = writePacket(recipe, brevity);
    if (packet.length <= LARGEST_PACKET) return packet;
  }
  return writePacket(recipe, SHORTEST);
}

function writePacket(recipe: RecipeMetadata, brevity: Brevity): Buffer {
  const { model, endpoint, prompt } = recipe;
  const copy = escapeXml(cutText(prompt, brevity.copy));
  const system = escapeXml(model === endpoint ? endpoint : `${model} (${endpoint})`);
  // The numbers and the order are XMP's and IPTC's own; see their specifications.
  return Buffer.from(`<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:easel="${RECIPE_NAMESPACE}">
<xmp:CreatorTool>Easel</xmp:CreatorTool>
<Iptc4xmpExt:DigitalSourceType>${SOURCE_TYPE}</Iptc4xmpExt:DigitalSourceType>
<Iptc4xmpExt:AISystemUsed>${system}</Iptc4xmpExt:AISystemUsed>
${copy === '' ? '' : wordPrompt(copy)}<easel:${RECIPE_PROPERTY}>${toJson(shorten(recipe, brevity))}</easel:${RECIPE_PROPERTY}>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`);
}

function wordPrompt(escaped: string): string {
  return `<Iptc4xmpExt:AIPromptInformation>${escaped}</Iptc4xmpExt:AIPromptInformation>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped}</rdf:li></rdf:Alt></dc:description>
`;
}

function shorten(recipe: RecipeMetadata, { prompt, option }: Brevity): RecipeMetadata {
  const options = Object.entries(recipe.options).filter(
    ([, value]) => String(value).length <= option,
  );
  return {
    ...recipe,
    prompt: cutText(recipe.prompt, prompt),
    options: Object.fromEntries(options),
  };
}

/** All that is fragile as JSON's own escapes, so that it survives any way of writing XML anew. */
function toJson(recipe: RecipeMetadata): string {
  const json = JSON.stringify(recipe);
  return json.replaceAll(FORBIDDEN, toJsonEscape).replaceAll(FRAGILE, toJsonEscape);
}

function toJsonEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll(FORBIDDEN, '\uFFFD')
    .replaceAll(FRAGILE, (character) => `&#${character.charCodeAt(0)};`);
}
