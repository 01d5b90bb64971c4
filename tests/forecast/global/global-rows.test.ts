import { describe, expect, test } from 'vitest';
import { countBefore, placesBefore } from '../../../src/forecast/global/global-rows.js';
import { createPeriodSales } from '../../../src/forecast/series/period-sales.js';
import { createRng } from '../../../src/random/rng.js';

const pause = () => Promise.resolve();
const late = (from: number) => Array.from({ length: 12 }, (_, at) => (at < from ? Number.NaN : 1));
const sales = createPeriodSales({ tea: late(0), mug: late(3), new: late(9) });

// Product, origin and step of all rows whose origin has four periods on sale behind it and whose target lies before the end.
function allRows(horizon: number, end: number): string[] {
  const found: string[] = [];
  for (const [place, from] of [0, 3, 9].entries())
    for (let origin = 0; origin < 20; origin += 1)
      for (let step = 0; step < horizon; step += 1)
        if (origin - from >= 4 && origin + step < end) found.push(`${place} ${origin} ${step}`);
  return found;
}

describe('rows to learn from', () => {
  test.each([
    [1, 12],
    [3, 12],
    [3, 8],
    [20, 12],
    [2, 4],
  ])('horizon %i, end %i: all whose history is long enough and whose target is known', async (horizon, end) => {
    const places = await placesBefore(sales, horizon, end, { most: 1e6, rng: createRng(0), pause });
    expect(places.map(({ place, origin, step }) => `${place} ${origin} ${step}`)).toEqual(allRows(horizon, end));
    expect(countBefore(sales, horizon, end)).toBe(allRows(horizon, end).length);
  });

  test('are drawn where there are more than asked for: about as many, from all over', async () => {
    const long = createPeriodSales({ tea: Array(2004).fill(1), mug: Array(2004).fill(1) });
    const count = countBefore(long, 1, 2004);
    expect(count).toBe(4000);
    const places = await placesBefore(long, 1, 2004, { most: 1000, rng: createRng(1), pause });
    // Binomial: 4000 rows, each with probability 1/4; five standard deviations.
    expect(Math.abs(places.length - 1000)).toBeLessThan(5 * Math.sqrt(4000 * 0.25 * 0.75));
    const late = places.filter(({ origin }) => origin >= 1004).length;
    expect(Math.abs(late - 500)).toBeLessThan(5 * Math.sqrt(2000 * 0.25 * 0.75));
  });
});
