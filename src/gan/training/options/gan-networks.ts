import type { Tensor } from '@tensorflow/tfjs-core';
import type { ArrayData } from '../../../data/array-data.js';
import type { Batch, ConditionalBatch } from '../../../data/batch-source.js';
import type { Conditions } from '../../../data/conditions.js';
import type { ConditionalModel, PlainModel } from '../../builders/conditional-model.js';

/** Two networks without conditions, and what they learn from. */
export interface PlainGan {
  /** From noise `[B, Z]`, or any shape of noise, to samples `[B, …]`. Changed in place. */
  readonly generator: PlainModel;
  /** From samples `[B, …]` to **logits**, `[B, 1]` or any shape. Changed in place. */
  readonly discriminator: PlainModel;
  /**
   * Real samples: a Tensor `[N, …]`, `{ values, shape }`, or a sync or async iterable of batches of either kind.
   * An iterable is asked for a new iterator every epoch; endless ones go with `steps`. Tensors that it yields are
   * borrowed until the next batch is asked for. Values must lie in the range of the generator's last activation.
   */
  readonly data: Tensor | ArrayData | Iterable<Batch> | AsyncIterable<Batch>;
  /** Left out: there are none. */
  readonly conditions?: undefined;
}

/** Two networks that take a condition each, and what they learn from: data in memory, or batches of an iterable. */
export type ConditionalGan = {
  /** From noise and conditions `[B, C]` to samples `[B, …]`. Changed in place. */
  readonly generator: ConditionalModel;
  /** From samples and conditions to **logits**. Changed in place. */
  readonly discriminator: ConditionalModel;
} & (
  | {
      /** `[N, …]`, as without conditions. */
      readonly data: Tensor | ArrayData;
      /**
       * Row i belongs to sample i: class numbers `[N]`, which become one-hot vectors, or numbers `[N, C]`. Fakes get the
       * conditions of the real batch that they stand beside.
       */
      readonly conditions: Conditions;
    }
  | {
      /** Yields `{ samples, conditions }`. */
      readonly data: Iterable<ConditionalBatch> | AsyncIterable<ConditionalBatch>;
      /** Left out: every batch has its own. */
      readonly conditions?: undefined;
    }
);
