import { type Scalar, stack } from '@tensorflow/tfjs-core';
import { type AdversarialLoss, minimaxLoss, nonSaturatingLoss } from 'minimart';
import type { ConformanceCheck } from './conformance-check.js';
import { gradientCheck } from './gradient-check.js';

const losses: readonly (readonly [string, AdversarialLoss])[] = [
  ['minimax', minimaxLoss()],
  ['minimax, smoothed', minimaxLoss({ labelSmoothing: 0.1 })],
  ['non-saturating', nonSaturatingLoss()],
  ['non-saturating, smoothed', nonSaturatingLoss({ labelSmoothing: 0.1 })],
];

/** Both sides of every loss, over logits from sure to unsure. */
export const lossChecks: readonly ConformanceCheck[] = losses.map(([name, loss]) =>
  gradientCheck({
    name: `loss: ${name}`,
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
