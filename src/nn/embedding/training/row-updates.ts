import type { EmbeddingOptimizer } from './embedding-optimizer.js';
import type { MissedUpdates } from './row-clock.js';

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
  const { optimizer } = settings;
  if (optimizer.kind === 'adam') adamRows(values, size, moments, rows, gradient, settings);
  else if (optimizer.kind === 'adagrad') adagradRows(values, size, moments.sum!, rows, gradient, settings);
  else sgdRows(values, size, rows, gradient, settings);
}

function adamRows(
  values: Float32Array,
  size: number,
  moments: RowMoments,
  rows: Int32Array,
  gradient: Float32Array,
  { optimizer, learningRate, update, regularization }: RowUpdate,
): void {
  if (optimizer.kind !== 'adam') return;
  const m = moments.m!;
  const v = moments.v!;
  const { beta1, beta2, epsilon } = optimizer;
  const [rest1, rest2] = [1 - beta1, 1 - beta2];
  const rate = learningRate / (1 - beta1 ** update);
  const correction = 1 / (1 - beta2 ** update);
  let from = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const start = rows[place]! * size;
    const end = start + size;
    for (let at = start; at < end; at += 1) {
      const value = values[at]!;
      const slope = gradient[from]! + regularization * value;
      const first = beta1 * m[at]! + rest1 * slope;
      const second = beta2 * v[at]! + rest2 * slope * slope;
      m[at] = first;
      v[at] = second;
      values[at] = value - (rate * first) / (Math.sqrt(second * correction) + epsilon);
      from += 1;
    }
  }
}

/** Moves rows by the updates of Adam that they missed. */
export function catchUpRows(
  values: Float32Array,
  size: number,
  moments: RowMoments,
  { rows, factors }: MissedUpdates,
): void {
  const [m, v] = [moments.m!, moments.v!];
  for (let place = 0; place < rows.length; place += 1) {
    const [scale, epsilon] = [factors[4 * place]!, factors[4 * place + 1]!];
    const [keep1, keep2] = [factors[4 * place + 2]!, factors[4 * place + 3]!];
    const start = rows[place]! * size;
    for (let at = start; at < start + size; at += 1) {
      values[at] = values[at]! - (scale * m[at]!) / (Math.sqrt(v[at]!) + epsilon);
      m[at] = keep1 * m[at]!;
      v[at] = keep2 * v[at]!;
    }
  }
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
