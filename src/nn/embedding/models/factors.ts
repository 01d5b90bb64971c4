import type { EngineSource } from '../engine/open-engine.js';
import type { CategoricalFeature } from '../inputs/features.js';
import { createInputPlanner } from '../inputs/plan-inputs.js';
import { fillFrom, type ScoredModel } from '../scoring/scores.js';
import type { DenseWeights } from './dense-weights.js';
import type { DotNode } from './network.js';

/** A model's scores as dot products: `users[u] . items[i] + itemBiases[i]`, up to a constant for each user. */
export interface Factors {
  /** Length of one vector, D. */
  readonly size: number;
  /** `[U, D]`, row-major. Read only: it may be the model's own table. */
  readonly users: Float32Array;
  /** `[I, D]`, row-major. Read only, as `users`. */
  readonly items: Float32Array;
  /** `[I]`; missing where the model has none. */
  readonly itemBiases?: Float32Array;
}

/** Users or items whose vectors are computed together. */
const BLOCK = 2048;

/** Finds a model's factors, or nothing where its network is no dot product of a user's and an item's side. */
export function createFactors(
  model: ScoredModel,
  weights: DenseWeights,
  engineOf: EngineSource,
): (() => Promise<Factors>) | undefined {
  const { nodes } = model.network;
  const dot = nodes.find((node): node is DotNode => node.op === 'dot');
  if (dot === undefined) return undefined;
  const planner = createInputPlanner(model);
  const [userPlace, itemPlace] = dot.inputs;
  const { size } = nodes[userPlace]!;
  const vectors = async (place: number, owner: 'user' | 'item'): Promise<Float32Array> => {
    const node = nodes[place]!;
    if (node.op === 'leaf') return model.tables[node.table!]!.values;
    const count = (model.features[owner] as CategoricalFeature).vocabulary.size;
    const all = new Float32Array(count * size);
    for (let start = 0; start < count; start += BLOCK) {
      const keys = Int32Array.from({ length: Math.min(BLOCK, count - start) }, (_, index) => start + index);
      const engine = await engineOf();
      await weights.refresh();
      // The other side needs a row as well: its first.
      const first = Int32Array.of(0);
      const inputs = planner.grid('factors', owner === 'user' ? keys : first, owner === 'item' ? keys : first, false);
      all.set(await engine.block({ inputs, fill: fillFrom(model, inputs), weights }, place), start * size);
    }
    return all;
  };
  const biases = model.tables.itemBias?.values;
  return async () => ({
    size,
    users: await vectors(userPlace, 'user'),
    items: await vectors(itemPlace, 'item'),
    ...(biases && { itemBiases: biases }),
  });
}
