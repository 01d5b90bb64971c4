import type { Tensor } from '@tensorflow/tfjs-core';
import type { ArrayData } from '../../../data/array-data.js';
import { type OptionNames, requireGivenOptions } from '../../../internal/options.js';
import { refuse, requireSeed, requireText } from '../../../internal/require.js';
import { pauseFor } from '../../../internal/signal.js';
import type { FeatureExtractor } from '../features/feature-extractor.js';
import { type Pause, readRows, requireFeatures } from '../features/read-rows.js';
import { compare, compareWithTraining } from './compare.js';
import { countClasses } from './count-classes.js';
import { formatQuality } from './format-quality.js';
import type { QualityName, QualityReport, QualityScore } from './quality-report.js';

/** Options of {@link evaluateSamples}. */
export interface EvaluateSamplesOptions {
  /** `[N, …]`: real samples, such as the generator was trained on. */
  readonly real: Tensor | ArrayData;
  /** `[M, …]`: generated samples. Scores depend on the numbers of samples: 10,000 of both are usual. */
  readonly generated: Tensor | ArrayData;
  /**
   * `[H, …]`: real samples that the generator was not trained on, for the floor. Of more than there are generated ones, the
   * first M are taken; fewer give a floor that is not quite comparable.
   */
  readonly heldOut?: Tensor | ArrayData;
  /** Makes features, as {@link trainFeatureExtractor} does. Default: the numbers of the samples themselves. */
  readonly features?: Pick<FeatureExtractor, 'features'> & Partial<Pick<FeatureExtractor, 'classify'>>;
  /** Names the features in the table. Default `'our classifier's features'`, or `'the numbers themselves'` without any. */
  readonly featureName?: string;
  /** Fixes groups, subsets, directions and batches; any safe integer. Default 0. */
  readonly seed?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const fewest = 20;

/**
 * Measures how good generated samples are: every score of this library, with intervals, and beside each what real samples
 * that were not trained on get in their place.
 *
 * No score tells everything: look at precision (do they look real?), coverage (is all there?), copied (is it new?) and the
 * distances together, and always at the floor. Memory is that of the features and a block of products; time grows with
 * the square of the number of samples.
 *
 * @param options - See {@link EvaluateSamplesOptions}.
 * @returns The scores; its `table` is there to print.
 * @throws RangeError when shapes differ, there are fewer than 20 samples of a kind, or numbers are not finite.
 * @see Borji, "Pros and Cons of GAN Evaluation Measures: New Developments" (2022)
 * @example
 * const generated = await sampleGan(generator, 64, { seed: 1 });
 * const report = await evaluateSamples({ real: images, generated, seed: 7 });
 * report.samples; // { real: 128, generated: 64, heldOut: 0 }
 */
export async function evaluateSamples(options: EvaluateSamplesOptions): Promise<QualityReport> {
  requireGivenOptions(where, options, optionNames);
  const { features, seed = 0, signal, featureName } = options;
  const pause = pauseFor(where, signal);
  requireSeed(where, seed);
  if (featureName !== undefined) requireText(where, 'featureName', featureName);
  checkExtractor(features);
  const real = await featuresOf('real', options, pause);
  const generated = await featuresOf('generated', options, pause);
  const held = options.heldOut && (await firstSamples(options.heldOut, generated.shape[0]!, pause));
  const heldOut = held && (await featuresOf('heldOut', { heldOut: held, features, signal }, pause));
  const chances = await chancesOf(options.generated, features, signal);
  const run = { seed, signal, pause };
  const found = await compare(real, generated, chances, run);
  const floors = heldOut && (await compare(real, heldOut, await chancesOf(held, features, signal), run));
  const scores: Partial<Record<QualityName, QualityScore>> = {};
  for (const name of Object.keys(found) as QualityName[]) scores[name] = { ...found[name]!, floor: floors?.[name] };
  const report: Omit<QualityReport, 'table'> = {
    featureName: featureName ?? (features ? "our classifier's features" : 'the numbers themselves'),
    featureSize: real.shape[1]!,
    samples: { real: real.shape[0]!, generated: generated.shape[0]!, heldOut: heldOut?.shape[0] ?? 0 },
    scores: { ...scores, ...(await compareWithTraining(real, generated, heldOut, run)) },
    ...(chances ? { classes: countClasses(chances) } : {}),
  };
  return { ...report, table: formatQuality(report) };
}

const where = 'evaluateSamples';
const optionNames: OptionNames<EvaluateSamplesOptions> = {
  real: true,
  generated: true,
  heldOut: true,
  features: true,
  featureName: true,
  seed: true,
  signal: true,
};

function checkExtractor(features: unknown): void {
  if (features === undefined) return;
  const { features: make, classify } = (features ?? {}) as Partial<FeatureExtractor>;
  if (typeof make !== 'function' || (classify !== undefined && typeof classify !== 'function')) {
    refuse(where, 'features', 'be an extractor with a function `features`, and perhaps `classify`', features);
  }
}

async function featuresOf<N extends 'real' | 'generated' | 'heldOut'>(
  name: N,
  options: Pick<EvaluateSamplesOptions, N | 'features' | 'signal'>,
  pause: Pause,
): Promise<ArrayData> {
  const { features, signal } = options;
  const samples = options[name] as Tensor | ArrayData;
  requireFeatures(where, name, samples);
  const given = features ? await features.features(samples, { signal }) : samples;
  if (features) requireRows('features', 'make', given as ArrayData, samples);
  const { values, count, size } = await readRows(where, name, given, pause);
  if (count < fewest) refuse(where, name, `hold ${fewest} samples at least`, count);
  return { values, shape: [count, size] };
}

async function chancesOf(
  samples: Tensor | ArrayData,
  features: EvaluateSamplesOptions['features'],
  signal: AbortSignal | undefined,
): Promise<ArrayData | undefined> {
  const found = await features?.classify?.(samples, { signal });
  if (found) requireRows('features', 'classify', found, samples);
  return found;
}

function requireRows(name: string, made: string, { shape }: ArrayData, samples: Tensor | ArrayData): void {
  if (shape?.length !== 2 || shape[0] !== samples.shape[0]) {
    refuse(where, name, `${made} one row for each of the ${samples.shape[0]} samples`, shape);
  }
}

async function firstSamples(samples: Tensor | ArrayData, most: number, pause: Pause): Promise<ArrayData> {
  const { values, count, size } = await readRows(where, 'heldOut', samples, pause);
  const kept = Math.min(count, most);
  return { values: values.subarray(0, kept * size), shape: [kept, ...samples.shape.slice(1)] };
}
