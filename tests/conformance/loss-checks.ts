import { type Scalar, stack } from '@tensorflow/tfjs-core';
import {
  type AdversarialLoss,
  hingeLoss,
  leastSquaresLoss,
  minimaxLoss,
  nonSaturatingLoss,
  relativisticPairingLoss,
  wassersteinLoss,
} from 'minimart';
import type { ConformanceCheck } from './conformance-check.js';
import { gradientCheck } from './gradient-check.js';
import type { Reference } from './references/doubles.js';
import { hinge, leastSquares, minimax, nonSaturating, relativisticPairing, wasserstein } from './references/losses.js';

const smoothing = { labelSmoothing: 0.1 };

const losses: readonly (readonly [string, AdversarialLoss, Reference])[] = [
  ['minimax', minimaxLoss(), (real, fake) => minimax(real, fake, 0)],
  ['minimax, smoothed', minimaxLoss(smoothing), (real, fake) => minimax(real, fake, 0.1)],
  ['non-saturating', nonSaturatingLoss(), (real, fake) => nonSaturating(real, fake, 0)],
  ['non-saturating, smoothed', nonSaturatingLoss(smoothing), (real, fake) => nonSaturating(real, fake, 0.1)],
  ['least squares', leastSquaresLoss(), leastSquares],
  ['wasserstein', wassersteinLoss(), wasserstein],
  ['hinge', hingeLoss(), hinge],
  ['relativistic pairing', relativisticPairingLoss(), relativisticPairing],
];

/** Both sides of every loss, over logits from sure to unsure. */
export const lossChecks: readonly ConformanceCheck[] = losses.map(([name, loss, reference]) =>
  gradientCheck({
    name: `loss: ${name}`,
    reference,
    make: (values) => {
      const real = values.variable([16, 1], -12, 12);
      const fake = values.variable([16, 1], -12, 12);
      return {
        variables: [real, fake],
        output: () => stack<Scalar>([loss.discriminator(real, fake), loss.generator(fake, real)]),
        dispose: () => {
          real.dispose();
          fake.dispose();
        },
      };
    },
  }),
);
