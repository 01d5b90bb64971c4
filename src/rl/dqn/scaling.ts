import type { TransitionColumns } from '../replay/transition-store.js';

/** What stands between the world's numbers and the network's: fixed when learning begins. */
export interface Scaling {
  /** `[D]`: mean of each number of an observation. */
  readonly center: Float32Array;
  /** `[D]`: its standard deviation; 1 where it never changed. */
  readonly spread: Float32Array;
  /** What rewards are divided by. */
  readonly reward: number;
}

/** Leaves everything as it is. */
export function noScaling(observationSize: number): Scaling {
  const center = new Float32Array(observationSize);
  return { center, spread: new Float32Array(observationSize).fill(1), reward: 1 };
}

/** Means and deviations of observations that are stored, and the deviation of the returns that rewards add up to. */
export function scalingOf(columns: TransitionColumns, size: number, observationSize: number, gamma: number): Scaling {
  const scaling = noScaling(observationSize);
  for (let index = 0; index < observationSize; index += 1) {
    const { mean, deviation } = momentsOf(columns.observations, index, observationSize, size);
    scaling.center[index] = mean;
    // Below a thousandth of the mean it is rounding, or a number that will hardly ever change.
    scaling.spread[index] = deviation > 1e-3 * Math.abs(mean) + 1e-8 ? deviation : 1;
  }
  const { mean, deviation } = momentsOf(returnsOf(columns, size, gamma), 0, 1, size);
  return { ...scaling, reward: deviation > 1e-8 ? deviation : Math.abs(mean) || 1 };
}

// Discounted sums of the rewards so far in each episode: what is stored stands in the order of time.
function returnsOf({ rewards, discounts }: TransitionColumns, size: number, gamma: number): Float32Array {
  const returns = new Float32Array(size);
  // A sum without a discount would not end.
  const factor = Math.min(gamma, 0.99);
  for (let row = 0, sum = 0; row < size; row += 1) {
    sum = rewards[row]! + (row > 0 && discounts[row - 1] === 0 ? 0 : factor * sum);
    returns[row] = sum;
  }
  return returns;
}

/** Writes `rows` scaled observations into `memory` from `start` on. */
export function scaleInto(
  memory: Float32Array,
  start: number,
  { center, spread }: Scaling,
  observations: ArrayLike<number>,
  rows: number,
): void {
  const width = center.length;
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let index = 0; index < width; index += 1, at += 1) {
      memory[start + at] = (observations[at]! - center[index]!) / spread[index]!;
    }
  }
}

function momentsOf(values: Float32Array, start: number, step: number, count: number) {
  let [sum, squares] = [0, 0];
  for (let row = 0; row < count; row += 1) sum += values[start + row * step]!;
  const mean = sum / count;
  for (let row = 0; row < count; row += 1) squares += (values[start + row * step]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count) };
}
