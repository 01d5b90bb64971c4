import type { SequenceNetwork } from '../network/sequence-network.js';
import type { SequencePlan } from '../network/sequence-plan.js';
import type { ScoredItems } from '../passes/gbce.js';

/** Compares what comes out of a network with the items that came next and with negatives. */
export interface SampledScores {
  /** The place of the sums of gradients of items' vectors, a row for each slot. */
  readonly sums: number;
  /**
   * The loss of one sequence of a pass, whose rows begin at `row`. Writes the slopes of what came out of the network, and adds
   * those of the items' vectors to their sums.
   *
   * @param slots - Where the sums of each item stand.
   * @param share - What the loss is multiplied with.
   */
  learn(row: number, items: ScoredItems, slots: ScoredItems, share: number): number;
}

/** What scores are made with besides a network. */
interface ScoreGround {
  /** Vectors of all items. */
  readonly values: Float32Array;
  /** Negatives of a sequence. */
  readonly negatives: number;
  /** Exponent of positive probabilities. */
  readonly beta: number;
}

/** What this needs in a network's memory, with sums for so many items. */
export function sampledScoresRoom({ embeddingSize, maxLength }: SequencePlan, negatives: number, items: number) {
  const vectors = maxLength + 2 * negatives + items;
  return { ids: maxLength + negatives, more: vectors * embeddingSize + maxLength * (negatives + 1) };
}

/** Works in the place that a network keeps for others. */
export function createSampledScores(
  { ground, output, slopes, more }: SequenceNetwork,
  { embeddingSize: size, maxLength }: SequencePlan,
  { values, negatives: count, beta }: ScoreGround,
): SampledScores {
  const { memory, address, routines, passes } = ground;
  const nextItems = more;
  const vectors = nextItems + maxLength * size;
  const gradients = vectors + count * size;
  const scores = { negatives: gradients + count * size, positives: gradients + count * (size + maxLength) };
  const sums = scores.positives + maxLength;
  const at = (place: number) => address + 4 * place;
  const take = (items: Int32Array, target: number): void => {
    for (let place = 0; place < items.length; place += 1) {
      const item = items[place]! * size;
      memory.set(values.subarray(item, item + size), target + place * size);
    }
  };
  return {
    sums,
    learn: (row, items, slots, share) => {
      const [from, to, length] = [output + row * size, slopes + row * size, items.targets.length];
      take(items.targets, nextItems);
      take(items.negatives, vectors);
      passes.dotRows(from, nextItems, length, size, scores.positives);
      const forth = { left: at(from), right: at(vectors), output: at(scores.negatives), transposeRight: true };
      routines.multiply({ ...forth, rows: length, depth: size, columns: count });
      const loss = passes.gbceSlopes(scores, items, beta, share);
      const back = { left: at(scores.negatives), right: at(vectors), output: at(to) };
      routines.multiply({ ...back, rows: length, depth: count, columns: size });
      const own = Int32Array.from({ length }, (_, place) => place);
      passes.addRows(nextItems, size, own, to, scores.positives);
      const toItems = { left: at(scores.negatives), right: at(from), output: at(gradients), transposeLeft: true };
      routines.multiply({ ...toItems, rows: count, depth: length, columns: size });
      passes.addRows(from, size, slots.targets, sums, scores.positives);
      passes.addRows(gradients, size, slots.negatives, sums);
      return loss;
    },
  };
}
