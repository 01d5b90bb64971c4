import type { CodedColumn } from '../../data/table/column.js';
import { createVocabulary, type Vocabulary } from '../../data/vocabulary.js';
import { refuse } from '../../internal/require.js';
import { normalQuantile } from '../../statistics/normal.js';
import { columnNumbers } from '../coding/column-numbers.js';
import { type ColumnStates, fewValues } from '../coding/column-states.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import { halvings, noisyBins } from './noisy-bins.js';
import type { Declared } from './public-columns.js';

/** What noise there is on the counts by which states are found. */
export interface StateNoise {
  /** Standard deviation of the noise on each count. */
  readonly deviation: number;
  /** Probability that an id is shown which one row alone has, all columns together. */
  readonly delta: number;
  /** Draws a standard normal number. */
  readonly normal: () => number;
}

/** A column of a private model: its states, and about which share of the rows is in each. */
export interface PrivateColumn extends CodedTableColumn {
  /** One for each state, above 0; they add up to 1. */
  readonly shares: readonly number[];
}

/** How many counts of a release each row is in, which is the square of their L2 sensitivity: 0 where all states are public. */
export function squaredSensitivity(declared: readonly Declared[]): number {
  return declared.reduce((sum, { ids, grid }) => {
    if (grid) return sum + (grid.length <= fewValues ? 0 : halvings(grid.length));
    return sum + (ids ? 0 : 1);
  }, 0);
}

/** How many columns have ids that are to be found. */
export function columnsToFind(declared: readonly Declared[]): number {
  return declared.filter(({ ids, grid }) => !ids && !grid).length;
}

/** Finds the states of all columns; of what the rows hold they show nothing but noisy counts. */
export async function privateColumns(
  where: string,
  declared: readonly Declared[],
  { bins, noise }: { readonly bins: number; readonly noise: StateNoise },
  pause: () => Promise<void>,
): Promise<PrivateColumn[]> {
  const columns: PrivateColumn[] = [];
  const failure = noise.delta / Math.max(1, columnsToFind(declared));
  let base = 0;
  for (const each of declared) {
    await pause();
    const column = each.grid ? numberColumn(each, each.grid, bins, noise) : idColumn(each, failure, noise);
    if (column.shares.length === 0) {
      const rule = `be listed: no id has clearly more rows than the noise of ${noise.deviation.toFixed(1)}`;
      refuse(where, `columns.${each.name}.ids`, rule, undefined);
    }
    columns.push({ ...column, base });
    base += column.states.offsets.length - 1;
  }
  return columns;
}

function numberColumn({ name, column, missing }: Declared, grid: Float64Array, bins: number, noise: StateNoise) {
  if (grid.length <= fewValues) return columnOf({ name, column, missing }, grid, Uint32Array.from(grid.keys()));
  const rows = new Float64Array(grid.length);
  const [from, step] = [grid[0]!, (grid.at(-1)! - grid[0]!) / (grid.length - 1)];
  for (const value of columnNumbers(column)) {
    if (Number.isNaN(value)) continue;
    const place = Math.round((value - from) / step);
    rows[Math.min(Math.max(0, place), grid.length - 1)]! += 1;
  }
  const { states, counts } = noisyBins(rows, bins, {
    noise: (count) => count + noise.deviation * noise.normal(),
    deviation: noise.deviation,
  });
  return columnOf({ name, column, missing }, grid, states, counts);
}

function idColumn({ name, column, missing, ids }: Declared, failure: number, noise: StateNoise) {
  const found = ids ? undefined : findIds(column as CodedColumn, failure, noise);
  const vocabulary = createVocabulary(ids ?? found!.map(({ id }) => id));
  const codes = Float64Array.from({ length: vocabulary.size }, (_, code) => code);
  const counts = found && Float64Array.from(found, ({ count }) => count);
  return columnOf({ name, column, missing, vocabulary }, codes, Uint32Array.from(codes), counts);
}

interface FoundId {
  readonly id: string;
  readonly count: number;
}

/**
 * The ids whose count, with noise, is above what the count of an id that one row alone has reaches with the probability `failure`.
 *
 * @see Wilson et al., "Differentially Private SQL with Bounded User Contribution" (2020), section 3.5
 */
function findIds({ codes, vocabulary }: CodedColumn, failure: number, { deviation, normal }: StateNoise): FoundId[] {
  const rows = new Float64Array(vocabulary.size);
  for (const code of codes) if (code >= 0) rows[code]! += 1;
  const least = 1 - deviation * normalQuantile(failure);
  const found: FoundId[] = [];
  for (const [code, count] of rows.entries()) {
    const id = vocabulary.idAt(code);
    // An id that no row has takes no part, as it would not without being in the vocabulary.
    if (count === 0 || id === undefined) continue;
    const noisy = count + deviation * normal();
    if (noisy >= least) found.push({ id, count: noisy });
  }
  // The order of the vocabulary is that of the rows, and would show it.
  return found.sort((one, other) => (one.id < other.id ? -1 : 1));
}

function columnOf(
  {
    name,
    column,
    missing,
    vocabulary,
  }: Pick<Declared, 'name' | 'column' | 'missing'> & { readonly vocabulary?: Vocabulary },
  present: Float64Array,
  ofPresent: Uint32Array,
  counts: Float64Array = new Float64Array(present.length).fill(1),
): Omit<PrivateColumn, 'base'> {
  const found = ofPresent.reduce((most, state) => Math.max(most, state + 1), 0);
  const values = missing ? withLast(present, Number.NaN) : present;
  const stateOf = new Int32Array(values.length).fill(found);
  stateOf.set(ofPresent);
  const weights = missing ? withLast(counts, 1) : counts;
  const states: ColumnStates = {
    ...grouped(stateOf, found + (missing ? 1 : 0)),
    ...{ values, stateOf, counts: weights, takesNearest: vocabulary === undefined },
  };
  const sums = new Float64Array(states.offsets.length - 1);
  for (const [place, state] of stateOf.entries()) sums[state]! += weights[place]!;
  const whole = sums.reduce((sum, each) => sum + Math.max(1, each), 0);
  const like = vocabulary
    ? { kind: column.kind as 'id' | 'category', codes: new Int32Array(0), vocabulary }
    : column.kind === 'count'
      ? { kind: column.kind, values: new Int32Array(0) }
      : { kind: column.kind as 'number', values: new Float64Array(0) };
  return { name, like, vocabulary, states, shares: Array.from(sums, (sum) => Math.max(1, sum) / whole) };
}

function withLast(values: Float64Array, last: number): Float64Array {
  const longer = new Float64Array(values.length + 1).fill(last);
  longer.set(values);
  return longer;
}

function grouped(stateOf: Int32Array, count: number): Pick<ColumnStates, 'places' | 'offsets'> {
  const offsets = new Uint32Array(count + 1);
  for (const state of stateOf) offsets[state + 1]! += 1;
  for (let state = 0; state < count; state += 1) offsets[state + 1]! += offsets[state]!;
  const next = offsets.slice();
  const places = new Uint32Array(stateOf.length);
  for (const [place, state] of stateOf.entries()) places[next[state]!++] = place;
  return { places, offsets };
}
