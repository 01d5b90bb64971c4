import { type BestPricesOptions, bestPrices, createRng, type JointProduct, type Rng } from 'minimart';
import { describe, expect, test } from 'vitest';

const tea = { name: 'tea', units: 10, at: 4, elasticity: 3, unitCost: 2, prices: [2.5, 3, 3.5, 4, 4.5] };
const coffee = { name: 'coffee', units: 5, at: 8, elasticity: 2.5, unitCost: 5, prices: [7, 8, 9, 10] };

/** E min(D, capacity) of a Poisson number, term by term. */
function sold(mean: number, capacity = Number.POSITIVE_INFINITY): number {
  if (!Number.isFinite(capacity)) return mean;
  let [sum, chance, below] = [0, Math.exp(-mean), 0];
  for (let units = 0; units < capacity; units += 1) {
    sum += units * chance;
    below += chance;
    chance *= mean / (units + 1);
  }
  return sum + capacity * (1 - below);
}

function profitOf({ products, crossElasticities }: BestPricesOptions, prices: readonly number[]): number {
  return products.reduce((sum, { units, elasticity, unitCost = 0, capacity }, p) => {
    const mean = products.reduce((product, { at }, q) => {
      const power = p === q ? -elasticity : (crossElasticities?.[p]?.[q] ?? 0);
      return product * (prices[q]! / at) ** power;
    }, units);
    return sum + (prices[p]! - unitCost) * sold(mean, capacity);
  }, 0);
}

/** Every choice of prices. */
function choices(products: readonly JointProduct[]): number[][] {
  return products.reduce<number[][]>(
    (found, { prices }) => found.flatMap((before) => prices.map((price) => [...before, price])),
    [[]],
  );
}

function randomProblem(rng: Rng, count: number, most: number): BestPricesOptions {
  const products = Array.from({ length: count }, () => ({
    units: 1 + 20 * rng.uniform(),
    at: 2 + 4 * rng.uniform(),
    elasticity: 3 * rng.uniform(),
    unitCost: (rng.uniform() < 0.4 ? 9 : 4) * rng.uniform(),
    prices: Array.from({ length: 1 + rng.integer(8) }, () => 1 + 7 * rng.uniform()),
    ...(rng.uniform() < 0.3 && { capacity: 1 + rng.integer(20) }),
  }));
  const crossElasticities = products.map(() => products.map(() => most * (2 * rng.uniform() - 1)));
  return { products, crossElasticities };
}

describe('prices together', () => {
  test('are those of the formula', async () => {
    const found = await bestPrices({
      products: [tea, coffee],
      crossElasticities: [
        [0, 0],
        [1, 0],
      ],
    });
    // Tea at 3.5: 10 (7 / 8)^-3 pieces at a margin of 1.5; coffee at 8: 5 (7 / 8) pieces at 3.
    expect(found.prices).toEqual([3.5, 8]);
    expect(found.profit).toBeCloseTo(1.5 * 10 * (7 / 8) ** -3 + 3 * 5 * (7 / 8), 10);
    expect(found.units[1]).toBeCloseTo((5 * 7) / 8, 10);
    // Alone, tea: (3 - 2) 10 (3 / 4)^-3 = 23.70 is more than 22.39 at 3.5; and costs coffee a quarter of its 5 pieces.
    expect(found.alone.prices).toEqual([3, 8]);
    expect(found.alone.profit).toBeCloseTo(10 * (3 / 4) ** -3 + 3 * 5 * (3 / 4), 10);
    expect(found.bound).toBeCloseTo(found.profit, 7);
  });

  test('are the best of all choices, with products sold at a loss, capacities and effects of both signs', async () => {
    const rng = createRng(5);
    for (let problem = 0; problem < 150; problem += 1) {
      const options = randomProblem(rng, 1 + (problem % 4), problem % 3);
      const best = Math.max(...choices(options.products).map((prices) => profitOf(options, prices)));
      const found = await bestPrices(options);
      const margin = 1e-8 * Math.max(1, Math.abs(best));
      expect(Math.abs(found.profit - best)).toBeLessThan(margin);
      expect(Math.abs(profitOf(options, found.prices) - found.profit)).toBeLessThan(margin);
      expect(Math.abs(profitOf(options, found.alone.prices) - found.alone.profit)).toBeLessThan(margin);
      expect(Math.abs(found.bound - best)).toBeLessThan(2 * margin);
    }
  });

  test('have a bound that holds when the search ends before', async () => {
    const rng = createRng(8);
    for (let problem = 0; problem < 30; problem += 1) {
      const options = randomProblem(rng, 4, 1.5);
      const best = Math.max(...choices(options.products).map((prices) => profitOf(options, prices)));
      const { bound, profit, boxes } = await bestPrices({ ...options, mostBoxes: 3 });
      expect(boxes).toBeLessThanOrEqual(3);
      expect(bound).toBeGreaterThan(best - 1e-8 * Math.abs(best));
      expect(profit).toBeLessThan(best + 1e-8 * Math.abs(best));
    }
  });

  test('without cross effects are those of each product alone', async () => {
    const { prices, alone, bound, profit } = await bestPrices({ products: [tea, coffee] });
    expect(prices).toEqual(alone.prices);
    expect(bound).toBe(profit);
  });

  test('report on the way and stop when told to', async () => {
    const products = Array.from({ length: 10 }, (_, place) => ({
      ...{ units: 5 + place, at: 4, elasticity: 1.5 + 0.1 * place, unitCost: 2 },
      prices: Array.from({ length: 15 }, (__, step) => 2.5 + 0.2 * step),
    }));
    const crossElasticities = products.map((_, p) => products.map((__, q) => 0.1 * ((p + q) % 3)));
    const reports: { readonly boxes: number; readonly profit: number; readonly bound: number }[] = [];
    const options = {
      products,
      crossElasticities,
      mostBoxes: 2001,
      onProgress: (each: (typeof reports)[0]) => void reports.push(each),
    };
    const found = await bestPrices(options);
    expect(reports.length).toBeGreaterThanOrEqual(3);
    for (const { profit, bound } of reports) expect(bound).toBeGreaterThanOrEqual(profit);
    expect(found.profit).toBeGreaterThanOrEqual(reports.at(-1)!.profit);
    const stop = new AbortController();
    const stopped = bestPrices({
      ...options,
      onProgress: () => stop.abort(new Error('enough')),
      mostBoxes: 1e7,
      signal: stop.signal,
    });
    await expect(stopped).rejects.toThrow('enough');
  });

  test('are refused where the problem is none', async () => {
    const refused = (options: unknown) => expect(bestPrices(options as BestPricesOptions)).rejects;
    await refused({ products: [] }).toThrow(/bestPrices: `products` must be an array of 1 to 100 products/);
    await refused({ products: [{ ...tea, units: 0 }] }).toThrow(/`products\[0\].units` must/);
    await refused({ products: [{ ...tea, prices: [1, 0] }] }).toThrow(/`products\[0\].prices\[1\]` must/);
    await refused({ products: [{ ...tea, capacity: 1.5 }] }).toThrow(/`products\[0\].capacity` must/);
    await refused({ products: [tea, coffee], crossElasticities: [[0, 1]] }).toThrow(/must be a table of 2 by 2/);
    await refused({
      products: [tea, coffee],
      crossElasticities: [
        [0, Number.NaN],
        [0, 0],
      ],
    }).toThrow(/`crossElasticities\[0\]\[1\]` must be a finite number, received NaN/);
    await refused({
      products: [tea, coffee],
      crossElasticities: [
        [0, 1e6],
        [0, 0],
      ],
    }).toThrow(/leave finite demand/);
    await refused({ products: [tea], mostBoxes: 0 }).toThrow(/`mostBoxes` must/);
  });
});
