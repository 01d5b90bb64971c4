import { createRng, leadTimeDemand, poissonDemand } from 'minimart';
import { describe, expect, test } from 'vitest';

describe('leadTimeDemand', () => {
  test('has the moments of a sum of a random number of periods', () => {
    // Lead times 1, 2 and 4 with 0.2, 0.5 and 0.3: mean 2.4, variance 0.2 + 2 + 4.8 - 5.76 = 1.24.
    const demand = leadTimeDemand(poissonDemand(3), { leadTimes: [0, 0.2, 0.5, 0, 0.3] });
    expect(demand.mean).toBeCloseTo(2.4 * 3, 9);
    expect(demand.deviation ** 2).toBeCloseTo(2.4 * 3 + 1.24 * 9, 7);
  });

  test('is the mixture of the demands of each lead time, the review period too', () => {
    const demand = leadTimeDemand(poissonDemand(2), { leadTimes: [0.25, 0, 0.75], review: 1 });
    for (const units of [0, 3, 7]) {
      const expected = 0.25 * poissonDemand(2).cumulative(units) + 0.75 * poissonDemand(6).cumulative(units);
      expect(demand.cumulative(units)).toBeCloseTo(expected, 12);
    }
    const rng = createRng(1).stream('demand');
    let sum = 0;
    for (let draw = 0; draw < 20_000; draw += 1) sum += demand.sample(rng);
    expect(sum / 20_000).toBeCloseTo(0.25 * 2 + 0.75 * 6, 0);
  });

  test('no time at all asks for nothing', () => {
    expect(leadTimeDemand(poissonDemand(2), { leadTimes: [1] }).mean).toBe(0);
  });

  test('says what is wrong', () => {
    const wrong = (leadTimes: number[], review?: number) => () =>
      leadTimeDemand(poissonDemand(2), { leadTimes, ...(review !== undefined && { review }) });
    expect(wrong([0.5, 0.4])).toThrow('leadTimeDemand: `probabilities` must sum to 1, received 0.9');
    expect(wrong([1], -1)).toThrow('`review` must be a whole number from 0 to 1000, received -1');
  });
});
