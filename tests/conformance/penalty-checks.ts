import { matMul, softplus, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { createRng, gradientPenalty, type Penalty, r1Penalty, r2Penalty } from 'minimart';
import type { ConformanceCheck } from './conformance-check.js';
import { gradientCheck } from './gradient-check.js';
import { HostValues } from './host-values.js';
import type { Doubles } from './references/doubles.js';
import { average } from './references/images.js';
import { between, logits, slopeNorms } from './references/penalties.js';

const [count, size, units] = [6, 5, 4];

const samples = (seed: number): Doubles => ({
  shape: [count, size],
  values: Float64Array.from(new HostValues(seed).numbers(count * size)),
});
const [real, fake] = [samples(1), samples(2)];

type ByWeights = (hidden: Doubles, last: Doubles) => number;

const halfSquareAt =
  (x: Doubles): ByWeights =>
  (...weights) =>
    average(slopeNorms(x, ...weights).map((norm) => norm ** 2 / 2));

const fromOne: ByWeights = (...weights) => {
  const shares = createRng(5).fillUniform(new Float32Array(count));
  return average(slopeNorms(between(real, fake, shares), ...weights).map((norm) => (norm - 1) ** 2));
};

// Half the squares of what the logits differ by at samples that lie apart by half a normal number on each axis.
const alongNormal: ByWeights = (...weights) => {
  const direction = createRng(5).fillNormal(new Float32Array(count * size));
  const moved = { shape: real.shape, values: real.values.map((each, index) => each + direction[index] / 2) };
  const [before, after] = [real, moved].map((x) => logits(x, ...weights).values);
  return average(Array.from(after, (each, sample) => ((each - before[sample]) / 0.5) ** 2 / 2));
};

const finite = { method: 'finiteDifferences' } as const;

// Steps of 0.02 leave 1e-4 of a curve, and rounding a little less.
const cases: readonly (readonly [string, Penalty, ByWeights, tolerance?: number])[] = [
  ['r1', r1Penalty(), halfSquareAt(real)],
  ['r2', r2Penalty(), halfSquareAt(fake)],
  ['gradientPenalty', gradientPenalty(), fromOne],
  ['r1 by finite differences', r1Penalty({ ...finite, step: 0.5 }), alongNormal],
  ['gradientPenalty by finite differences', gradientPenalty({ ...finite, step: 0.02 }), fromOne, 1e-3],
];

/** Penalties on the slope of softplus(x W) v, with their gradients by W and v: second derivatives of the network. */
export const penaltyChecks: readonly ConformanceCheck[] = cases.map(([name, penalty, value, tolerance = 1e-5]) =>
  gradientCheck({
    name: `penalty: ${name}`,
    orders: 1,
    tolerance: Math.max(tolerance, 2e-5),
    tolerances: { output: tolerance, first: tolerance },
    reference: (hidden, last) => ({ shape: [], values: Float64Array.of(value(hidden!, last!)) }),
    make: (values) => {
      const variables = [values.variable([size, units]), values.variable([units, 1])] as const;
      const judge = (x: Tensor) => matMul(softplus(matMul(x, variables[0])), variables[1]) as Tensor;
      const batches = [real, fake].map((each) => tensor(Float32Array.from(each.values), [count, size]));
      const output = () => {
        const [x, y] = batches as [Tensor, Tensor];
        const rng = createRng(5);
        return penalty.compute({ real: x, fake: y, realLogits: judge(x), fakeLogits: judge(y), judge, rng });
      };
      return {
        variables,
        output,
        dispose: () => {
          for (const each of [...variables, ...batches]) each.dispose();
        },
      };
    },
  }),
);
