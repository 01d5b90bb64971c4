import { inStretches, type Pieces, piecemeal } from '../../internal/pieces.js';
import { sortInParts } from '../../internal/sort-in-parts.js';

/** The different values of a column, and the state of each. What has a state of its own, {@link TableModel} says. */
export interface ColumnStates {
  /** `[V]`, rising; NaN, for a missing value, at the end, where the column lacks some. */
  readonly values: Float64Array;
  /** `[V]`: rows that have each. */
  readonly counts: Float64Array;
  /** `[V]`: places in `values`, grouped by state. */
  readonly places: Uint32Array;
  /** `[S + 1]`: those of state `s` stand in `places` from `offsets[s]` to before `offsets[s + 1]`. */
  readonly offsets: Uint32Array;
  /** `[V]`: the state of each value. */
  readonly stateOf: Int32Array;
  /** Whether a value that is not there counts as the nearest that is. */
  readonly takesNearest: boolean;
}

/** Columns of at most so many different numbers have a state for each. */
export const fewValues = 50;

/** A number with a state of its own has at least this share of the rows, */
export const repeatedShare = 0.005;

/** and at least so many rows. */
const repeatedRows = 5;

/** Cuts the values of a column, NaN where one is missing, into states. */
export async function findStates(
  numbers: Float64Array,
  { isCoded, bins }: { readonly isCoded: boolean; readonly bins: number },
  pause: () => Promise<void>,
): Promise<ColumnStates> {
  const present = await piecemeal(presentNumbers(numbers), pause);
  await sortInParts(present, pause);
  const { values, counts, different } = await piecemeal(countNumbers(present, numbers.length), pause);
  const states = new Uint32Array(different);
  if (isCoded || different <= fewValues) {
    for (let place = 0; place < different; place += 1) states[place] = place;
  } else await piecemeal(cutNumbers(counts.subarray(0, different), bins, states), pause);
  const groups = await piecemeal(groupByState(states, different < values.length), pause);
  return { ...groups, values, counts, takesNearest: !isCoded };
}

function* presentNumbers(numbers: Float64Array): Pieces<Float64Array> {
  const present = new Float64Array(numbers.length);
  let found = 0;
  yield* inStretches(numbers.length, (from, to) => {
    for (let row = from; row < to; row += 1) {
      if (!Number.isNaN(numbers[row]!)) present[found++] = numbers[row]!;
    }
  });
  return present.subarray(0, found);
}

// Of sorted numbers; the missing ones of `length` come last.
function* countNumbers(
  present: Float64Array,
  length: number,
): Pieces<{ values: Float64Array; counts: Float64Array; different: number }> {
  let different = 0;
  yield* inStretches(present.length, (from, to) => {
    for (let row = from; row < to; row += 1) different += row === 0 || present[row] !== present[row - 1] ? 1 : 0;
  });
  const missing = length - present.length;
  const values = new Float64Array(different + (missing > 0 ? 1 : 0)).fill(Number.NaN);
  const counts = new Float64Array(values.length).fill(missing);
  let last = -1;
  yield* inStretches(present.length, (from, to) => {
    for (let row = from; row < to; row += 1) {
      if (present[row] !== values[last]) {
        last += 1;
        values[last] = present[row]!;
        counts[last] = 0;
      }
      counts[last]! += 1;
    }
  });
  return { values, counts, different };
}

/** The state of a value; -1 where a missing value has none, -2 where another has none. */
export function stateOfValue(states: ColumnStates, value: number): number {
  const { values, stateOf, takesNearest } = states;
  const last = values.length - 1;
  const hasMissing = Number.isNaN(values[last]!);
  if (Number.isNaN(value)) return hasMissing ? stateOf[last]! : -1;
  const place = nearestPlace(values, hasMissing ? last : last + 1, value);
  return takesNearest || values[place] === value ? stateOf[place]! : -2;
}

/**
 * As {@link stateOfValue}, for those who judge: a number that is not there counts only where it lies between two numbers of one state.
 * Any other has none.
 */
export function stateAround(states: ColumnStates, value: number): number {
  const { values, stateOf, takesNearest } = states;
  if (!takesNearest || Number.isNaN(value)) return stateOfValue(states, value);
  const count = Number.isNaN(values.at(-1)!) ? values.length - 1 : values.length;
  const place = nearestPlace(values, count, value);
  if (values[place] === value) return stateOf[place]!;
  const other = value < values[place]! ? place - 1 : place + 1;
  return other >= 0 && other < count && stateOf[other] === stateOf[place] ? stateOf[place]! : -2;
}

// Among the first `count` values; the lower of two that are as near.
function nearestPlace(values: Float64Array, count: number, value: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && value - values[low - 1]! <= Math.abs(values[low]! - value) ? low - 1 : low;
}

// Repeated numbers first, then the bins, which hold about as many rows each.
function* cutNumbers(counts: Float64Array, bins: number, states: Uint32Array): Pieces<void> {
  let rows = 0;
  yield* inStretches(counts.length, (from, to) => {
    for (let place = from; place < to; place += 1) rows += counts[place]!;
  });
  const least = Math.max(repeatedRows, repeatedShare * rows);
  let [repeated, others] = [0, rows];
  yield* inStretches(counts.length, (from, to) => {
    for (let place = from; place < to; place += 1) {
      repeated += counts[place]! < least ? 0 : 1;
      others -= counts[place]! < least ? 0 : counts[place]!;
    }
  });
  let [alone, state, last, passed] = [0, repeated - 1, -1, 0];
  yield* inStretches(counts.length, (from, to) => {
    for (let place = from; place < to; place += 1) {
      const count = counts[place]!;
      if (count >= least) {
        states[place] = alone++;
        continue;
      }
      const bin = Math.floor(((passed + count / 2) / others) * bins);
      if (bin !== last) state += 1;
      last = bin;
      passed += count;
      states[place] = state;
    }
  });
}

/** Groups the places of values by their states; a missing value comes last, in a state of its own. */
export function* groupByState(
  present: Uint32Array,
  hasMissing: boolean,
): Pieces<Pick<ColumnStates, 'stateOf' | 'places' | 'offsets'>> {
  let count = 0;
  yield* inStretches(present.length, (from, to) => {
    for (let place = from; place < to; place += 1) count = Math.max(count, present[place]! + 1);
  });
  const stateOf = new Int32Array(present.length + (hasMissing ? 1 : 0)).fill(count);
  stateOf.set(present);
  const offsets = new Uint32Array(count + (hasMissing ? 2 : 1));
  yield* inStretches(stateOf.length, (from, to) => {
    for (let place = from; place < to; place += 1) offsets[stateOf[place]! + 1]! += 1;
  });
  for (let state = 0; state + 1 < offsets.length; state += 1) offsets[state + 1]! += offsets[state]!;
  yield;
  const next = offsets.slice();
  const places = new Uint32Array(stateOf.length);
  yield* inStretches(places.length, (from, to) => {
    for (let place = from; place < to; place += 1) places[next[stateOf[place]!]!++] = place;
  });
  return { stateOf, places, offsets };
}
