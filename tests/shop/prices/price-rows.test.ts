import { describe, expect, test } from 'vitest';
import type { ListPrices } from '../../../src/shop/prices/list-prices.js';
import { priceRows, sharesOfRows } from '../../../src/shop/prices/price-rows.js';

// Sales at 4 on days 1 and 3, at 2 on days 7 and 9: on days 4, 5 and 6 the price was the one or the other.
const prices = Float64Array.from([NaN, 4, 4, 4, 4, 2, 2, 2, 2, 2, NaN]);
const list: ListPrices = { first: 1, last: 9, prices, turns: [{ last: 3, first: 7 }], differing: 0 };
const always = () => true;
const never = () => false;

describe('rows of a product', () => {
  test('are the days between the first and the last sale, twice where the price may have changed', () => {
    const { rows, turns } = priceRows(list, always, never);
    expect(rows.map(({ day, price }) => [day, price])).toEqual([
      ...[
        [2, 4],
        [3, 4],
      ],
      ...[
        [4, 4],
        [5, 4],
        [6, 4],
      ],
      ...[
        [4, 2],
        [5, 2],
        [6, 2],
      ],
      ...[
        [7, 2],
        [8, 2],
      ],
    ]);
    expect(turns).toEqual([{ before: [2, 3, 4], behind: [5, 6, 7], places: [0, 1, 2, 3] }]);
  });

  test('leave closed days out, and are not doubled where the next day had the new price', () => {
    const closed = priceRows(list, (day) => day !== 5, never);
    expect(closed.rows.map(({ day }) => day)).toEqual([2, 3, 4, 6, 4, 6, 7, 8]);
    expect(closed.turns[0]).toEqual({ before: [2, -1, 3], behind: [4, -1, 5], places: [0, 1, 2, 3] });
    const next = { ...list, turns: [{ last: 4, first: 5 }] };
    expect(priceRows(next, always, never).turns).toEqual([]);
    expect(priceRows(next, always, never).rows.map(({ day }) => day)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  test('end where the last sale is the first at a new price', () => {
    const late = { ...list, prices: prices.with(9, 3), turns: [...list.turns, { last: 7, first: 9 }] };
    const { rows, turns } = priceRows(late, always, never);
    expect(rows.slice(-3).map(({ day, price }) => [day, price])).toEqual([
      [7, 2],
      [8, 2],
      [8, 3],
    ]);
    expect(turns[1]).toEqual({ before: [9], behind: [10], places: [0, 1] });
  });

  test('have a change of price where a promotion begins or ends, if one does', () => {
    // Promoted from day 6: days 4 and 5 had the price before.
    const { turns } = priceRows(list, always, (day) => day >= 6);
    expect(turns[0]!.places).toEqual([2]);
  });
});

describe('how sure a row is', () => {
  test('follows from how likely it is that nothing was sold', () => {
    const layout = priceRows(list, always, never);
    // 0.5 lines a day at the price before, 2 at the price behind: after 0, 1, 2, 3 days exp(-6), exp(-4.5), exp(-3), exp(-1.5).
    const shares = sharesOfRows(layout, (row) => (layout.rows[row]!.price === 4 ? 0.5 : 2));
    const chances = [6, 4.5, 3, 1.5].map((lines) => Math.exp(-lines));
    const total = chances.reduce((sum, each) => sum + each, 0);
    const before = [1, 2, 3].map((after) => chances.slice(after).reduce((sum, each) => sum + each, 0) / total);
    const expected = [1, 1, ...before, ...before.map((share) => 1 - share), 1, 1];
    shares.forEach((share, row) => {
      expect(share).toBeCloseTo(expected[row]!, 12);
    });
  });

  test('is all or nothing where a promotion says so, and stays finite where many lines were expected', () => {
    const named = priceRows(list, always, (day) => day >= 6);
    expect([...sharesOfRows(named, () => 3)]).toEqual([1, 1, 1, 1, 0, 0, 0, 1, 1, 1]);
    const shares = sharesOfRows(priceRows(list, always, never), () => 1e4);
    // As likely at both prices: each of the four places of the change is as good as another.
    expect([...shares.slice(2, 5)]).toEqual([0.75, 0.5, 0.25]);
  });
});
