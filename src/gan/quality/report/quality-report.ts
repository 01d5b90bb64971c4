import type { Score } from '../metrics/measure-options.js';

/**
 * What {@link evaluateSamples} measures, each as the function of that name says; lower is better for distances to the real
 * samples, higher for shares of them, and for the rest the floor is what to reach.
 *
 *     frechetDistance, kernelDistance, slicedWasserstein  distances of the two sets
 *     precision, recall, density, coverage                by nearest neighbours
 *     diversity                                           meanPairwiseDistance
 *     duplicates                                          birthdayTest: share of batches with a pair that counts as one
 *     nearestReal, copied                                 nearestNeighbours among the real samples
 *     inceptionScore                                      where the features come from a classifier
 */
export type QualityName =
  | 'frechetDistance'
  | 'kernelDistance'
  | 'slicedWasserstein'
  | 'precision'
  | 'recall'
  | 'density'
  | 'coverage'
  | 'diversity'
  | 'duplicates'
  | 'nearestReal'
  | 'copied'
  | 'inceptionScore';

/** A score, and what other real samples get in the place of the generated ones. */
export interface QualityScore extends Score {
  /** Real against real: the best that can be asked for. Missing without `heldOut`. */
  readonly floor?: Score;
  /**
   * Of the Fréchet distance: in how many dimensions it was measured, which may be fewer than there are features. Missing, by
   * default, in all others.
   */
  readonly dimensions?: number;
}

/** What {@link evaluateSamples} found. */
export interface QualityReport {
  /** In which features, for the table. */
  readonly featureName: string;
  /** Number of features. */
  readonly featureSize: number;
  /** How many samples were compared. */
  readonly samples: {
    /** Real ones. */
    readonly real: number;
    /** Generated ones. */
    readonly generated: number;
    /** Real ones for the floor; 0 where there is none. */
    readonly heldOut: number;
  };
  /** All scores that could be made. */
  readonly scores: Readonly<Partial<Record<QualityName, QualityScore>>>;
  /** How many generated samples the classifier takes for each class, if there is a classifier. */
  readonly classes?: readonly number[];
  /** All of it as text to print: what {@link formatQuality} makes of it. */
  readonly table: string;
}
