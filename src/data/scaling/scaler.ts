import type { Tensor } from '@tensorflow/tfjs-core';
import type { ArrayData } from '../array-data.js';

/** Brings data to numbers that networks learn from easily, and back: made by {@link columnScaler} or {@link pixelScaler}. */
export interface Scaler {
  /** Columns that it was learned from; `undefined` where it takes any, as that of pixels does. */
  readonly columns: number | undefined;
  /**
   * Data as the networks see them.
   *
   * @param data - In their own units; the last axis holds the columns. Borrowed.
   * @returns Of the same shape, float32; `pixelScaler` adds an axis for the one channel of grey images `[N, H, W]`.
   * @throws RangeError for other columns, NaN and infinity, what float32 cannot hold once it is scaled, and another number than
   *   the one there was in a column that held only one; the reason of `signal`.
   */
  apply(data: Tensor | ArrayData, options?: ScalerOptions): Promise<ScaledData>;
  /**
   * Samples in the units of the data. A column that held one number only has that number again.
   *
   * @param samples - As the networks give them, such as those of `sampleGan`. Borrowed.
   * @returns Of the same shape, in double precision, since dates and sums of money can be too long for float32; pixels are
   *   rounded and clipped to bytes.
   * @throws RangeError for other columns, NaN and infinity; the reason of `signal`.
   */
  invert(samples: Tensor | ArrayData, options?: ScalerOptions): Promise<ArrayData>;
  /** The scaler as plain JSON: {@link restoreScaler} makes it again. */
  state(): ScalerState;
}

/** Options of a {@link Scaler}'s functions. */
export interface ScalerOptions {
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Data that were scaled. */
export interface ScaledData extends ArrayData {
  readonly values: Float32Array;
}

/** What a {@link Scaler} knows: `scaled = centre + reach * (value - offset) / spread`, column by column. */
export interface ScalerState {
  /** What becomes `centre`, one number for each column, or one for all pixels. */
  readonly offsets: readonly number[];
  /** What becomes `centre + reach`, less the offset; 0 for a column that held one number only. */
  readonly spreads: readonly number[];
  /** What the offset becomes. */
  readonly centre: number;
  /** How far from there a value lies that is one spread away from the offset. */
  readonly reach: number;
  /** Whether the data are bytes, all scaled alike. */
  readonly bytes: boolean;
}
