import { Tensor } from '@tensorflow/tfjs-core';
import { type OptionNames, requireGivenOptions, requireOptions } from '../../internal/options.js';
import {
  refuse,
  requireEach,
  requireFilled,
  requireFinite,
  requireFlag,
  requireLength,
  requirePositive,
} from '../../internal/require.js';
import { requireTensor } from '../../internal/require-tensor.js';
import { pauseFor } from '../../internal/signal.js';
import { type ArrayData, isArrayData, type NumericArray, requireArrayData } from '../array-data.js';
import { requireValues } from '../value-range.js';
import { requirePixels } from './scale-pixels.js';
import type { ScaledData, Scaler, ScalerOptions, ScalerState } from './scaler.js';

const names: OptionNames<ScalerState> = { offsets: true, spreads: true, centre: true, reach: true, bytes: true };

/**
 * Makes a scaler again from its state, such as one that was kept as JSON.
 *
 *     scaled = centre + reach * (value - offset) / spread
 *
 * @param state - What `scaler.state()` gave.
 * @returns A scaler that does the same.
 * @throws RangeError when the state is none.
 * @example
 * const scaler = pixelScaler([-1, 1]);
 * const again = restoreScaler(JSON.parse(JSON.stringify(scaler.state())));
 * (await again.apply({ values: Uint8Array.of(0, 255), shape: [1, 1, 2, 1] })).values; // Float32Array [-1, 1]
 */
export function restoreScaler(state: ScalerState): Scaler {
  requireState(state);
  const kept: ScalerState = { ...state, offsets: [...state.offsets], spreads: [...state.spreads] };
  return {
    columns: kept.bytes ? undefined : kept.offsets.length,
    apply: (data, options = {}) => applyTo(kept, data, options),
    invert: (samples, options = {}) => invertTo(kept, samples, options),
    state: () => ({ ...kept, offsets: [...kept.offsets], spreads: [...kept.spreads] }),
  };
}

function requireState(state: ScalerState): void {
  const where = 'restoreScaler';
  requireGivenOptions(where, state, names, 'state');
  const { offsets, spreads, centre, reach, bytes } = state;
  requireFlag(where, 'state.bytes', bytes);
  if (!Array.isArray(offsets)) refuse(where, 'state.offsets', 'be a list of numbers', offsets);
  requireFilled(where, 'state.offsets', offsets);
  if (bytes && offsets.length !== 1) refuse(where, 'state.offsets', 'hold one number for all bytes', offsets);
  requireEach(where, 'state.offsets', offsets, Number.isFinite, 'be a finite number');
  if (!Array.isArray(spreads)) refuse(where, 'state.spreads', 'be a list of numbers', spreads);
  requireLength(where, 'state.spreads', spreads, offsets.length);
  const isSpread = (value: unknown) => Number.isFinite(value) && (value as number) >= (bytes ? 1e-9 : 0);
  requireEach(where, 'state.spreads', spreads, isSpread, bytes ? 'be a positive number' : 'be a number >= 0');
  requireFinite(where, 'state.centre', centre);
  requirePositive(where, 'state.reach', reach);
}

async function applyTo(state: ScalerState, data: Tensor | ArrayData, options: ScalerOptions): Promise<ScaledData> {
  const where = 'scaler.apply';
  requireOptions(where, options, { signal: true });
  const pause = pauseFor(where, options.signal);
  const { values, shape } = await readColumns(where, 'data', data, state);
  const { offsets, spreads, centre, reach, bytes } = state;
  const columns = offsets.length;
  const scaled = new Float32Array(values.length);
  for (const [start, end] of pieces(values.length)) {
    if (bytes) requirePixels(where, 'data', values.subarray(start, end), start);
    else requireValues(where, 'data', values.subarray(start, end), undefined, start);
    for (let at = start; at < end; at += 1) {
      const spread = spreads[at % columns]!;
      const away = values[at]! - offsets[at % columns]!;
      if (spread === 0 && away !== 0) refuseOther(where, at, offsets, values[at]!);
      scaled[at] = spread === 0 ? centre : centre + (reach * away) / spread;
      if (!Number.isFinite(scaled[at])) refuseFar(where, at, offsets, values[at]!);
    }
    await pause();
  }
  return { values: scaled, shape: bytes && shape.length === 3 ? [...shape, 1] : shape };
}

async function invertTo(state: ScalerState, samples: Tensor | ArrayData, options: ScalerOptions): Promise<ArrayData> {
  const where = 'scaler.invert';
  requireOptions(where, options, { signal: true });
  const pause = pauseFor(where, options.signal);
  const { values, shape } = await readColumns(where, 'samples', samples, state);
  const { offsets, spreads, centre, reach, bytes } = state;
  const columns = offsets.length;
  // The array of bytes rounds, and clips, by itself.
  const own = bytes ? new Uint8ClampedArray(values.length) : new Float64Array(values.length);
  for (const [start, end] of pieces(values.length)) {
    requireValues(where, 'samples', values.subarray(start, end), undefined, start);
    for (let at = start; at < end; at += 1) {
      own[at] = offsets[at % columns]! + (spreads[at % columns]! * (values[at]! - centre)) / reach;
    }
    await pause();
  }
  return { values: own, shape };
}

/** Where pieces of some milliseconds of work begin and end. */
export function* pieces(length: number): Generator<readonly [start: number, end: number]> {
  for (let start = 0; start < length; start += 2 ** 18) yield [start, Math.min(start + 2 ** 18, length)];
}

/** Reads data, and refuses those of other columns. */
export async function readColumns(
  where: string,
  name: string,
  data: Tensor | ArrayData,
  state?: Pick<ScalerState, 'offsets' | 'bytes'>,
): Promise<{ readonly values: NumericArray; readonly shape: readonly number[] }> {
  if (data instanceof Tensor) requireTensor(where, name, data);
  else if (isArrayData(data)) requireArrayData(where, name, data);
  else refuse(where, name, 'be a Tensor or { values, shape }', data);
  const { shape } = data;
  const columns = state?.offsets.length;
  if (state?.bytes) {
    if (shape.length !== 3 && shape.length !== 4) refuse(where, name, 'have a shape [N, H, W] or [N, H, W, C]', shape);
  } else if (shape.length < 2 || (columns !== undefined && shape.at(-1) !== columns)) {
    refuse(where, name, `have a shape [N, ${columns ?? 'D'}], columns last`, shape);
  }
  const values = data instanceof Tensor ? ((await data.data()) as NumericArray) : data.values;
  return { values, shape };
}

function refuseOther(where: string, at: number, offsets: readonly number[], value: number): never {
  const column = at % offsets.length;
  const rule = `hold ${offsets[column]} alone in column ${column}, as the data did that the scaler was learned from`;
  refuse(where, 'data', rule, value);
}

function refuseFar(where: string, at: number, offsets: readonly number[], value: number): never {
  refuse(where, 'data', `lie where float32 holds it once it is scaled, in column ${at % offsets.length}`, value);
}
