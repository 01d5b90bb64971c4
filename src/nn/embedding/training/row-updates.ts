import { type AdamFactors, adamFactors } from '../../../kernels/adam-factors.js';
import { type AdamState, adamRows } from '../../host/adam.js';
import type { EmbeddingOptimizer } from './embedding-optimizer.js';

/** What an optimizer remembers of a table, by name, each as long as the table. */
export type RowMoments = Readonly<Record<string, Float32Array>>;

/** One update's settings. */
export interface RowUpdate {
  readonly optimizer: EmbeddingOptimizer;
  /** Step size, which may differ from the optimizer's by a schedule. */
  readonly learningRate: number;
  /** Which update it is, from 1. */
  readonly update: number;
  /** L2: this times a value is added to its gradient. */
  readonly regularization: number;
}

/** Adam's numbers of an update. */
export function adamFactorsOf({ optimizer, learningRate, update }: RowUpdate): AdamFactors {
  if (optimizer.kind !== 'adam') throw new TypeError(`adamFactorsOf: the optimizer is '${optimizer.kind}'.`);
  return adamFactors({ ...optimizer, learningRate }, update);
}

/** A table's numbers with Adam's moments. */
export function adamState(values: Float32Array, moments: RowMoments): AdamState<Float32Array> {
  return { values, m: moments.m!, v: moments.v! };
}

/** Zeros for what the optimizer remembers of `count` numbers. The system gives memory to what is written only. */
export function createMoments(optimizer: EmbeddingOptimizer, count: number): RowMoments {
  if (optimizer.kind === 'adam') return { m: new Float32Array(count), v: new Float32Array(count) };
  if (optimizer.kind === 'sgd') return {};
  const sum = new Float32Array(count);
  if (optimizer.initialAccumulator > 0) sum.fill(optimizer.initialAccumulator);
  return { sum };
}

/** Moves the named rows of `values` against their gradients; all others stay. */
export function updateRows(
  values: Float32Array,
  size: number,
  moments: RowMoments,
  rows: Int32Array,
  gradient: Float32Array,
  settings: RowUpdate,
): void {
  const { optimizer, regularization } = settings;
  if (optimizer.kind === 'adam') {
    adamRows(adamState(values, moments), rows, size, gradient, adamFactorsOf(settings), regularization);
  } else if (optimizer.kind === 'adagrad') adagradRows(values, size, moments.sum!, rows, gradient, settings);
  else sgdRows(values, size, rows, gradient, settings);
}

function adagradRows(
  values: Float32Array,
  size: number,
  sum: Float32Array,
  rows: Int32Array,
  gradient: Float32Array,
  { optimizer, learningRate, regularization }: RowUpdate,
): void {
  if (optimizer.kind !== 'adagrad') return;
  const { epsilon } = optimizer;
  let from = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const start = rows[place]! * size;
    for (let at = start; at < start + size; at += 1) {
      const value = values[at]!;
      const slope = gradient[from]! + regularization * value;
      const total = sum[at]! + slope * slope;
      sum[at] = total;
      values[at] = value - (learningRate * slope) / (Math.sqrt(total) + epsilon);
      from += 1;
    }
  }
}

function sgdRows(
  values: Float32Array,
  size: number,
  rows: Int32Array,
  gradient: Float32Array,
  { learningRate, regularization }: RowUpdate,
): void {
  let from = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const start = rows[place]! * size;
    for (let at = start; at < start + size; at += 1) {
      const value = values[at]!;
      values[at] = value - learningRate * (gradient[from]! + regularization * value);
      from += 1;
    }
  }
}
