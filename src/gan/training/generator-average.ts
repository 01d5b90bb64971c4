import { add, mul, sub, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { requireOptions } from '../../internal/options.js';
import { refuse, requireBetween } from '../../internal/require.js';
import { cloneModel } from '../../nn/models/clone-model.js';
import { allVariables } from '../../nn/models/model-variables.js';
import { requireLiveModel } from '../../nn/models/require-live.js';

/** A second generator whose weights follow those of the one in training. Made by {@link generatorAverage}. */
export interface GeneratorAverage {
  /** The generator that it follows. */
  readonly source: LayersModel;
  /** The average: a model of its own, to draw with, to save, to dispose. */
  readonly model: LayersModel;
  /** Share of the average that each update keeps in the end. */
  readonly decay: number;
  /** Updates so far; with the model's weights the whole state. Set it with them to resume exactly. */
  updates: number;
  /** Takes in the weights of the generator after one more step; trainers call it. */
  update(): void;
}

/**
 * Keeps a moving average of a generator's weights, batch statistics included:
 *
 *     average = d * average + (1 - d) * weights,   d = min(decay, n / (n + 10)) at update n = 0, 1, …
 *
 * The first steps count for more, so that the average forgets the initial weights. A generator in training circles its
 * aim; the average stands in the middle, and draws cleaner and more varied samples at no cost for the game. Hand it to
 * `trainGan` as `average`, draw with `average.model`.
 *
 * @param generator - The generator that will be trained; it is not changed.
 * @returns The average, a copy of the generator at first. The caller disposes its model.
 * @throws RangeError when `decay` is not in [0, 1).
 * @see Yazıcı et al., "The Unusual Effectiveness of Averaging in GAN Training" (2018)
 * @example
 * const average = generatorAverage(generator, { decay: 0.99 });
 * await trainGan({ generator, discriminator, data: images, steps: 3, average });
 * average.updates; // 3
 */
export function generatorAverage(
  generator: LayersModel,
  options: {
    /** Share of the average that each step keeps, in [0, 1). Default 0.999, a memory of some 1,000 steps. */
    readonly decay?: number;
  } = {},
): GeneratorAverage {
  requireOptions('generatorAverage', options, { decay: true });
  const { decay = 0.999 } = options;
  if (typeof generator?.apply !== 'function') refuse('generatorAverage', 'generator', 'be a LayersModel', generator);
  requireLiveModel('generatorAverage', 'generator', generator);
  requireBetween('generatorAverage', 'decay', decay, 0, 1);
  const model = cloneModel(generator);
  const followed = allVariables(generator);
  const averages = allVariables(model);
  return {
    source: generator,
    model,
    decay,
    updates: 0,
    update() {
      const kept = Math.min(decay, this.updates / (this.updates + 10));
      this.updates += 1;
      averages.forEach((average, index) => {
        tidy(() => average.assign(add(average, mul(sub(followed[index]!, average), 1 - kept))));
      });
    },
  };
}
