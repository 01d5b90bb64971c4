import '@tensorflow/tfjs-backend-cpu';
import { customGrad, mul, square, type Tensor, tanh } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { gradientCheck } from './gradient-check.js';
import { map } from './references/doubles.js';

/** The check of a function of 12 numbers between -2 and 2, run on cpu. */
function check(f: (x: Tensor) => Tensor, formula: (x: number) => number, orders: 1 | 2): Promise<void> {
  const subject = gradientCheck({
    name: 'subject',
    orders,
    make: (values) => {
      const x = values.variable([3, 4], -2, 2);
      return { variables: [x], output: () => f(x), dispose: () => x.dispose() };
    },
    reference: (x) => map(x, formula),
  });
  return subject.run('cpu');
}

describe('the comparison with double precision', () => {
  test('passes what is right in value and both derivatives', async () => {
    await expect(check(square, (x) => x * x, 2)).resolves.toBeUndefined();
  });

  test('tells a value that is off by a few times its tolerance', async () => {
    await expect(check(square, (x) => x * x * (1 + 3e-5), 1)).rejects.toThrow(/output, from double.*3\.00e-5/);
  });

  test('tells another shape, though the numbers are the same', async () => {
    const wide = gradientCheck({
      name: 'subject',
      make: (values) => {
        const x = values.variable([3, 4]);
        return { variables: [x], output: () => square(x), dispose: () => x.dispose() };
      },
      reference: (x) => ({ ...map(x, (each) => each * each), shape: [4, 3] }),
    });
    await expect(wide.run('cpu')).rejects.toThrow('output, from double precision');
  });

  test('tells a gradient that is off by a thousandth', async () => {
    const offGradient = customGrad((x) => ({
      value: square(x as Tensor),
      gradFunc: (upstream: Tensor) => mul(upstream, mul(2.002, x as Tensor)),
    }));
    await expect(
      check(
        (x) => offGradient(x),
        (x) => x * x,
        1,
      ),
    ).rejects.toThrow(/first derivative.*9\.\d+e-4|1\.\d+e-3/);
  });

  test("tells that the second derivative of tfjs's own tanh is wrong, whose first is right", async () => {
    await expect(check(tanh, Math.tanh, 1)).resolves.toBeUndefined();
    await expect(check(tanh, Math.tanh, 2)).rejects.toThrow('second derivative by input 0, from double precision');
  });
});
