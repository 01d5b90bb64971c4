import { refuse } from '../../internal/require.js';
import type { DenseWeights } from './dense-weights.js';
import type { EmbeddingModel } from './embedding-model.js';
import type { EmbeddingOptimizer } from './embedding-optimizer.js';
import type { Learned } from './network-engine.js';
import type { LeafInput, NetworkInputs } from './network-inputs.js';
import { createMoments, type RowMoments, updateRows } from './row-updates.js';
import { createTableGradient, type TableGradient } from './table-gradient.js';

/** An optimizer's state, and what moves the weights. */
export interface Updater {
  /** Moves tables and dense weights by one batch's gradients. */
  apply(inputs: NetworkInputs, learned: Learned, learningRate: number): void;
  updates(): number;
  moments(): Record<string, Float32Array>;
  restore(state: { readonly updates: number; readonly moments: Readonly<Record<string, Float32Array>> }): void;
  dispose(): void;
}

/** What is kept for one table. */
interface TableState {
  readonly gradient: TableGradient;
  readonly moments: RowMoments;
  /** Places of its leaves among the nodes. */
  readonly leaves: readonly number[];
}

/** The name of the dense weights in saved moments. */
const dense = 'dense';

/** Makes an updater; moments start as the optimizer says. */
export function createUpdater(
  model: EmbeddingModel,
  weights: DenseWeights,
  optimizer: EmbeddingOptimizer,
  regularization: number,
): Updater {
  const tables = new Map(Object.keys(model.tables).map((name) => [name, tableState(model, optimizer, name)]));
  const denseMoments = createMoments(optimizer, weights.flat.length);
  const allWeights = Int32Array.of(0);
  let updates = 0;
  const all = (): [string, RowMoments][] => [
    ...[...tables].map(([name, { moments }]): [string, RowMoments] => [name, moments]),
    [dense, denseMoments],
  ];
  const moments = () =>
    Object.fromEntries(
      all().flatMap(([name, each]) => Object.entries(each).map(([key, values]) => [`${name}/${key}`, values])),
    );
  return {
    apply: (inputs, { leafGradients, weightGradient }, learningRate) => {
      updates += 1;
      const settings = { optimizer, learningRate, update: updates, regularization };
      for (const [name, { gradient, leaves, moments: own }] of tables) {
        const present = leaves.filter((place) => leafGradients[place]);
        if (present.length === 0) continue;
        const blocks = present.map((place) => leafGradients[place]!);
        const found = gradient.collect(
          present.map((place): LeafInput => inputs.leaves[place]!),
          blocks,
        );
        const table = model.tables[name]!;
        updateRows(table.values, table.size, own, found.rows, found.values, settings);
      }
      const whole = { ...settings, regularization: 0 };
      updateRows(weights.flat, weights.flat.length, denseMoments, allWeights, weightGradient, whole);
      weights.store();
    },
    updates: () => updates,
    moments,
    restore: (state) => {
      for (const [name, values] of Object.entries(moments())) {
        const saved = state.moments[name];
        if (saved?.length !== values.length) {
          refuse('restore', `moments['${name}']`, `be a Float32Array of ${values.length} numbers`, saved?.length);
        }
        values.set(saved);
      }
      updates = state.updates;
    },
    dispose: () => tables.clear(),
  };
}

function tableState(model: EmbeddingModel, optimizer: EmbeddingOptimizer, name: string): TableState {
  const { rows, size } = model.tables[name]!;
  const { nodes } = model.network;
  const leaves = [...nodes.keys()].filter((place) => {
    const node = nodes[place]!;
    return node.op === 'leaf' && node.table === name;
  });
  return { gradient: createTableGradient(rows, size), moments: createMoments(optimizer, rows * size), leaves };
}
