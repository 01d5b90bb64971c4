import { mean, mul, type Scalar, tidy } from '@tensorflow/tfjs-core';
import { requireOptions } from '../../internal/options.js';
import type { Penalty } from './penalty.js';
import { fullPenaltyOptions, type PenaltyOptions, penaltyOptionNames } from './penalty-options.js';
import { checkFor } from './require-steady-judge.js';
import { estimatedSquaredSlopes, squaredSlopes } from './slope.js';

/** Half the mean square of the discriminator's slope at real samples, or at fakes. */
export function zeroCentred(name: 'r1' | 'r2', side: 'real' | 'fake', options: PenaltyOptions): Penalty {
  const where = `${name}Penalty`;
  requireOptions(where, options, penaltyOptionNames);
  const { weight, every, method, step } = fullPenaltyOptions(where, options);
  const exact = method === 'exact';
  return {
    name,
    weight,
    every,
    check: checkFor(method),
    compute: ({ real, fake, realLogits, fakeLogits, judge, rng }) =>
      tidy(() => {
        const [samples, logits] = side === 'real' ? [real, realLogits] : [fake, fakeLogits];
        const squares = exact
          ? squaredSlopes(judge, samples)
          : estimatedSquaredSlopes(judge, samples, logits, rng, step);
        return mul(0.5, mean<Scalar>(squares));
      }),
  };
}
