import type { Pieces } from '../../../internal/pieces.js';
import { solvePositiveDefinite } from '../../../linear-algebra/positive-definite.js';

/** Which parts an exponential smoothing has besides its level. */
export interface EtsParts {
  /** Whether it has a trend, and whether that fades. */
  readonly trend: 'none' | 'linear' | 'damped';
  /** Periods of its season; 1 where it has none. */
  readonly season: number;
}

/** How an exponential smoothing moves: shares of the error of one period. */
export interface EtsSmoothing {
  readonly level: number;
  readonly trend: number;
  readonly season: number;
  /** What is left of the trend from one period to the next. */
  readonly damping: number;
}

/** States of an exponential smoothing behind its series, and how far it was off. */
export interface EtsFit {
  readonly smoothing: EtsSmoothing;
  /** `[S]`: level, trend, then the season's parts, that of the next period first. */
  readonly state: Float64Array;
  /** Sum of squared errors of one step ahead. */
  readonly squares: number;
}

/** Numbers that the first state has, S: the season's parts sum to 0. */
export function freeStates({ trend, season }: EtsParts): number {
  return 1 + (trend === 'none' ? 0 : 1) + (season - 1);
}

/**
 * Exponential smoothing with additive errors, whose first state is that of least squared errors. The errors are linear in the first
 * state, so that it is the answer of a linear regression, for any smoothing.
 *
 *     error = sales - level - damping trend - part;  level += damping trend + a error;  trend = damping trend + b error;  part += c error
 *
 * @see Hyndman, Koehler, Ord and Snyder, "Forecasting with Exponential Smoothing" (2008), chapters 2 and 5
 */
export function* fitStates(series: Float64Array, parts: EtsParts, smoothing: EtsSmoothing): Pieces<EtsFit> {
  const free = freeStates(parts);
  const paths = [walk(series, firstState(parts, -1), smoothing, parts, 1)];
  for (let own = 0; own < free; own += 1) {
    yield;
    paths.push(walk(series, firstState(parts, own), smoothing, parts, 0));
  }
  const weights = yield* regress(paths.map(({ errors }) => errors));
  const state = paths[0]!.state.slice();
  const errors = paths[0]!.errors.slice();
  for (let own = 0; own < free; own += 1) {
    yield;
    for (let at = 0; at < state.length; at += 1) state[at]! += weights[own]! * paths[own + 1]!.state[at]!;
    for (let at = 0; at < errors.length; at += 1) errors[at]! += weights[own]! * paths[own + 1]!.errors[at]!;
  }
  return { smoothing, state, squares: dot(errors, errors) };
}

// The first state with 1 in one of its free numbers, or all 0.
function firstState({ trend, season }: EtsParts, own: number): Float64Array {
  const state = new Float64Array(2 + season);
  if (own === 0) state[0] = 1;
  const parts = trend === 'none' ? 1 : 2;
  if (own === 1 && trend !== 'none') state[1] = 1;
  if (own >= parts) {
    state[2 + own - parts] = 1;
    state[1 + season] = -1;
  }
  return state;
}

// The errors from one first state; with `share` 0 as if nothing had been sold.
function walk(series: Float64Array, state: Float64Array, smoothing: EtsSmoothing, { season }: EtsParts, share: number) {
  const { level: a, trend: b, season: c, damping } = smoothing;
  const errors = new Float64Array(series.length);
  let [level, trend] = [state[0]!, state[1]!];
  const parts = state.subarray(2);
  for (let at = 0; at < series.length; at += 1) {
    const own = at % season;
    const drift = damping * trend;
    const error = share * series[at]! - level - drift - parts[own]!;
    errors[at] = error;
    level += drift + a * error;
    trend = drift + b * error;
    if (season > 1) parts[own]! += c * error;
  }
  const last = new Float64Array(state.length);
  [last[0], last[1]] = [level, trend];
  for (let ahead = 0; ahead < season; ahead += 1) last[2 + ahead] = parts[(series.length + ahead) % season]!;
  return { errors, state: last };
}

// Weights of least squares: the first list plus the weighted others is as small as can be.
function* regress([target, ...columns]: readonly Float64Array[]): Pieces<Float64Array> {
  const count = columns.length;
  const size = 4 * Math.ceil(count / 4);
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  const place = (row: number, column: number) => (row & ~3) * size + 4 * column + (row & 3);
  for (let row = 0; row < size; row += 1) {
    yield;
    const own = columns[row];
    for (let column = 0; column <= row && own; column += 1) {
      const product = dot(own, columns[column]!);
      matrix[place(row, column)] = matrix[place(column, row)] = product;
    }
    if (own) right[row] = -dot(own, target!);
    // States that no error shows, as a trend of a series of one period, stay near 0.
    matrix[place(row, row)]! += own ? 1e-9 : 1;
  }
  return solvePositiveDefinite(matrix, right) ? right : new Float64Array(size);
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += one[at]! * other[at]!;
  return sum;
}
