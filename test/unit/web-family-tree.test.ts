import { describe, expect, test } from 'vitest';
import type { Picture } from '../../src/pictures/picture.ts';
import { renderFamilyTree } from '../../src/platforms/web/family-tree.ts';

function picture(id: string, change: Partial<Picture> = {}): Picture {
  return {
    id,
    job: id,
    number: 1,
    origin: 'made',
    path: `files/${id}.png`,
    fileName: `${id}.png`,
    contentType: 'image/png',
    bytes: 1,
    width: 8,
    height: 6,
    sha256: id,
    altText: `alt of ${id}`,
    person: { id: 'ada', name: 'Ada' },
    place: { platform: 'slack', tenant: 'T1', channel: 'C1' },
    model: 'kontext',
    prompt: `words of ${id}`,
    isSpoiler: false,
    madeAt: new Date('2026-01-02T03:04:05Z'),
    deletedAt: undefined,
    parents: [],
    ...change,
  };
}

/** With addresses as somebody else would have them: the tree itself knows no routes. */
const render = async (id: string, ...pictures: Picture[]): Promise<string> =>
  String(
    await renderFamilyTree(
      { id, pictures },
      { thumbnailOf: (one) => `/small?of=${one.id}`, pageOf: (one) => `/signed/${one.id}` },
    ),
  );
const cardOf = (html: string, id: string): string =>
  new RegExp(`<(a|div)\\s[^>]*data-relative="${id}"[\\s\\S]*?</\\1\\s*>`, 'u').exec(html)?.[0] ??
  '';

describe('the family tree', () => {
  test('takes all its addresses from whoever shows it', async () => {
    const html = await render('b', picture('a'), picture('b', { parents: ['a'] }));
    expect([...html.matchAll(/src="([^"]+)"/gu)].map(([, address]) => address)).toEqual([
      '/small?of=a',
      '/small?of=b',
    ]);
    const links = new Set([...html.matchAll(/href="([^"]+)"/gu)].map(([, address]) => address));
    expect(links).toEqual(new Set(['#steps', '/signed/a', '/signed/b']));
  });

  test('holds no styles and no scripts: the content security policy forbids them', async () => {
    const html = await render('b', picture('a'), picture('b', { parents: ['a'] }));
    expect(html).not.toMatch(/\sstyle=|<style|<script|\son\w+=/u);
  });

  test('shows words as they are, whatever they hold', async () => {
    const words = '<img src=x onerror=alert(1)> & "quotes"';
    const html = await render('a', picture('a', { prompt: words, altText: words, model: words }));
    expect(html).not.toContain('<img src=x');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot;');
  });

  test('marks the one that was asked for, once in the picture and once in words', async () => {
    const html = await render('b', picture('a'), picture('b', { parents: ['a'] }));
    expect(cardOf(html, 'b')).toContain('aria-current="true"');
    expect(cardOf(html, 'a')).not.toContain('aria-current');
    expect(html.match(/aria-current/gu)).toHaveLength(2);
  });

  test('veils a hidden picture and does not tell what it shows', async () => {
    const card = cardOf(await render('a', picture('a', { isSpoiler: true })), 'a');
    expect(card).toContain('class="veiled"');
    expect(card).not.toContain('alt of a');
  });

  test('keeps the place of a deleted one without its picture', async () => {
    const deletedAt = new Date('2026-02-02T00:00:00Z');
    const html = await render('b', picture('a', { deletedAt }), picture('b', { parents: ['a'] }));
    expect(cardOf(html, 'a')).toMatch(/^<div/u);
    expect(html).not.toContain('/small?of=a');
    expect(html).not.toContain('/signed/a');
    expect(html).toContain('data-from="a" data-to="b"');
  });

  test('shows that there was one that may not be seen, and nothing of it', async () => {
    const html = await render('b', picture('b', { parents: ['secret-job.3', 'mine.g1'] }));
    expect(html).not.toContain('secret-job');
    expect(html).toContain('a picture that is not shown here');
    expect(html).toContain('from a picture that is not shown here and a picture that was given');
    expect(html.match(/data-to="b"/gu)).toHaveLength(4);
  });

  test('draws each arrow once for wide screens and once for narrow ones', async () => {
    const html = await render(
      'c',
      picture('a'),
      picture('b'),
      picture('c', { parents: ['a', 'b', 'a'] }),
    );
    expect(html.match(/data-from="a" data-to="c"/gu)).toHaveLength(2);
    expect(html.match(/data-from="b" data-to="c"/gu)).toHaveLength(2);
    expect(html).toMatch(/class="arrows wide"[\s\S]*class="arrows tall"/u);
  });

  test('says where each began', async () => {
    const html = await render(
      'c',
      picture('a', { origin: 'given', prompt: '', model: '' }),
      picture('b'),
      picture('c', { parents: ['a', 'b'] }),
      picture('d', { parents: ['c'], prompt: '' }),
    );
    const facts = [...html.matchAll(/<p class="small">([^<]*)</gu)].map(([, words]) => words);
    expect(facts).toEqual([
      'a beginning',
      'kontext · from words alone',
      'kontext · from 1 and 2',
      'from 3',
    ]);
  });

  test('cuts words that are long', async () => {
    const html = await render('a', picture('a', { prompt: 'word '.repeat(1200) }));
    expect(html.length).toBeLessThan(5000);
    expect(html).toContain('…');
  });
});
