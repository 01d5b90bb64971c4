import { type OptionNames, requireOptions } from '../../internal/options.js';
import {
  requireFunction,
  requireGivenFunction,
  requireOneOf,
  requirePositive,
  requirePositiveInteger,
  requireSeed,
  requireSizes,
  requireWholeNumber,
} from '../../internal/require.js';
import type { ForecastHead } from './forecast-heads.js';
import { leastRows } from './global-rows.js';
import type { KnownAhead } from './sales-features.js';

/** Options of `networkForecast`. */
export interface NetworkForecastOptions extends KnownAhead {
  /**
   * What is learned: `'negativeBinomial'`, mean and excess variance by likelihood, or `'quantiles'`, the mean and seven quantiles by pinball
   * loss. Default `'negativeBinomial'`.
   */
  readonly head?: ForecastHead;
  /** Periods of a season, of which sales a season before are looked at: 7 of days, 52 of weeks. Default: none. */
  readonly season?: number;
  /** Sizes of the hidden layers. Default `[64, 32]`. */
  readonly hidden?: readonly number[];
  /** Length of the embeddings of product, step and groups. Default 1: a year of weeks teaches no more. */
  readonly embeddingSize?: number;
  /** Most passes over the rows; how many are taken, the last periods of the sales tell; one where nothing had sold lately before them. Default 10. */
  readonly epochs?: number;
  /** Step size, > 0. Default 0.0003. */
  readonly learningRate?: number;
  /** Networks from as many seeds, of which the mean is taken. Default 3. */
  readonly networks?: number;
  /** Origins, one horizon apart, from which the number of passes is chosen. Default 1. */
  readonly origins?: number;
  /** Most rows that networks learn from, drawn where there are more. Default 100,000. */
  readonly rows?: number;
  /** Chooses weights, rows and their order; any safe integer. Default 0. */
  readonly seed?: number;
  /** Called after each pass of a network over the rows, and waited for. What it throws ends the work. */
  readonly onProgress?: (progress: NetworkForecastProgress) => void | Promise<void>;
}

/** How far a `networkForecast` has come. */
export interface NetworkForecastProgress {
  /** `'choosing'` how many passes are best, then `'learning'` from all periods. */
  readonly phase: 'choosing' | 'learning';
  /** The network, from 1; each origin has networks of its own. */
  readonly network: number;
  /** Passes of this network over the rows, from 1. */
  readonly epoch: number;
  /** Mean loss of the pass. */
  readonly loss: number;
  /** Loss on the periods that were held out; NaN where nothing had sold lately before them. Default: missing, where nothing is held out. */
  readonly heldOut?: number;
}

/** The same with all that has a default. */
export type FullNetworkOptions = Required<Omit<NetworkForecastOptions, 'season' | 'onProgress' | keyof KnownAhead>> &
  Pick<NetworkForecastOptions, 'season' | 'onProgress' | keyof KnownAhead>;

function names(): OptionNames<NetworkForecastOptions> {
  return {
    ...{ head: true, season: true, hidden: true, embeddingSize: true, epochs: true, learningRate: true },
    ...{ networks: true, origins: true, rows: true, seed: true, onProgress: true, numbers: true, groups: true },
  };
}

/** Checks options of a network's forecast, and fills in the defaults. */
export function networkOptions(options: NetworkForecastOptions): FullNetworkOptions {
  const where = 'networkForecast';
  requireOptions(where, options, names());
  const full: FullNetworkOptions = { ...defaults(), ...given(options) };
  requireOneOf(where, 'head', ['negativeBinomial', 'quantiles'], full.head);
  if (full.season !== undefined) requireWholeNumber(where, 'season', full.season, 2, 366);
  requireSizes(where, 'hidden', full.hidden);
  for (const name of ['embeddingSize', 'epochs', 'networks', 'origins'] as const) {
    requirePositiveInteger(where, name, full[name]);
  }
  requirePositive(where, 'learningRate', full.learningRate);
  requireWholeNumber(where, 'rows', full.rows, leastRows);
  requireSeed(where, full.seed);
  requireFunction(where, 'onProgress', full.onProgress);
  for (const [name, of] of Object.entries({ ...full.numbers, ...full.groups })) requireGivenFunction(where, name, of);
  return full;
}

function defaults(): Required<Omit<FullNetworkOptions, 'season' | 'onProgress' | keyof KnownAhead>> {
  return {
    ...{ head: 'negativeBinomial', hidden: [64, 32], embeddingSize: 1, epochs: 10, learningRate: 0.0003 },
    ...{ networks: 3, origins: 1, rows: 100_000, seed: 0 },
  };
}

// What was given as undefined has its default.
function given(options: NetworkForecastOptions): NetworkForecastOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
