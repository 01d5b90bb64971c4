import { refuse } from '../../../internal/require.js';
import { gatherLeaf } from '../engine/gather-leaf.js';
import type { FillLeaf } from '../engine/network-engine.js';
import type { EngineSource } from '../engine/open-engine.js';
import { checkRows, isBags, requireIndices } from '../inputs/check-columns.js';
import { type InputModel, ownerOf } from '../inputs/feature-domains.js';
import type { CategoricalFeature, FeatureColumn, FeatureColumns } from '../inputs/features.js';
import type { NetworkInputs } from '../inputs/network-inputs.js';
import { createInputPlanner } from '../inputs/plan-inputs.js';
import { sliceBags } from '../inputs/take-columns.js';
import type { DenseWeights } from '../models/dense-weights.js';
import type { EmbeddingTable } from '../models/movable-table.js';

/** Rows that are scored together: their blocks stay in the processor's second-level cache. */
const BLOCK_ROWS = 4096;
/** Users and items of a block of all pairs. */
const GRID_USERS = 16;
const GRID_ITEMS = 256;

/** What scores need of a model. */
export interface ScoredModel extends InputModel {
  readonly tables: Readonly<Record<string, EmbeddingTable>>;
}

/** The three ways to ask a model. */
export interface Scores {
  score(rows: FeatureColumns): Promise<Float32Array>;
  scorePairs(users: Int32Array, items: Int32Array): Promise<Float32Array>;
  scoreAll(users: Int32Array): Promise<Float32Array>;
}

/** Writes leaves from a model's tables, whose numbers `read` gives: by default, up to date. */
export function fillFrom(
  { network, tables }: ScoredModel,
  inputs: NetworkInputs,
  read: (table: EmbeddingTable) => Float32Array = ({ values }) => values,
): FillLeaf {
  return (place, out) => {
    const node = network.nodes[place]!;
    const table = node.op === 'leaf' && node.table !== undefined ? tables[node.table] : undefined;
    gatherLeaf(inputs.leaves[place]!, table && { values: read(table), size: table.size }, out);
  };
}

/** Scores in blocks, in bounded memory. */
export function createScores(kind: string, model: ScoredModel, weights: DenseWeights, engineOf: EngineSource): Scores {
  const planner = createInputPlanner(model);
  // The engine is asked between planning and reading: nothing else may plan in between.
  const run = async (plan: () => NetworkInputs): Promise<Float32Array> => {
    const engine = await engineOf();
    await weights.refresh();
    const inputs = plan();
    return engine.block({ inputs, fill: fillFrom(model, inputs), weights }, model.network.nodes.length - 1);
  };
  const score = async (rows: FeatureColumns): Promise<Float32Array> => {
    const count = checkRows(`${kind}.score`, model, rows);
    const outputs = model.network.nodes.at(-1)!.size;
    const scores = new Float32Array(count * outputs);
    for (let start = 0; start < count; start += BLOCK_ROWS) {
      const end = Math.min(count, start + BLOCK_ROWS);
      const block = sliceRows(model, rows, start, end);
      scores.set(await run(() => planner.rows(`${kind}.score`, block, end - start, false)), start * outputs);
    }
    return scores;
  };
  return {
    score,
    scorePairs: async (users, items) => {
      requirePairs(`${kind}.scorePairs`, model);
      return score({ user: users, item: items });
    },
    scoreAll: async (users) => {
      const where = `${kind}.scoreAll`;
      const itemCount = requirePairs(where, model);
      requireIndices(where, 'users', users, (model.features.user as CategoricalFeature).vocabulary.size);
      const scores = new Float32Array(users.length * itemCount);
      for (let item = 0; item < itemCount; item += GRID_ITEMS) {
        const items = Int32Array.from({ length: Math.min(GRID_ITEMS, itemCount - item) }, (_, index) => item + index);
        for (let user = 0; user < users.length; user += GRID_USERS) {
          const some = users.subarray(user, user + GRID_USERS);
          const block = await run(() => planner.grid(where, some, items, false));
          for (let row = 0; row < some.length; row += 1) {
            const part = block.subarray(row * items.length, (row + 1) * items.length);
            scores.set(part, (user + row) * itemCount + item);
          }
        }
      }
      return scores;
    },
  };
}

/** Checks that pairs of a user and an item are all that a model needs; returns how many items there are. */
export function requirePairs(where: string, model: InputModel): number {
  const missing = Object.keys(model.features).filter(
    (name) => name !== 'user' && name !== 'item' && ownerOf(model, name) === undefined,
  );
  const { user, item } = model.features;
  if (missing.length > 0 || user?.kind !== 'categorical' || item?.kind !== 'categorical') {
    refuse(where, 'features', `be 'user', 'item' and what their columns hold`, Object.keys(model.features));
  }
  return item.vocabulary.size;
}

function sliceRows(model: InputModel, rows: FeatureColumns, start: number, end: number): FeatureColumns {
  return Object.fromEntries(
    Object.entries(rows).map(([name, column]): [string, FeatureColumn] => {
      if (isBags(column)) return [name, sliceBags(column, start, end)];
      const feature = model.features[name];
      const size = feature?.kind === 'numeric' ? (feature.size ?? 1) : 1;
      return [name, column.subarray(start * size, end * size)];
    }),
  );
}
