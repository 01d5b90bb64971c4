import type { Pieces } from '../../../internal/pieces.js';
import type { DenseRoutines } from '../../host/dense-routines.js';
import type { HashedDropout } from '../passes/hashed-dropout.js';
import type { SequencePasses } from '../passes/sequence-passes.js';

/** Queries that are matched at a time against all keys up to the last of them, so that half of the products are left out. */
const queriesAtOnce = 64;

/** Memory in which attention works: places count numbers from its start, `address` is where that is in bytes. */
export interface Ground {
  readonly memory: Float32Array;
  readonly address: number;
  readonly routines: DenseRoutines;
  readonly passes: SequencePasses;
}

/** One head's part of a sequence, as places. */
export interface AttentionPlaces {
  /** `[length, size]` each. */
  readonly queries: number;
  readonly keys: number;
  readonly values: number;
  /** Room for {@link weightCount} numbers: how much each query takes of each key. */
  readonly weights: number;
  /** Room for two blocks of {@link scratchCount} numbers. */
  readonly scratch: number;
}

/** Sizes of one head's part of a sequence. */
export interface AttentionSize {
  /** Positions of the sequence. */
  readonly length: number;
  /** Numbers of a head. */
  readonly size: number;
}

/** How many weights a sequence has: those behind the diagonal are left out block by block. */
export function weightCount(length: number): number {
  let count = 0;
  for (let first = 0; first < length; first += queriesAtOnce) {
    const end = Math.min(first + queriesAtOnce, length);
    count += (end - first) * end;
  }
  return count;
}

/** How many weights a block of queries has at most. */
export function scratchCount(maxLength: number): number {
  return Math.min(queriesAtOnce, maxLength) * maxLength;
}

/**
 * Causal attention of one head: each position takes from those up to its own.
 *
 *     weights = softmax over keys not behind the query of (queries * keys' / sqrt(size)),   output = dropout(weights) * values
 *
 * @param output - Where `[length, size]` goes.
 */
export function* attend(
  { address, routines, passes }: Ground,
  { queries, keys, values, weights, scratch }: AttentionPlaces,
  { length, size }: AttentionSize,
  output: number,
  dropout: HashedDropout | undefined,
): Pieces<void> {
  const at = (place: number) => address + 4 * place;
  let block = weights;
  for (let first = 0; first < length; first += queriesAtOnce) {
    const end = Math.min(first + queriesAtOnce, length);
    const [rows, count] = [end - first, (end - first) * end];
    routines.multiply({
      ...{ left: at(queries + first * size), right: at(keys), output: at(block) },
      ...{ rows, depth: size, columns: end, transposeRight: true },
    });
    passes.softmaxRows({ start: block, first, end, scale: 1 / Math.sqrt(size) });
    if (dropout) passes.dropOut(block, scratch, count, dropout, block - weights);
    routines.multiply({
      ...{ left: at(dropout ? scratch : block), right: at(values), output: at(output + first * size) },
      ...{ rows, depth: end, columns: size },
    });
    block += count;
    yield;
  }
}

/** Where the gradients of {@link attend}'s inputs go, `[length, size]` each, as places. */
export interface AttentionGradients {
  readonly queries: number;
  readonly keys: number;
  readonly values: number;
}

/** The gradients of {@link attend} by queries, keys and values, from the `slopes` `[length, size]` of its output. */
export function* attendGradient(
  { address, routines, passes }: Ground,
  { queries, keys, values, weights, scratch }: AttentionPlaces,
  { length, size }: AttentionSize,
  slopes: number,
  gradients: AttentionGradients,
  dropout: HashedDropout | undefined,
): Pieces<void> {
  const at = (place: number) => address + 4 * place;
  let block = weights + weightCount(length);
  // The last block first: it has all keys, and what is before it is added to what it wrote.
  for (let first = lastBlock(length); first >= 0; first -= queriesAtOnce) {
    const end = Math.min(first + queriesAtOnce, length);
    const [rows, count] = [end - first, (end - first) * end];
    block -= count;
    const accumulate = end < length;
    const ofQueries = at(slopes + first * size);
    const dropped = scratch + count;
    routines.multiply({
      ...{ left: ofQueries, right: at(values), output: at(scratch) },
      ...{ rows, depth: size, columns: end, transposeRight: true },
    });
    if (dropout) {
      passes.dropOut(block, dropped, count, dropout, block - weights);
      passes.dropOut(scratch, scratch, count, dropout, block - weights);
    }
    routines.multiply({
      ...{ left: at(dropout ? dropped : block), right: ofQueries, output: at(gradients.values) },
      ...{ rows: end, depth: rows, columns: size, transposeLeft: true, accumulate },
    });
    passes.softmaxGradient({ start: block, first, end, scale: 1 / Math.sqrt(size) }, scratch);
    routines.multiply({
      ...{ left: at(scratch), right: at(keys), output: at(gradients.queries + first * size) },
      ...{ rows, depth: end, columns: size },
    });
    routines.multiply({
      ...{ left: at(scratch), right: at(queries + first * size), output: at(gradients.keys) },
      ...{ rows: end, depth: rows, columns: size, transposeLeft: true, accumulate },
    });
    yield;
  }
}

function lastBlock(length: number): number {
  return Math.floor((length - 1) / queriesAtOnce) * queriesAtOnce;
}
