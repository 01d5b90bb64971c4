import { refuse } from '../../internal/require.js';
import type { DenseWeights } from './dense-weights.js';
import type { EmbeddingModel } from './embedding-model.js';
import type { EmbeddingOptimizer } from './embedding-optimizer.js';
import type { Learned } from './network-engine.js';
import type { LeafInput, NetworkInputs } from './network-inputs.js';
import { createLoopMover, type RowMover } from './row-mover.js';
import { createTableGradient, type TableGradient } from './table-gradient.js';

/** Turns a batch's gradients into new weights, and keeps count. */
export interface Updater {
  /** Moves tables and dense weights by one batch's gradients. */
  apply(inputs: NetworkInputs, learned: Learned, learningRate: number): void;
  updates(): number;
  moments(): Record<string, Float32Array>;
  restore(state: { readonly updates: number; readonly moments: Readonly<Record<string, Float32Array>> }): void;
  /** Lets another mover go on, with what this one remembers. */
  handOver(next: RowMover): void;
  dispose(): void;
}

/** What is kept for one table. */
interface TableState {
  readonly gradient: TableGradient;
  /** Places of its leaves among the nodes. */
  readonly leaves: readonly number[];
}

/** Makes an updater; moments start as the optimizer says. */
export function createUpdater(
  model: EmbeddingModel,
  weights: DenseWeights,
  optimizer: EmbeddingOptimizer,
  regularization: number,
): Updater {
  const tables = new Map(Object.keys(model.tables).map((name) => [name, tableState(model, name)]));
  let mover = createLoopMover({ tables: model.tables, dense: weights.flat }, optimizer);
  let updates = 0;
  return {
    apply: (inputs, { leafGradients, weightGradient }, learningRate) => {
      updates += 1;
      const update = { optimizer, learningRate, update: updates, regularization };
      for (const [name, { gradient, leaves }] of tables) {
        const present = leaves.filter((place) => leafGradients[place]);
        if (present.length === 0) continue;
        const blocks = present.map((place) => leafGradients[place]!);
        mover.table(
          name,
          gradient.collect(
            present.map((place): LeafInput => inputs.leaves[place]!),
            blocks,
          ),
          update,
        );
      }
      mover.dense(weightGradient, { ...update, regularization: 0 });
      weights.store();
    },
    updates: () => updates,
    moments: () => mover.moments(),
    restore: (state) => {
      copyMoments(state.moments, mover.moments());
      updates = state.updates;
    },
    handOver: (next) => {
      if (updates > 0) copyMoments(mover.moments(), next.moments());
      mover.dispose();
      mover = next;
    },
    dispose: () => mover.dispose(),
  };
}

function copyMoments(from: Readonly<Record<string, Float32Array>>, to: Readonly<Record<string, Float32Array>>): void {
  for (const [name, values] of Object.entries(to)) {
    const saved = from[name];
    if (saved?.length === values.length) continue;
    refuse('restore', `moments['${name}']`, `be a Float32Array of ${values.length} numbers`, saved?.length);
  }
  for (const [name, values] of Object.entries(to)) values.set(from[name]!);
}

function tableState(model: EmbeddingModel, name: string): TableState {
  const { rows, size } = model.tables[name]!;
  const { nodes } = model.network;
  const leaves = [...nodes.keys()].filter((place) => {
    const node = nodes[place]!;
    return node.op === 'leaf' && node.table === name;
  });
  return { gradient: createTableGradient(rows, size), leaves };
}
