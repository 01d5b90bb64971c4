import { requireGivenOptions, requireOptions } from '../../internal/options.js';
import { refuse, requirePositive } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import type { Estimate } from '../../statistics/estimate.js';
import { type CustomerHistory, requireHistory } from '../history/history.js';
import type { TimeUnit } from '../history/history-options.js';
import type { FittedProcess } from './fit-process.js';
import type { Past } from './purchase-process.js';

/** Options of the methods of a {@link PurchaseModel}. */
export interface PurchaseOptions {
  /** How far ahead, in units of the history. */
  readonly horizon: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** How customers buy and leave. Made by {@link bgNbd}, {@link modifiedBgNbd}, {@link paretoNbd} and {@link nbd}. */
export interface PurchaseModel {
  /** Which model it is; where dropout was not found, what was taken in its place. */
  readonly name: string;
  /** In what time is counted. */
  readonly unit: TimeUnit;
  /** Customers it was fitted to. */
  readonly customers: number;
  /** The parameters with 95% intervals (curvature of the likelihood in their logarithms); without one where it is flat. */
  readonly parameters: Readonly<Record<string, Estimate>>;
  /** Sum of the logarithms of the customers' likelihoods. */
  readonly logLikelihood: number;
  /** The same where nobody leaves, two parameters fewer: {@link nbd}. */
  readonly logLikelihoodWithoutDropout: number;
  /** Why not to trust it, in plain words; empty where nothing was found. */
  readonly doubts: readonly string[];
  /** `[N]`: how likely each customer has not left. */
  probabilityAlive(history: CustomerHistory, options?: Pick<PurchaseOptions, 'signal'>): Promise<Float64Array>;
  /** `[N]`: expected days with a purchase in the horizon behind the date. */
  expectedPurchases(history: CustomerHistory, options: PurchaseOptions): Promise<Float64Array>;
  /** `[N]`: how likely each customer buys nothing in the horizon, because he left or by chance: what churn is ranked by. */
  probabilityOfNone(history: CustomerHistory, options: PurchaseOptions): Promise<Float64Array>;
  /** Expected purchases of a new customer behind the first one, so long after it. */
  expectedOfNew(horizon: number): number;
}

/** What a model tells besides the fit. */
export interface ModelFacts {
  readonly history: CustomerHistory;
  readonly longest: number;
  readonly logLikelihoodWithoutDropout: number;
  readonly doubts: readonly string[];
}

/** Of further predictions nothing is known. */
const farthest = 20;

/** A model of what was fitted. */
export function modelOf(
  { process, parameters, estimates, logLikelihood }: FittedProcess,
  facts: ModelFacts,
): PurchaseModel {
  const { unit, length: customers } = facts.history;
  const ofEach = async (
    where: string,
    history: CustomerHistory,
    signal: AbortSignal | undefined,
    of: (past: Past) => number,
  ) => {
    const pause = pauseFor(where, signal);
    requireHistory(where, history);
    if (history.unit !== unit) refuse(where, 'history', `count time in ${unit}s, as the one of the fit`, history.unit);
    const values = new Float64Array(history.length);
    for (let row = 0; row < values.length; row += 1) {
      if (row % 2 ** 4 === 0) await pause();
      const [frequency, recency, age] = [history.frequency[row]!, history.recency[row]!, history.age[row]!];
      values[row] = of({ frequency, recency, age });
    }
    return values;
  };
  const horizonOf = (where: string, options: PurchaseOptions) => {
    requireGivenOptions(where, options, { horizon: true, signal: true });
    requireHorizon(where, options.horizon, facts.longest);
    return options.horizon;
  };
  const alive = (past: Past) => process.alive(parameters, past);
  return {
    name: process.name,
    unit,
    customers,
    parameters: estimates,
    logLikelihood,
    logLikelihoodWithoutDropout: facts.logLikelihoodWithoutDropout,
    doubts: facts.doubts,
    probabilityAlive: async (history, options = {}) => {
      requireOptions('probabilityAlive', options, { signal: true });
      return ofEach('probabilityAlive', history, options.signal, alive);
    },
    expectedPurchases: async (history, options) => {
      const horizon = horizonOf('expectedPurchases', options);
      const expected = (past: Past) => alive(past) * process.expected(parameters, past, horizon);
      return ofEach('expectedPurchases', history, options.signal, expected);
    },
    probabilityOfNone: async (history, options) => {
      const horizon = horizonOf('probabilityOfNone', options);
      const none = (past: Past) => 1 - alive(past) * (1 - process.none(parameters, past, horizon));
      return ofEach('probabilityOfNone', history, options.signal, none);
    },
    expectedOfNew: (horizon) => {
      requireHorizon('expectedOfNew', horizon, facts.longest);
      return process.expectedOfNew(parameters, horizon);
    },
  };
}

function requireHorizon(where: string, horizon: number, longest: number): void {
  requirePositive(where, 'horizon', horizon);
  if (horizon > farthest * longest) {
    refuse(where, 'horizon', `be at most ${farthest} times the age of the oldest customer, ${longest}`, horizon);
  }
}
