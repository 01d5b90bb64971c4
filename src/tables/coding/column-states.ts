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
const fewValues = 50;

/** A number with a state of its own has at least this share of the rows, */
const repeatedShare = 0.005;

/** and at least so many rows. */
const repeatedRows = 5;

/** Cuts the values of a column, NaN where one is missing, into states. */
export async function findStates(
  numbers: Float64Array,
  { isCoded, bins }: { readonly isCoded: boolean; readonly bins: number },
  pause: () => Promise<void>,
): Promise<ColumnStates> {
  const present = numbers.filter((value) => !Number.isNaN(value));
  await pause();
  await sortInParts(present, pause);
  const values: number[] = [];
  const counts: number[] = [];
  for (let row = 0; row < present.length; row += 1) {
    const value = present[row]!;
    if (value !== values.at(-1)) counts[values.push(value) - 1] = 0;
    counts[values.length - 1]! += 1;
    if (row % 2 ** 14 === 0) await pause();
  }
  const isSimple = isCoded || values.length <= fewValues;
  const states = isSimple ? Uint32Array.from(values.keys()) : cutNumbers(counts, bins);
  await pause();
  const missing = numbers.length - present.length;
  if (missing > 0) {
    values.push(Number.NaN);
    counts.push(missing);
  }
  const arrays = { values: new Float64Array(values), counts: new Float64Array(counts) };
  await pause();
  return { ...groupByState(states, missing > 0), ...arrays, takesNearest: !isCoded };
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
function cutNumbers(counts: readonly number[], bins: number): Uint32Array {
  let rows = 0;
  for (const count of counts) rows += count;
  const least = Math.max(repeatedRows, repeatedShare * rows);
  let [repeated, others] = [0, rows];
  for (const count of counts) {
    if (count < least) continue;
    repeated += 1;
    others -= count;
  }
  const states = new Uint32Array(counts.length);
  let [alone, state, last, passed] = [0, repeated - 1, -1, 0];
  for (let place = 0; place < counts.length; place += 1) {
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
  return states;
}

// A missing value comes last, in a state of its own.
function groupByState(present: Uint32Array, hasMissing: boolean): Pick<ColumnStates, 'stateOf' | 'places' | 'offsets'> {
  let count = 0;
  for (let place = 0; place < present.length; place += 1) count = Math.max(count, present[place]! + 1);
  const stateOf = new Int32Array(present.length + (hasMissing ? 1 : 0)).fill(count);
  stateOf.set(present);
  const offsets = new Uint32Array(count + (hasMissing ? 2 : 1));
  for (let place = 0; place < stateOf.length; place += 1) offsets[stateOf[place]! + 1]! += 1;
  for (let state = 0; state + 1 < offsets.length; state += 1) offsets[state + 1]! += offsets[state]!;
  const next = offsets.slice();
  const places = new Uint32Array(stateOf.length);
  for (let place = 0; place < stateOf.length; place += 1) places[next[stateOf[place]!]!++] = place;
  return { stateOf, places, offsets };
}
