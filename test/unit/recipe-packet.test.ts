/** What the packet says, read by a parser that has no part in writing or reading it in `src`. */
import { DOMParser, onErrorStopParsing, type Element } from '@xmldom/xmldom';
import { describe, expect, test } from 'vitest';
import { parsePacket } from '../../src/pictures/recipe-metadata/parse-packet.ts';
import {
  recipeMetadataSchema,
  toTravelling,
  type RecipeMetadata,
} from '../../src/pictures/recipe-metadata/recipe-metadata.ts';
import { toPacket } from '../../src/pictures/recipe-metadata/to-packet.ts';
import { SAMPLE_RECIPE } from '../support/sample-recipe.ts';

const DC = 'http://purl.org/dc/elements/1.1/';
const XMP = 'http://ns.adobe.com/xap/1.0/';
const IPTC = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
const EASEL = 'urn:easel:recipe:1#';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
/** One JPEG segment without its length and the 29 bytes that say what it is. */
const SEGMENT = 0xffff - 2 - 29;

function readXml(packet: Buffer): Element {
  const parser = new DOMParser({ onError: onErrorStopParsing });
  const text = new TextDecoder('utf-8', { fatal: true }).decode(packet);
  return parser.parseFromString(text, 'text/xml').documentElement!;
}

function read(recipe: RecipeMetadata) {
  const packet = toPacket(toTravelling(recipe));
  expect(packet.length).toBeLessThanOrEqual(SEGMENT);
  const xml = readXml(packet);
  const textOf = (uri: string, name: string) =>
    xml.getElementsByTagNameNS(uri, name).item(0)?.textContent ?? undefined;
  const exact: unknown = JSON.parse(parsePacket(packet.toString())!);
  expect(JSON.parse(textOf(EASEL, 'Recipe')!)).toEqual(exact);
  return { xml, textOf, exact: recipeMetadataSchema.parse(exact) };
}

describe('other tools find', () => {
  const { xml, textOf } = read(SAMPLE_RECIPE);

  test.each([
    ['the prompt as the description', DC, 'description', SAMPLE_RECIPE.prompt],
    ['the prompt where IPTC wants it', IPTC, 'AIPromptInformation', SAMPLE_RECIPE.prompt],
    [
      'the model and its endpoint',
      IPTC,
      'AISystemUsed',
      'nano-banana-pro (fal-ai/nano-banana-pro/edit)',
    ],
    [
      'that a model made it',
      IPTC,
      'DigitalSourceType',
      'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
    ],
    ['which tool wrote it', XMP, 'CreatorTool', 'Easel'],
  ])('%s', (_what, uri, name, value) => {
    expect(textOf(uri, name)).toBe(value);
  });

  test('the description in the default language, as XMP wants it', () => {
    const item = xml.getElementsByTagNameNS(RDF, 'li').item(0)!;
    expect(item.getAttribute('xml:lang')).toBe('x-default');
    expect((item.parentNode as Element).localName).toBe('Alt');
  });

  test('nothing else', () => {
    const description = xml.getElementsByTagNameNS(RDF, 'Description').item(0)!;
    const names = [...description.childNodes].flatMap(({ nodeType, nodeName }) =>
      nodeType === 1 ? [nodeName] : [],
    );
    expect(names.toSorted()).toEqual([
      'Iptc4xmpExt:AIPromptInformation',
      'Iptc4xmpExt:AISystemUsed',
      'Iptc4xmpExt:DigitalSourceType',
      'dc:description',
      'easel:Recipe',
      'xmp:CreatorTool',
    ]);
  });
});

test('a picture that took no words says nothing in their place', () => {
  const { textOf } = read({ ...SAMPLE_RECIPE, prompt: '' });
  expect(textOf(DC, 'description')).toBeUndefined();
  expect(textOf(IPTC, 'AIPromptInformation')).toBeUndefined();
});

const CONTROLS = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('');
const LATE_CONTROLS = Array.from({ length: 33 }, (_, at) => String.fromCharCode(127 + at)).join('');

const PROMPTS: readonly (readonly [string, string])[] = [
  ['letters of many scripts', 'Ж ñ ß 灯台 한국 ไทย हिन्दी ა'],
  ['emoji, joined and coloured', '😀 👩🏽‍🚀 🏳️‍🌈 🇩🇪 1️⃣'],
  ['right to left', 'מגדלור בערפל \u202Eabc\u202C منارة'],
  ['marks for the direction', '\u200E\u200F\u2066x\u2069\u061C'],
  ['a lone high surrogate', 'a\uD83Db'],
  ['a lone low surrogate', 'a\uDE00b'],
  ['surrogates the wrong way round', '\uDE00\uD83D'],
  ['a surrogate at the very end', 'end\uD83D'],
  ['NUL', 'a\0b'],
  ['all control characters', `a${CONTROLS}b`],
  ['the later control characters', `a${LATE_CONTROLS}b`],
  ['what is no character', 'a\uFFFE\uFFFF\uFDD0\u{1FFFE}\u{10FFFF}b'],
  ['a byte order mark', '\uFEFFa\uFEFF'],
  ['line separators', 'a\u2028b\u2029c\u0085d'],
  ['all line ends', 'a\r\nb\nc\rd\n\r'],
  ['blanks around', '  \t a \t  '],
  ['nothing but blanks', ' \n '],
  ['the end of CDATA', 'a ]]> b <![CDATA[ c ]]>'],
  ['a comment', '<!-- a --> -->'],
  ['the end of the packet', '<?xpacket end="w"?>'],
  ['the end of the property', '</easel:Recipe></rdf:Description></rdf:RDF></x:xmpmeta>'],
  ['another recipe', '<easel:Recipe xmlns:easel="urn:easel:recipe:1#">{}</easel:Recipe>'],
  ['entities', '&amp; &#0; &lol; &#xD800; & &&'],
  ['quotes', `"'\u201C\u201D\`\\"\\\\`],
  ['JSON', '{"picture":"x"},\\u0000\\'],
  ['a prototype', '__proto__'],
];

describe.each(PROMPTS)('a prompt with %s', (_what, prompt) => {
  test('comes back to the character', () => {
    expect(read({ ...SAMPLE_RECIPE, prompt }).exact).toEqual({ ...SAMPLE_RECIPE, prompt });
  });

  test('is shown by other tools as far as XML can', () => {
    const { textOf } = read({ ...SAMPLE_RECIPE, prompt });
    const shown = toShown(prompt);
    expect(textOf(DC, 'description')).toBe(shown);
    expect(textOf(IPTC, 'AIPromptInformation')).toBe(shown);
  });

  test('may stand in an option too', () => {
    const recipe = { ...SAMPLE_RECIPE, options: { negative_prompt: prompt } };
    expect(read(recipe).exact).toEqual(recipe);
  });
});

/** XML 1.0's own list of characters, told by code point. */
function toShown(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0)!;
    const isAllowed =
      [9, 10, 13].includes(code) ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      code >= 0x10000;
    return isAllowed ? character : '\uFFFD';
  }).join('');
}

test('any text at all comes back to the character', () => {
  const random = toRandom(20_261_126);
  for (let round = 0; round < 300; round += 1) {
    const units = Array.from({ length: 200 }, () => random() % (round % 2 === 0 ? 65_536 : 256));
    const prompt = String.fromCharCode(...units).replaceAll(/[/:]/gu, '.');
    const { exact, textOf } = read({ ...SAMPLE_RECIPE, prompt: prompt.replaceAll('<', '(') });
    expect(exact.prompt).toBe(prompt.replaceAll('<', '('));
    expect(textOf(DC, 'description')).toBe(toShown(exact.prompt));
  }
});

/** The same numbers at every run. */
function toRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

describe('6,000 characters', () => {
  test.each(['x', 'é', '灯', '&', '<', '"', '\\', '\0', '\uD83D', '\u{1F600}', '\n', ' '])(
    'of %j come back whole',
    (character) => {
      const prompt = character.repeat(6000 / character.length);
      expect(read({ ...SAMPLE_RECIPE, prompt }).exact.prompt).toBe(prompt);
    },
  );

  test('are shown in full where there is room', () => {
    const prompt = '灯'.repeat(6000);
    expect(read({ ...SAMPLE_RECIPE, prompt }).textOf(DC, 'description')).toBe(prompt);
  });

  test('are shown shortened where there is not', () => {
    const shown = read({ ...SAMPLE_RECIPE, prompt: '&'.repeat(6000) }).textOf(DC, 'description')!;
    expect(shown).toBe(`${'&'.repeat(999)}…`);
  });
});

describe('more than one segment of a JPEG holds', () => {
  const large = { ...SAMPLE_RECIPE, prompt: '灯'.repeat(20_000) };

  test('costs the end of the prompt, and says so', () => {
    const { exact } = read(large);
    expect(exact.prompt).toBe(`${'灯'.repeat(3999)}…`);
    expect(exact.options).toEqual(SAMPLE_RECIPE.options);
  });

  test('costs the longest options before the prompt', () => {
    const prompt = 'y'.repeat(10_000);
    const options = { ...Object.fromEntries(longOptions(12, 5000)), steps: 28 };
    expect(read({ ...SAMPLE_RECIPE, prompt, options }).exact).toEqual({
      ...SAMPLE_RECIPE,
      prompt,
      options: { steps: 28 },
    });
  });

  test('costs no more than it must', () => {
    const options = Object.fromEntries(longOptions(12, 4000));
    expect(read({ ...SAMPLE_RECIPE, options }).exact.options).toEqual(options);
  });

  test('never makes a larger packet, whatever is given', () => {
    const worst = '\0'.repeat(90_000);
    const recipe: RecipeMetadata = {
      ...SAMPLE_RECIPE,
      model: worst,
      prompt: worst,
      options: Object.fromEntries(longOptions(500, 200, '\0')),
      parents: Array.from({ length: 500 }, () => 'p'.repeat(100)),
    };
    const { exact } = read(recipe);
    expect(exact.parents).toHaveLength(50);
    expect(exact.prompt).toBe(`${'\0'.repeat(3999)}…`);
  });
});

function longOptions(count: number, length: number, character = 'z') {
  return Array.from({ length: count }, (_, at) => {
    return [`${character.repeat(50)}${at}`, character.repeat(length)] as const;
  });
}
