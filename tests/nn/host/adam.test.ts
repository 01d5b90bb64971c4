import { describe, expect, test } from 'vitest';
import { adamFactors } from '../../../src/kernels/adam-factors.js';
import { openArena, plainArena } from '../../../src/nn/host/arena.js';

const settings = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 };

describe.each(['plain loops', 'WebAssembly'])('Adam by %s', (name) => {
  test('moves as its article says', async () => {
    const arena = name === 'WebAssembly' ? (await openArena(256))! : plainArena(256);
    const count = 7;
    const [values, m, v, gradients] = [0, 1, 2, 3].map(() => arena.allocate(count)) as [number, number, number, number];
    for (const address of [values, m, v]) arena.floats(address, count).fill(0);
    const expected = Array.from({ length: count }, () => ({ value: 0, m: 0, v: 0 }));
    for (let update = 1; update <= 4; update += 1) {
      const slopes = expected.map((_, at) => Math.fround(Math.sin(at + update)));
      arena.floats(gradients, count).set(slopes);
      arena.dense.adam({ values, m, v }, gradients, count, adamFactors(settings, update));
      expected.forEach((each, at) => {
        each.m = 0.9 * each.m + 0.1 * slopes[at]!;
        each.v = 0.99 * each.v + 0.01 * slopes[at]! ** 2;
        each.value -= (0.1 * (each.m / (1 - 0.9 ** update))) / (Math.sqrt(each.v / (1 - 0.99 ** update)) + 1e-3);
      });
    }
    arena.floats(values, count).forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at]!.value, 5);
    });
  });
});
