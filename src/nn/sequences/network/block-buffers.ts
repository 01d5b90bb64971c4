import type { HashedDropout } from '../passes/hashed-dropout.js';
import { type Ground, scratchCount } from './causal-attention.js';
import type { SequencePlan } from './sequence-plan.js';

/** What a block works on, and keeps for its way back, as places. */
export interface BlockBuffers {
  /** `[rows, D]`. */
  readonly input: number;
  readonly queryInput: number;
  /** `[heads, rows, D / heads]` each. */
  readonly queries: number;
  readonly keys: number;
  readonly values: number;
  readonly weights: number;
  /** `[rows, D]` each. */
  readonly attended: number;
  readonly denseInput: number;
  readonly inner: number;
  readonly output: number;
  /** `[rows, 2]` each. */
  readonly attentionStatistics: number;
  readonly denseStatistics: number;
}

/** What blocks share, as places. */
export interface SharedBuffers {
  /** `[rows, D]`, or the heads' parts of it, each. */
  readonly spare: readonly [number, number, number, number];
  /** For attention. */
  readonly scratch: number;
  /** `[D]`. */
  readonly sums: number;
}

/** Sequences that lie one behind the other without a gap: sequence `s` has the rows `offsets[s]` to `offsets[s + 1] - 1`. */
export interface PackedSequences {
  readonly offsets: readonly number[];
}

/** One pass of a block. */
export interface BlockPass {
  readonly plan: SequencePlan;
  readonly ground: Ground;
  /** Where all parameters begin, and all their gradients. */
  readonly parameters: number;
  readonly gradients: number;
  readonly buffers: BlockBuffers;
  readonly shared: SharedBuffers;
  readonly packed: PackedSequences;
  /** Rows that there is room for. */
  readonly room: number;
  /** Of this block; missing where nothing is dropped. */
  readonly dropout: HashedDropout | undefined;
}

/** Takes the places of a block's buffers. */
export function blockBuffers(
  { embeddingSize, heads, maxLength }: SequencePlan,
  room: number,
  input: number,
  take: (count: number) => number,
): BlockBuffers {
  const wide = () => take(room * embeddingSize);
  return {
    ...{ input, queryInput: wide(), queries: wide(), keys: wide(), values: wide() },
    ...{ attended: wide(), denseInput: wide(), inner: wide(), output: wide() },
    weights: take(heads * room * maxLength),
    attentionStatistics: take(2 * room),
    denseStatistics: take(2 * room),
  };
}

/** Takes the places of what blocks share. */
export function sharedBuffers(plan: SequencePlan, room: number, take: (count: number) => number): SharedBuffers {
  const wide = () => take(room * plan.embeddingSize);
  const scratch = take(2 * scratchCount(plan.maxLength));
  return { spare: [wide(), wide(), wide(), wide()], scratch, sums: take(plan.embeddingSize) };
}
