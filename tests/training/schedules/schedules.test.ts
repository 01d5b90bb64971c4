import { cosineDecay, type LearningRateSchedule, linearDecay } from 'minimart';
import { describe, expect, test } from 'vitest';

const kinds = [
  { name: 'cosineDecay', make: cosineDecay },
  { name: 'linearDecay', make: linearDecay },
];

const valuesOf = (schedule: LearningRateSchedule, totalSteps: number) =>
  Array.from({ length: totalSteps }, (_, step) => schedule({ step, totalSteps }));

describe.each(kinds)('$name', ({ name, make }) => {
  test('falls from 1 without ever rising, and stays above its floor', () => {
    const values = valuesOf(make({ floor: 0.1 }), 50);
    expect(values[0]).toBe(1);
    for (const [index, value] of values.entries()) {
      if (index > 0) expect(value).toBeLessThan(values[index - 1]!);
      expect(value).toBeGreaterThan(0.1);
    }
  });

  test('is at its floor at the end of the run and after it', () => {
    expect(make({ floor: 0.3 })({ step: 20, totalSteps: 20 })).toBeCloseTo(0.3, 12);
    expect(make({ floor: 0.3 })({ step: 25, totalSteps: 20 })).toBeCloseTo(0.3, 12);
    expect(make()({ step: 20, totalSteps: 20 })).toBeCloseTo(0, 12);
  });

  test('is half way down half way through the fall', () => {
    // Warm-up 10 of 30 steps: the fall takes 20, its middle is step 20, and half way from 1 to 0.2 is 0.6.
    expect(make({ warmup: 10, floor: 0.2 })({ step: 20, totalSteps: 30 })).toBeCloseTo(0.6, 12);
  });

  test('rises in equal steps to 1, which it reaches with the last step of the warm-up', () => {
    const values = valuesOf(make({ warmup: 4 }), 20);
    expect(values.slice(0, 5)).toEqual([0.25, 0.5, 0.75, 1, 1]);
  });

  test('stays at 1 while the length of the run is unknown', () => {
    for (const step of [3, 100, 1e9]) {
      expect(make({ warmup: 3, floor: 0.1 })({ step, totalSteps: Number.POSITIVE_INFINITY })).toBe(1);
    }
  });

  test('only rises in a run that is shorter than the warm-up', () => {
    expect(valuesOf(make({ warmup: 8 }), 4)).toEqual([0.125, 0.25, 0.375, 0.5]);
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a warm-up of %d', (warmup) => {
    expect(() => make({ warmup })).toThrow(
      `${name}: \`warmup\` must be a whole number >= 0, received ${warmup} (number).`,
    );
  });

  test.each([-0.1, 1.1, Number.NaN])('refuses a floor of %d', (floor) => {
    expect(() => make({ floor })).toThrow(`${name}: \`floor\` must be a number in [0, 1], received ${floor} (number).`);
  });
});

test('the cosine is above the straight line at first and below it at the end', () => {
  // (1 + cos(pi / 4)) / 2 = 0.853553 beside 0.75, and (1 + cos(3 pi / 4)) / 2 = 0.146447 beside 0.25.
  expect(cosineDecay()({ step: 25, totalSteps: 100 })).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12);
  expect(cosineDecay()({ step: 75, totalSteps: 100 })).toBeCloseTo((1 - Math.SQRT1_2) / 2, 12);
  expect(linearDecay()({ step: 25, totalSteps: 100 })).toBeCloseTo(0.75, 12);
  expect(linearDecay()({ step: 75, totalSteps: 100 })).toBeCloseTo(0.25, 12);
});
