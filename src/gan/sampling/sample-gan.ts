import { concat, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Conditions } from '../../data/conditions.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requirePositiveInteger, requireSeed } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { prepareBackend } from '../../kernels/prepare-backend.js';
import { samplesAtOnce } from '../../nn/models/model-cost.js';
import { requireNetwork } from '../../nn/models/require-live.js';
import { latentNoise } from '../../random/latent-noise.js';
import { createRng } from '../../random/rng.js';
import type { ConditionalModel } from '../builders/conditional-model.js';
import { fullShape } from '../training/options/condition-shape.js';
import { conditionRows, readConditions } from './generator-conditions.js';

/** Options of {@link sampleGan}. */
export interface SampleGanOptions {
  /** Fixes the noise; any safe integer. Default 0. */
  readonly seed?: number;
  /** For a generator with a condition: class numbers `[count]` or vectors `[count, C]`, one row for each sample. */
  readonly conditions?: Conditions;
  /** Stops between two parts; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const mostAtOnce = 256;

/**
 * Draws samples from a generator: noise in, samples out, with dropout off and batch normalization in its trained
 * state. The first samples are the same whatever `count` is, and the same seed shows the same latent points again, so
 * pictures taken during training show one point's way.
 *
 * @param generator - From noise `[B, Z]`, or any shape of noise, to samples `[B, …]`; or from noise and conditions.
 * @param count - Samples to draw, >= 1, worked off in parts of at most 256.
 * @returns `[count, …]`, float32. The caller disposes it.
 * @throws RangeError when `count` is not a positive integer, the generator's sizes are open or it was disposed, or
 *   conditions do not fit; the reason of `signal`.
 * @example
 * const images = await sampleGan(generator, 16, { seed: 1 });
 * images.shape; // [16, 4, 4, 1]
 */
export async function sampleGan(
  generator: ConditionalModel,
  count: number,
  options: SampleGanOptions & { readonly conditions: Conditions },
): Promise<Tensor>;
export async function sampleGan<G extends LayersModel>(
  generator: G extends ConditionalModel ? never : G,
  count: number,
  options?: SampleGanOptions,
): Promise<Tensor>;
export async function sampleGan(
  generator: LayersModel,
  count: number,
  options: SampleGanOptions = {},
): Promise<Tensor> {
  requireOptions(where, options, optionNames);
  const pause = pauseFor(where, options.signal);
  requireSeed(where, options.seed);
  requirePositiveInteger(where, 'count', count);
  requireNetwork(where, 'generator', generator, [1, 2]);
  const rng = createRng(options.seed ?? 0).stream('noise');
  const latentShape = fullShape(where, 'generator', 'input', generator.inputs[0]!.shape);
  const conditions = await readConditions(where, generator, count, options.conditions);
  await prepareBackend();
  const chunk = samplesAtOnce(generator, mostAtOnce);
  const parts: Tensor[] = [];
  try {
    for (let made = 0; made < count; made += chunk) {
      const size = Math.min(chunk, count - made);
      parts.push(
        tidy(() => {
          const noise = latentNoise(rng, [size, ...latentShape]);
          return generator.apply(conditions ? [noise, conditionRows(conditions, made, size)] : noise) as Tensor;
        }),
      );
      await pause();
    }
    return concat(parts);
  } finally {
    for (const part of parts) part.dispose();
  }
}

const where = 'sampleGan';
const optionNames: OptionNames<SampleGanOptions> = { seed: true, conditions: true, signal: true };
