import {
  blockBootstrap,
  createRng,
  type DailyDemand,
  demandByDay,
  independentDays,
  inventoryEnvironment,
  learnDemand,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawGamma } from '../../../src/random/gamma.js';
import { drawPoisson } from '../../../src/random/poisson.js';
import { columns, linesByDay, orderTable } from './order-table.js';

const days = 420;
const start = Date.UTC(2026, 2, 2);
const promotions = [{ product: 'tea', from: start + 100 * 86_400_000, to: start + 140 * 86_400_000 }];

// Two products that share good and bad days (a factor of variance 0.25), tea with a promotion that doubles it; nothing on Saturdays,
// twice as much on Mondays, and pot, whose demand yesterday is half of today's.
function drawnOrders(seed: number) {
  const rng = createRng(seed);
  const lines: Record<string, number[]> = { tea: [], mug: [], pot: [] };
  let pot = 4;
  for (let day = 0; day < days; day += 1) {
    const isClosed = day % 7 === 5;
    const shared = drawGamma(rng, 4) / 4;
    const weekday = isClosed ? 0 : day % 7 === 0 ? 2 : 1;
    lines.tea!.push(drawPoisson(rng, 6 * weekday * shared * (day >= 100 && day <= 140 ? 2 : 1)));
    lines.mug!.push(drawPoisson(rng, 6 * weekday * shared));
    const count = isClosed ? 0 : drawPoisson(rng, pot);
    if (!isClosed) pot = 2 + 0.5 * count;
    lines.pot!.push(count);
  }
  return orderTable(
    Object.entries(lines).flatMap(([product, counts]) => linesByDay(product, counts, product === 'pot' ? 12 : 1)),
  );
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const moment = (one: readonly number[], other: readonly number[]) => {
  const [a, b] = [mean(one), mean(other)];
  return mean(one.map((value, place) => (value - a) * (other[place]! - b)));
};
const correlation = (one: readonly number[], other: readonly number[]) =>
  moment(one, other) / Math.sqrt(moment(one, one) * moment(other, other));
// Tuesday to Friday and Sunday are alike: what they have in common is not the week's.
const ordinary = (series: readonly number[], from: number) =>
  series.filter((_, day) => ![0, 5].includes((from + day) % 7));

let demand: DailyDemand;
beforeAll(async () => {
  demand = await demandByDay(drawnOrders(1), columns);
});

describe('block bootstrap', () => {
  test('each virtual day is a recorded day of its weekday, with all products', async () => {
    const virtual = await blockBootstrap(demand).sample(100, { seed: 3 });
    const recorded = new Set(Array.from({ length: days }, (_, day) => `${day % 7}: ${rowOf(demand, day)}`));
    for (let day = 0; day < 100; day += 1)
      expect(recorded.has(`${(days + day) % 7}: ${rowOf(virtual, day)}`)).toBe(true);
    expect(virtual.start).toBe(start + days * 86_400_000);
    expect([...virtual.open].every((open, day) => open === ((days + day) % 7 === 5 ? 0 : 1))).toBe(true);
  });

  test('the pieces of a day are those of its lines', async () => {
    const virtual = await blockBootstrap(demand).sample(50, { seed: 3 });
    for (const [place, product] of ['tea', 'mug', 'pot'].entries()) {
      const total = virtual.series(product).reduce((sum, pieces) => sum + pieces, 0);
      expect(virtual.sizes[place]!.reduce((sum, size) => sum + size, 0)).toBe(total);
    }
  });

  test('blocks are as long as was said, on average', async () => {
    // Days that tell which they are: day t has t + 1 pieces.
    const rows = linesByDay('tea', new Array(700).fill(1)).map((row, day) => row.replace(',1,', `,${day + 1},`));
    const known = await demandByDay(orderTable(rows), columns);
    for (const blockLength of [1, 5, 20]) {
      const series = (await blockBootstrap(known, { blockLength }).sample(20_000, { seed: 2 })).series('tea');
      const begun = series.filter((pieces, day) => day > 0 && pieces !== series[day - 1]! + 1).length;
      // A new block goes on by chance in one of 100 cases; the end of the record cuts one in 700 / blockLength.
      expect(series.length / begun / blockLength).toBeGreaterThan(0.93);
      expect(series.length / begun / blockLength).toBeLessThan(1.07);
    }
  });
});

test('independent days have the mean and the variance of the record', async () => {
  const model = await independentDays(demand);
  const series = demand.series('tea');
  const distribution = model.distribution('tea');
  expect(distribution.mean).toBeCloseTo(mean(series), 8);
  expect(distribution.deviation ** 2).toBeCloseTo((moment(series, series) * days) / (days - 1), 6);
  const virtual = (await model.sample(20_000, { seed: 1 })).series('tea');
  expect(mean(virtual) / mean(series)).toBeCloseTo(1, 1);
  const quiet = await demandByDay(orderTable(linesByDay('tea', [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1])), columns);
  // 8 of 14 days: the variance is below the mean.
  expect((await independentDays(quiet)).distribution('tea').name).toBe(`Poisson(${8 / 14})`);
});

describe('the model of days', () => {
  test('virtual days share the good and bad days of the record, its weekdays and its memory', async () => {
    const model = await learnDemand(demand, { promotions });
    const virtual = await model.sample(6000, { seed: 1 });
    const of = (product: string) => ordinary(virtual.series(product), days);
    // Means 6 and variances 6 + 36 / 4, of which 36 / 4 is shared: 9 / 15.
    expect(correlation(of('tea'), of('mug'))).toBeGreaterThan(0.45);
    expect(correlation(of('tea'), of('mug'))).toBeLessThan(0.72);
    expect(Math.abs(correlation(of('tea'), of('pot')))).toBeLessThan(0.08);
    expect(moment(of('mug'), of('mug')) / mean(of('mug'))).toBeGreaterThan(15 / 6 - 0.7);
    expect(moment(of('mug'), of('mug')) / mean(of('mug'))).toBeLessThan(15 / 6 + 0.7);
    const mondays = virtual.series('mug').filter((_, day) => (days + day) % 7 === 0);
    expect(mean(mondays) / mean(of('mug'))).toBeGreaterThan(1.7);
    expect(mean(mondays) / mean(of('mug'))).toBeLessThan(2.3);
    // Pots on days that follow each other: first-order autocorrelation 0.5 of an INGARCH(1, 0) with weight 0.5.
    const pots = virtual.series('pot').filter((_, day) => (days + day) % 7 !== 5);
    expect(correlation(pots.slice(1), pots.slice(0, -1))).toBeGreaterThan(0.35);
    expect(correlation(pots.slice(1), pots.slice(0, -1))).toBeLessThan(0.65);
    expect(pots.every((pieces) => pieces % 12 === 0)).toBe(true);
    expect([...virtual.open].every((open, day) => open === 0 || (days + day) % 7 !== 5)).toBe(true);
  });

  test('a promotion lifts demand as it did', async () => {
    const model = await learnDemand(demand, { promotions });
    const always = [{ product: 'tea', from: start, to: start + 9e12 }];
    const lifted = await model.sample(3000, { seed: 1, promotions: always });
    const plain = await model.sample(3000, { seed: 1 });
    const ratio = mean([...lifted.series('tea')]) / mean([...plain.series('tea')]);
    expect(ratio).toBeGreaterThan(1.7);
    expect(ratio).toBeLessThan(2.3);
    // 41 of 420 days at twice the demand are no part of the usual one: (379 + 41) / (379 + 82) = 0.911 of the mean.
    const ignorant = await (await learnDemand(demand)).sample(3000, { seed: 1 });
    const share = mean([...plain.series('tea')]) / mean([...ignorant.series('tea')]);
    expect(share).toBeGreaterThan(0.85);
    expect(share).toBeLessThan(0.97);
  });

  test('the probabilities of all counts of a day add up to 1, and are those of the days drawn', async () => {
    const model = await learnDemand(demand);
    const chances: number[] = [];
    const next = { from: start + days * 86_400_000, to: start + days * 86_400_000 };
    for (let tea = 0; tea < 60; tea += 1) {
      let sum = 0;
      for (let mug = 0; mug < 60; mug += 1) sum += Math.exp(await logOf(model, [tea, mug, 4], next));
      chances.push(sum);
    }
    // Of pots there are 4: what remains is their probability, however tea and mug fall.
    const ofFour = chances.reduce((sum, chance) => sum + chance, 0);
    expect(ofFour).toBeGreaterThan(0.05);
    expect(ofFour).toBeLessThan(0.35);
    const drawn: number[] = [];
    for (let seed = 0; seed < 800; seed += 1) {
      const virtual = await model.sample(1, { seed });
      if (virtual.lines[2] === 4) drawn.push(virtual.lines[0]!);
    }
    const expected = chances.reduce((sum, chance, tea) => sum + tea * chance, 0) / ofFour;
    expect(Math.abs(drawn.length / 800 - ofFour)).toBeLessThan(0.05);
    expect(Math.abs(mean(drawn) - expected)).toBeLessThan(2);
  });

  test('held-out days are more probable under the model that knows what moves them', async () => {
    const later = await demandByDay(drawnOrders(2), columns);
    const knowing = await learnDemand(demand, { promotions });
    const ignorant = await learnDemand(demand);
    const [one, other] = [await knowing.logProbability(later, { promotions }), await ignorant.logProbability(later)];
    expect(mean([...one])).toBeGreaterThan(mean([...other]) + 0.01);
    const onSaturday = await demandByDay(
      orderTable(['tea,1,2026-03-07', 'mug,1,2026-03-07', 'pot,1,2026-03-07']),
      columns,
    );
    expect([...(await knowing.logProbability(onSaturday))]).toEqual([Number.NEGATIVE_INFINITY]);
  });

  test('the same seed gives the same days, and they feed an environment', async () => {
    const model = await learnDemand(demand);
    const [one, again] = [await model.sample(60, { seed: 5 }), await model.sample(60, { seed: 5 })];
    expect(one.pieces).toEqual(again.pieces);
    expect(one.pieces).not.toEqual((await model.sample(60, { seed: 6 })).pieces);
    const shop = inventoryEnvironment({ demand: one.series('tea'), leadTime: 1, holding: 1, penalty: 4 });
    expect(shop.options.horizon).toBe(60);
  });
});

describe('refuses', () => {
  const models = { blockBootstrap, independentDays, learnDemand };
  test.each(Object.entries(models))(
    '%s: days that are too few, and products that were never asked for',
    async (name, model) => {
      const short = await demandByDay(orderTable(linesByDay('tea', new Array(13).fill(1))), columns);
      await expect(async () => model(short)).rejects.toThrow(
        `${name}: \`demand.days\` must be at least 14, so that each weekday came twice`,
      );
      const rows = [...linesByDay('tea', new Array(20).fill(1)), 'mug,1,2026-01-01 09:00'];
      const never = await demandByDay(orderTable(rows), { ...columns, products: ['tea', 'mug'], from: start });
      await expect(async () => model(never)).rejects.toThrow(/have an order line of each product in its days.*'mug'/);
      await expect(async () => model([1, 2] as never)).rejects.toThrow(
        /`demand` must be the demand of days, such as demandByDay gives/,
      );
    },
  );

  test('days and promotions that mean nothing, and other products', async () => {
    const model = await learnDemand(demand);
    await expect(model.sample(0)).rejects.toThrow(/`days` must be a whole number from 1 to 1000000, received 0/);
    await expect(model.sample(5, { promotions: [{ product: 'tea', from: 2, to: 1 }] })).rejects.toThrow(
      /`promotions\[0\]\.to`/,
    );
    await expect(learnDemand(demand, { promotions: ['tea'] as never })).rejects.toThrow(
      /`promotions\[0\]` must be an object/,
    );
    const fewer = await demandByDay(orderTable(linesByDay('tea', [1, 1])), columns);
    await expect(model.logProbability(fewer)).rejects.toThrow(
      /`demand.products` must be the same products in the same order/,
    );
    expect(() => demand.series('pan')).toThrow(/`product` must be one of the products, received 'pan'/);
  });
});

function rowOf({ pieces, products }: DailyDemand, day: number): string {
  return [...pieces.subarray(day * products.size, (day + 1) * products.size)].join(' ');
}

async function logOf(
  model: Awaited<ReturnType<typeof learnDemand>>,
  lines: readonly number[],
  { from }: { readonly from: number },
): Promise<number> {
  const day = { ...demand, days: 1, start: from, open: Uint8Array.of(1) };
  const [log] = await model.logProbability({ ...day, lines: Int32Array.from(lines), pieces: Float64Array.from(lines) });
  return log!;
}
