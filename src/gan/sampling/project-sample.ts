import { gather, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ArrayData } from '../../data/array-data.js';
import type { Conditions } from '../../data/conditions.js';
import { NonFiniteLossError } from '../../internal/non-finite-loss-error.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { readAndDispose } from '../../internal/read-tensor.js';
import {
  requireFunction,
  requireNonNegative,
  requirePositive,
  requirePositiveInteger,
  requireSeed,
} from '../../internal/require.js';
import { prepareBackend } from '../../kernels/prepare-backend.js';
import { requireNetwork } from '../../nn/models/require-live.js';
import { type LoopOptions, type Progress, requireLoopOptions, runSteps } from '../../training/run-steps.js';
import { createSearch } from './latent-search.js';
import { bestRows, createStarts, decode, type LatentStarts, squaredMisses } from './latent-starts.js';
import { type ProjectionTask, readTask } from './projection-task.js';

/** Options of {@link projectSample}. */
export interface ProjectSampleOptions extends LoopOptions {
  /** Steps of the descent. Default 300. */
  readonly steps?: number;
  /** Adam's step size at the first step, above 0; it falls to 0 along a cosine. Default 0.1. */
  readonly learningRate?: number;
  /** Starts for each sample, all descended from at once; the best is kept. Default 4. */
  readonly restarts?: number;
  /**
   * Weight of the mean square of the latent vector, >= 0: above 0 it keeps to latents that training noise is likely to have
   * been, and further from the sample. Default 0.
   */
  readonly priorWeight?: number;
  /** For a generator with a condition: class numbers `[K]` or vectors `[K, C]`, one row for each sample. */
  readonly conditions?: Conditions;
  /** Fixes the starts; any safe integer. Default 0. */
  readonly seed?: number;
  /**
   * Called with every report, and waited for. What it throws ends the search. `loss` is what was minimised, before the step: of
   * the best start of each sample, and the mean over the samples.
   */
  readonly onProgress?: (report: Progress & { readonly loss: number }) => void | Promise<void>;
}

/** What {@link projectSample} found. */
export interface Projection {
  /** `[K, Z]`: the latent vector of each sample. The caller disposes it. */
  readonly latents: Tensor;
  /** `[K, …]`: what the generator makes of them. The caller disposes it. */
  readonly reconstructions: Tensor;
  /** How far each reconstruction is from its sample: the root of the mean squared difference, in the units of the data. */
  readonly distances: Float32Array;
  /** The losses that were reported, in order. */
  readonly losses: readonly number[];
}

/**
 * Finds the latent vectors from which a generator comes nearest to given samples: the way from a picture back to the noise.
 *
 *     minimise over z:  mean of (G(z) - x)^2  +  priorWeight * mean of z^2
 *
 * by Adam, from several random starts. With the latents found, a real product can be varied or mixed with another
 * (see {@link interpolateLatents}). A distance near 0 says that the generator can make the sample; a large one that it
 * cannot, or that the search ended in a local minimum: more `restarts` tell which. The generator's weights stay as they
 * are, with dropout off and batch normalization in its trained state.
 *
 * @param generator - From noise `[B, Z]`, or any shape of noise, to samples `[B, …]`; or from noise and conditions.
 * @param samples - `[K, …]`, a Tensor or `{ values, shape }`, in the range of the generator's last activation. Borrowed.
 * @returns Latents, reconstructions, distances and losses. The caller disposes the tensors.
 * @throws RangeError for options, shapes or values that do not fit, before any work; {@link NonFiniteLossError} when the
 *   loss stops being a number; the reason of `signal`.
 * @see Zhu et al., "Generative Visual Manipulation on the Natural Image Manifold" (2016)
 * @example
 * const made = await sampleGan(generator, 2, { seed: 3 });
 * const found = await projectSample(generator, made, { steps: 20 });
 * found.latents.shape; // [2, 8]
 * found.reconstructions.shape; // [2, 4, 4, 1]
 */
export async function projectSample(
  generator: LayersModel,
  samples: Tensor | ArrayData,
  options: ProjectSampleOptions = {},
): Promise<Projection> {
  checkOptions(options);
  options.signal?.throwIfAborted();
  requireNetwork(where, 'generator', generator, [1, 2]);
  const held: { dispose(): void }[] = [];
  const losses: number[] = [];
  try {
    const task = await readTask(where, generator, samples, options, held);
    await prepareBackend();
    const starts = createStarts(where, generator, task, options, held);
    const search = createSearch(where, starts, task.samples.shape[0]!, options);
    held.push(search);
    for await (const report of runSteps(search, options)) {
      losses.push(report.loss);
      await options.onProgress?.(report);
    }
    return { ...(await pickBest(generator, task, starts, options.steps ?? 300)), losses };
  } finally {
    for (const each of held) each.dispose();
  }
}

async function pickBest(
  generator: LayersModel,
  { samples, conditions }: ProjectionTask,
  starts: LatentStarts,
  steps: number,
) {
  const rows = bestRows(await readAndDispose(starts.judge()), samples.shape[0]!);
  const latents = tidy(() => gather(starts.latents, rows));
  const made: Tensor[] = [latents];
  try {
    const reconstructions = tidy(() => decode(generator, latents, conditions));
    made.push(reconstructions);
    const distances = Float32Array.from(await readAndDispose(squaredMisses(reconstructions, samples)), Math.sqrt);
    const wrong = distances.findIndex((distance) => !Number.isFinite(distance));
    if (wrong >= 0) throw new NonFiniteLossError(where, 'generator', steps, distances[wrong]!);
    return { latents, reconstructions, distances };
  } catch (error) {
    for (const each of made) each.dispose();
    throw error;
  }
}

const where = 'projectSample';
const optionNames: OptionNames<ProjectSampleOptions> = {
  steps: true,
  learningRate: true,
  restarts: true,
  priorWeight: true,
  conditions: true,
  seed: true,
  onProgress: true,
  reportEvery: true,
  signal: true,
};

function checkOptions(options: ProjectSampleOptions): void {
  requireOptions(where, options, optionNames);
  const { steps = 1, restarts = 1, learningRate = 1, priorWeight = 0 } = options;
  requirePositiveInteger(where, 'steps', steps);
  requirePositiveInteger(where, 'restarts', restarts);
  requirePositive(where, 'learningRate', learningRate);
  requireNonNegative(where, 'priorWeight', priorWeight);
  requireSeed(where, options.seed);
  requireFunction(where, 'onProgress', options.onProgress);
  requireLoopOptions(where, options);
}
