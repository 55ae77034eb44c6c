import { describe, expect, test } from 'vitest';
import { addTerms, removeTerm, toPrompt, toTerm } from '../../../src/transcripts/glossary-terms.ts';
import { createGlossary } from '../../../src/transcripts/glossary.ts';
import { createMemoryRecords } from '../../support/memory-records.ts';

const anna = { id: 'U1', name: 'Anna' };
const at = new Date('2026-11-22T10:00:00Z');
const terms = (...words: readonly string[]) => words.map((term) => ({ term, person: anna, at }));
const wordsOf = (list: readonly { readonly term: string }[]) => list.map(({ term }) => term);

describe('terms', () => {
  test.each([
    ['  Kowalski\n\u0000Nowak ', 'Kowalski Nowak'],
    ['Lo\u0301dz\u0301', 'Lódź'],
    ['山', '山'],
    ['x'.repeat(80), 'x'.repeat(80)],
    ['x'.repeat(81), undefined],
    [' \t', undefined],
    ['-->', undefined],
  ])('%j is %j', (text, term) => expect(toTerm(text)).toBe(term));

  test('are newest first, each once, in their newest spelling', () => {
    const before = addTerms([], terms('Easel', 'fal.ai', ''));
    expect(wordsOf(before)).toEqual(['Easel', 'fal.ai']);
    expect(wordsOf(addTerms(before, terms('Kowalski', 'FAL.ai')))).toEqual([
      'Kowalski',
      'FAL.ai',
      'Easel',
    ]);
  });

  test('are 200 at most; the oldest are forgotten', () => {
    const many = Array.from({ length: 200 }, (_, at) => `term ${at}`);
    const after = wordsOf(addTerms(terms(...many), terms('new')));
    expect([after.length, after[0], after.at(-1)]).toEqual([200, 'new', 'term 198']);
  });

  test('are removed however they are spelt', () => {
    expect(wordsOf(removeTerm(terms('Łódź', 'Easel'), ' łódź '))).toEqual(['Easel']);
  });
});

describe('what a model is told', () => {
  test('is a sentence with the newest last', () => {
    expect(toPrompt([])).toBe('');
    expect(toPrompt(terms('Kowalski', 'Easel', 'fal.ai'))).toBe('fal.ai, Easel, Kowalski.');
    expect(toPrompt(terms('Acme Inc.'))).toBe('Acme Inc.');
  });

  test.each([
    ['Latin', 'Kowalczyk', 53],
    ['Japanese', '山田太郎', 42],
  ])('is cut at whole terms in %s, the newest kept', (_, word, count) => {
    const many = Array.from({ length: 200 }, () => word);
    const prompt = toPrompt(terms('Newest', ...many));
    expect(prompt).toBe(`${Array.from({ length: count }, () => word).join(', ')}, Newest.`);
    expect(Buffer.byteLength(prompt)).toBeLessThanOrEqual(600);
  });
});

describe('a glossary', () => {
  const acme = { platform: 'slack', tenant: 'E1:T1' };

  test('is that of a workspace, and remembers who added what', async () => {
    const records = createMemoryRecords();
    const glossary = createGlossary(records);
    await glossary.add(acme, ['Easel'], anna, at);
    await glossary.add({ platform: 'discord', tenant: 'E1:T1' }, ['Other'], anna, at);
    const bob = { id: 'U2', name: 'Bob' };
    const later = new Date('2026-11-23T10:00:00Z');
    expect(await glossary.add(acme, ['Kowalski'], bob, later)).toHaveLength(2);
    expect(await createGlossary(records).read(acme)).toEqual([
      { term: 'Kowalski', person: bob, at: later },
      { term: 'Easel', person: anna, at },
    ]);
    expect(await records.read('workspaces', 'slack:E1:T1')).toBeDefined();
  });

  test('forgets a term, once', async () => {
    const glossary = createGlossary(createMemoryRecords());
    await glossary.add(acme, ['Easel', 'fal.ai'], anna, at);
    expect(await glossary.remove(acme, 'EASEL')).toBe(true);
    expect(await glossary.remove(acme, 'EASEL')).toBe(false);
    expect(wordsOf(await glossary.read(acme))).toEqual(['fal.ai']);
  });

  test('loses nothing that is added at the same time', async () => {
    const glossary = createGlossary(createMemoryRecords());
    const words = Array.from({ length: 20 }, (_, at) => `term ${at}`);
    await Promise.all(words.map((word) => glossary.add(acme, [word], anna, at)));
    expect(wordsOf(await glossary.read(acme))).toEqual(words.toReversed());
  });

  test('reads what it can of a damaged record', async () => {
    const records = createMemoryRecords();
    await records.write('workspaces', 'slack:E1:T1', { terms: [7, ...terms('Easel')] });
    expect(wordsOf(await createGlossary(records).read(acme))).toEqual(['Easel']);
    await records.write('workspaces', 'slack:E1:T1', 'nonsense');
    expect(await createGlossary(records).read(acme)).toEqual([]);
  });
});
