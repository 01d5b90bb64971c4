import { tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core';
import type { Vocabulary } from '../../data/vocabulary.js';
import { createPause } from '../../internal/pause.js';
import type { CategoricalFeature, Feature } from '../../nn/embedding/inputs/features.js';
import { createInputPlanner } from '../../nn/embedding/inputs/plan-inputs.js';
import { createModel } from '../../nn/embedding/models/create-model.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { createNetworkRunner } from '../blocks/network-runner.js';
import { fitSide } from './fit-side.js';
import type { FoldInItemOptions, FoldInUserOptions } from './fold-in-options.js';
import type { FoldedUser } from './folded-user.js';
import { grownColumns } from './grow-columns.js';
import { withItemRow } from './grow-recommender.js';
import { fillWith, type SideBlocks, startSide } from './side-blocks.js';

/** Items of a block that are scored together. */
const BLOCK = 4096;

/** A user of a model, whose embeddings are fitted to a history with all else held. */
export async function foldUserIntoModel(
  where: string,
  model: EmbeddingModel,
  history: Int32Array,
  options: FoldInUserOptions,
): Promise<Pick<FoldedUser, 'isKnown' | 'blocks' | 'bags' | 'scoreItems' | 'scoreAll'>> {
  const { features = {} } = options;
  const side = startSide(where, model, 'user', features, history);
  if (history.length > 0) await fitSide(where, model, side, history, options);
  const scoreItems = (items: Int32Array) => scoreSide(where, model, side, items);
  const all = (model.features.item as CategoricalFeature).vocabulary.size;
  return {
    isKnown: history.length > 0 || Object.keys(features).length > 0,
    blocks: side.blocks,
    bags: side.bags,
    scoreItems,
    scoreAll: () => scoreItems(Int32Array.from({ length: all }, (_, item) => item)),
  };
}

async function scoreSide(
  where: string,
  model: EmbeddingModel,
  side: SideBlocks,
  items: Int32Array,
): Promise<Float32Array> {
  const runner = createNetworkRunner(model);
  const scores = new Float32Array(items.length);
  const pause = createPause();
  for (let start = 0; start < items.length; start += BLOCK) {
    await pause();
    // The index of the user stands for nobody: every leaf of the side is filled from outside.
    const planner = createInputPlanner(model);
    const inputs = planner.grid(where, Int32Array.of(0), items.subarray(start, start + BLOCK), false);
    scores.set(await runner.outputs(inputs, fillWith(model, inputs, side)), start);
  }
  return scores;
}

/** A copy of a model with one item more, whose embeddings are fitted to its users with all else held; `items` knows it. */
export async function foldItemIntoModel(
  where: string,
  model: EmbeddingModel,
  items: Vocabulary,
  users: Int32Array,
  options: FoldInItemOptions,
): Promise<EmbeddingModel> {
  const { features = {} } = options;
  const side = startSide(where, model, 'item', features, new Int32Array(0));
  const itemColumns = grownColumns(where, model, features);
  await fitSide(where, model, side, users, options);
  const { vocabulary } = model.features.item as CategoricalFeature;
  const parts = {
    ...model,
    features: grownFeatures(model, vocabulary, items),
    tables: grownTables(model, vocabulary, side),
    itemColumns,
  };
  return createModel({ ...parts, variables: await copyOf(model.variables) });
}

function grownFeatures(model: EmbeddingModel, items: Vocabulary, grown: Vocabulary): Record<string, Feature> {
  return Object.fromEntries(
    Object.entries(model.features).map(([name, feature]) =>
      feature.kind !== 'numeric' && feature.vocabulary === items
        ? [name, { ...feature, vocabulary: grown }]
        : [name, feature],
    ),
  );
}

// Tables of items get the fitted row; other tables over the same ids, such as a history's, an average one.
function grownTables(model: EmbeddingModel, items: Vocabulary, side: SideBlocks): EmbeddingModel['tables'] {
  const fitted = new Map(
    side.leaves.flatMap(({ feature, table, place }) => (feature === 'item' ? [[table!, place]] : [])),
  );
  const overItems = new Set(
    model.network.nodes.flatMap((node) => {
      if (node.op !== 'leaf' || node.table === undefined) return [];
      return (model.features[node.feature] as CategoricalFeature).vocabulary === items ? [node.table] : [];
    }),
  );
  return Object.fromEntries(
    Object.entries(model.tables).map(([name, table]) => {
      if (!overItems.has(name)) return [name, table];
      const place = fitted.get(name);
      const row = place === undefined ? averageRow(table.values, table.size) : side.blocks[Number(place)]!;
      return [name, { rows: table.rows + 1, size: table.size, values: withItemRow(table.values, row) }];
    }),
  );
}

function averageRow(values: Float32Array, size: number): Float32Array {
  const sums = new Float64Array(size);
  for (let at = 0; at < values.length; at += 1) sums[at % size]! += values[at]!;
  return Float32Array.from(sums, (sum) => (sum * size) / values.length);
}

async function copyOf(variables: Readonly<Record<string, Variable>>): Promise<Record<string, Variable>> {
  const values = await Promise.all(Object.values(variables).map((each) => each.data<'float32'>()));
  return tidy(() =>
    Object.fromEntries(
      Object.entries(variables).map(([name, { shape }], at) => [name, variable(tensor(values[at]!, shape, 'float32'))]),
    ),
  );
}
