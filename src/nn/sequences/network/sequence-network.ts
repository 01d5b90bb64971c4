import type { Pieces } from '../../../internal/pieces.js';
import { type HashedDropout, seedOf } from '../passes/hashed-dropout.js';
import { blockBackward, blockForward, normOf, shifted } from './attention-block.js';
import { type BlockBuffers, type BlockPass, blockBuffers, type SharedBuffers, sharedBuffers } from './block-buffers.js';
import type { Ground } from './causal-attention.js';
import type { SequenceHost } from './sequence-host.js';
import type { SequencePlan } from './sequence-plan.js';

/** Items of some sequences, packed one behind the other. */
export interface SequenceChunk {
  /** `[S + 1]`: the rows of sequence `s` are `offsets[s]` to `offsets[s + 1] - 1`. */
  readonly offsets: readonly number[];
  /** Copies the vector of the item in a row to a place. */
  readonly fill: (row: number, place: number) => void;
  /** Which of the vectors of positions is added in each row. */
  readonly positions: Int32Array;
}

/** A network of self-attention in a block of an arena. Places count numbers from the block's start. */
export interface SequenceNetwork {
  readonly ground: Ground;
  /** Where the parameters are, `plan.parameters` of them, and their gradients. */
  readonly parameters: number;
  readonly gradients: number;
  /** Where the vectors that come out are, `[rows, D]`: what items are compared with. */
  readonly output: number;
  /** Where their slopes belong, `[rows, D]`; after the way back, those of what went in. */
  readonly slopes: number;
  /** The place of the numbers of somebody else. */
  readonly more: number;
  /** Computes the vectors of a chunk. */
  forward(chunk: SequenceChunk, dropout?: HashedDropout): Pieces<void>;
  /** Adds the gradients by the parameters to what is there, of the last way forward, which had these arguments. */
  backward(chunk: SequenceChunk, dropout?: HashedDropout): Pieces<void>;
}

/** Which part of a pass's dropout is that of the items' vectors; blocks come before it. */
const inputPart = -2;

/** How many rows there should be room for: sequences are worked on so many rows at a time, or one by one where they are longer. */
export function roomOf({ maxLength }: Pick<SequencePlan, 'maxLength'>): number {
  return Math.max(256, maxLength);
}

/** What there should be room for. */
export interface SequenceRoom {
  /** Rows of a pass. */
  readonly rows: number;
  /** Ids in the lists of somebody else. Default 0. */
  readonly ids?: number;
  /** Other numbers of theirs. Default 0. */
  readonly more?: number;
}

interface Layout {
  readonly parameters: number;
  readonly gradients: number;
  readonly blocks: readonly BlockBuffers[];
  readonly shared: SharedBuffers;
  readonly input: number;
  readonly output: number;
  readonly statistics: number;
  readonly slopes: number;
  readonly ids: number;
  readonly more: number;
  readonly end: number;
}

function layOut(plan: SequencePlan, { rows: room, ids = 0, more = 0 }: SequenceRoom): Layout {
  let end = 0;
  const take = (count: number): number => {
    // Blocks begin on a cache line.
    const start = end;
    end += Math.ceil(count / 16) * 16;
    return start;
  };
  const wide = () => take(room * plan.embeddingSize);
  const [parameters, gradients, input] = [take(plan.parameters), take(plan.parameters), wide()];
  const blocks: BlockBuffers[] = [];
  for (let block = 0; block < plan.blocks; block += 1) {
    blocks.push(blockBuffers(plan, room, blocks.at(-1)?.output ?? input, take));
  }
  const shared = sharedBuffers(plan, room, take);
  const [output, statistics, slopes] = [wide(), take(2 * room), wide()];
  const places = { ids: take(Math.max(room, ids)), more: take(more) };
  return { parameters, gradients, blocks, shared, input, output, statistics, slopes, ...places, end };
}

/** How many numbers a network takes. */
export function sequenceNetworkLength(plan: SequencePlan, room: SequenceRoom): number {
  return layOut(plan, room).end;
}

/** Lays a network out in a new block of a host's arena. */
export function createSequenceNetwork(plan: SequencePlan, host: SequenceHost, room: SequenceRoom): SequenceNetwork {
  const layout = layOut(plan, room);
  const address = host.arena.allocate(layout.end);
  const memory = host.arena.floats(address, layout.end);
  const passes = host.openPasses(memory, address, layout.ids);
  const ground: Ground = { memory, address, routines: host.arena.dense, passes };
  const { parameters, gradients, input, output, statistics, slopes } = layout;
  const { embeddingSize: size } = plan;
  const last = { input: layout.blocks.at(-1)?.output ?? input, output, statistics };
  const passOf = (chunk: SequenceChunk, block: number, dropout: HashedDropout | undefined): BlockPass => ({
    ...{ plan, ground, parameters, gradients, room: room.rows, packed: chunk, shared: layout.shared },
    buffers: layout.blocks[block]!,
    dropout: partOf(dropout, block),
  });
  return {
    ...{ ground, parameters, gradients, output, slopes, more: layout.more },
    *forward(chunk, dropout) {
      const rows = chunk.offsets.at(-1)!;
      for (let row = 0; row < rows; row += 1) chunk.fill(row, input + row * size);
      passes.addTakenRows(parameters + plan.positions, size, chunk.positions, input);
      const own = partOf(dropout, inputPart);
      if (own) passes.dropOut(input, input, rows * size, own);
      for (const [block, places] of plan.blockPlaces.entries())
        yield* blockForward(passOf(chunk, block, dropout), places);
      passes.layerNorm(last, shifted(plan.lastNorm, parameters), rows, size);
    },
    *backward(chunk, dropout) {
      const rows = chunk.offsets.at(-1)!;
      passes.layerNormGradient(last, ...normOf(plan.lastNorm, parameters, gradients), slopes, rows, size);
      for (const [block, places] of [...plan.blockPlaces.entries()].toReversed()) {
        yield* blockBackward(passOf(chunk, block, dropout), places, slopes);
      }
      const own = partOf(dropout, inputPart);
      if (own) passes.dropOut(slopes, slopes, rows * size, own);
      passes.addRows(slopes, size, chunk.positions, gradients + plan.positions);
    },
  };
}

function partOf(dropout: HashedDropout | undefined, part: number): HashedDropout | undefined {
  return dropout && { seed: seedOf(dropout.seed, part), rate: dropout.rate };
}
