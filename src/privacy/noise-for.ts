import { type OptionNames, requireGivenOptions } from '../internal/options.js';
import { atOnce, type Pieces } from '../internal/pieces.js';
import { refuse, requirePositive, requirePositiveInteger, requireShare } from '../internal/require.js';
import { type PrivateMechanism, spendingOf } from './mechanism.js';
import type { PrivacyLedger } from './privacy-ledger.js';
import { type PrivacySpent, requireDelta, spentBy, spentTogether } from './privacy-spent.js';

/** Options of {@link noiseFor}. */
export interface NoiseForOptions {
  /** The most that may be spent, above 0. */
  readonly epsilon: number;
  /** Probability with which epsilon may not hold, in (0, 1). */
  readonly delta: number;
  /** Probability with which each row takes part in a step, in (0, 1]. Default 1. */
  readonly samplingRate?: number;
  /** Number of steps, >= 1. Default 1. */
  readonly steps?: number;
}

const names: OptionNames<NoiseForOptions> = { epsilon: true, delta: true, samplingRate: true, steps: true };

/**
 * The least noise with which so many steps cost no more than `epsilon`, by {@link privacySpent}.
 *
 * @returns The noise multiplier: standard deviation over the L2 sensitivity, at most a ten-thousandth above the least.
 * @throws RangeError when an option is out of range, or no noise is enough: the orders that are looked at give no epsilon below about
 *   log(1 / delta) / 1000.
 * @example
 * noiseFor({ epsilon: 8, delta: 1e-5, samplingRate: 0.04, steps: 2000 }).toFixed(2); // '1.36'
 */
export function noiseFor(options: NoiseForOptions): number {
  const where = 'noiseFor';
  requireGivenOptions(where, options, names);
  const { epsilon, delta, samplingRate = 1, steps = 1 } = options;
  requirePositive(where, 'epsilon', epsilon);
  requireDelta(where, delta);
  requireShare(where, 'samplingRate', samplingRate);
  requirePositiveInteger(where, 'steps', steps);
  const spent = (noiseMultiplier: number) => spentBy([{ noiseMultiplier, samplingRate, steps }], delta);
  return atOnce(leastNoise(where, epsilon, spent));
}

/** With which nothing useful is learned. */
const muchNoise = 1e4;

/**
 * The least factor of noise that a ledger pays for with all that it has left, or with `epsilon` where that is given; in pieces, since where
 * rows are sampled each factor takes some milliseconds.
 *
 * @param argument - What the ledger is called in messages.
 * @param mechanismsOf - What is to be paid for, by the factor of noise.
 */
export function* noiseAfforded(
  where: string,
  argument: string,
  ledger: PrivacyLedger,
  mechanismsOf: (noise: number) => readonly PrivateMechanism[],
  epsilon?: number,
): Pieces<number> {
  if (!ledger.affords(mechanismsOf(muchNoise))) {
    const rule = `have something left: ${ledger.spent.epsilon.toPrecision(4)} of ${ledger.epsilon} is spent`;
    refuse(where, argument, rule, ledger.left);
  }
  const before = (epsilon === undefined ? ledger.entries : []).map(spendingOf);
  const spent = (noise: number) => spentTogether([...before, ...mechanismsOf(noise).map(spendingOf)], ledger.delta);
  return yield* leastNoise(where, epsilon ?? ledger.epsilon, spent);
}

/** The least factor of noise with which no more than `epsilon` is spent. */
function* leastNoise(where: string, epsilon: number, spent: (noise: number) => PrivacySpent): Pieces<number> {
  let [low, high] = [1, 1];
  while (spent(low).epsilon <= epsilon && low > 1e-9) {
    low /= 4;
    yield;
  }
  while (spent(high).epsilon > epsilon) {
    yield;
    high *= 4;
    const rule = `be more than what any noise leaves at this delta, ${spent(1e9).epsilon.toPrecision(3)}`;
    if (high > 1e9) refuse(where, 'epsilon', rule, epsilon);
  }
  if (high > 1) low = high / 4;
  while (high / low > 1.0001) {
    yield;
    const middle = Math.sqrt(low * high);
    if (spent(middle).epsilon <= epsilon) high = middle;
    else low = middle;
  }
  return high;
}
