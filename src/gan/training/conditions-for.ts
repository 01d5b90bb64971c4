import type { Tensor } from '@tensorflow/tfjs-core';
import type { ArrayData } from '../../data/array-data.js';
import type { ConditionalBatch } from '../../data/batch-source.js';
import type { Conditions } from '../../data/conditions.js';
import type { ConditionalModel } from '../builders/conditional-model.js';

/** Samples with their conditions: beside data in memory, or within every batch of an iterable. */
export type ConditionalData =
  | { readonly data: Tensor | ArrayData; readonly conditions: Conditions }
  | { readonly data: Iterable<ConditionalBatch> | AsyncIterable<ConditionalBatch>; readonly conditions?: undefined };

/** What training asks for beside a generator of type `G`: conditions for a {@link ConditionalModel}, else nothing. */
export type ConditionsFor<G> = G extends ConditionalModel ? ConditionalData : unknown;
