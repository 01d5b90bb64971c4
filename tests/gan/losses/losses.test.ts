import '../../support/backends.js';
import { add, memory, type Scalar, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import {
  hingeLoss,
  leastSquaresLoss,
  minimaxLoss,
  nonSaturatingLoss,
  relativisticPairingLoss,
  useBackend,
  wassersteinLoss,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { numberIn } from '../../support/expect-close.js';
import { compareFirstOrder, relativeErrorAlong, type ScalarFunction } from '../../support/finite-differences.js';

// Logits of tensorflow_gan's own tests (Apache-2.0); values computed in float64 from the formulas beside them.
const real = [-5, 1.4, 12.5, 2.7];
const fake = [10, 4.4, -5.5, 3.6];

interface Side {
  readonly name: string;
  readonly run: (real: Tensor, fake: Tensor) => Scalar;
  readonly value: number;
  /** Whether a generator's side looks at real logits too. */
  readonly compares?: boolean;
}

const sides: readonly Side[] = [
  { name: 'minimax discriminator', run: minimaxLoss().discriminator, value: 5.83386589165402 },
  {
    name: 'minimax generator',
    run: (r: Tensor, f: Tensor) => minimaxLoss().generator(f, r),
    value: -4.510820879946423,
  },
  {
    name: 'minimax discriminator, smoothing 0.25',
    run: minimaxLoss({ labelSmoothing: 0.25 }).discriminator,
    value: 6.558865891654021,
  },
  { name: 'non-saturating discriminator', run: nonSaturatingLoss().discriminator, value: 5.83386589165402 },
  {
    name: 'non-saturating generator',
    run: (r: Tensor, f: Tensor) => nonSaturatingLoss().generator(f, r),
    value: 1.3858208799464231,
  },
  {
    name: 'non-saturating discriminator, smoothing 0.25',
    run: nonSaturatingLoss({ labelSmoothing: 0.25 }).discriminator,
    value: 6.558865891654021,
  },
  { name: 'least squares discriminator', run: leastSquaresLoss().discriminator, value: 41.73375 },
  { name: 'least squares generator', run: (_, f: Tensor) => leastSquaresLoss().generator(f, f), value: 17.69625 },
  { name: 'wasserstein discriminator', run: wassersteinLoss().discriminator, value: 0.225 },
  { name: 'wasserstein generator', run: (_, f: Tensor) => wassersteinLoss().generator(f, f), value: -3.125 },
  { name: 'hinge discriminator', run: hingeLoss().discriminator, value: 6.75 },
  { name: 'hinge generator', run: (_, f: Tensor) => hingeLoss().generator(f, f), value: -3.125 },
  {
    name: 'relativistic pairing discriminator',
    run: relativisticPairingLoss().discriminator,
    value: 4.822435386859521,
  },
  {
    name: 'relativistic pairing generator',
    run: (r: Tensor, f: Tensor) => relativisticPairingLoss().generator(f, r),
    value: 4.59743538685952,
    compares: true,
  },
];

beforeAll(() => useBackend('cpu'));

describe.each(sides)('$name', ({ name, run, value, compares }) => {
  test('has the reference value on the reference logits', async () => {
    const result = await numberIn(run(tensor1d(real), tensor1d(fake)));
    expect(Math.abs(result - value) / Math.abs(value)).toBeLessThan(1e-5);
  });

  test('has the gradient that finite differences give', async () => {
    // Most generators' sides do not see the real logits.
    const [f, inputs] =
      name.endsWith('generator') && !compares
        ? [(logits: Tensor) => run(tensor1d(real), logits), [tensor1d(fake)]]
        : [run, [tensor1d(real), tensor1d(fake)]];
    const error = await relativeErrorAlong((seed) => compareFirstOrder(f as ScalarFunction, inputs, { seed }));
    expect(error).toBeLessThan(1e-2);
  });

  test.each([-100, 0, 100])('is a finite scalar at logit %d', async (logit) => {
    const result = run(tensor1d([logit]), tensor1d([logit]));
    expect(result.shape).toEqual([]);
    expect(Number.isFinite(await numberIn(result))).toBe(true);
  });

  test('leaves one tensor, its result', () => {
    const inputs = [tensor1d(real), tensor1d(fake)] as const;
    const before = memory().numTensors;
    run(...inputs).dispose();
    expect(memory().numTensors).toBe(before);
  });
});

test('the minimax sides sum to zero apart from the term of real samples', async () => {
  // discriminator = -E[log s(x)] - E[log(1 - s(g))] and generator = E[log(1 - s(g))]: their sum is -E[log s(x)].
  const { discriminator, generator } = minimaxLoss();
  const sum =
    (await numberIn(discriminator(tensor1d(real), tensor1d(fake)))) +
    (await numberIn(generator(tensor1d(fake), tensor1d(real))));
  const expected = real.reduce((total, x) => total + Math.log1p(Math.exp(-x)) / real.length, 0);
  expect(sum).toBeCloseTo(expected, 5);
});

test.each([1, -0.1, Number.NaN])('label smoothing %d is refused', (labelSmoothing) => {
  expect(() => minimaxLoss({ labelSmoothing })).toThrow(
    `minimaxLoss: \`labelSmoothing\` must be a number in [0, 1), received ${labelSmoothing} (number).`,
  );
  expect(() => nonSaturatingLoss({ labelSmoothing })).toThrow('nonSaturatingLoss: `labelSmoothing`');
});

test('only a loss whose generator compares looks at real logits, for which a step judges real samples', () => {
  const losses = [minimaxLoss(), nonSaturatingLoss(), leastSquaresLoss(), wassersteinLoss(), hingeLoss()];
  for (const { name, generator } of losses) expect(generator.comparesRealSamples, name).toBe(false);
  expect(relativisticPairingLoss().generator.comparesRealSamples).toBeUndefined();
});

test('relativistic pairing sees only how far a fake is from its own real sample', async () => {
  const { discriminator } = relativisticPairingLoss();
  const [before, moved] = [tensor1d([1, 5]), tensor1d([0, -2])];
  // Both logits of the second pair rise by 7: nothing changes.
  const lift = tensor1d([0, 7]);
  const first = await numberIn(discriminator(before, moved));
  const second = await numberIn(discriminator(add(before, lift), add(moved, lift)));
  expect(second).toBeCloseTo(first, 5);
  expect(() => discriminator(tensor1d([1, 2]), tensor1d([1]))).toThrow(
    "relativisticPairingLoss: `logits` must have one shape, real and fake, received '[2] beside [1]' (string).",
  );
});

test('the hinge has no gradient for samples on the right side of the margin', async () => {
  expect(await numberIn(hingeLoss().discriminator(tensor1d([1, 7]), tensor1d([-1, -3])))).toBe(0);
});
