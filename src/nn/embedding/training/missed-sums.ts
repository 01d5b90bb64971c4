import { refuse } from '../../../internal/require.js';
import type { RowAdam } from './embedding-optimizer.js';

/** What is left of a sum when a float32 shows no more of it. */
const NEGLIGIBLE = 2 ** -24;
/** The largest of the `e_i` of a sum over the smallest of them, at most. */
const EPSILON_SPREAD = 1.1;
/** Sums over fewer updates than this are kept. */
const KNOWN = 1024;
/** Smaller factors are 0: what they multiply would come near the numbers that processors are slow at. */
const VANISHED = 1e-30;

/** What updates without a gradient do to a row, in sum. */
export interface MissedSums {
  /** Notes the step size of an update, one after another. */
  note(update: number, learningRate: number): void;
  /**
   * Writes four factors, `scale`, `epsilon`, `keep1`, `keep2`, that take a row from one update toward a later one:
   *
   *     value = value - scale * m / (sqrt(v) + epsilon),   m = keep1 * m,   v = keep2 * v
   *
   * Returns how far they take it: nearly always to the end.
   */
  write(from: number, to: number, out: Float32Array, at: number): number;
  /** The step sizes so far: where each began, and what it is. */
  rates(): StepSizes;
  /** Takes over the step sizes of another one. */
  restore(rates: StepSizes): void;
}

/** Step sizes by the update from which on they hold. */
export interface StepSizes {
  readonly starts: Float64Array;
  readonly sizes: Float64Array;
}

/**
 * Prepares the sums for Adam. Update `t = from + i` moves a value by `a_i * m / (sqrt(v) + e_i)`, where
 *
 *     a_i = rate_t * sqrt(1 - beta2^t) / (1 - beta1^t) * (beta1 / sqrt(beta2))^i
 *     e_i = epsilon * sqrt(1 - beta2^t) / sqrt(beta2)^i
 *
 * The sum of these is taken as `A * m / (sqrt(v) + E)`, with `A` the sum of the `a_i` and `E` their weighted mean of the
 * `e_i`. What is left out is of second order in how much the `e_i` differ, so a sum ends before they differ by more than a
 * tenth: in the first updates, when the correction of `v` grows fast. The sum of `a_i * e_i` goes by powers of
 * `beta1 / beta2`, and nothing counts after these. Where the corrections have come to 1 and the rate stays, sums are
 * geometric.
 */
export function createMissedSums({ beta1, beta2, epsilon }: RowAdam): MissedSums {
  const [ratio, epsilonRatio] = [beta1 / Math.sqrt(beta2), beta1 / beta2];
  const longest = powersUntil(epsilonRatio);
  const corrections = createCorrections(beta1, beta2);
  const rates = createRates();
  const endOfSpread = spreadLimit(beta2);
  // Sums of `a_i` and of `a_i * e_i / epsilon`.
  const sums = new Float64Array(2);
  const addUp = (from: number, last: number): void => {
    const { scales, epsilons, end } = corrections.upTo(last);
    let [scale, weighted, power, epsilonPower] = [0, 0, 1, 1];
    let place = rates.placeOf(from + 1);
    for (let update = from + 1; update <= last; update += 1) {
      if (update >= rates.endOf(place)) place += 1;
      const [rate, correction] = [rates.at(place), Math.min(update, end)];
      power *= ratio;
      epsilonPower *= epsilonRatio;
      scale += rate * scales[correction]! * power;
      weighted += rate * epsilons[correction]! * epsilonPower;
    }
    sums[0] = scale;
    sums[1] = weighted;
  };
  const compute = (from: number, to: number, out: Float32Array, at: number): number => {
    const end = Math.min(to, endOfSpread(from + 1));
    const gap = (end - from < longest ? end : to) - from;
    if (from >= corrections.end && from + 1 >= rates.lastChange()) {
      const rate = rates.at(rates.placeOf(from + 1));
      sums[0] = rate * geometricSum(ratio, gap);
      sums[1] = rate * geometricSum(epsilonRatio, gap);
    } else addUp(from, from + Math.min(gap, longest));
    const [scale, weighted] = [sums[0]!, sums[1]!];
    out[at] = scale;
    out[at + 1] = scale > 0 ? (epsilon * weighted) / scale : epsilon;
    out[at + 2] = powerOrZero(beta1, gap);
    out[at + 3] = powerOrZero(beta2, gap);
    return from + gap;
  };
  // Many rows of a batch missed the same updates: by how many these are, the last sum of so many and where it ended.
  const known = new Float32Array(4 * KNOWN);
  const ends = new Int32Array(KNOWN);
  return {
    note: rates.note,
    rates: rates.state,
    restore: (saved) => {
      rates.restore(saved);
      ends.fill(0);
    },
    write: (from, to, out, at) => {
      const gap = to - from;
      if (gap >= KNOWN) return compute(from, to, out, at);
      const place = 4 * gap;
      if (ends[gap] !== to) {
        const end = compute(from, to, known, place);
        if (end < to) {
          ends[gap] = 0;
          out.set(known.subarray(place, place + 4), at);
          return end;
        }
        ends[gap] = to;
      }
      out[at] = known[place]!;
      out[at + 1] = known[place + 1]!;
      out[at + 2] = known[place + 2]!;
      out[at + 3] = known[place + 3]!;
      return to;
    },
  };
}

// The last update whose `e_i` is near that of a first one: their squares go as `beta2^-t - 1`.
function spreadLimit(beta2: number): (first: number) => number {
  const decay = -Math.log(beta2);
  const most = EPSILON_SPREAD ** 2;
  return (first) => {
    const age = first * decay;
    const further = age > 30 ? Math.log(most) : Math.log1p(most * Math.expm1(age)) - age;
    return first + Math.floor(further / decay);
  };
}

function geometricSum(factor: number, count: number): number {
  return (factor * (1 - factor ** count)) / (1 - factor);
}

function powersUntil(factor: number): number {
  return factor === 0 ? 1 : Math.ceil(Math.log(NEGLIGIBLE) / Math.log(factor));
}

function powerOrZero(factor: number, exponent: number): number {
  const power = factor ** exponent;
  return power < VANISHED ? 0 : power;
}

/** By update, up to `end`, from where on they are 1. */
interface Corrections {
  /** `sqrt(1 - beta2^t) / (1 - beta1^t)`. */
  readonly scales: Float64Array;
  /** `(1 - beta2^t) / (1 - beta1^t)`. */
  readonly epsilons: Float64Array;
  readonly end: number;
}

function createCorrections(beta1: number, beta2: number) {
  const end = Math.max(powersUntil(beta1), powersUntil(beta2));
  let known = { scales: new Float64Array(1), epsilons: new Float64Array(1), end };
  const grow = (length: number): void => {
    const { scales, epsilons } = known;
    known = { scales: new Float64Array(length), epsilons: new Float64Array(length), end };
    known.scales.set(scales);
    known.epsilons.set(epsilons);
    for (let update = scales.length; update < length; update += 1) {
      const [first, second] = [1 - beta1 ** update, 1 - beta2 ** update];
      known.scales[update] = Math.sqrt(second) / first;
      known.epsilons[update] = second / first;
    }
  };
  return {
    end,
    upTo: (update: number): Corrections => {
      const needed = Math.min(update, end);
      if (needed >= known.scales.length) grow(Math.min(end, Math.max(255, 2 * needed)) + 1);
      return known;
    },
  };
}

// Step sizes, one entry for each change: a schedule changes them at every update, and most runs never do.
function createRates() {
  const starts: number[] = [];
  const rates: number[] = [];
  return {
    note: (update: number, rate: number): void => {
      if (rates.at(-1) === rate) return;
      starts.push(update);
      rates.push(rate);
    },
    /** The update from which on there is one rate. */
    lastChange: (): number => starts.at(-1) ?? 0,
    /** The entry that holds at an update. */
    placeOf: (update: number): number => {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if (starts[middle]! <= update) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    /** The first update at which an entry holds no more. */
    endOf: (place: number): number => starts[place + 1] ?? Number.POSITIVE_INFINITY,
    at: (place: number): number => rates[place]!,
    state: (): StepSizes => ({ starts: Float64Array.from(starts), sizes: Float64Array.from(rates) }),
    restore: (saved: StepSizes): void => {
      requireStepSizes(saved);
      starts.splice(0, starts.length, ...saved.starts);
      rates.splice(0, rates.length, ...saved.sizes);
    },
  };
}

function requireStepSizes({ starts, sizes }: Partial<StepSizes> = {}): void {
  const rule = 'hold a Float64Array of rising starts, and as many sizes above 0';
  if (!(starts instanceof Float64Array && sizes instanceof Float64Array)) refuse('restore', 'rates', rule, starts);
  const isRising = starts.every((start, at) => at === 0 || start > starts[at - 1]!);
  const arePositive = sizes.every((size) => size > 0);
  if (starts.length !== sizes.length || !isRising || !arePositive) refuse('restore', 'rates', rule, starts.length);
}
