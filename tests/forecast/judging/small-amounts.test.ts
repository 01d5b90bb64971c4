import { backtest, createPeriodSales, createRng, meanForecast, naiveForecast } from 'minimart';
import { expect, test } from 'vitest';

// What is scaled does not depend on the unit: squares of tiny amounts vanished, and the score was NaN.
test.each([1e-200, 1e-300, 1e100])('scores of %d of the amounts are those of the amounts', async (unit) => {
  const rng = createRng(1);
  const series = (of: number) =>
    Object.fromEntries(
      ['tea', 'mug', 'pot'].map((name) => [name, Array.from({ length: 60 }, () => of * (1 + rng.integer(9)))]),
    );
  const plain = series(1);
  const scaled = Object.fromEntries(
    Object.entries(plain).map(([name, list]) => [name, list.map((each) => each * unit)]),
  );
  const judge = (sales: Record<string, number[]>) =>
    backtest(createPeriodSales(sales), { methods: [meanForecast(), naiveForecast()], horizon: 4, origins: 3 });
  const [one, other] = [await judge(plain), await judge(scaled)];
  for (const [place, { rmsse, mase }] of one.methods.entries()) {
    expect(other.methods[place]!.rmsse.value).toBeCloseTo(rmsse.value, 9);
    expect(other.methods[place]!.mase.value).toBeCloseTo(mase.value, 9);
  }
});
