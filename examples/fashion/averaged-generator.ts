import { add, mul, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** A second generator whose weights follow those of the one in training, without their jitter. */
export interface AveragedGenerator {
  readonly model: LayersModel;
  /** Takes in the weights of the generator in training after one more step. */
  follow(generator: LayersModel): void;
}

/**
 * Keeps a moving average of a generator's weights in `model`, which is built alike:
 *
 *     average = decay * average + (1 - decay) * weights
 *
 * The first steps count for more, so that the average forgets the initial weights. What it draws is far less grainy than
 * what the generator in training draws at any one step, and costs that one nothing.
 *
 * See Yazıcı et al., "The Unusual Effectiveness of Averaging in GAN Training" (2018), https://arxiv.org/abs/1806.04498
 */
export function averageGenerator(model: LayersModel, decay: number): AveragedGenerator {
  let steps = 0;
  return {
    model,
    follow(generator) {
      const kept = Math.min(decay, steps / (steps + 10));
      steps += 1;
      tidy(() => {
        const weights = generator.getWeights();
        model.setWeights(model.getWeights().map((average, i) => add(mul(kept, average), mul(1 - kept, weights[i]!))));
      });
    },
  };
}
