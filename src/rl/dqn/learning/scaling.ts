import { requireNumbers } from '../../../internal/require.js';
import type { TransitionColumns } from '../../replay/transition-store.js';

/** What stands between the world's numbers and the network's: fixed when learning begins. */
export interface Scaling {
  /** `[D]`: mean of each number of an observation. */
  readonly center: Float32Array;
  /** `[D]`: its standard deviation; 1 where it never changed. */
  readonly spread: Float32Array;
  /** What values and rewards are divided by. */
  readonly reward: number;
  /** The value that the network's 0 stands for: values are centred by it. */
  readonly baseline: number;
}

/** The least and the largest of each number of the observations that actions were learned of, `[D]` each. */
export interface SeenRange {
  /** `[D]`: the least of each number. */
  readonly low: Float32Array;
  /** `[D]`: the greatest of each number. */
  readonly high: Float32Array;
}

/** Leaves everything as it is. */
export function noScaling(observationSize: number): Scaling {
  const center = new Float32Array(observationSize);
  return { center, spread: new Float32Array(observationSize).fill(1), reward: 1, baseline: 0 };
}

/**
 * Means and deviations of observations that are stored, and what centres and scales values.
 *
 *     baseline = sum of rewards / sum of (1 - discount),   centred reward = reward - (1 - discount) baseline
 *
 * The centred rewards have the mean 0, and with them Q - baseline obeys the same equation as Q with the rewards as they
 * are: no policy changes its rank, also where episodes end. The scale is the deviation of the returns that centred
 * rewards add up to.
 *
 * @see Naik et al., "Reward Centering" (2024), https://arxiv.org/abs/2405.09999, for rewards without ends of episodes
 */
export function scalingOf(columns: TransitionColumns, size: number, observationSize: number, gamma: number): Scaling {
  const scaling = noScaling(observationSize);
  for (let index = 0; index < observationSize; index += 1) {
    const { mean, deviation } = momentsOf(columns.observations, index, observationSize, size);
    scaling.center[index] = mean;
    // Below a thousandth of the mean it is rounding, or a number that will hardly ever change.
    scaling.spread[index] = deviation > 1e-3 * Math.abs(mean) + 1e-8 ? deviation : 1;
  }
  const baseline = baselineOf(columns, size);
  const centred = Float64Array.from(
    { length: size },
    (_, row) => columns.rewards[row]! - (1 - columns.discounts[row]!) * baseline,
  );
  const { deviation } = momentsOf(returnsOf(centred, columns.discounts, gamma), 0, 1, size);
  // Rounding of the stored rewards leaves a deviation where there is none.
  const rounding = 1e-6 * largestOf(columns.rewards, size);
  return { ...scaling, baseline, reward: deviation > rounding + 1e-30 ? deviation : scaleOfConstant(columns, size) };
}

// Without ends and discount there is no level to centre at.
function baselineOf({ rewards, discounts }: TransitionColumns, size: number): number {
  let [earned, ended] = [0, 0];
  for (let row = 0; row < size; row += 1) {
    earned += rewards[row]!;
    ended += 1 - discounts[row]!;
  }
  return ended > 0 ? earned / ended : 0;
}

// Rewards that never differ say nothing of a scale but their size.
function scaleOfConstant({ rewards }: TransitionColumns, size: number): number {
  return largestOf(rewards, size) || 1;
}

function largestOf(values: Float32Array, size: number): number {
  let most = 0;
  for (let row = 0; row < size; row += 1) most = Math.max(most, Math.abs(values[row]!));
  return most;
}

// Discounted sums of the rewards so far in each episode: what is stored stands in the order of time.
function returnsOf(rewards: Float64Array, discounts: Float32Array, gamma: number): Float64Array {
  const returns = new Float64Array(rewards.length);
  // A sum without a discount would not end.
  const factor = Math.min(gamma, 0.99);
  for (let row = 0, sum = 0; row < rewards.length; row += 1) {
    sum = rewards[row]! + (row > 0 && discounts[row - 1] === 0 ? 0 : factor * sum);
    returns[row] = sum;
  }
  return returns;
}

/** The range of the observations that were acted from, of those stored, and of an earlier range. */
export function rangeOf(columns: TransitionColumns, size: number, width: number, before?: SeenRange): SeenRange {
  const range = {
    low: before?.low.slice() ?? new Float32Array(width).fill(Number.POSITIVE_INFINITY),
    high: before?.high.slice() ?? new Float32Array(width).fill(Number.NEGATIVE_INFINITY),
  };
  for (let row = 0; row < size; row += 1) widen(range, columns.observations, row * width);
  return range;
}

/** A copy that shares nothing. */
export function copyOfRange({ low, high }: SeenRange): SeenRange {
  return { low: low.slice(), high: high.slice() };
}

/** Checks a range of observations of `width` numbers. */
export function requireRange(where: string, name: string, range: SeenRange, width: number): void {
  requireNumbers(where, `${name}.low`, range?.low, width);
  requireNumbers(where, `${name}.high`, range?.high, width);
}

/** Takes an observation, which begins at `start`, into a range. */
export function widen({ low, high }: SeenRange, observations: ArrayLike<number>, start: number): void {
  for (let index = 0; index < low.length; index += 1) {
    const value = observations[start + index]!;
    if (value < low[index]!) low[index] = value;
    if (value > high[index]!) high[index] = value;
  }
}

/** Writes `rows` scaled observations into `memory` from `start` on; those outside a range as the nearest inside it. */
export function scaleInto(
  memory: Float32Array,
  start: number,
  { center, spread }: Scaling,
  observations: ArrayLike<number>,
  rows: number,
  range?: SeenRange,
): void {
  const width = center.length;
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let index = 0; index < width; index += 1, at += 1) {
      const value = range
        ? Math.min(Math.max(observations[at]!, range.low[index]!), range.high[index]!)
        : observations[at]!;
      memory[start + at] = (value - center[index]!) / spread[index]!;
    }
  }
}

function momentsOf(values: Float32Array | Float64Array, start: number, step: number, count: number) {
  let [sum, squares] = [0, 0];
  for (let row = 0; row < count; row += 1) sum += values[start + row * step]!;
  const mean = sum / count;
  for (let row = 0; row < count; row += 1) squares += (values[start + row * step]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count) };
}
