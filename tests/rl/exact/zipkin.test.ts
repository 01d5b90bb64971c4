import {
  bestBaseStock,
  bestCappedBaseStock,
  evaluatePolicy,
  geometricDemand,
  inventoryBounds,
  inventoryModel,
  myopicPolicy,
  poissonDemand,
  relativeValueIteration,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { type ZipkinRow, zipkinTable } from '../../support/zipkin-table.js';

const demands = { poisson: poissonDemand(5), geometric: geometricDemand(5) };
const problem = ({ demand, leadTime, penalty }: ZipkinRow) => ({
  demand: demands[demand],
  leadTime,
  holding: 1,
  penalty,
});
const small = zipkinTable.filter(({ demand, leadTime }) => leadTime <= (demand === 'poisson' ? 3 : 2));
const smaller = zipkinTable.filter(({ demand, leadTime }) => leadTime <= (demand === 'poisson' ? 2 : 1));

describe("the optimum of Zipkin's lost-sales problems", () => {
  test.each(small)('$demand demand, penalty $penalty, lead time $leadTime: $printed', async (row) => {
    const model = inventoryModel(problem(row));
    const { averageReward, bounds, policy } = await relativeValueIteration({ model });
    expect((await evaluatePolicy({ model, policy })).averageReward).toBeCloseTo(averageReward, 6);
    expect(-averageReward).toBeCloseTo(row.optimal, 5);
    expect(Math.abs(-averageReward - row.printed)).toBeLessThan(0.0051);
    expect(bounds[1] - bounds[0]).toBeLessThan(1e-8);
  });
});

test.each(zipkinTable)('bounds of an optimal policy: $demand, $penalty, $leadTime', (row) => {
  expect(inventoryBounds(problem(row))).toEqual(row.bounds);
});

describe('classic policies cost what the table says', () => {
  test.each(smaller)('$demand demand, penalty $penalty, lead time $leadTime', async (row) => {
    const options = problem(row);
    const { level, cost } = await bestBaseStock(options);
    expect([level, cost]).toEqual([row.level, expect.closeTo(row.baseStock, 5)]);
    const capped = await bestCappedBaseStock(options);
    expect([capped.level, capped.cap, capped.cost]).toEqual([row.cappedLevel, row.cap, expect.closeTo(row.capped, 5)]);
    const myopic = await evaluatePolicy({ model: inventoryModel(options), policy: myopicPolicy(options) });
    expect(-myopic.averageReward).toBeCloseTo(row.myopic, 5);
  });
});
