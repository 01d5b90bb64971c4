import type { Interactions } from '../../../data/interactions.js';
import { createPause } from '../../../internal/pause.js';
import { inGroups, type Pieces, piecemeal } from '../../../internal/pieces.js';
import { refuse } from '../../../internal/require.js';
import type { SequenceBatch } from '../../../nn/sequences/training/sequence-step.js';
import type { Rng } from '../../../random/rng.js';
import { historyOf } from '../../kinds/sequences/histories.js';
import type { TrainingBatches } from '../batches/training-batches.js';
import type { DrawNegative } from '../negatives/draw-negative.js';

/** What batches of sequences are made with. */
export interface SequenceBatchSettings {
  readonly maxLength: number;
  readonly batchSize: number;
  readonly negatives: number;
}

/** What a user did last. */
interface UserSequence {
  readonly user: number;
  /** Two items at least. */
  readonly items: Int32Array;
}

/** Batches of users' sequences, in a new order every epoch, with fresh negatives. */
export async function sequenceBatches(
  where: string,
  train: Interactions,
  { maxLength, batchSize, negatives }: SequenceBatchSettings,
  draw: DrawNegative,
  rng: Rng,
): Promise<TrainingBatches<SequenceBatch>> {
  const sequences = await piecemeal(sequencesOf(train, maxLength + 1), createPause());
  if (sequences.length === 0) refuse(where, 'interactions', 'hold a user with two rows or more', 'none');
  return {
    perEpoch: Math.ceil(sequences.length / batchSize),
    *epoch() {
      const order = rng.permutation(sequences.length);
      for (let start = 0; start < order.length; start += batchSize) {
        const chosen = Array.from(order.subarray(start, start + batchSize), (place) => sequences[place]!);
        yield batchOf(chosen, negatives, draw);
      }
    },
  };
}

function* sequencesOf(train: Interactions, most: number): Pieces<UserSequence[]> {
  const sequences: UserSequence[] = [];
  yield* inGroups(train.offsets, (user) => {
    const items = historyOf(train, user);
    if (items.length > 1) sequences.push({ user, items: items.subarray(Math.max(0, items.length - most)) });
  });
  return sequences;
}

function batchOf(sequences: readonly UserSequence[], negatives: number, draw: DrawNegative): SequenceBatch {
  const offsets = new Uint32Array(sequences.length + 1);
  sequences.forEach(({ items }, place) => {
    offsets[place + 1] = offsets[place]! + items.length - 1;
  });
  const length = offsets.at(-1)!;
  const batch = {
    offsets,
    items: new Int32Array(length),
    targets: new Int32Array(length),
    negatives: new Int32Array(sequences.length * negatives),
  };
  sequences.forEach(({ user, items }, place) => {
    batch.items.set(items.subarray(0, -1), offsets[place]);
    batch.targets.set(items.subarray(1), offsets[place]);
    for (let at = place * negatives; at < (place + 1) * negatives; at += 1) batch.negatives[at] = draw(user);
  });
  return batch;
}
