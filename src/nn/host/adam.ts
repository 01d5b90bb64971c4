import { type AdamFactors, adamArguments } from '../../kernels/adam-factors.js';
import type { KernelRoutines } from '../../kernels/wasm/module/kernel-routines.js';

/** Where numbers and their moments stand: in arrays for plain loops, at addresses for the wasm kernels. */
export interface AdamState<Place> {
  readonly values: Place;
  readonly m: Place;
  readonly v: Place;
}

/**
 * One update of Adam of some rows of a table, in plain loops; the others stay.
 *
 *     g = gradient + regularization * value
 *     m = beta1 * m + (1 - beta1) * g
 *     v = beta2 * v + (1 - beta2) * g^2
 *     value = value - learningRate * m / correction1 / (sqrt(v / correction2) + epsilon)
 *
 * @param gradients - Of the rows, one behind the other.
 */
export function adamRows(
  { values, m, v }: AdamState<Float32Array>,
  rows: Int32Array,
  size: number,
  gradients: Float32Array,
  { learningRate, beta1, beta2, epsilon, correction1, correction2 }: AdamFactors,
  regularization = 0,
): void {
  const [rest1, rest2] = [1 - beta1, 1 - beta2];
  const rate = learningRate / correction1;
  const correction = 1 / correction2;
  let from = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const start = rows[place]! * size;
    const end = start + size;
    for (let at = start; at < end; at += 1) {
      const value = values[at]!;
      const slope = gradients[from]! + regularization * value;
      const first = beta1 * m[at]! + rest1 * slope;
      const second = beta2 * v[at]! + rest2 * slope * slope;
      m[at] = first;
      v[at] = second;
      values[at] = value - (rate * first) / (Math.sqrt(second * correction) + epsilon);
      from += 1;
    }
  }
}

/** The same by the wasm kernel, which works in float32; `rows` is the address of `count` indices. */
export function adamRowsByKernel(
  kernels: KernelRoutines,
  { values, m, v }: AdamState<number>,
  { rows, count, size }: { readonly rows: number; readonly count: number; readonly size: number },
  gradients: number,
  factors: AdamFactors,
  regularization = 0,
): void {
  const { learningRate, beta1, beta2, epsilon, correction1, correction2 } = factors;
  const numbers = [learningRate / correction1, beta1, 1 - beta1, beta2, 1 - beta2, 1 / correction2, epsilon] as const;
  kernels.adamRows(values, m, v, gradients, rows, count, size, ...numbers, regularization);
}

/** One update of `count` numbers by the kernel of tensors, whose rounding differs in the last bit from that for rows. */
export function adamByKernel(
  kernels: KernelRoutines,
  { values, m, v }: AdamState<number>,
  gradients: number,
  count: number,
  factors: AdamFactors,
): void {
  kernels.adam(values, m, v, gradients, values, m, v, count, ...adamArguments(factors));
}

/**
 * Moves rows by updates of Adam that they missed, of which there are four factors for each: see `missed-sums.ts`.
 *
 *     value = value - scale * m / (sqrt(v) + epsilon),   m = keep1 * m,   v = keep2 * v
 */
export function catchUpRows(
  { values, m, v }: AdamState<Float32Array>,
  rows: Int32Array,
  size: number,
  factors: Float32Array,
): void {
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
