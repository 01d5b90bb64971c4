import type { Id } from '../../data/vocabulary.js';
import { isId, refuse, requireEachId } from '../../internal/require.js';
import type { FillLeaf } from '../../nn/embedding/engine/network-engine.js';
import type { CategoricalFeature } from '../../nn/embedding/inputs/features.js';
import { type KeyedDomain, type NetworkInputs, rowDomain } from '../../nn/embedding/inputs/network-inputs.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { fillFrom } from '../../nn/embedding/scoring/scores.js';
import { averageBlock, leavesOf, meanOfRows, type PlacedLeaf } from '../blocks/leaf-blocks.js';
import type { FeatureValues } from './fold-in-options.js';

/** A user or an item from outside: what enters at each leaf of its side, by the places of leaves. */
export interface SideBlocks {
  readonly owner: 'user' | 'item';
  readonly leaves: readonly PlacedLeaf[];
  readonly blocks: Readonly<Record<number, Float32Array>>;
  /** Members of bags. */
  readonly bags: Readonly<Record<number, Int32Array>>;
}

/** Starts a side: its own embeddings and whatever is not told are the average ones. */
export function startSide(
  where: string,
  model: EmbeddingModel,
  owner: 'user' | 'item',
  features: FeatureValues,
  history: Int32Array,
): SideBlocks {
  const leaves = leavesOf(model).filter((leaf) => leaf.owner === owner);
  for (const name of Object.keys(features)) {
    const isFitting = name !== owner && leaves.some(({ feature }) => feature === name);
    if (!isFitting) refuse(where, 'features', `name features of the ${owner}`, name);
  }
  const blocks: Record<number, Float32Array> = {};
  const bags: Record<number, Int32Array> = {};
  for (const leaf of leaves) {
    const members = membersOf(where, model, leaf, features, history);
    if (members && model.features[leaf.feature]!.kind === 'bag') bags[leaf.place] = members;
    const isNumbers = leaf.table === undefined && Object.hasOwn(features, leaf.feature);
    if (isNumbers) blocks[leaf.place] = numbersOf(where, leaf, features[leaf.feature]!);
    else blocks[leaf.place] = members ? meanOfRows(model, leaf, members) : averageBlock(model, leaf);
  }
  return { owner, leaves, blocks, bags };
}

// The rows of a table that a leaf names, where that is told; a bag of items of a user is the history.
function membersOf(
  where: string,
  model: EmbeddingModel,
  { feature, owner, table }: PlacedLeaf,
  features: FeatureValues,
  history: Int32Array,
): Int32Array | undefined {
  if (feature === owner || table === undefined) return undefined;
  const { kind, vocabulary } = model.features[feature] as CategoricalFeature;
  if (Object.hasOwn(features, feature)) {
    const ids = [features[feature]!].flat() as Id[];
    requireEachId(where, `features.${feature}`, ids);
    const indices = Int32Array.from(ids, (id) => vocabulary.indexOf(id));
    if (indices.includes(-1))
      refuse(
        where,
        `features.${feature}`,
        'be known to the vocabulary of the model; leave out those that are not',
        ids,
      );
    return indices;
  }
  const isHistory = owner === 'user' && vocabulary === (model.features.item as CategoricalFeature).vocabulary;
  return (kind as string) === 'bag' && isHistory ? history : undefined;
}

function numbersOf(where: string, { feature, size }: PlacedLeaf, given: Id | readonly Id[]): Float32Array {
  // Of nothing `Number` would make 0.
  const numbers = [given].flat().map((each) => (isId(each) && String(each).trim() !== '' ? Number(each) : Number.NaN));
  if (numbers.length !== size || !numbers.every(Number.isFinite)) {
    refuse(where, `features.${feature}`, `be ${size} finite numbers`, given);
  }
  return Float32Array.from(numbers);
}

/** Fills the leaves of one side from outside, those of the other from the model. */
export function fillWith(model: EmbeddingModel, inputs: NetworkInputs, side: SideBlocks): FillLeaf {
  const others = fillFrom(model, inputs);
  return (place, out) => {
    const block = side.blocks[place];
    if (!block) return others(place, out);
    const leaf = side.leaves.find((each) => each.place === place)!;
    const [feature, bag] = [model.features[leaf.feature]!, side.bags[place]];
    const leftOut = feature.kind === 'bag' && inputs.domainOf[place] === rowDomain ? feature.leaveOut : undefined;
    if (bag && leftOut !== undefined) return fillWithout(model, leaf, bag, inputs.domains[leftOut] as KeyedDomain, out);
    for (let row = 0; row < out.length; row += leaf.size) out.set(block, row);
  };
}

// In training a row is not predicted from itself.
function fillWithout(
  model: EmbeddingModel,
  leaf: PlacedLeaf,
  bag: Int32Array,
  { keys, slots }: KeyedDomain,
  out: Float32Array,
): void {
  slots.forEach((slot, row) => {
    out.set(
      meanOfRows(
        model,
        leaf,
        bag.filter((member) => member !== keys[slot]),
      ),
      row * leaf.size,
    );
  });
}
