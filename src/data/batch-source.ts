import type { Tensor } from '@tensorflow/tfjs-core';
import type { Rng } from '../random/rng.js';
import type { ArrayData } from './array-data.js';
import type { Conditions } from './conditions.js';
import type { ValueRange } from './value-range.js';

/** One batch of samples. A tensor that an iterable yields is borrowed until the next batch is asked for. */
export type Batch = Tensor | ArrayData;

/** One batch of samples and what each of them goes with, as iterables yield for a conditional GAN. */
export interface ConditionalBatch {
  /** The samples, `[B, …]`. */
  readonly samples: Batch;
  /** Row i belongs to sample i. */
  readonly conditions: Conditions;
}

/** What an iterable of batches may yield. */
export type AnyBatch = Batch | ConditionalBatch;

/** What trainers take as data: everything at once, or batch by batch. */
export type TrainingData = Tensor | ArrayData | Iterable<AnyBatch> | AsyncIterable<AnyBatch>;

/** A batch in use. */
export interface OpenBatch {
  /** `[B, …sample]`, float32. */
  readonly samples: Tensor;
  /** `[B, …condition]`, float32, where the source was given conditions. */
  readonly conditions?: Tensor;
  /** Frees what the source made for this batch; tensors that the user owns stay. */
  release(): void;
}

/** Hands out batches until the epochs are over. */
export interface BatchSource {
  /** Infinity while unknown: an iterable shows its length when it ends for the first time. */
  totalBatches(): number;
  next(): Promise<OpenBatch | undefined>;
  /** Where it stands between two batches, as plain data. */
  state(): unknown;
  /** Puts a source that has handed out nothing where another one stood. */
  restore(state: unknown): Promise<void>;
  close(): Promise<void>;
}

export interface BatchSourceOptions {
  /** Function that the user called, for messages. */
  readonly where: string;
  /** Shape of one sample. */
  readonly sampleShape: readonly number[];
  readonly batchSize?: number;
  /** Infinity for data that are read until the caller stops. */
  readonly epochs: number;
  readonly range?: ValueRange;
  /** What goes with each sample, for data in memory. */
  readonly conditions?: Conditions;
  /** Shape of one condition; given if batches must have conditions. */
  readonly conditionShape?: readonly number[];
  /** Whether each sample is drawn by itself, with one probability, from data in memory. */
  readonly isPoisson?: boolean;
  /** Ends the wait for a batch that does not come. */
  readonly signal?: AbortSignal;
  /** Shuffles; moves on with every epoch. */
  readonly rng: Rng;
}
