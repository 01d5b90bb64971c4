import { softplus } from './activations.js';
import type { Doubles } from './doubles.js';
import { average } from './images.js';

/** -log of the chance that logits give the target, which a smoothed target weighs with the other. */
function crossEntropy(logits: Doubles, target: number): number {
  return average([...logits.values].map((x) => target * softplus(-x) + (1 - target) * softplus(x)));
}

const discriminator = (real: Doubles, fake: Doubles, smoothing: number): number =>
  crossEntropy(real, 1 - smoothing) + crossEntropy(fake, 0);

const pair = (...losses: number[]): Doubles => ({ shape: [2], values: Float64Array.from(losses) });

/** Discriminator and generator: the generator maximises what the discriminator pays for fakes. */
export function minimax(real: Doubles, fake: Doubles, smoothing: number): Doubles {
  return pair(discriminator(real, fake, smoothing), -crossEntropy(fake, 0));
}

/** Discriminator and generator: the generator pays for fakes that are not taken for real. */
export function nonSaturating(real: Doubles, fake: Doubles, smoothing: number): Doubles {
  return pair(discriminator(real, fake, smoothing), crossEntropy(fake, 1));
}

/** Discriminator and generator: half the square from 1 for what should be real, from 0 for fakes. */
export function leastSquares(real: Doubles, fake: Doubles): Doubles {
  const from = (logits: Doubles, target: number) => average([...logits.values].map((x) => (x - target) ** 2 / 2));
  return pair(from(real, 1) + from(fake, 0), from(fake, 1));
}

/** Critic and generator: a difference of means. */
export function wasserstein(real: Doubles, fake: Doubles): Doubles {
  return pair(average([...fake.values]) - average([...real.values]), -average([...fake.values]));
}

/** Discriminator and generator: what lacks to a margin of 1 on either side. */
export function hinge(real: Doubles, fake: Doubles): Doubles {
  const lacking = (leads: number[]) => average(leads.map((lead) => Math.max(0, 1 - lead)));
  const fakes = [...fake.values];
  return pair(lacking([...real.values]) + lacking(fakes.map((x) => -x)), -average(fakes));
}

/** Discriminator and generator: a cross-entropy of the lead over the other of the pair. */
export function relativisticPairing(real: Doubles, fake: Doubles): Doubles {
  const leads = Float64Array.from(real.values, (x, index) => x - fake.values[index]);
  return pair(
    crossEntropy({ shape: real.shape, values: leads }, 1),
    crossEntropy({ shape: real.shape, values: leads }, 0),
  );
}
