import type { Id, Vocabulary } from '../../data/vocabulary.js';
import { requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { refuse } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import {
  type CustomerHistory,
  endOfFuture,
  type LabelledHistory,
  requireHistory,
  takeCustomers,
} from '../history/history.js';
import type { TimeUnit } from '../history/history-options.js';
import { type ChurnCategory, categoryColumns, categoryOf, unknownCategories } from './churn-categories.js';
import { type ChurnFeature, featureColumns, plainValue, requireFeatures } from './churn-features.js';
import { shapleyValues } from './shapley.js';

/** Options of the methods of a {@link ChurnModel}. */
export interface ChurnOptions {
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Why a customer's chance is what it is. */
export interface ChurnExplanation {
  /** The customer's id. */
  readonly customer: string;
  /** How likely no purchase comes within the horizon. */
  readonly probability: number;
  /** Its log-odds, ln(p / (1 - p)). */
  readonly score: number;
  /** The mean score of the customers that this one is told apart from: up to 64 of those learned from. */
  readonly baseline: number;
  /** What each feature adds to the score, the largest first, in either direction; above 0 it speaks for leaving. They sum to score - baseline. */
  readonly contributions: readonly {
    /** Which feature, or the column of a category. */
    readonly feature: string;
    /** Its value, not as a logarithm: units of time, purchases, money. Of a category what it is. */
    readonly value: number | string;
    /** What it adds to the log-odds. */
    readonly contribution: number;
  }[];
  /** What of this customer the model has not learned, in plain words; by default, and where nothing was found, empty or missing. */
  readonly doubts?: readonly string[];
}

/** Says of customers how likely they buy nothing within a horizon. */
export interface ChurnModel {
  /** Which model it is. */
  readonly name: string;
  /** How far ahead it looks, in units. */
  readonly horizon: number;
  /** In what time is counted. */
  readonly unit: TimeUnit;
  /** What it looks at. */
  readonly features: readonly ChurnFeature[];
  /** Categories that it looks at, with what it knows of each. By default missing: it looks at none. */
  readonly categories?: readonly ChurnCategory[];
  /**
   * What of some customers the model has not learned, in plain words, such as how many are of a country that it does not know; empty
   * where nothing was found. By default missing.
   */
  doubts?(history: CustomerHistory): readonly string[];
  /** `[N]`: how likely each customer buys nothing within the horizon behind the date of the history. */
  predict(history: CustomerHistory, options?: ChurnOptions): Promise<Float64Array>;
  /**
   * What speaks for and against a customer's leaving: Shapley values of the features, exact over all their subsets; what is not in a
   * subset is that of other customers.
   *
   * @throws RangeError when the customer is not in the history.
   * @see Lundberg and Lee, "A Unified Approach to Interpreting Model Predictions" (2017)
   */
  explain(history: CustomerHistory, customer: Id, options?: ChurnOptions): Promise<ChurnExplanation>;
  /** Whose future it learned. By default missing: of a model that learned nobody's, and of your own. */
  readonly learnedFrom?: LearnedFuture;
  /** The same model with other log-odds, as {@link calibratedChurn} makes it. By default missing: of a model of your own. */
  rescored?(name: string, rescore: Rescore): Promise<ChurnModel>;
  /** Frees what it holds; by default there is nothing to free. */
  dispose?(): void;
}

/** Whose future a model learned. */
export interface LearnedFuture {
  /** The customers. */
  readonly customers: Vocabulary;
  /** When the last day begins that was known of them, in milliseconds since 1970 UTC. */
  readonly from: number;
  /** When the last day begins of the future that was learned. */
  readonly to: number;
}

/** Log-odds `[N]` in the place of others. */
export type Rescore = (scores: Float64Array, pause: () => Promise<void>) => Promise<Float64Array>;

/** Learns a model of churn from customers whose future is known. */
export type LearnChurn = (history: LabelledHistory, options: ChurnOptions) => Promise<ChurnModel>;

/** How a model scores. */
export interface ChurnScorer {
  readonly name: string;
  readonly horizon: number;
  readonly unit: TimeUnit;
  readonly features: readonly ChurnFeature[];
  readonly categories?: readonly ChurnCategory[];
  /** Log-odds `[N]` of leaving, for columns of the features and then of the categories, `[D][N]`. */
  score(columns: readonly Float64Array[], pause: () => Promise<void>): Promise<Float64Array>;
  /** Whose future it learned, if anybody's. */
  readonly learnedFrom?: LearnedFuture;
  dispose?(): void;
}

/** Customers that others are told apart from. */
const mostBackground = 64;

/** A model of what scores. */
export async function churnModelOf(
  scorer: ChurnScorer,
  learned: CustomerHistory,
  pause: () => Promise<void>,
): Promise<ChurnModel> {
  const { name, horizon, unit, features, categories = [] } = scorer;
  const gather = async (where: string, history: CustomerHistory, pauseEach: () => Promise<void>) => [
    ...(await featureColumns(history, features, pauseEach)),
    ...categoryColumns(where, history, categories),
  ];
  const background = backgroundOf(await gather(name, learned, pause));
  const columnsOf = (where: string, history: CustomerHistory, pauseEach: () => Promise<void>) => {
    requireHistory(where, history);
    if (history.unit !== unit)
      refuse(where, 'history', `count time in ${unit}s, as the one of the model`, history.unit);
    requireFeatures(where, history, features);
    return gather(where, history, pauseEach);
  };
  return {
    name,
    horizon,
    unit,
    features,
    categories,
    doubts: (history) => {
      requireHistory('doubts', history);
      return unknownCategories(history, categories);
    },
    predict: async (history, options = {}) => {
      requireOptions('predict', options, { signal: true });
      const pauseEach = pauseFor('predict', options.signal);
      return (await scorer.score(await columnsOf('predict', history, pauseEach), pauseEach)).map(chanceOf);
    },
    explain: async (history, customer, options = {}) => {
      requireOptions('explain', options, { signal: true });
      const pauseEach = pauseFor('explain', options.signal);
      const columns = await columnsOf('explain', history, pauseEach);
      const row = history.customers.has(customer) ? history.customers.indexOf(customer) : -1;
      if (row < 0) refuse('explain', 'customer', 'be one of the history', customer);
      const own = Float64Array.from(columns, (column) => column[row]!);
      const { baseline, score, values } = await shapleyValues(scorer.score, own, background, pauseEach);
      const shown = [
        ...features.map((feature, place) => ({ feature, value: plainValue(feature, own[place]!) })),
        ...categories.map((category) => ({ feature: category.name, value: categoryOf(history, category.name, row) })),
      ];
      const contributions = shown.map((each, place) => ({ ...each, contribution: values[place]! }));
      contributions.sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution));
      const doubts = unknownCategories(takeCustomers(history, Uint32Array.of(row)), categories);
      return { customer: String(customer), probability: chanceOf(score), score, baseline, contributions, doubts };
    },
    ...(scorer.learnedFrom && { learnedFrom: scorer.learnedFrom }),
    rescored: (own, rescore) => {
      const score: ChurnScorer['score'] = async (columns, pauseEach) =>
        rescore(await scorer.score(columns, pauseEach), pauseEach);
      return churnModelOf({ ...scorer, name: own, score }, learned, createPause());
    },
    ...(scorer.dispose && { dispose: scorer.dispose }),
  };
}

/** Whose future is learned from a history. */
export function futureOf(history: LabelledHistory): LearnedFuture {
  return { customers: history.customers, from: history.until, to: endOfFuture(history) };
}

// At equal distances in the history: the order of first purchases in a file, which scores do not follow.
function backgroundOf(columns: readonly Float64Array[]): readonly Float64Array[] {
  const rows = columns[0]!.length;
  const count = Math.min(mostBackground, rows);
  const places = Uint32Array.from({ length: count }, (_, place) => Math.floor(((place + 0.5) * rows) / count));
  return columns.map((column) => Float64Array.from(places, (row) => column[row]!));
}

/** The probability of some log-odds. */
export function chanceOf(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** The log-odds of a probability, which is neither quite 0 nor quite 1. */
export function scoreOf(chance: number): number {
  const inside = Math.max(1e-12, Math.min(1 - 1e-12, chance));
  return Math.log(inside / (1 - inside));
}

/** Fewer of a kind teach nothing. */
const fewestOfKind = 10;

/** `[N]`: 1 of customers who bought nothing, 0 of the others; refuses a history with too few of either. */
export function churnLabels(where: string, { future, length }: LabelledHistory, fewest = fewestOfKind): Float64Array {
  const labels = future.purchases.map((count) => (count === 0 ? 1 : 0));
  const left = labels.reduce((sum, label) => sum + label, 0);
  if (left < fewest || length - left < fewest) {
    const rule = `have ${fewest} customers or more who bought within the horizon, and as many who did not`;
    refuse(where, 'history', rule, `${length - left} who did and ${left} who did not`);
  }
  return labels;
}
