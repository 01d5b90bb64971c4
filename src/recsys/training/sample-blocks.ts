import type { Interactions } from '../../data/interactions.js';
import type { Rng } from '../../random/rng.js';
import type { DrawNegative } from './draw-negative.js';

/** Some samples of an epoch: pairs with label 1 that are in train, and negatives with label 0. */
export interface SampleBlock {
  /** `[N]`, user indices. */
  readonly users: Int32Array;
  /** `[N]`, item indices. */
  readonly items: Int32Array;
  /** `[N]`, 1 or 0. */
  readonly labels: Float32Array;
}

/** Most positives of one block: few enough that its samples stay in the processor's cache. */
export const blockPositives = 2 ** 13;

/**
 * The samples of one epoch, block by block: the rows of train in a new order, each with `negatives` fresh negatives, and
 * the samples of a block shuffled with one another. A block has up to `positives` rows of train; the next one overwrites it.
 */
export function* pointwiseBlocks(
  train: Interactions,
  negatives: number,
  draw: DrawNegative,
  rng: Rng,
  positives = blockPositives,
): Generator<SampleBlock, void> {
  const order = rng.permutation(train.length);
  const capacity = Math.min(positives, train.length) * (1 + negatives);
  const block = {
    users: new Int32Array(capacity),
    items: new Int32Array(capacity),
    labels: new Float32Array(capacity),
  };
  for (let start = 0; start < order.length; start += positives) {
    const rows = order.subarray(start, start + positives);
    const length = rows.length * (1 + negatives);
    fillShuffled(block, train, rows, negatives, draw, rng);
    yield length === capacity
      ? block
      : {
          users: block.users.subarray(0, length),
          items: block.items.subarray(0, length),
          labels: block.labels.subarray(0, length),
        };
  }
}

// Each sample goes to a random place among those before it, and what stood there moves to the end: Fisher and Yates's
// shuffle, done while filling.
function fillShuffled(
  { users, items, labels }: SampleBlock,
  { userIndices, itemIndices }: Interactions,
  rows: Uint32Array,
  negatives: number,
  draw: DrawNegative,
  rng: Rng,
): void {
  let filled = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const user = userIndices[rows[index]!]!;
    for (let sample = 0; sample <= negatives; sample += 1) {
      const place = Math.floor((rng.uint32() / 2 ** 32) * (filled + 1));
      users[filled] = users[place]!;
      items[filled] = items[place]!;
      labels[filled] = labels[place]!;
      users[place] = user;
      items[place] = sample === 0 ? itemIndices[rows[index]!]! : draw(user);
      labels[place] = sample === 0 ? 1 : 0;
      filled += 1;
    }
  }
}
