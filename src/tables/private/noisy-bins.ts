import { repeatedShare } from '../coding/column-states.js';

/** What becomes of a grid of numbers: the state of each, and about how many rows each has. */
export interface NoisyBins {
  /** `[V]`. */
  readonly states: Uint32Array;
  /** `[V]`: with noise, and above 0; those of a stretch that was not looked into have equal parts of it. */
  readonly counts: Float64Array;
}

/** A stretch of the grid, and how many rows it has with noise. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** How many halvings lead from the whole grid to single numbers: each is a histogram that a row is once in. */
export function halvings(size: number): number {
  return Math.ceil(Math.log2(size));
}

/**
 * Cuts a grid of numbers by noisy counts: halves of halves are looked into while they clearly hold rows. Numbers that many rows
 * have get states of their own; what is left is joined to bins of about as many rows each.
 *
 * Every stretch gets noise of its own, so that it makes no difference to a row which of them are looked at: it is in one of each
 * {@link halvings}, and together they have L2 sensitivity sqrt(halvings).
 *
 * @param rows - `[V]`: rows that have each number.
 * @param noise - Adds noise to a count.
 * @param deviation - Standard deviation of that noise.
 */
export function noisyBins(
  rows: Float64Array,
  bins: number,
  { noise, deviation }: { readonly noise: (count: number) => number; readonly deviation: number },
): NoisyBins {
  const sums = new Float64Array(rows.length + 1);
  for (let place = 0; place < rows.length; place += 1) sums[place + 1] = sums[place]! + rows[place]!;
  const depth = halvings(rows.length);
  const look = (level: number, index: number): Stretch => {
    const width = 2 ** (depth - level);
    const [from, to] = [index * width, Math.min((index + 1) * width, rows.length)];
    return { from, to, count: from < to ? noise(sums[to]! - sums[from]!) : 0 };
  };
  const halves = [look(1, 0), look(1, 1)] as const;
  const total = Math.max(1, halves[0].count + halves[1].count);
  const least = clearDeviations * deviation;
  const stretches: Stretch[] = [];
  const visit = (level: number, index: number, stretch: Stretch): void => {
    if (stretch.from >= stretch.to) return;
    if (level === depth || stretch.count < least) stretches.push(stretch);
    else for (const half of [2 * index, 2 * index + 1]) visit(level + 1, half, look(level + 1, half));
  };
  for (const [half, stretch] of halves.entries()) visit(1, half, stretch);
  return joined(rows.length, stretches, { alone: Math.max(repeatedShare * total, least), inBin: total / bins });
}

/** What holds rows for certain has so many deviations of the noise. */
const clearDeviations = 4;

/** What a number has at least of a row. */
const leastCount = 1e-3;

// Numbers that many rows have first; the others are joined in their order, whatever lies between.
function joined(
  size: number,
  stretches: readonly Stretch[],
  { alone, inBin }: { readonly alone: number; readonly inBin: number },
): NoisyBins {
  const isAlone = ({ from, to, count }: Stretch) => to - from === 1 && count >= alone;
  const states = new Uint32Array(size);
  const counts = new Float64Array(size);
  let [last, sum] = [-1, inBin];
  for (const { from } of stretches.filter(isAlone)) states[from] = last += 1;
  for (const stretch of stretches) {
    const { from, to, count } = stretch;
    counts.fill(Math.max(leastCount, count / (to - from)), from, to);
    if (isAlone(stretch)) continue;
    if (sum >= inBin) [last, sum] = [last + 1, 0];
    sum += count;
    states.fill(last, from, to);
  }
  return { states, counts };
}
