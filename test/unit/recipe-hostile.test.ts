/** Packets that nobody good wrote: each says nothing, quickly, and opens nothing. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readRecipe } from '../../src/pictures/recipe-metadata/read-recipe.ts';
import { plainPng } from '../support/plain-picture.ts';
import { insertAfter, toParts, toPng, toXmpChunk } from '../support/picture-parts.ts';
import { SAMPLE_RECIPE } from '../support/sample-recipe.ts';

const NAMES =
  'xmlns:x="adobe:ns:meta/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"';
const EASEL = 'xmlns:easel="urn:easel:recipe:1#"';
const JSON_TEXT = JSON.stringify(SAMPLE_RECIPE).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const RECIPE = `<easel:Recipe ${EASEL}>${JSON_TEXT}</easel:Recipe>`;
const QUOTED = JSON_TEXT.replaceAll('"', '&quot;');
const LIMIT_MS = 2000;

const plain = await plainPng();
const png = toParts(plain);

async function write(packet: string | Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'easel-')), 'picture.png');
  await writeFile(path, toPng(insertAfter(png, 'IHDR', toXmpChunk(Buffer.from(packet)))));
  return path;
}

async function read(packet: string | Uint8Array) {
  return readRecipe(await write(packet));
}

function wrap(inner: string, attributes = ''): string {
  return `<x:xmpmeta ${NAMES}><rdf:RDF><rdf:Description rdf:about="" ${attributes}>${inner}</rdf:Description></rdf:RDF></x:xmpmeta>`;
}

function withJson(json: string): string {
  return wrap(`<easel:Recipe ${EASEL}><![CDATA[${json}]]></easel:Recipe>`);
}

function withRecipe(change: Record<string, unknown>): string {
  return withJson(JSON.stringify({ ...SAMPLE_RECIPE, ...change }));
}

function without(name: string): string {
  return withJson(
    JSON.stringify(
      Object.fromEntries(Object.entries(SAMPLE_RECIPE).filter(([key]) => key !== name)),
    ),
  );
}

describe('is read', () => {
  test.each([
    ['as an element', wrap(RECIPE)],
    ['as an attribute', wrap('', `${EASEL} easel:Recipe="${QUOTED}"`)],
    ['as CDATA', withJson(JSON.stringify(SAMPLE_RECIPE))],
    [
      'with another prefix',
      wrap(RECIPE.replaceAll('easel:R', 'q:R').replace('xmlns:easel', 'xmlns:q')),
    ],
    [
      'without x:xmpmeta',
      wrap(RECIPE)
        .replace(/<\/?x:xmpmeta[^>]*>/gu, '')
        .replace('<rdf:RDF', `<rdf:RDF ${NAMES}`),
    ],
    ['with room to grow behind', `${wrap(RECIPE)}${' '.repeat(4000)}<?xpacket end="w"?>`],
    ['with NULs behind', `${wrap(RECIPE)}\0\0\0`],
    ['with a byte order mark', `\uFEFF${wrap(RECIPE)}`],
    ['with an XML declaration', `<?xml version="1.0" encoding="UTF-8"?>${wrap(RECIPE)}`],
    [
      'beside what others wrote',
      wrap(`<dc:format>image/png</dc:format>${RECIPE}<dc:source>x</dc:source>`),
    ],
    ['with members of a later version', withRecipe({ colour: 'red', more: { deep: [1] } })],
    ['the first of two', wrap(`${RECIPE}<easel:Recipe ${EASEL}>{}</easel:Recipe>`)],
  ])('a recipe %s', async (_how, packet) => {
    expect(await read(packet)).toEqual(SAMPLE_RECIPE);
  });
});

const laughs = Array.from(
  { length: 30 },
  (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
);
const doctype = (inner: string, body: string): string =>
  `<?xml version="1.0"?><!DOCTYPE x:xmpmeta [${inner}]>${body}`;
const inEntity = (name: string): string => wrap(`<easel:Recipe ${EASEL}>&${name};</easel:Recipe>`);

const HOSTILE: readonly (readonly [string, string | Uint8Array])[] = [
  ['nothing', ''],
  ['blanks', ' '.repeat(5000)],
  ['words', 'just words'],
  ['zeroes', new Uint8Array(5000)],
  ['noise', Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256)],
  ['JSON alone', JSON.stringify(SAMPLE_RECIPE)],
  ['HTML', `<!doctype html><html><body>${RECIPE}`],
  ['a billion laughs', doctype(`<!ENTITY l0 "ha">${laughs.join('')}`, inEntity('l30'))],
  [
    'one very long entity, often',
    doctype(`<!ENTITY a "${'a'.repeat(99_999)}">`, wrap('&a;'.repeat(9999))),
  ],
  ['an entity that is a recipe', doctype(`<!ENTITY r '${JSON_TEXT}'>`, inEntity('r'))],
  ['a file as an entity', doctype('<!ENTITY f SYSTEM "file:///etc/passwd">', inEntity('f'))],
  ['an address as an entity', doctype('<!ENTITY f SYSTEM "http://127.0.0.1:1/">', inEntity('f'))],
  ['a parameter entity', doctype('<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;', wrap(RECIPE))],
  ['an entity of itself', doctype('<!ENTITY a "&a;">', inEntity('a'))],
  [
    'a default attribute',
    doctype(`<!ATTLIST rdf:Description easel:Recipe CDATA '${QUOTED}'>`, wrap('', EASEL)),
  ],
  ['a document type and a good recipe', doctype('', wrap(RECIPE))],
  ['an unknown entity', inEntity('nbsp')],
  ['a character that cannot be', wrap(`<easel:Recipe ${EASEL}>&#0;</easel:Recipe>`)],
  ['half of it', wrap(RECIPE).slice(0, 500)],
  ['all but its end', wrap(RECIPE).slice(0, -3)],
  ['crossed ends', wrap(`<dc:a>${RECIPE}`)],
  ['a prefix of nobody', wrap(RECIPE.replace(EASEL, ''))],
  ['two roots', `${wrap(RECIPE)}${wrap(RECIPE)}`],
  ['an attribute twice', wrap(RECIPE, 'dc:a="1" dc:a="2"')],
  ['another namespace', wrap(RECIPE.replace('urn:easel:recipe:1#', 'urn:easel:recipe:2#'))],
  ['a namespace that nearly fits', wrap(RECIPE.replace('recipe:1#', 'recipe:1'))],
  ['a recipe in a comment', wrap(`<!-- ${RECIPE} -->`)],
  ['a recipe in a processing instruction', wrap(`<?x ${RECIPE} ?>`)],
  ['a recipe as text', wrap(`<dc:a><![CDATA[${RECIPE}]]></dc:a>`)],
  ['a recipe outside of RDF', `<x:xmpmeta ${NAMES}>${RECIPE}</x:xmpmeta>`],
  [
    'the recipe of a picture pasted into it',
    wrap(
      `<xmpMM:Pantry><rdf:Bag><rdf:li><rdf:Description>${RECIPE}</rdf:Description></rdf:li></rdf:Bag></xmpMM:Pantry>`,
    ),
  ],
  ['the recipe of a whole packet inside', wrap(`<dc:a>${wrap(RECIPE)}</dc:a>`)],
  [
    'a structure instead of text',
    wrap(`<easel:Recipe ${EASEL} rdf:parseType="Resource"><dc:a>x</dc:a></easel:Recipe>`),
  ],
  ['an empty recipe', wrap(`<easel:Recipe ${EASEL}/>`)],
  ['100,000 elements, one in another', `<a>`.repeat(100_000)],
  [
    '100,000 elements with namespaces',
    Array.from({ length: 9000 }, (_, at) => `<a xmlns:n${at}="u:${at}">`).join(''),
  ],
  [
    '20,000 attributes',
    wrap('', Array.from({ length: 20_000 }, (_, at) => `dc:a${at}=""`).join(' ')),
  ],
  ['a name of 400,000 letters', `<${'a'.repeat(400_000)}/>`],
  ['500,000 ampersands', wrap('&'.repeat(500_000))],
  ['1 MiB around a good recipe', wrap(RECIPE + ' '.repeat(1024 * 1024))],
  ['12 MiB', wrap(' '.repeat(12 * 1024 * 1024))],
  ['UTF-16', Buffer.from(`\uFEFF${wrap(RECIPE)}`, 'utf16le')],
  ['bytes that are no UTF-8', Buffer.from(wrap(RECIPE.replace('Make', '\u00FF\u00FE')), 'latin1')],
  [
    'a lone surrogate in bytes',
    Buffer.concat([Buffer.from(wrap(RECIPE)), Buffer.of(0xed, 0xa0, 0x80)]),
  ],
  ['broken JSON', withJson('{"picture":')],
  ['JSON with more behind', withJson(`${JSON.stringify(SAMPLE_RECIPE)} {}`)],
  ['JSON that is null', withJson('null')],
  ['JSON that is a number', withJson('1e999')],
  ['JSON that is a list', withJson(`[${JSON.stringify(SAMPLE_RECIPE)}]`)],
  ['JSON that is text', withJson(JSON.stringify(JSON.stringify(SAMPLE_RECIPE)))],
  ['200,000 lists, one in another', withJson('['.repeat(200_000))],
  ['a prompt that is a list', withRecipe({ prompt: ['a'] })],
  ['a prompt of 300,000 characters', withRecipe({ prompt: 'a'.repeat(300_000) })],
  ['no prompt', without('prompt')],
  ['no model', without('model')],
  ['no options', without('options')],
  ['an id that is a path', withRecipe({ picture: '../../etc/passwd' })],
  ['an id of blanks', withRecipe({ picture: ' ' })],
  ['an id that is markup', withRecipe({ picture: '<script>' })],
  ['a very long id', withRecipe({ picture: 'a'.repeat(101) })],
  ['a parent that is a path', withRecipe({ parents: ['a/../b'] })],
  ['a parent that is an object', withRecipe({ parents: [{ id: 'a' }] })],
  ['5,000 parents', withRecipe({ parents: Array.from({ length: 5000 }, () => 'a') })],
  ['a model of 5,000 characters', withRecipe({ model: 'm'.repeat(5000) })],
  ['an endpoint that is a number', withRecipe({ endpoint: 7 })],
  ['a seed that is a number', withRecipe({ seed: 7 })],
  ['a seed of 5,000 digits', withRecipe({ seed: '7'.repeat(5000) })],
  ['a day that is none', withRecipe({ madeAt: '2026-13-45' })],
  ['a time instead of a day', withRecipe({ madeAt: '2026-11-26T01:02:03Z' })],
  ['an option that is an object', withRecipe({ options: { a: { b: 1 } } })],
  ['an option that is null', withRecipe({ options: { a: null } })],
  ['an option that is no number', withJson(JSON.stringify(SAMPLE_RECIPE).replace('28', '1e999'))],
  ['an option of 50,000 characters', withRecipe({ options: { a: 'a'.repeat(50_000) } })],
  ['an option with a very long name', withRecipe({ options: { ['a'.repeat(300)]: 1 } })],
  [
    '5,000 options',
    withRecipe({
      options: Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`o${at}`, at])),
    }),
  ],
  [
    'what a photo editor writes',
    wrap(
      '<dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li></rdf:Seq></dc:creator><xmpMM:History><rdf:Seq><rdf:li rdf:parseType="Resource"/></rdf:Seq></xmpMM:History>',
    ),
  ],
  [
    'what another generator writes',
    wrap(
      '<p:Credit xmlns:p="http://ns.adobe.com/photoshop/1.0/">Made with Something AI</p:Credit>',
    ),
  ],
];

describe('is no recipe', () => {
  test.each(HOSTILE)('%s', async (_what, packet) => {
    const path = await write(packet);
    const begun = performance.now();
    expect(await readRecipe(path)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(LIMIT_MS);
  });

  test('a file that is not there', async () => {
    expect(await readRecipe(join(tmpdir(), 'easel-nowhere', 'x.png'))).toBeUndefined();
  });

  test('a folder', async () => {
    expect(await readRecipe(tmpdir())).toBeUndefined();
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['words', Buffer.from(wrap(RECIPE))],
    [
      'an SVG',
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg"><metadata>${wrap(RECIPE)}</metadata></svg>`,
      ),
    ],
    ['a torn picture', plain.subarray(0, 20)],
    ['a picture without XMP', plain],
  ])('in %s', async (_what, bytes) => {
    const path = join(await mkdtemp(join(tmpdir(), 'easel-')), 'file');
    await writeFile(path, bytes);
    expect(await readRecipe(path)).toBeUndefined();
  });
});

test('a recipe cannot reach into what objects have in common', async () => {
  const json = JSON.stringify(SAMPLE_RECIPE).replace('{"', '{"__proto__":{"isAdmin":true},"');
  const options = json.replace('"options":{', '"options":{"__proto__":1,"constructor":2,');
  const recipe = await read(withJson(options));
  expect(recipe?.picture).toBe(SAMPLE_RECIPE.picture);
  expect(recipe).not.toHaveProperty('isAdmin');
  expect({}).not.toHaveProperty('isAdmin');
});

test.each(['png', 'jpeg', 'webp', 'avif'] as const)(
  'a recipe that another tool put into %s is read',
  async (format) => {
    const path = join(await mkdtemp(join(tmpdir(), 'easel-')), `picture.${format}`);
    await sharp(plain).withXmp(wrap(RECIPE)).toFormat(format).toFile(path);
    expect(await readRecipe(path)).toEqual(SAMPLE_RECIPE);
  },
);
