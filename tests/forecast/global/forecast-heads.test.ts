import { describe, expect, test } from 'vitest';
import { headRules } from '../../../src/forecast/global/forecast-heads.js';
import { createPeriodSales, firstPeriods } from '../../../src/forecast/series/period-sales.js';
import { atOnce } from '../../../src/internal/pieces.js';

const probabilities = [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

// Ten rows of what sells, and one of a level of next to nothing, whose ratio of 900 says nothing.
const ratios = [0, 0.2, 0.5, 0.6, 0.9, 1, 1.4, 1.8, 2.5, 4];
const levels = [4, 10, 2, 30, 8, 1, 6, 12, 3, 5];
const rows = {
  columns: [],
  levels: Float64Array.of(...levels, 0.01),
  targets: Float64Array.of(...ratios, 900),
};
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a head begins right in the mean', () => {
  test('negative binomial: the mean ratio, and the excess by moments about it', () => {
    const mean = average(ratios);
    const over = levels.map((level, row) => (level * (ratios[row]! - mean)) ** 2 - level * mean);
    const excess = average(over) / average(levels.map((level) => (level * mean) ** 2));
    const [ofMean, ofExcess] = headRules('negativeBinomial').starts(rows);
    expect(ofMean).toBeCloseTo(Math.log(mean), 6);
    expect(ofExcess).toBeCloseTo(Math.log(excess), 6);
  });

  test('quantiles: those of the ratios, when they are read', () => {
    const { starts, read } = headRules('quantiles');
    const outputs = Float64Array.from(starts(rows));
    expect(outputs[0]).toBeCloseTo(Math.log(average(ratios)), 6);
    read(outputs, 0);
    // The ratio below which that share of ten lies. Gaps of 0 are made 0.02, so that they can be learned from.
    const wanted = probabilities.map((probability) => ratios[Math.floor(probability * 10)]!);
    let [reached, before] = [0, 0];
    for (const [place, quantile] of wanted.entries()) {
      reached += Math.max(0.02, quantile - before);
      before = quantile;
      expect(outputs[1 + place]).toBeCloseTo(reached, 5);
    }
  });

  test('of nothing that sells: all rows count', () => {
    const slow = { columns: [], levels: Float64Array.of(0.1, 0.2), targets: Float64Array.of(1, 3) };
    expect(headRules('negativeBinomial').starts(slow)[0]).toBeCloseTo(Math.log(2), 6);
  });
});

describe('a head makes numbers', () => {
  // The second product is not on sale within these periods.
  const all = createPeriodSales({ tea: [1, 2, 3, 4, 5], none: [...Array(4).fill(Number.NaN), 1] });
  const sales = firstPeriods(all, 4);
  const forecast = {
    columns: [],
    levels: Float64Array.of(5, 5, 5, 0, 0, 0),
    targets: new Float64Array(6).fill(Number.NaN),
  };
  const excess = { single: 0.5, total: Float64Array.of(0.5, 0.4, 0.3), ofProduct: Float64Array.of(1, 1) };

  test('negative binomial: variances by the excess of each row, of sums by the ratio that was measured', () => {
    const own = [0.2, 0.8, 0.5];
    const logs = [0, 0.3, -0.2];
    const read = Float64Array.from({ length: 12 }, (_, at) => {
      const step = Math.floor(at / 2) % 3;
      return at % 2 === 0 ? logs[step]! : Math.log(own[step]!);
    });
    const numbers = atOnce(headRules('negativeBinomial').numbers(sales, forecast, read, 3, excess));
    let [sum, ofOwn] = [0, 0];
    for (let step = 0; step < 3; step += 1) {
      const mean = 5 * Math.exp(logs[step]!);
      sum += mean;
      ofOwn += own[step]!;
      expect(numbers.means[step]).toBeCloseTo(mean, 10);
      expect(numbers.variances[step]).toBeCloseTo(mean + own[step]! * mean ** 2, 10);
      const ratio = excess.total[step]! / excess.single;
      expect(numbers.totals[step]).toBeCloseTo(sum + ratio * (ofOwn / (step + 1)) * sum ** 2, 9);
    }
    expect([...numbers.tooShort]).toEqual([0, 1]);
    expect([...numbers.means.subarray(3)]).toEqual([0, 0, 0]);
  });

  test('quantiles: levels times what was read; of what is not on sale 0', () => {
    const read = Float64Array.from({ length: 6 * 8 }, (_, at) => (at % 8 === 0 ? 0.1 : 0.3 * (at % 8)));
    const { quantiles } = atOnce(headRules('quantiles').numbers(sales, forecast, read, 3, excess));
    expect(quantiles!.probabilities).toEqual(probabilities);
    const ofStep = probabilities.map((_, place) => 5 * 0.3 * (1 + place));
    for (const [at, value] of quantiles!.values.subarray(0, 21).entries())
      expect(value).toBeCloseTo(ofStep[at % 7]!, 10);
    expect(quantiles!.values.subarray(21).every((value) => value === 0)).toBe(true);
  });
});
