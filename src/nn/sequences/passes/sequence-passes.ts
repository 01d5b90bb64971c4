import type { NormPlaces } from '../network/sequence-plan.js';
import { gbceSlopes, type ScoredItems, type SequenceScores } from './gbce.js';
import { dropOut, type HashedDropout } from './hashed-dropout.js';
import { layerNorm, layerNormGradient, type NormedRows } from './layer-norm.js';
import { softmaxGradient, softmaxRows } from './softmax-rows.js';

/** Queries `first` to `end - 1` of a sequence, row by row with the `end` keys up to the last of them. */
export interface QueryBlock {
  /** Where the block begins. */
  readonly start: number;
  readonly first: number;
  readonly end: number;
  /** What scores are multiplied with before the softmax. */
  readonly scale: number;
}

/** What a network needs besides products of matrices. All work in one memory; places count numbers from the network's start. */
export interface SequencePasses {
  layerNorm(rows: NormedRows, norm: NormPlaces, count: number, size: number): void;
  /** Takes slopes back in place, and adds to the gradients of scale and offset. */
  layerNormGradient(
    rows: Pick<NormedRows, 'input' | 'statistics'>,
    norm: NormPlaces,
    gradient: NormPlaces,
    slopes: number,
    count: number,
    size: number,
  ): void;
  /** Writes `count` numbers to a target, some of them dropped; they are told apart by their place from `first` on. */
  dropOut(source: number, target: number, count: number, dropout: HashedDropout, first?: number): void;
  softmaxRows(block: QueryBlock): void;
  /** In place of the slopes of shares. */
  softmaxGradient(block: QueryBlock, slopes: number): void;
  add(source: number, target: number, count: number): void;
  scale(values: number, count: number, factor: number): void;
  /** Loss and, in the place of scores, slopes. */
  gbceSlopes(scores: SequenceScores, items: ScoredItems, beta: number, share: number): number;
  /** Adds to each row at `target` the row of `source` that its id names. */
  addTakenRows(source: number, size: number, ids: Int32Array, target: number): void;
  /** Adds each row at `values`, times its number at `scales` where there are some, to the row of `sums` that its id names. */
  addRows(values: number, size: number, ids: Int32Array, sums: number, scales?: number): void;
  /** The dot product of each row at `left` and the one beside it at `right`. */
  dotRows(left: number, right: number, rows: number, size: number, output: number): void;
}

/** Makes the passes over a network's memory, which begins at an address, and has room for lists of ids at a place. */
export type OpenPasses = (memory: Float32Array, address: number, ids: number) => SequencePasses;

/** The passes as plain loops, for hosts that cannot run the kernels. */
export function plainPasses(memory: Float32Array): SequencePasses {
  return {
    layerNorm: (...given) => layerNorm(memory, ...given),
    layerNormGradient: (...given) => layerNormGradient(memory, ...given),
    dropOut: (...given) => dropOut(memory, ...given),
    softmaxRows: ({ start, first, end, scale }) => softmaxRows(memory, start, first, end, scale),
    softmaxGradient: ({ start, first, end, scale }, slopes) =>
      softmaxGradient(memory, start, slopes, first, end, scale),
    gbceSlopes: (...given) => gbceSlopes(memory, ...given),
    add: (source, target, count) => {
      for (let at = 0; at < count; at += 1) memory[target + at]! += memory[source + at]!;
    },
    scale: (values, count, factor) => {
      for (let at = 0; at < count; at += 1) memory[values + at]! *= factor;
    },
    addTakenRows: (source, size, ids, target) => {
      for (let row = 0; row < ids.length; row += 1) {
        const [from, to] = [source + ids[row]! * size, target + row * size];
        for (let at = 0; at < size; at += 1) memory[to + at]! += memory[from + at]!;
      }
    },
    addRows: (values, size, ids, sums, scales) => {
      for (let row = 0; row < ids.length; row += 1) {
        const [from, to] = [values + row * size, sums + ids[row]! * size];
        const factor = scales === undefined ? 1 : memory[scales + row]!;
        for (let at = 0; at < size; at += 1) memory[to + at]! += factor * memory[from + at]!;
      }
    },
    dotRows: (left, right, rows, size, output) => {
      for (let row = 0; row < rows; row += 1) {
        let sum = 0;
        for (let at = row * size; at < (row + 1) * size; at += 1) sum += memory[left + at]! * memory[right + at]!;
        memory[output + row] = sum;
      }
    },
  };
}
