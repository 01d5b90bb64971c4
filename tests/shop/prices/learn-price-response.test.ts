import {
  bestFixedPrice,
  bestPrices,
  countColumn,
  createRng,
  demandByDay,
  idColumn,
  learnPriceResponse,
  moneyColumn,
  parseTable,
  type RecordedDemand,
  timeColumn,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { drawPoisson } from '../../../src/random/poisson.js';
import { shrinkToCommon } from '../../../src/shop/prices/common-elasticity.js';
import { listPrices } from '../../../src/shop/prices/list-prices.js';

const columns = { product: 'product', pieces: 'pieces', price: 'price', time: 'time' } as const;
const start = Date.UTC(2026, 0, 1);
const millisecondsOfDay = 86_400_000;

/** Rows `product,pieces,price` for each day. */
function record(days: number, linesOf: (day: number) => readonly string[]): Promise<RecordedDemand> {
  const rows = Array.from({ length: days }, (_, day) => {
    const time = new Date(start + day * millisecondsOfDay + 36_000_000).toISOString();
    return linesOf(day).map((line) => `${line},${time}\n`);
  });
  const orders = parseTable(`product,pieces,price,time\n${rows.flat().join('')}`, {
    ...{ product: idColumn(), pieces: countColumn(), price: moneyColumn({ missing: 'keep' }), time: timeColumn() },
  });
  return demandByDay(orders, columns);
}

const week = (day: number) => Math.floor(day / 7);

describe('prices by day', () => {
  test('are medians of order lines, the lower of two; where they differ is said', async () => {
    const lines = [
      ['tea,1,4', 'tea,9,2', 'tea,1,5', 'mug,1,8'],
      ['tea,1,3', 'tea,1,2'],
      [],
      ['tea,1,2', 'tea,2,', 'mug,1,0'],
    ];
    const { prices } = await record(4, (day) => lines[day]!);
    expect([...prices!.usual]).toEqual([4, 8, 2, NaN, NaN, NaN, 2, NaN]);
    expect([...prices!.differ]).toEqual([1, 0, 1, 0, 0, 0, 0, 0]);
  });

  test('hold on days without sales as on the nearer day with some, the later of two', async () => {
    const sold: Record<number, string[]> = { 1: ['tea,1,4', 'tea,1,5'], 6: ['tea,1,2'], 10: ['tea,1,3'] };
    const demand = await record(12, (day) => [...(sold[day] ?? []), 'mug,1,8']);
    const list = listPrices({ ...demand, prices: demand.prices! }, demand.products.indexOf('tea'))!;
    // Days 0 to 11: sold at 4 on day 1, at 2 on day 6, at 3 on day 10, with day 8 between the two.
    expect([...list.prices]).toEqual([NaN, 4, 4, 4, 2, 2, 2, 2, 3, 3, 3, NaN]);
    // One day had several lines, and they differed.
    expect([list.first, list.last, list.differing]).toEqual([1, 10, 1]);
    expect(list.turns).toEqual([
      { last: 1, first: 6 },
      { last: 6, first: 10 },
    ]);
  });

  test('are not there where no column was named', async () => {
    const demand = await record(20, () => ['tea,1,4']);
    expect(demand.prices).toBeDefined();
    const { prices: _, ...bare } = demand;
    await expect(learnPriceResponse(bare)).rejects.toThrow(/`demand.prices` must be there: give demandByDay a column/);
  });
});

/** Rates, changes and promotions are those of a year; promotions are 4 to 13 days at 10 to 30% less, and sell 1.5 times as much. */
async function slowShop(
  seed: number,
  { rate, changes, spread, ...market }: Record<'rate' | 'changes' | 'spread' | 'promotions', number>,
) {
  const rng = createRng(seed);
  const promotions: { readonly product: string; readonly from: number; readonly to: number }[] = [];
  const priceOf = Array.from({ length: 20 }, (_, product) => {
    let [level, left, discount] = [Math.exp(spread * rng.normal()), 0, 0];
    return Array.from({ length: 365 }, (_, day) => {
      if (rng.uniform() < changes / 365) level = Math.exp(spread * rng.normal());
      left -= 1;
      if (left < 0) discount = 0;
      if (left < 0 && rng.uniform() < market.promotions / 365) {
        left = 3 + rng.integer(10);
        discount = 0.1 * (1 + rng.integer(3));
        const from = start + day * millisecondsOfDay;
        promotions.push({ product: `p${product}`, from, to: from + left * millisecondsOfDay });
      }
      return { price: (level * (1 - discount)).toFixed(3), uplift: discount > 0 ? 1.5 : 1 };
    });
  });
  const demand = await record(365, (day) =>
    priceOf.flatMap((prices, product) => {
      const { price, uplift } = prices[day]!;
      return Array.from(
        { length: drawPoisson(rng, rate * uplift * Number(price) ** -1.66) },
        () => `p${product},1,${price}`,
      );
    }),
  );
  return { demand, promotions };
}

describe('the price response', () => {
  test('is that of means without noise, with promotions and prices of others', async () => {
    // Tea: 3200 pieces times price^-2 times coffee^1, twice as many in weeks 3, 4, 13 and 14. Coffee by itself: 800 / price.
    const tea = (day: number) => (week(day) % 2 === 0 ? 4 : 2);
    const coffee = (day: number) => (week(day) % 5 < 2 ? 8 : 4);
    const isPromoted = (day: number) => [3, 4, 13, 14].includes(week(day));
    const demand = await record(168, (day) => [
      `tea,${(3200 / tea(day) ** 2) * coffee(day) * (isPromoted(day) ? 2 : 1)},${tea(day)}`,
      `coffee,${800 / coffee(day)},${coffee(day)}`,
      'mug,1,8',
    ]);
    const promotions = [3, 13].map((from) => ({
      product: 'tea',
      from: start + 7 * from * millisecondsOfDay,
      to: start + (7 * from + 13) * millisecondsOfDay,
    }));
    const found = await learnPriceResponse(demand, { promotions, together: [['tea', 'coffee']] });
    const [ofTea, ofCoffee] = [found.of('tea'), found.of('coffee')];
    expect(ofTea.elasticity?.value).toBeCloseTo(2, 6);
    expect(ofTea.cross.map(({ product }) => product)).toEqual(['coffee']);
    expect(ofTea.cross[0]!.elasticity.value).toBeCloseTo(1, 6);
    expect(ofTea.uplift?.value).toBeCloseTo(2, 6);
    expect(ofCoffee.elasticity?.value).toBeCloseTo(1, 6);
    expect(ofCoffee.cross[0]!.elasticity.value).toBeCloseTo(0, 6);
    expect(ofCoffee.uplift).toBeUndefined();
    expect([ofTea.verdict, ofTea.changes, ofTea.price, ofTea.prices]).toEqual(['falls with the price', 23, 2, [2, 4]]);
    expect(ofCoffee.units).toBeCloseTo(800 / coffee(167), 6);
    expect(found.of('mug')).toEqual({
      ...{ product: 'mug', verdict: 'price never changed', cross: [], prices: [8], price: 8, changes: 0 },
    });
  });

  test('is no longer than chance lets it be: nine of ten intervals and more hold the truth', async () => {
    // 20 products of Poisson lines with elasticity 1.5, prices drawn anew every third week.
    const rng = createRng(1);
    const prices = Array.from({ length: 20 }, () => Array.from({ length: 20 }, () => 4 * Math.exp(0.2 * rng.normal())));
    const demand = await record(280, (day) =>
      prices.flatMap((own, product) => {
        const price = own[Math.floor(day / 21)]!.toFixed(2);
        return Array.from(
          { length: drawPoisson(rng, 3 * (Number(price) / 4) ** -1.5) },
          () => `p${product},1,${price}`,
        );
      }),
    );
    const { products } = await learnPriceResponse(demand);
    const held = products.filter(({ own }) => own!.interval[0] < 1.5 && 1.5 < own!.interval[1]);
    expect(held.length).toBeGreaterThanOrEqual(18);
    const error = (of: (product: (typeof products)[number]) => number) =>
      Math.sqrt(products.reduce((sum, product) => sum + (of(product) - 1.5) ** 2, 0) / 20);
    // All have the same elasticity in truth, and together they know it better than each alone.
    expect(error(({ elasticity }) => elasticity!.value)).toBeLessThan(error(({ own }) => own!.value) / 2);
  });

  // Elasticity 1.66. By the price of the nearer day with a sale it comes out 0.5 and 0.2 too small; with all days of a change as
  // likely as each other, 0.2 too small in the second.
  test.each([
    { name: 'promotions', rate: 1, changes: 3, spread: 0.1, promotions: 2, margin: 0.2 },
    { name: 'many changes of price', rate: 0.5, changes: 20, spread: 0.3, promotions: 0, margin: 0.1 },
  ])('is not drawn to 0 by days without a sale, on which nobody knows the price: $name', async (market) => {
    const found: number[] = [];
    for (let seed = 1; seed <= 8; seed += 1) {
      const { demand, promotions } = await slowShop(seed, market);
      const { products } = await learnPriceResponse(demand, { promotions });
      found.push(...products.flatMap(({ elasticity }) => (elasticity ? [elasticity.value] : [])));
    }
    const mean = found.reduce((sum, each) => sum + each, 0) / found.length;
    expect(Math.abs(mean - 1.66)).toBeLessThan(market.margin);
  });

  test('says what a record cannot tell', async () => {
    const demand = await record(100, (day) => [
      `once,1,${day < 50 ? 4 : 2}`,
      ...(day % 10 === 0 ? [`few,1,${day % 20 === 0 ? 4 : 2}`] : []),
      `steady,7,${week(day) % 2 === 0 ? 4 : 2}`,
      `rising,${week(day) % 2 === 0 ? 20 : 5},${week(day) % 2 === 0 ? 4 : 2}`,
      'mixed,1,4',
      `mixed,${week(day) % 2 === 0 ? 3 : 30},${week(day) % 2 === 0 ? 4 : 3}`,
      `promoted,${week(day) % 2 === 0 ? 20 : 5},${week(day) % 2 === 0 ? 2 : 4}`,
    ]);
    const promotions = Array.from({ length: 8 }, (_, place) => ({
      product: 'promoted',
      from: start + 14 * place * millisecondsOfDay,
      to: start + (14 * place + 6) * millisecondsOfDay,
    }));
    const found = await learnPriceResponse(demand, { promotions });
    const verdicts = Object.fromEntries(found.products.map(({ product, verdict }) => [product, verdict]));
    expect(verdicts).toEqual({
      once: 'price changed once',
      few: 'too few sales',
      steady: 'not told from 0',
      rising: 'rises with the price',
      mixed: 'several prices a day',
      promoted: 'no answer',
    });
    expect(found.of('mixed').elasticity).toBeDefined();
    expect(found.of('promoted').elasticity).toBeUndefined();
    for (const [product, verdict] of Object.entries(verdicts)) {
      expect(() => found.pricing(product)).toThrow(`received '${product}: ${verdict}'`);
    }
  });
});

describe('what products have in common', () => {
  const estimates = (values: readonly number[]) =>
    values.map((value) => ({ value, interval: [value - upperNormal, value + upperNormal] as const }));
  const upperNormal = 1.959963984540054;

  test('draws estimates as far as they are unsure, over all deviations and means there may be', () => {
    const values = [0.4, 2.9, 1.2, 1.9, 0.2, 3.6, 1.4, 2.2, -0.5, 1.6];
    const errors = [0.4, 1.5, 0.8, 0.6, 1.2, 2, 0.5, 0.9, 3, 0.7];
    const shrunk = shrinkToCommon(estimates(values), errors);
    for (const [place, { mean, deviation }] of integrated(values, errors).entries()) {
      expect(shrunk[place]!.value).toBeCloseTo(mean, 2);
      expect(shrunk[place]!.interval[1] - shrunk[place]!.value).toBeCloseTo(upperNormal * deviation, 2);
    }
  });

  test('is nearly all there is where estimates differ by chance alone, and nothing where they are few', () => {
    const values = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2];
    // A spread of 2.5 about 1.5, less than the 9 of errors.
    const shrunk = shrinkToCommon(estimates(values), Array(10).fill(1));
    for (const { value, interval } of shrunk) {
      expect(Math.abs(value - 1.5)).toBeLessThan(0.12);
      // Wider than the mean of ten alone is unsure, 1.96 / sqrt(10): elasticities may lie apart all the same.
      expect(interval[1] - value).toBeGreaterThan(1.2 * (upperNormal / Math.sqrt(10)));
    }
    expect(shrinkToCommon(estimates([0, 4]), [1, 1])).toEqual(estimates([0, 4]));
  });

  test('has intervals of 95% in shops of all kinds, also where the deviation of one shop comes out as none', () => {
    const rng = createRng(11);
    for (const deviation of [0, 0.4, 1.5]) {
      let [held, least] = [0, 1];
      const shops = 60;
      for (let shop = 0; shop < shops; shop += 1) {
        const errors = Array.from({ length: 30 }, () => 0.3 * Math.exp(2 * rng.uniform()));
        const truths = errors.map(() => 1.7 + deviation * rng.normal());
        const shrunk = shrinkToCommon(estimates(truths.map((truth, at) => truth + errors[at]! * rng.normal())), errors);
        const share = shrunk.filter(({ interval: [low, high] }, at) => low <= truths[at]! && truths[at]! <= high);
        held += share.length / 30 / shops;
        least = Math.min(least, share.length / 30);
      }
      // With the deviation taken for what moments say of it, those of 0.4 hold 81% here; 23% in one shop, and none in one of 0.
      expect([deviation, held > 0.9, least > 0.5]).toEqual([deviation, true, true]);
      if (deviation > 1) expect(held).toBeLessThan(0.97);
    }
  });
});

/** Means and deviations of elasticities by sums over a grid of the mean and the deviation between products. */
function integrated(values: readonly number[], errors: readonly number[]) {
  let total = 0;
  const sums = values.map(() => [0, 0]);
  for (let deviation = 0.005; deviation < 60; deviation *= 1.02) {
    for (let mean = -8; mean < 12; mean += 0.05) {
      // Steps grow with the deviation.
      let density = deviation;
      for (const [at, value] of values.entries()) {
        const variance = deviation ** 2 + errors[at]! ** 2;
        density *= Math.exp(-((value - mean) ** 2) / 2 / variance) / Math.sqrt(variance);
      }
      total += density;
      for (const [at, value] of values.entries()) {
        const precision = deviation ** -2 + errors[at]! ** -2;
        const own = (value * errors[at]! ** -2 + mean * deviation ** -2) / precision;
        sums[at]![0]! += density * own;
        sums[at]![1]! += density * (own ** 2 + 1 / precision);
      }
    }
  }
  return sums.map(([first, second]) => {
    const mean = first! / total;
    return { mean, deviation: Math.sqrt(second! / total - mean ** 2) };
  });
}

describe('the pricing problem', () => {
  // 160 / price^2 pieces a day.
  const tea = (day: number) => [4, 2, 3.2][week(day) % 3]!;
  const learned = async () =>
    learnPriceResponse(await record(126, (day) => [`tea,${Math.round(1600 / tea(day) ** 2)},${tea(day)}`, 'mug,1,8']));

  test('has the prices seen, and the best of them is that of the formula', async () => {
    const responses = await learned();
    const { prices, demand, unitCost } = responses.pricing('tea', { unitCost: 1.5 });
    expect([prices, unitCost]).toEqual([[2, 3.2, 4], 1.5]);
    // 1600 / 2.5^2, as 100, 400 and 156 pieces were sold at 4, 2 and 3.2.
    expect(demand(2.5, { period: 0 })).toBeCloseTo(256, 0);
    // (price - 1.5) / price^2 is largest at 3.
    const { price } = await bestFixedPrice(responses.pricing('tea', { unitCost: 1.5, prices: [2, 2.5, 3, 3.5, 4] }));
    expect(price).toBe(3);
  });

  test('refuses prices that nobody has seen', async () => {
    const responses = await learned();
    expect(() => responses.pricing('tea', { prices: [3, 4.5] })).toThrow(
      'pricing: `prices[1]` must lie between prices that were seen, from 2 to 4, received 4.5',
    );
    expect(() => responses.pricing('tea', { prices: [] })).toThrow(/`prices` must/);
    expect(() => responses.of('jam')).toThrow(/`product` must be one of the products/);
  });
});

describe('the problem of several products', () => {
  // Tea: 3200 / price^2 times the price of coffee; coffee 800 / price^2 whatever tea costs, in changes of its own.
  const tea = (day: number) => (week(day) % 2 === 0 ? 4 : 2);
  const coffee = (day: number) => (week(day) % 5 < 2 ? 8 : 4);
  const learned = async () => {
    const lines = (day: number) => [
      `tea,${(3200 / tea(day) ** 2) * coffee(day)},${tea(day)}`,
      `coffee,${6400 / coffee(day) ** 2},${coffee(day)}`,
      'mug,1,8',
    ];
    return learnPriceResponse(await record(168, lines), { together: [['tea', 'coffee', 'mug']] });
  };

  test('has the demand at the last prices, and the effects that are told from 0', async () => {
    const responses = await learned();
    const { products, crossElasticities } = responses.pricingTogether(['tea', 'coffee'], { unitCosts: [1, 3] });
    // On the last day, of week 23, tea costs 2 and coffee 4.
    expect(products.map(({ name, at, prices, unitCost }) => [name, at, prices, unitCost])).toEqual([
      ['tea', 2, [2, 4], 1],
      ['coffee', 4, [4, 8], 3],
    ]);
    expect(products[0]!.units).toBeCloseTo((3200 / 4) * 4, 4);
    expect(products[1]!.units).toBeCloseTo(6400 / 16, 4);
    expect(crossElasticities![0]![1]).toBeCloseTo(1, 6);
    expect(crossElasticities![1]![0]).toBeCloseTo(0, 6);
    // Coffee at 8 sells 100 pieces at 5 for 400 at 1, and doubles the demand for tea.
    const found = await bestPrices(responses.pricingTogether(['tea', 'coffee'], { unitCosts: [1, 3] }));
    expect(found.prices[1]).toBe(8);
  });

  test('leaves out what may be chance unless told otherwise', async () => {
    const rng = createRng(3);
    const demand = await record(280, (day) =>
      ['tea', 'coffee'].flatMap((product, place) => {
        const price = [4, 3, 2][(week(day) + place * (week(day) % 2)) % 3]!;
        return Array.from({ length: drawPoisson(rng, 60 / price ** 2) }, () => `${product},1,${price}`);
      }),
    );
    const responses = await learnPriceResponse(demand, { together: [['tea', 'coffee']] });
    const [low, high] = responses.of('tea').cross[0]!.elasticity.interval;
    expect(low < 0 && 0 < high).toBe(true);
    expect(responses.pricingTogether(['tea', 'coffee']).crossElasticities![0]![1]).toBe(0);
    const unsure = responses.pricingTogether(['tea', 'coffee'], { unsure: true }).crossElasticities![0]![1];
    expect(unsure).toBe(responses.of('tea').cross[0]!.elasticity.value);
  });

  test('is refused for products without an answer, named twice, and lists of another length', async () => {
    const responses = await learned();
    expect(() => responses.pricingTogether(['tea', 'mug'])).toThrow("received 'mug: price never changed'");
    expect(() => responses.pricingTogether(['tea', 'tea'])).toThrow(
      /pricingTogether: `products` must name products, each once/,
    );
    expect(() => responses.pricingTogether([])).toThrow(/each once/);
    expect(() => responses.pricingTogether(['tea'], { unitCosts: [] })).toThrow(/`unitCosts` must be an array of 1/);
    expect(() => responses.pricingTogether(['tea'], { prices: [[9]] })).toThrow(/lie between prices that were seen/);
  });
});

test('refuses lists of products that are none', async () => {
  const demand = await record(60, () => ['tea,1,4', 'mug,1,8']);
  const refused = (together: unknown) => expect(learnPriceResponse(demand, { together: together as [] })).rejects;
  await refused([['tea', 'jam']]).toThrow(/`together\[0\]` must name products of the demand, received 'jam'/);
  await refused([['tea', 'tea']]).toThrow(/`together\[0\]` must name 2 to 8 products/);
  await refused('tea').toThrow(/`together` must be an array of lists/);
});
