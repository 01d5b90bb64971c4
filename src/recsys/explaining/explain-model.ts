import { sum } from '@tensorflow/tfjs-core';
import type { CategoricalFeature } from '../../nn/embedding/inputs/features.js';
import type { EmbeddingLoss } from '../../nn/embedding/losses/embedding-loss.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { averageBlock, idsOfLeaf, leafBlock, leavesOf, type PlacedLeaf } from '../blocks/leaf-blocks.js';
import { createNetworkRunner, rowInputs } from '../blocks/network-runner.js';
import type { Contribution } from '../recommender.js';
import type { UserScores } from '../serving/user-scores.js';
import { addUp } from './explanation.js';

/** What integrated gradients are taken along. */
export interface PathOptions {
  readonly steps: number;
  readonly baseline: 'average' | 'zero';
}

/** What enters at a leaf: the block that is explained and the one it is compared with. */
interface LeafPath extends PlacedLeaf {
  readonly ids: Int32Array;
  readonly block: Float32Array;
  readonly baseline: Float32Array;
}

/** What each feature of a model adds to a score, by integrated gradients over the blocks that enter the network. */
export async function explainByModel(
  model: EmbeddingModel,
  user: UserScores,
  item: number,
  { steps, baseline }: PathOptions,
): Promise<{ readonly baselineScore: number; readonly contributions: Contribution[] }> {
  const paths = leavesOf(model).map((leaf): LeafPath => {
    const average = baseline === 'average' ? averageBlock(model, leaf) : new Float32Array(leaf.size);
    const folded = leaf.owner === 'user' ? user.blocks?.[leaf.place] : undefined;
    if (folded) return { ...leaf, ids: foldedIds(leaf, user), block: folded, baseline: average };
    const index = leaf.owner === 'user' ? user.index : item;
    const block = leafBlock(model, leaf, index);
    return { ...leaf, ids: idsOfLeaf(model, leaf, index), block, baseline: average };
  });
  const runner = createNetworkRunner(model);
  const fillAt = (shares: readonly number[]) => (place: number, out: Float32Array) => {
    const { block, baseline, size } = paths.find((path) => path.place === place)!;
    shares.forEach((share, row) => {
      for (let axis = 0; axis < size; axis += 1) {
        out[row * size + axis] = baseline[axis]! + share * (block[axis]! - baseline[axis]!);
      }
    });
  };
  // Midpoints: the error of the sum falls with the square of their number where the network is smooth.
  const points = Array.from({ length: steps }, (_, step) => (step + 0.5) / steps);
  const slopes = await runner.slopes(rowInputs(model, steps), fillAt(points), sumOfOutputs(), new Float32Array(steps));
  const [baselineScore] = await runner.outputs(rowInputs(model, 1), fillAt([0]));
  const contributions = paths.flatMap((path) => shareOf(model, path, meanRow(slopes[path.place]!, path.size)));
  return { baselineScore: baselineScore!, contributions: addUp(contributions) };
}

// Its derivative with respect to each output is 1, so each row's slopes are those of its own output.
function sumOfOutputs(): EmbeddingLoss {
  return {
    name: 'sum',
    compute: (outputs) => sum(outputs),
    computeOnHost: ({ logits }, gradient) => {
      gradient.fill(1);
      return logits.reduce((total, each) => total + each, 0);
    },
  };
}

function meanRow(rows: Float32Array, size: number): Float64Array {
  const mean = new Float64Array(size);
  rows.forEach((value, at) => {
    mean[at % size]! += (value * size) / rows.length;
  });
  return mean;
}

// A bag is a mean, so each of its members has its share of what the bag adds.
function shareOf(model: EmbeddingModel, path: LeafPath, slopes: Float64Array): Contribution[] {
  const { feature, ids, block, baseline, size, table } = path;
  const added = (from: Float32Array, start: number): number => {
    let total = 0;
    for (let axis = 0; axis < size; axis += 1) total += slopes[axis]! * (from[start + axis]! - baseline[axis]!);
    return total;
  };
  const { kind } = model.features[feature]!;
  if (kind !== 'bag' || ids.length === 0) {
    const id = kind === 'categorical' && ids.length === 1 ? idOf(model, feature, ids[0]!) : undefined;
    return [{ kind: 'feature', feature, ...(id !== undefined && { id }), value: added(block, 0) }];
  }
  const isHistory = path.owner === 'user' && vocabularyOf(model, feature) === vocabularyOf(model, 'item');
  return Array.from(ids, (member) => {
    const id = idOf(model, feature, member);
    const value = added(model.tables[table!]!.values, member * size) / ids.length;
    return { kind: isHistory ? 'history' : 'feature', feature, ...(id !== undefined && { id }), value };
  });
}

function foldedIds(leaf: PlacedLeaf, user: UserScores): Int32Array {
  return user.bags?.[leaf.place] ?? new Int32Array(0);
}

function vocabularyOf(model: EmbeddingModel, feature: string) {
  return (model.features[feature] as CategoricalFeature).vocabulary;
}

function idOf(model: EmbeddingModel, feature: string, index: number): string | undefined {
  return vocabularyOf(model, feature).idAt(index);
}
