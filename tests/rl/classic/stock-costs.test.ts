import { bestBaseStock, bestReorder, empiricalDemand, finiteHorizonReorder, poissonDemand } from 'minimart';
import { expect, test } from 'vitest';

const problem = { demand: poissonDemand(4), holding: 1, penalty: 2e9 };

test.each([
  ['bestBaseStock', () => bestBaseStock(problem)],
  ['bestReorder', () => bestReorder({ ...problem, fixedOrderCost: 5 })],
  ['finiteHorizonReorder', () => finiteHorizonReorder({ ...problem, horizon: 3, fixedOrderCost: 5 })],
])('%s refuses a penalty that demands beyond the end of a distribution would decide', async (name, run) => {
  const message = `${name}: \`penalty\` must be at most 1000000000 times \`holding\``;
  await expect(async () => run()).rejects.toThrow(message);
});

test('below it the best level is where a unit more is no longer worth its price', async () => {
  const { level } = await bestBaseStock({ ...problem, penalty: 1e8 });
  // P(D <= level) is the first that reaches penalty / (penalty + holding), of the sums that Poisson's chances have.
  let [chance, sum, first] = [Math.exp(-4), 0, 0];
  for (first = 0; ; first += 1) {
    sum += chance;
    if (sum >= 1e8 / (1e8 + 1)) break;
    chance *= 4 / (first + 1);
  }
  expect(level).toBe(first);
});

test('a series that rounding would change by a twentieth is refused', () => {
  expect(() => empiricalDemand([0.25, 0.25, 0.25])).toThrow(
    /empiricalDemand: `series` must hold whole units: rounded, they sum to 0; count in smaller units, received 0.75/,
  );
  expect(empiricalDemand([10.2, 19.9]).mean).toBe(15);
});
