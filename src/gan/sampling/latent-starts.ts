import {
  add,
  concat,
  mean,
  mul,
  reshape,
  square,
  squaredDifference,
  type Tensor,
  type Tensor1D,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { latentNoise } from '../../random/latent-noise.js';
import { createRng } from '../../random/rng.js';
import { fullShape } from '../training/options/condition-shape.js';
import type { ProjectionTask } from './projection-task.js';

/** Latent vectors that look for samples, several for each: row `r * K + k` is start r for sample k. */
export interface LatentStarts {
  readonly latents: Variable;
  /** What each row is to make less of. The caller disposes it. */
  judge(): Tensor1D;
}

/** Draws the starts; their tensors are put among what is `held`. */
export function createStarts(
  where: string,
  generator: LayersModel,
  { samples, conditions }: ProjectionTask,
  { restarts = 4, priorWeight = 0, seed = 0 }: { restarts?: number; priorWeight?: number; seed?: number },
  held: { dispose(): void }[],
): LatentStarts {
  const latentShape = fullShape(where, 'generator', 'input', generator.inputs[0]!.shape);
  const rng = createRng(seed).stream('noise');
  const latents = tidy(() => variable(latentNoise(rng, [restarts * samples.shape[0]!, ...latentShape])));
  held.push(latents);
  const targets = repeat(samples, restarts);
  held.push(targets);
  const beside = conditions && repeat(conditions, restarts);
  if (beside) held.push(beside);
  return {
    latents,
    judge: () =>
      tidy(() => {
        const misses = squaredMisses(decode(generator, latents, beside), targets);
        return priorWeight === 0 ? misses : add(misses, mul(priorWeight, rowMeans(square(latents))));
      }),
  };
}

/** For each of `count` samples the row of its best start; one that is not a number is not the best. */
export function bestRows(judged: ArrayLike<number>, count: number): number[] {
  return Array.from({ length: count }, (_, sample) => {
    let best = sample;
    for (let row = sample + count; row < judged.length; row += count) {
      if (judged[row]! < judged[best]! || Number.isNaN(judged[best]!)) best = row;
    }
    return best;
  });
}

/** What a generator makes of latent vectors, outside training. */
export function decode(generator: LayersModel, latents: Tensor, conditions?: Tensor): Tensor {
  return generator.apply(conditions ? [latents, conditions] : latents) as Tensor;
}

/** `[B]`: the mean squared difference of each row. */
export function squaredMisses(made: Tensor, samples: Tensor): Tensor1D {
  return tidy(() => rowMeans(squaredDifference(made, samples)));
}

function rowMeans(x: Tensor): Tensor1D {
  return mean(reshape(x, [x.shape[0]!, -1]), 1);
}

function repeat(x: Tensor, times: number): Tensor {
  return concat(Array.from({ length: times }, () => x));
}
