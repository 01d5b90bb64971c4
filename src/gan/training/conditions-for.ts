import type { Tensor } from '@tensorflow/tfjs-core';
import type { ArrayData } from '../../data/array-data.js';
import type { ConditionalBatch } from '../../data/batch-source.js';
import type { Conditions } from '../../data/conditions.js';
import type { ConditionalModel } from '../builders/conditional-model.js';

/** Samples in memory, with their conditions beside them. */
export interface ConditionalSamples {
  /** `[N, …]`. */
  readonly data: Tensor | ArrayData;
  /** Row i belongs to sample i: class numbers `[N]`, or numbers `[N, C]`. */
  readonly conditions: Conditions;
}

/** Batches that hold their conditions. */
export interface ConditionalBatches {
  /** Yields `{ samples, conditions }`. */
  readonly data: Iterable<ConditionalBatch> | AsyncIterable<ConditionalBatch>;
  /** Left out by default: every batch has its own. */
  readonly conditions?: undefined;
}

/** Samples with their conditions: beside data in memory, or within every batch of an iterable. */
export type ConditionalData = ConditionalSamples | ConditionalBatches;

/** What training asks for beside a generator of type `G`: conditions for a {@link ConditionalModel}, else nothing. */
export type ConditionsFor<G> = G extends ConditionalModel ? ConditionalData : unknown;
