import { concat, type Optimizer, reshape, type Tensor, type Tensor1D, tidy, train } from '@tensorflow/tfjs-core';
import { reseedLayers } from '../nn/reseed-layers.js';
import { latentNoise } from '../random/latent-noise.js';
import type { Rng } from '../random/rng.js';
import { fullShape } from './check-gan-options.js';
import type { GanOptions } from './gan-options.js';
import { createPlayer, discriminatorStep, generatorStep } from './gan-step.js';
import { nonSaturatingLoss } from './non-saturating-loss.js';

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
  const optimizer = () => {
    const adam = train.adam(2e-4, 0.5, 0.999, 1e-7);
    made.push(adam);
    return adam;
  };
  const generator = createPlayer(options.generator, options.generatorOptimizer ?? optimizer());
  const discriminator = createPlayer(options.discriminator, options.discriminatorOptimizer ?? optimizer());
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
