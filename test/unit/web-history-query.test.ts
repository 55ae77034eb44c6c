import { describe, expect, test } from 'vitest';
import {
  findMistake,
  readQuery,
  toAddress,
  toFilter,
} from '../../src/platforms/web/history-query.ts';

describe('the history’s address', () => {
  test('asks for one’s own pictures unless it says otherwise', () => {
    expect(toFilter(readQuery({}))).toEqual({
      whose: 'mine',
      words: '',
      model: '',
      since: undefined,
      until: undefined,
      savedOnly: false,
    });
  });

  test.each([
    ['all', 'channel', false],
    ['saved', 'mine', true],
    ['mine', 'mine', false],
    ['everybody’s', 'mine', false],
  ])('says whose: %s', (whose, meant, savedOnly) => {
    expect(toFilter(readQuery({ whose }))).toMatchObject({ whose: meant, savedOnly });
  });

  test('takes the last day to its end', () => {
    const { since, until } = toFilter(readQuery({ since: '2026-11-30', until: '2026-11-30' }));
    expect(since?.toISOString()).toBe('2026-11-30T00:00:00.000Z');
    expect(until?.toISOString()).toBe('2026-12-01T00:00:00.000Z');
  });

  test.each([
    [{ since: 'yesterday' }, /“yesterday” is no day/u],
    [{ until: '2026-02-30' }, /“2026-02-30” is no day/u],
    [{ since: '2026-03-02', until: '2026-03-01' }, /before the first/u],
    [{ since: '2026-03-01', until: '2026-03-01' }, /^$/u],
    [{}, /^$/u],
  ])('is told what is wrong with its days: %j', (fields, mistake) => {
    expect(findMistake(readQuery(fields))).toMatch(mistake);
  });

  test.each(['0', '-1', '1.5', 'x', '1e99', ''])('means the first page with page=%s', (page) => {
    expect(readQuery({ page }).page).toBe(1);
  });

  test('keeps the search on other pages, and nothing that says nothing', () => {
    const query = readQuery({ words: 'a fox & b', whose: 'all', page: '2' });
    expect(toAddress(query, 3)).toBe('?words=a+fox+%26+b&whose=all&page=3');
    expect(toAddress(query, 1)).toBe('?words=a+fox+%26+b&whose=all');
  });
});
