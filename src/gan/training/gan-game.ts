import { concat, type Optimizer, reshape, type Tensor, type Tensor1D, tidy } from '@tensorflow/tfjs-core';
import { adam } from '../../nn/optimizers/adam.js';
import { reseedLayers } from '../../nn/reseed-layers.js';
import { latentNoise } from '../../random/latent-noise.js';
import type { Rng } from '../../random/rng.js';
import { nonSaturatingLoss } from '../losses/non-saturating-loss.js';
import { fullShape } from './full-shape.js';
import type { GanOptions } from './gan-options.js';
import { createPlayer, discriminatorStep, generatorStep } from './gan-step.js';

/** Two networks with their optimizers, the loss and the noise: all that a step needs but the data. */
export interface Game {
  /**
   * One step: a discriminator update per real batch, then a generator update.
   *
   * @returns `[4]`: discriminator loss, mean D(x), mean D(G(z)), generator loss. The caller disposes it.
   */
  play(batches: readonly Tensor[]): Tensor1D;
  /** Frees the optimizers that were made here. */
  dispose(): void;
}

export function createGame(where: string, options: GanOptions, rng: Rng): Game {
  const { loss = nonSaturatingLoss() } = options;
  const made: Optimizer[] = [];
  const ownAdam = () => {
    const optimizer = adam({ learningRate: 2e-4, beta1: 0.5 });
    made.push(optimizer);
    return optimizer;
  };
  const generator = createPlayer(options.generator, options.generatorOptimizer ?? ownAdam());
  const discriminator = createPlayer(options.discriminator, options.discriminatorOptimizer ?? ownAdam());
  reseedLayers(options.generator, rng.stream('dropout').stream('generator'));
  reseedLayers(options.discriminator, rng.stream('dropout').stream('discriminator'));
  const stream = rng.stream('noise');
  const latentShape = fullShape(where, 'generator', 'input', options.generator.inputs[0]!.shape);
  const noiseFor = (real: Tensor) => latentNoise(stream, [real.shape[0]!, ...latentShape]);
  return {
    play: (batches) =>
      tidy(() => {
        const judged = batches.map((real) => discriminatorStep(discriminator, generator, loss, real, noiseFor(real)));
        const last = batches.at(-1)!;
        const fooled = generatorStep(generator, discriminator, loss, last, noiseFor(last));
        return concat([judged.at(-1)!, reshape(fooled, [1])]) as Tensor1D;
      }),
    dispose: () => {
      for (const each of made) each.dispose();
    },
  };
}
