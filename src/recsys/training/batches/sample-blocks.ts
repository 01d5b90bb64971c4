import type { Interactions } from '../../../data/interactions.js';
import type { Rng } from '../../../random/rng.js';
import type { DrawNegative } from '../negatives/draw-negative.js';

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
 * The samples of one epoch, block by block: the rows of train in a new order, for each `negatives` fresh negatives of its
 * user, and the samples of a block shuffled with one another. A block has up to `positives` rows of train; the next one
 * overwrites it.
 *
 * The negatives of a block are those of rows elsewhere in the order, so that a user's samples are as scattered as if all
 * of an epoch's had been shuffled at once.
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
    const end = Math.min(start + positives, order.length);
    const length = (end - start) * (1 + negatives);
    fillShuffled(block, { train, order, start, end, negatives, draw, rng });
    yield length === capacity ? block : firstSamples(block, length);
  }
}

function firstSamples({ users, items, labels }: SampleBlock, length: number): SampleBlock {
  return { users: users.subarray(0, length), items: items.subarray(0, length), labels: labels.subarray(0, length) };
}

interface BlockPlan {
  readonly train: Interactions;
  readonly order: Uint32Array;
  /** Places in the order. */
  readonly start: number;
  readonly end: number;
  readonly negatives: number;
  readonly draw: DrawNegative;
  readonly rng: Rng;
}

// Each sample goes to a random place among those before it, and what stood there moves to the end: Fisher and Yates's
// shuffle, done while filling.
function fillShuffled({ users, items, labels }: SampleBlock, plan: BlockPlan): void {
  const { train, order, start, end, negatives, draw, rng } = plan;
  const { userIndices, itemIndices } = train;
  const apart = Math.floor(order.length / (1 + negatives));
  let filled = 0;
  for (let index = start; index < end; index += 1) {
    for (let sample = 0; sample <= negatives; sample += 1) {
      const at = index + sample * apart;
      const row = order[at < order.length ? at : at - order.length]!;
      const user = userIndices[row]!;
      const place = Math.floor((rng.uint32() / 2 ** 32) * (filled + 1));
      users[filled] = users[place]!;
      items[filled] = items[place]!;
      labels[filled] = labels[place]!;
      users[place] = user;
      items[place] = sample === 0 ? itemIndices[row]! : draw(user);
      labels[place] = sample === 0 ? 1 : 0;
      filled += 1;
    }
  }
}
