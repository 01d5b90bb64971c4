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
