import { createRng } from 'minimart';
import { expect, test } from 'vitest';
import { drawGamma, drawLogGamma } from '../../src/random/gamma.js';

test.each([0.3, 1, 4.5])('the logarithm is that of the gamma number of the same stream, shape %d', (shape) => {
  const [plain, log] = [createRng(5), createRng(5)];
  for (let draw = 0; draw < 100; draw += 1) {
    expect(drawLogGamma(log, shape)).toBeCloseTo(Math.log(drawGamma(plain, shape)), 10);
  }
});

// For small shapes the mean of the logarithm is the digamma function, close to -1 / shape - 0.57722, and its deviation
// close to 1 / shape.
test.each([1e-3, 1e-6, 1e-300])('logarithms stay finite and have the right mean, shape %d', (shape) => {
  const rng = createRng(8);
  const draws = Array.from({ length: 4000 }, () => drawLogGamma(rng, shape) * shape);
  expect(draws.every(Number.isFinite)).toBe(true);
  const mean = draws.reduce((sum, each) => sum + each / draws.length, 0);
  // Four standard errors.
  expect(Math.abs(mean + 1)).toBeLessThan(4 / Math.sqrt(draws.length));
});
