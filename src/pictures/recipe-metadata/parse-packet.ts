/** Somebody else's XMP is read as untrusted XML: without entities, documents types and deep nests. */
import { SaxesParser } from 'saxes';
import { RECIPE_NAMESPACE, RECIPE_PROPERTY } from './to-packet.ts';

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
/** XMP's own structures stay far below; the parser's time grows with the square of the depth. */
const DEEPEST = 40;

/** The recipe's JSON, of the picture itself. Undefined where there is none, or no XMP. */
export function parsePacket(packet: string): string | undefined {
  const open: string[] = [];
  const found: string[] = [];
  let text = '';
  // Tools that write a packet anew may turn an element into an attribute, and choose the prefix.
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', refuse);
  parser.on('doctype', () => refuse(new Error('XMP has no document type')));
  parser.on('opentag', ({ uri, local, attributes }) => {
    open.push(`${uri}${local}`);
    if (open.length > DEEPEST) refuse(new Error('too deep for XMP'));
    text = '';
    if (!isDescription(open)) return;
    found.push(
      ...Object.values(attributes)
        .filter(isRecipe)
        .map(({ value }) => value),
    );
  });
  parser.on('text', (more) => (text += more));
  parser.on('cdata', (more) => (text += more));
  parser.on('closetag', (tag) => {
    open.pop();
    if (isRecipe(tag) && isDescription(open)) found.push(text);
  });
  try {
    parser.write(packet).close();
  } catch {
    return undefined;
  }
  return found[0];
}

function refuse(error: Error): never {
  throw error;
}

/** One further down describes something else, such as a picture that was pasted into this one. */
function isDescription(open: readonly string[]): boolean {
  return open.at(-1) === `${RDF}Description` && open.at(-2) === `${RDF}RDF` && open.length <= 3;
}

function isRecipe({ uri, local }: { readonly uri: string; readonly local: string }): boolean {
  return uri === RECIPE_NAMESPACE && local === RECIPE_PROPERTY;
}
