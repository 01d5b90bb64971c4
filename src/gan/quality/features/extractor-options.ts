import type { Tensor } from '@tensorflow/tfjs-core';
import type { ArrayData } from '../../../data/array-data.js';
import type { LoopOptions, Progress } from '../../../training/run-steps.js';

/** Options of {@link trainFeatureExtractor}. */
export interface FeatureExtractorOptions extends LoopOptions {
  /** Fixes initial weights, order and what is kept for the test; any safe integer. Default 0. */
  readonly seed?: number;
  /** Passes over the data. Default 4. */
  readonly epochs?: number;
  /** Samples in a batch, at most as many as are trained on. Default 128, or all when there are fewer. */
  readonly batchSize?: number;
  /** Adam's step size at the start, above 0; it falls in a straight line to 0. Default 1e-3. */
  readonly learningRate?: number;
  /** Channels after each halving of height and width. Default `[32, 64]`. */
  readonly filters?: readonly number[];
  /** Number of features. Default 128. */
  readonly featureSize?: number;
  /** Measures the accuracy. Default: a tenth of the data, drawn at random, which is then not trained on. */
  readonly test?: {
    /** `[N, H, W, C]`. */
    readonly samples: Tensor | ArrayData;
    /** The class of each sample. */
    readonly labels: ArrayLike<number>;
  };
  /** Called with every report and the cross entropy of its batch before the update, and waited for. What it throws ends the run. */
  readonly onProgress?: (progress: Progress & { readonly loss: number }) => void | Promise<void>;
}
