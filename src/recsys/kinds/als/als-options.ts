import { requireInteractions } from '../../../data/interactions/require-interactions.js';
import type { Interactions } from '../../../data/interactions.js';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import {
  refuse,
  requireFilled,
  requireFunction,
  requireNonNegative,
  requirePositive,
  requirePositiveInteger,
  requireSeed,
} from '../../../internal/require.js';
import { requireSignal } from '../../../internal/signal.js';
import type { Recommender } from '../../recommender.js';

/** What {@link trainImplicitAls} resolves to. */
export interface ImplicitAlsResult {
  /** Its `factors()` are the vectors. */
  readonly recommender: Recommender;
  /** All reports, in order. */
  readonly history: readonly {
    /** Epochs done, from 1. */
    readonly epoch: number;
    /** Epochs of the whole run. */
    readonly epochs: number;
    /**
     * How far the vectors moved in this epoch: the length of their change over the length of what they are now, all numbers
     * of users and items in a row. It falls towards 0 as the run converges.
     */
    readonly change: number;
  }[];
}

/** Options of {@link trainImplicitAls}. */
export interface ImplicitAlsOptions {
  /**
   * Who did what. Users and items without a row get the vector zero: nothing is known of them, and {@link recommend} goes by
   * popularity.
   */
  readonly interactions: Interactions;
  /** Length of the vectors, D. Default 64. */
  readonly factors?: number;
  /** How often both sides are solved for. Default 12. */
  readonly epochs?: number;
  /** Weight of the squared lengths, > 0. Default 0.007. */
  readonly regularization?: number;
  /** How the regularization of a vector grows with its observations: 0 not at all, 1 in proportion. Default 1. */
  readonly regularizationExponent?: number;
  /** Weight of the squared score of every pair, >= 0: the pull of what was not bought towards 0. Default 0.3. */
  readonly unobservedWeight?: number;
  /** What a row of weight w counts, > 0: such as `(weight) => 1 + 0.5 * Math.log(weight)`. Default `() => 1`. */
  readonly confidence?: (weight: number) => number;
  /** The items' vectors start normal with standard deviation `initialScale / sqrt(D)`. Default 0.1. */
  readonly initialScale?: number;
  /** Chooses the start. Default 0. */
  readonly seed?: number;
  /** Stops the run between two vectors; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * Called after every epoch with its report and the recommender as it is then, for measuring on held-out data, and waited
   * for. The next epoch changes that recommender in place. What it throws ends the run.
   */
  readonly onProgress?: (
    report: ImplicitAlsResult['history'][number],
    recommender: Recommender,
  ) => void | Promise<void>;
}

type Optional = 'signal' | 'onProgress';
type CheckedAlsOptions = Required<Omit<ImplicitAlsOptions, Optional>> & Pick<ImplicitAlsOptions, Optional>;

const where = 'trainImplicitAls';

const names: OptionNames<ImplicitAlsOptions> = {
  interactions: true,
  factors: true,
  epochs: true,
  regularization: true,
  regularizationExponent: true,
  unobservedWeight: true,
  confidence: true,
  initialScale: true,
  seed: true,
  signal: true,
  onProgress: true,
};

export function checkAlsOptions(options: ImplicitAlsOptions): CheckedAlsOptions {
  requireOptions(where, options, names);
  const {
    interactions,
    factors = 64,
    epochs = 12,
    regularization = 0.007,
    regularizationExponent = 1,
    unobservedWeight = 0.3,
    confidence = () => 1,
    initialScale = 0.1,
    seed = 0,
    signal,
    onProgress,
  } = options;
  requireSeed(where, seed);
  requireSignal(where, signal);
  requireFunction(where, 'confidence', confidence);
  requireFunction(where, 'onProgress', onProgress);
  requireInteractions(where, 'interactions', interactions);
  requireFilled(where, 'interactions', interactions);
  requirePositiveInteger(where, 'factors', factors);
  requirePositiveInteger(where, 'epochs', epochs);
  requirePositive(where, 'regularization', regularization);
  requirePositive(where, 'initialScale', initialScale);
  requireNonNegative(where, 'regularizationExponent', regularizationExponent);
  requireNonNegative(where, 'unobservedWeight', unobservedWeight);
  requireConfidences(interactions, confidence);
  const numbers = { factors, epochs, regularization, regularizationExponent, unobservedWeight, initialScale, seed };
  return { ...numbers, interactions, signal, onProgress, confidence };
}

function requireConfidences(train: Interactions, confidence: (weight: number) => number): void {
  for (const weight of train.weights) {
    const value = confidence(weight);
    if (!(Number.isFinite(value) && value > 0)) {
      refuse(where, 'confidence', `give a finite number above 0 for the weight ${weight}`, value);
    }
  }
}
