import type { Tensor } from '@tensorflow/tfjs-core';
import type { ArrayData } from '../../../data/array-data.js';
import { refuse } from '../../../internal/require.js';
import type { FeatureExtractor } from '../features/feature-extractor.js';
import { readRows } from '../features/read-rows.js';
import { compare, compareWithTraining } from './compare.js';
import { countClasses } from './count-classes.js';
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
 * @returns The scores; {@link formatQuality} makes a table of them.
 * @throws RangeError when shapes differ, there are fewer than 20 samples of a kind, or numbers are not finite.
 * @see Borji, "Pros and Cons of GAN Evaluation Measures: New Developments" (2022)
 * @example
 * const generated = await sampleGan(generator, 64, { seed: 1 });
 * const report = await evaluateSamples({ real: images, generated, seed: 7 });
 * report.samples; // { real: 128, generated: 64, heldOut: 0 }
 */
export async function evaluateSamples(options: EvaluateSamplesOptions): Promise<QualityReport> {
  const { features, seed = 0 } = options;
  const real = await featuresOf('real', options.real, features);
  const generated = await featuresOf('generated', options.generated, features);
  const held = options.heldOut && (await firstSamples(options.heldOut, generated.shape[0]!));
  const heldOut = held && (await featuresOf('heldOut', held, features));
  const chances = await features?.classify?.(options.generated);
  const found = await compare(real, generated, chances, seed);
  const floors = heldOut && (await compare(real, heldOut, await features?.classify?.(held!), seed));
  const scores: Partial<Record<QualityName, QualityScore>> = {};
  for (const name of Object.keys(found) as QualityName[]) scores[name] = { ...found[name]!, floor: floors?.[name] };
  return {
    featureName: options.featureName ?? (features ? "our classifier's features" : 'the numbers themselves'),
    featureSize: real.shape[1]!,
    samples: { real: real.shape[0]!, generated: generated.shape[0]!, heldOut: heldOut?.shape[0] ?? 0 },
    scores: { ...scores, ...(await compareWithTraining(real, generated, heldOut, seed)) },
    ...(chances ? { classes: countClasses(chances) } : {}),
  };
}

async function featuresOf(
  name: string,
  samples: Tensor | ArrayData,
  features: EvaluateSamplesOptions['features'],
): Promise<ArrayData> {
  const given = features ? await features.features(samples) : samples;
  const { values, count, size } = await readRows('evaluateSamples', name, given);
  if (count < fewest) refuse('evaluateSamples', name, `hold ${fewest} samples at least`, count);
  return { values, shape: [count, size] };
}

async function firstSamples(samples: Tensor | ArrayData, most: number): Promise<ArrayData> {
  const { values, count, size } = await readRows('evaluateSamples', 'heldOut', samples);
  const kept = Math.min(count, most);
  return { values: values.subarray(0, kept * size), shape: [kept, ...samples.shape.slice(1)] };
}
