import {
  add,
  logSumExp,
  matMul,
  mul,
  reshape,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { createPause } from '../../internal/pause.js';
import type { Rng } from '../../random/rng.js';
import type { ItemVectors } from './item-vectors.js';

/** How the vectors that were made for a history score items. */
export interface Nearness {
  readonly vectors: ItemVectors;
  /** h > 0. */
  readonly bandwidth: number;
  /** `[I]`: taken from every score; `log mean over items j of K(x_i, x_j)`, or zeros. */
  readonly crowding: Float32Array;
}

// Numbers in the largest matrix of distances, 32 MB.
const largestBlock = 2 ** 23;

// Of a larger catalogue so many items stand for all: its density is smooth at the width of a kernel.
const mostCentres = 4096;

/** Chooses what is taken from scores: how crowded the catalogue is around each item, or nothing. */
export async function createNearness(
  vectors: ItemVectors,
  bandwidth: number,
  rank: 'ratio' | 'nearest',
  rng: Rng,
): Promise<Nearness> {
  const items = vectors.values.length / vectors.size;
  const plain = { vectors, bandwidth, crowding: new Float32Array(items) };
  if (rank === 'nearest') return plain;
  // Items as centres of items: the same kernel, with the catalogue in place of what a generator made.
  const centres = items > mostCentres ? someOf(vectors, rng.permutation(items).subarray(0, mostCentres)) : vectors;
  const count = centres.values.length / centres.size;
  const crowding = new Float32Array(items);
  const block = Math.max(1, Math.floor(largestBlock / count));
  const pause = createPause();
  for (let from = 0; from < items; from += block) {
    const some = vectors.values.slice(from * vectors.size, (from + block) * vectors.size);
    const part = tidy(() => logMeans({ ...plain, vectors: { ...vectors, values: some } }, toRows(centres), count));
    crowding.set(await part.data().finally(() => part.dispose()), from);
    await pause();
  }
  return { ...plain, crowding };
}

function someOf({ size, values }: ItemVectors, items: Uint32Array): ItemVectors {
  const some = new Float32Array(items.length * size);
  items.forEach((item, row) => {
    some.set(values.subarray(item * size, (item + 1) * size), row * size);
  });
  return { size, values: some };
}

/** How many histories of `draws` vectors each can be scored at once. */
export function rowsAtOnce({ values, size }: ItemVectors, draws: number): number {
  return Math.max(1, Math.floor(largestBlock / (draws * (values.length / size))));
}

/**
 * Scores of all items: `log mean over s of K(x_i, g_s)`, less the crowding, with `K(x, y) = exp(-|x - y|^2 / (2 h^2))`.
 *
 * @param made - `[B * S, F]`.
 * @returns `[B, I]`. The caller disposes it.
 */
export function nearnessToAll(nearness: Nearness, made: Tensor, draws: number): Tensor {
  return tidy(() => sub(logMeans(nearness, made as Tensor2D, draws), nearness.crowding));
}

/** The same for one item, on the host: `made` holds S vectors from `at`. */
export function nearnessTo(nearness: Nearness, made: Float32Array, at: number, draws: number, item: number): number {
  const { vectors, bandwidth, crowding } = nearness;
  const { size, values } = vectors;
  const exponents = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw += 1) {
    let distance = 0;
    for (let column = 0; column < size; column += 1) {
      distance += (values[item * size + column]! - made[at + draw * size + column]!) ** 2;
    }
    exponents[draw] = (-0.5 * distance) / bandwidth ** 2;
  }
  const most = exponents.reduce((high, each) => Math.max(high, each), Number.NEGATIVE_INFINITY);
  const total = exponents.reduce((all, each) => all + Math.exp(each - most), 0);
  return most + Math.log(total / draws) - crowding[item]!;
}

function logMeans({ vectors, bandwidth }: Nearness, made: Tensor2D, draws: number): Tensor {
  // Transposed by hand: products with a transposed operand are slow on wasm.
  const columns = transpose(toRows(vectors));
  const squares = add(sum(square(made), 1, true), sum(square(columns), 0, true));
  const distances = sub(squares, mul(2, matMul(made, columns)));
  const exponents = reshape(mul(-0.5 / bandwidth ** 2, distances), [-1, draws, columns.shape[1]!]);
  return sub(logSumExp(exponents, 1), Math.log(draws));
}

function toRows({ values, size }: ItemVectors): Tensor2D {
  return tensor2d(values, [values.length / size, size]);
}
