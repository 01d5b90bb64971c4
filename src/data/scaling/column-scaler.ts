import type { Tensor } from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireRange } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import type { ArrayData, NumericArray } from '../array-data.js';
import { requireValues } from '../value-range.js';
import { pieces, readColumns, restoreScaler } from './restore-scaler.js';
import type { Scaler } from './scaler.js';

/** Options of {@link columnScaler}. */
export interface ColumnScalerOptions {
  /**
   * Brings the least number of each column to `low` and the greatest to `high`, such as `[-1, 1]` for a generator that ends in
   * tanh. One stray number far away then presses all others together. Default: mean 0 and deviation 1.
   */
  readonly range?: readonly [low: number, high: number];
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Learns how to scale each column of data by itself: to mean 0 and deviation 1, or to a range.
 *
 *     deviation   (value - mean) / sqrt(mean over N of (value - mean)^2)
 *     range       low + (high - low) * (value - least) / (greatest - least)
 *
 * Learn it from what you train on. Networks begin near mean 0 and deviation 1, so data of that size are learned sooner; data of
 * any other size are learned too, but as long as the weights need to get there. A column that holds one number only becomes
 * 0, or the middle of the range, and that number again on the way back.
 *
 * @param data - `[N, D]`, or any shape whose last axis holds the columns, such as `[N, H, W, C]`. Borrowed.
 * @returns A scaler; `scaler.apply(data)` is for `trainGan`, `scaler.invert(samples)` for what `sampleGan` gives, and
 *   `encodeGan({ generator, scaler })` keeps it beside the generator.
 * @throws RangeError for NaN and infinity, for what float32 cannot hold, for a column that differs by less than float32 can
 *   tell from 0, and when `range` is not two rising finite numbers; the reason of `signal`.
 * @example
 * const orders = { values: Float32Array.of(2, 100, 4, 100, 6, 100), shape: [3, 2] };
 * const scaler = await columnScaler(orders);
 * scaler.state().offsets; // [4, 100]
 * (await scaler.invert(await scaler.apply(orders))).shape; // [3, 2]
 */
export async function columnScaler(data: Tensor | ArrayData, options: ColumnScalerOptions = {}): Promise<Scaler> {
  requireOptions(where, options, optionNames);
  const { range, signal } = options;
  if (range !== undefined) requireRange(where, 'range', range);
  const pause = pauseFor(where, signal);
  const { values, shape } = await readColumns(where, 'data', data);
  const columns = shape.at(-1)!;
  const ends = await endsOf(values, columns, pause);
  if (range === undefined) {
    const { offsets, spreads } = await deviationsOf(values, columns, ends, pause);
    return restoreScaler({ offsets, spreads: requireSpreads(spreads, ends), centre: 0, reach: 1, bytes: false });
  }
  const [low, high] = range;
  const spreads = ends.map(([least, most]) => (most - least) / 2);
  const offsets = ends.map(([least], column) => least + spreads[column]!);
  const reach = high / 2 - low / 2;
  return restoreScaler({ offsets, spreads: requireSpreads(spreads, ends), centre: low + reach, reach, bytes: false });
}

const where = 'columnScaler';
const optionNames: OptionNames<ColumnScalerOptions> = { range: true, signal: true };

type Ends = readonly (readonly [least: number, most: number])[];

async function endsOf(values: NumericArray, columns: number, pause: () => Promise<void>): Promise<Ends> {
  const least = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  for (const [start, end] of pieces(values.length)) {
    requireValues(where, 'data', values.subarray(start, end), undefined, start);
    await pause();
  }
  await eachValue(values, columns, pause, (value, column) => {
    if (value < least[column]!) least[column] = value;
    if (value > most[column]!) most[column] = value;
  });
  return Array.from(least, (low, column) => [low, most[column]!] as const);
}

// The mean first, then the squares around it: the difference of two large sums would lose small deviations. Sums run from the
// least number, so that a column of one number has that mean exactly.
async function deviationsOf(values: NumericArray, columns: number, ends: Ends, pause: () => Promise<void>) {
  const count = values.length / columns;
  const sums = new Float64Array(columns);
  await eachValue(values, columns, pause, (value, column) => {
    sums[column]! += value - ends[column]![0];
  });
  const offsets = ends.map(([least], column) => least + sums[column]! / count);
  const squares = new Float64Array(columns);
  await eachValue(values, columns, pause, (value, column) => {
    squares[column]! += (value - offsets[column]!) ** 2;
  });
  return { offsets, spreads: Array.from(squares, (sum) => Math.sqrt(sum / count)) };
}

async function eachValue(
  values: NumericArray,
  columns: number,
  pause: () => Promise<void>,
  see: (value: number, column: number) => void,
): Promise<void> {
  for (const [start, end] of pieces(values.length)) {
    for (let at = start; at < end; at += 1) see(values[at]!, at % columns);
    await pause();
  }
}

// The smallest normal number of float32.
const leastSpread = 2 ** -126;

function requireSpreads(spreads: readonly number[], ends: Ends): readonly number[] {
  return spreads.map((spread, column) => {
    const [least, most] = ends[column]!;
    if (least === most) return 0;
    if (spread >= leastSpread) return spread;
    return refuse(where, 'data', `differ by more than float32 can tell from 0 in column ${column}`, most - least);
  });
}
