import {
  baseStockPolicy,
  createRng,
  decisionRegret,
  inventoryEnvironment,
  learnFromDemand,
  type Policy,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { drawPoisson } from '../../../src/random/poisson.js';

const stock = { holding: 1, penalty: 4 };
const weeks = (count: number, week: readonly number[]) => Array.from({ length: count }, () => week).flat();

test('costs, regret and difference are those of the days held out', async () => {
  // Without lead time the shop begins each day with its level. Demand is 2, and 6 once a week.
  const heldOut = [9, ...weeks(3, [2, 2, 2, 2, 2, 2, 6])];
  const sources = { low: [[[2, 2, 2, 2]]], high: [[[6, 6, 6, 6]], [[2, 2, 2, 2]]] };
  const { sources: rows, hindsight, days } = await decisionRegret(heldOut, { ...stock, sources });
  expect(days).toBe(21);
  const [low, high] = rows;
  // A level of 2: 4 lost on one day, 16 a week. Of 6: 4 too many on six days, 24 a week. In hindsight 2 as well.
  expect(low!.policies).toEqual(['base-stock 2']);
  expect(low!.cost.value).toBeCloseTo(16 / 7, 12);
  expect(high!.policies).toEqual(['base-stock 6', 'base-stock 2']);
  expect(high!.cost.value).toBeCloseTo((24 / 7 + 16 / 7) / 2, 12);
  expect(hindsight).toEqual({ policy: 'base-stock 2', cost: low!.cost });
  expect(low!.regret.value).toBe(0);
  expect(low!.difference).toBeUndefined();
  expect(high!.difference!.value).toBeCloseTo(4 / 7, 12);
  // All weeks are alike.
  expect(high!.difference!.interval[0]).toBeCloseTo(4 / 7, 12);
});

test('a policy meets the days of the environment, the first ones not counted', async () => {
  const rng = createRng(3);
  const heldOut = Array.from({ length: 60 }, () => drawPoisson(rng, 4));
  const problem = { ...stock, leadTime: 3, fixedOrderCost: 2, unmet: 'backordered', maxOrder: 12 } as const;
  const policy: Policy = { name: 'mine', act: ([first]) => (first! < 9 ? 7 : 0) };
  const report = await decisionRegret(heldOut, {
    ...problem,
    sources: { any: [[[1, 1]]] },
    learn: () => policy,
    blockLength: 1,
  });
  const shop = inventoryEnvironment({ ...problem, demand: heldOut });
  let { observation } = shop.reset({ seed: 1 });
  let sum = 0;
  for (let day = 0; day < 60; day += 1) {
    const step = shop.step(await policy.act(observation));
    ({ observation } = step);
    if (day >= 4) sum -= step.reward;
  }
  expect(report.sources[0]!.cost.value).toBeCloseTo(sum / 56, 9);
  expect(report.table).toMatch(/\| any \| mine \| .* \| – \|\n\| in hindsight \| mine \|/);
});

test('the level learned is the newsvendor one of its series', async () => {
  const rng = createRng(4);
  const series = Array.from({ length: 3000 }, () => drawPoisson(rng, 30));
  const { sources } = await decisionRegret(series.slice(0, 200), { ...stock, sources: { all: [[series]] } });
  // The smallest level that covers 4 / 5 of the days.
  const level = [...series.slice(1)].sort((one, other) => one - other)[Math.ceil(0.8 * 2999) - 1];
  expect(sources[0]!.policies).toEqual([`base-stock ${level}`]);
});

test('any policy can be learned, also from several series', async () => {
  const heldOut = weeks(4, [1, 2, 3, 2, 1, 0, 0]);
  const seen: number[] = [];
  const { sources } = await decisionRegret(heldOut, {
    ...stock,
    sources: {
      record: [
        [
          [1, 2, 3],
          [2, 1],
        ],
      ],
    },
    learn: async (series) => {
      seen.push(series.length);
      return (await learnFromDemand({ observed: series.flat(), ...stock })).policy;
    },
  });
  expect(seen).toEqual([1, 2]);
  expect(sources[0]!.policies[0]).toMatch(/full-information Q/);
});

describe('refuses', () => {
  const good = { ...stock, sources: { record: [[[1, 2, 3]]] } };
  const heldOut = weeks(4, [1, 2, 3, 2, 1, 0, 0]);
  test.each([
    ['no source', { ...good, sources: {} }, /`sources` must not be empty/],
    [
      'a series where a list of series belongs',
      { ...good, sources: { record: [[1, 2]] } as never },
      /`sources.record` must hold lists of series, not series/,
    ],
    [
      'a source without seeds',
      { ...good, sources: { record: [] } },
      /`sources.record` must be an array with a list of series for each seed/,
    ],
    [
      'series that are too short',
      { ...good, leadTime: 5 },
      /`sources` must hold series of more than 6 days, received 3/,
    ],
    [
      'numbers below 0',
      { ...good, sources: { record: [[[1, -2]]] } },
      /`sources` must hold numbers in \[0, 1000000\], received -2/,
    ],
    ['options of a problem that are wrong', { ...good, penalty: -1 }, /`penalty` must be a number >= 0/],
    ['what is no policy', { ...good, learn: () => 3 as never }, /`learn` must be an object with a function `act`/],
    [
      'illegal actions',
      { ...good, learn: () => ({ name: 'x', act: () => -1 }) },
      /`policy` must take legal actions only/,
    ],
  ])('%s', async (_what, options, message) => {
    await expect(decisionRegret(heldOut, options)).rejects.toThrow(message);
  });

  test('days that are too few for an interval', async () => {
    await expect(decisionRegret(heldOut.slice(0, 14), good)).rejects.toThrow(
      /`heldOut` must hold at least 15 days, received 14/,
    );
    const { days } = await decisionRegret(heldOut.slice(0, 15), {
      ...good,
      learn: () => baseStockPolicy({ level: 2 }),
    });
    expect(days).toBe(14);
  });
});
