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
  await sortInParts(present, pause);
  const values: number[] = [];
  const counts: number[] = [];
  for (const [row, value] of present.entries()) {
    if (value !== values.at(-1)) counts[values.push(value) - 1] = 0;
    counts[values.length - 1]! += 1;
    if (row % 2 ** 16 === 0) await pause();
  }
  const isSimple = isCoded || values.length <= fewValues;
  const stateOf = isSimple ? values.map((_, place) => place) : cutNumbers(counts, bins);
  if (present.length < numbers.length) {
    values.push(Number.NaN);
    counts.push(numbers.length - present.length);
    stateOf.push(stateOf.reduce((most, state) => Math.max(most, state), -1) + 1);
  }
  return { ...groupByState(stateOf), ...floats({ values, counts }), takesNearest: !isCoded };
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
function cutNumbers(counts: readonly number[], bins: number): number[] {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const isRepeated = (count: number) => count >= repeatedRows && count >= repeatedShare * rows;
  const repeated = counts.filter(isRepeated);
  const others = repeated.reduce((left, count) => left - count, rows);
  let [alone, state, last, passed] = [0, repeated.length - 1, -1, 0];
  return counts.map((count) => {
    if (isRepeated(count)) return alone++;
    const bin = Math.floor(((passed + count / 2) / others) * bins);
    if (bin !== last) state += 1;
    [last, passed] = [bin, passed + count];
    return state;
  });
}

function groupByState(states: readonly number[]): Pick<ColumnStates, 'stateOf' | 'places' | 'offsets'> {
  const stateOf = Int32Array.from(states);
  const count = stateOf.reduce((most, state) => Math.max(most, state), -1) + 1;
  const offsets = new Uint32Array(count + 1);
  for (const state of stateOf) offsets[state + 1]! += 1;
  for (let state = 0; state < count; state += 1) offsets[state + 1]! += offsets[state]!;
  const next = offsets.slice();
  const places = new Uint32Array(stateOf.length);
  for (const [place, state] of stateOf.entries()) places[next[state]!++] = place;
  return { stateOf, places, offsets };
}

function floats({ values, counts }: { readonly values: number[]; readonly counts: number[] }) {
  return { values: Float64Array.from(values), counts: Float64Array.from(counts) };
}
