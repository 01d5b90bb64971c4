import type { ChurnOptions } from '../churn/churn-model.js';

/** Makes chances of scores, as they turned out to be. Made by {@link plattScaling}, {@link isotonicScaling} and {@link decodeCalibration}. */
export interface Calibration {
  /** Which method it is. */
  readonly name: string;
  /** What gave the scores: it is made for no other. */
  readonly scorer: string;
  /** Cases that it was learned from. */
  readonly cases: number;
  /** Why not to trust it, in plain words; empty where nothing was found. */
  readonly doubts: readonly string[];
  /**
   * `[N]`: the chance of each score, above 0 and below 1; a higher score never has a lower one.
   *
   * @throws RangeError when a score is not finite.
   */
  apply(scores: ArrayLike<number>, options?: ChurnOptions): Promise<Float64Array>;
  /** What {@link encodeCalibration} writes. */
  readonly state: CalibrationState;
}

/** What a calibration knows. */
export interface CalibrationState {
  /** Numbers by name. */
  readonly values: Readonly<Record<string, number>>;
  /** Lists of numbers by name. */
  readonly lists: Readonly<Record<string, Float64Array>>;
}

/** Options of {@link plattScaling} and {@link isotonicScaling}. */
export interface ScalingOptions extends ChurnOptions {
  /** What gave the scores, in a word or two. Default `'scores'`. */
  readonly scorer?: string;
}

/** Learns a calibration from scores and what became of the cases. */
export type FitCalibration = (
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: ScalingOptions,
) => Promise<Calibration>;
