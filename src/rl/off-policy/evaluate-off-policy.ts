import { requireOptions } from '../../internal/options.js';
import {
  refuse,
  requireBetween,
  requireFinite,
  requireFunction,
  requireGivenFunction,
  requireWholeNumber,
} from '../../internal/require.js';
import type { Estimate } from '../../statistics/estimate.js';
import { mean, standardError } from '../../statistics/moments.js';
import { normalQuantile } from '../../statistics/normal.js';
import { requireMask } from '../environments/environment-door.js';

/** One decision that was logged, with the chance that it had. */
export interface LoggedDecision {
  /** `[D]`: what the decision was based on. */
  readonly observation: ArrayLike<number>;
  /** What was done, in [0, A). */
  readonly action: number;
  /** What it earned. */
  readonly reward: number;
  /** The probability with which the logging policy chose this action then, in (0, 1]. */
  readonly propensity: number;
  /** `[A]`: 1 where an action was legal. All were where missing. */
  readonly actionMask?: ArrayLike<number>;
}

/** What a log says about another policy than the one that made it. */
export interface OffPolicyEvaluation {
  /** Decisions in the log. */
  readonly size: number;
  /** Rewards weighted by how much likelier the new policy takes the logged action: unbiased, and wild for large weights. */
  readonly inversePropensity: Required<Estimate> & {
    /** Its standard error. */
    readonly standardError: number;
  };
  /** The same over the sum of weights: a small bias for much less variance. */
  readonly selfNormalised: OffPolicyEvaluation['inversePropensity'];
  /** Predicted rewards, corrected by weighted errors: right where either is. Missing without `predictRewards`. */
  readonly doublyRobust?: OffPolicyEvaluation['inversePropensity'];
  /** `(sum of weights)² / sum of squared weights`: how many decisions of the new policy itself the log is worth. */
  readonly effectiveSampleSize: number;
  /** The largest weight. */
  readonly largestWeight: number;
}

/**
 * Estimates what a policy would have earned per decision, from a log that another policy made.
 *
 *     weight = probability(action) / propensity
 *     inverse propensity  mean of weight reward
 *     self-normalised     sum of weight reward / sum of weights
 *     doubly robust       mean of sum over a of probability(a) predicted(a) + weight (reward - predicted(action))
 *
 * For decisions that do not change what later ones meet, such as what to show a customer. Every action that the new
 * policy takes must have had a chance in the log: what was never tried cannot be judged, and no estimate shows that it
 * is missing. Weights averaging far from 1, or an effective sample size far below the log's, mean that it says little.
 *
 * @param log - With propensities: without them nothing can be told, and there is no default for them.
 * @returns The estimates with intervals from the normal approximation.
 * @throws RangeError for a log without propensities or with ones outside (0, 1], for probabilities that do not sum to 1,
 *   for predictions that are not finite numbers, for weighted rewards whose squares overflow, and for a log of fewer than
 *   two decisions.
 * @see Dudik et al., "Doubly Robust Policy Evaluation and Learning" (2011), https://arxiv.org/abs/1103.4601
 * @see Swaminathan and Joachims, "The Self-Normalized Estimator for Counterfactual Learning" (2015)
 * @example
 * const log = [
 *   { observation: [0], action: 0, reward: 1, propensity: 0.5 },
 *   { observation: [0], action: 1, reward: 5, propensity: 0.25 },
 *   { observation: [0], action: 1, reward: 3, propensity: 0.5 },
 * ];
 * const { inversePropensity, selfNormalised } = evaluateOffPolicy(log, { policy: () => [0, 1] });
 * inversePropensity.value; // 8.667
 * selfNormalised.value; // 4.333
 */
export function evaluateOffPolicy(
  log: readonly LoggedDecision[],
  options: {
    /** The probabilities `[A]` with which the policy to judge would choose each action; they sum to 1. */
    readonly policy: (decision: LoggedDecision) => ArrayLike<number>;
    /**
     * Predicts the reward of every action, `[A]`: with it there is a doubly robust estimate. It must not have been fitted
     * to the same log, or the interval is too narrow.
     */
    readonly predictRewards?: (decision: LoggedDecision) => ArrayLike<number>;
    /** Chance with which an interval holds the true value, in (0, 1). Default 0.95. */
    readonly confidence?: number;
  },
): OffPolicyEvaluation {
  const where = 'evaluateOffPolicy';
  requireOptions(where, options, { policy: true, predictRewards: true, confidence: true });
  const { policy, predictRewards, confidence = 0.95 } = options ?? {};
  requireBetween(where, 'confidence', confidence, Number.MIN_VALUE, 1);
  requireFunction(where, 'predictRewards', predictRewards);
  if (!Array.isArray(log) || log.length < 2) refuse(where, 'log', 'hold two decisions or more', log?.length ?? log);
  requireGivenFunction(where, 'policy', policy);
  const size = log.length;
  const [weights, weighted, robust] = [0, 1, 2].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  log.forEach((decision, index) => {
    requireDecision(where, decision, index);
    const probabilities = policy(decision);
    requireProbabilities(where, probabilities, decision, index);
    const weight = probabilities[decision.action]! / decision.propensity;
    if (!Number.isFinite(weight * decision.reward)) {
      refuse(where, `log[${index}].propensity`, 'not make the weighted reward infinite', decision.propensity);
    }
    weights[index] = weight;
    weighted[index] = weight * decision.reward;
    if (predictRewards)
      robust[index] = corrected(where, index, decision, probabilities, weight, predictRewards(decision));
  });
  const largestWeight = weights.reduce((most, each) => Math.max(most, each), 0);
  if (largestWeight === 0) refuse(where, 'policy', 'take actions that are in the log', 'none of them');
  const result: OffPolicyEvaluation = {
    size,
    inversePropensity: estimateMean(weighted, confidence),
    selfNormalised: estimateRatio(weighted, weights, confidence),
    ...(predictRewards && { doublyRobust: estimateMean(robust, confidence) }),
    effectiveSampleSize: effectiveSize(weights, largestWeight),
    largestWeight,
  };
  requireFiniteResult(where, result);
  return result;
}

// Relative to the largest weight, squares neither overflow nor vanish.
function effectiveSize(weights: Float64Array, largest: number): number {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight / largest;
    squares += (weight / largest) ** 2;
  }
  return sum ** 2 / squares;
}

function requireFiniteResult(
  where: string,
  { inversePropensity, selfNormalised, doublyRobust }: OffPolicyEvaluation,
): void {
  for (const each of [inversePropensity, selfNormalised, doublyRobust]) {
    const bad = each && [each.standardError, ...each.interval].find((value) => !Number.isFinite(value));
    if (bad !== undefined) refuse(where, 'log', 'have rewards and weights whose squares have a finite sum', bad);
  }
}

function corrected(
  where: string,
  index: number,
  { action: taken, reward }: LoggedDecision,
  probabilities: ArrayLike<number>,
  weight: number,
  predicted: ArrayLike<number>,
): number {
  if (predicted?.length !== probabilities.length) {
    const rule = `give ${probabilities.length} numbers for log[${index}]`;
    refuse(where, 'predictRewards', rule, predicted?.length ?? predicted);
  }
  let sum = 0;
  for (let action = 0; action < probabilities.length; action += 1) {
    const isUsed = probabilities[action]! > 0 || action === taken;
    if (!isUsed) continue;
    if (!Number.isFinite(predicted[action])) {
      refuse(
        where,
        'predictRewards',
        `give finite numbers for log[${index}], also for action ${action}`,
        predicted[action],
      );
    }
    sum += probabilities[action]! * predicted[action]!;
  }
  return sum + weight * (reward - predicted[taken]!);
}

type ValueEstimate = OffPolicyEvaluation['inversePropensity'];

/** The mean of independent values. */
function estimateMean(values: Float64Array, confidence: number): ValueEstimate {
  return withInterval(mean(values), standardError(values), confidence);
}

/** The ratio of two sums of independent pairs; its error by the delta method. */
function estimateRatio(numerators: Float64Array, denominators: Float64Array, confidence: number): ValueEstimate {
  const total = sumOf(denominators);
  const ratio = sumOf(numerators) / total;
  const squares = numerators.reduce((sum, each, index) => sum + (each - ratio * denominators[index]!) ** 2, 0);
  const count = numerators.length;
  return withInterval(ratio, Math.sqrt((squares * count) / (count - 1)) / total, confidence);
}

function withInterval(value: number, error: number, confidence: number): ValueEstimate {
  // A confidence that rounds to 1 has no quantile.
  const half = error === 0 ? 0 : normalQuantile((1 + confidence) / 2) * error;
  return { value, standardError: error, interval: [value - half, value + half] };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, each) => sum + each, 0);
}

/** Refuses a decision that cannot have been logged. */
function requireDecision(where: string, decision: LoggedDecision, index: number): void {
  const name = `log[${index}]`;
  if (typeof decision !== 'object' || decision === null)
    refuse(where, name, 'be a decision: { observation, action, reward, propensity }', decision);
  const { propensity, reward, action } = decision;
  if (!(typeof propensity === 'number' && propensity > 0 && propensity <= 1)) {
    const rule =
      'be the probability in (0, 1] with which the logging policy chose the action; it cannot be guessed later';
    refuse(where, `${name}.propensity`, rule, propensity);
  }
  requireFinite(where, `${name}.reward`, reward);
  requireWholeNumber(where, `${name}.action`, action);
}

/** Refuses what are no probabilities of the actions there were. */
function requireProbabilities(
  where: string,
  probabilities: ArrayLike<number>,
  { action, actionMask }: LoggedDecision,
  index: number,
): void {
  let sum = 0;
  if (!(probabilities?.length > 0)) refuse(where, 'policy', `give probabilities for log[${index}]`, probabilities);
  if (actionMask !== undefined) requireMask(where, `log[${index}].actionMask`, actionMask, probabilities.length);
  for (let at = 0; at < probabilities.length; at += 1) {
    const each = probabilities[at]!;
    if (!(each >= 0)) refuse(where, 'policy', `give probabilities >= 0 for log[${index}]`, each);
    if (each > 0 && actionMask && !actionMask[at]) {
      refuse(where, 'policy', `give illegal actions the probability 0 for log[${index}]`, each);
    }
    sum += each;
  }
  if (!(Math.abs(sum - 1) < 1e-6)) refuse(where, 'policy', `give probabilities that sum to 1 for log[${index}]`, sum);
  if (action >= probabilities.length) {
    refuse(where, 'policy', `give a probability to action ${action} of log[${index}]`, probabilities.length);
  }
}
