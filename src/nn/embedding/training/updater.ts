import { refuse, requireWholeNumber } from '../../../internal/require.js';
import type { Learned } from '../engine/network-engine.js';
import type { LeafInput, NetworkInputs } from '../inputs/network-inputs.js';
import type { DenseWeights } from '../models/dense-weights.js';
import type { EmbeddingModel } from '../models/embedding-model.js';
import type { EmbeddingOptimizer } from './embedding-optimizer.js';
import { createLoopMover, type RowMover } from './row-mover.js';
import { createTableGradient, type TableGradient } from './table-gradient.js';
import { createWaitingRows, type WaitingRowsState } from './waiting-rows.js';

/** Turns a batch's gradients into new weights, and keeps count. */
export interface Updater {
  /** Brings the rows that a batch names up to date, before they are read. */
  prepare(inputs: NetworkInputs): void;
  /** Moves tables and dense weights by one batch's gradients. */
  apply(inputs: NetworkInputs, learned: Learned, learningRate: number): void;
  updates(): number;
  moments(): Record<string, Float32Array>;
  /** All that decides the next updates, as it stands; its own arrays. */
  exactState(): ExactUpdaterState;
  /** Takes over such a state of an updater of the same model, whose tables hold the numbers as they stood there. */
  restoreExact(state: ExactUpdaterState): void;
  restore(state: { readonly updates: number; readonly moments: Readonly<Record<string, Float32Array>> }): void;
  /** Goes on with another mover, which takes over what this one remembers. */
  use(next: RowMover): void;
  dispose(): void;
}

/** See {@link Updater.exactState}. */
export interface ExactUpdaterState {
  readonly updates: number;
  readonly moments: Readonly<Record<string, Float32Array>>;
  /** Rows that are behind; missing where none ever is. */
  readonly waiting?: WaitingRowsState;
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
  const goOn = optimizer.kind === 'adam' && optimizer.movesUntouchedRows;
  const waiting = goOn ? createWaitingRows(model.tables, optimizer, () => mover) : undefined;
  return {
    prepare: (inputs) => {
      if (waiting === undefined) return;
      for (const [name, { leaves }] of tables) {
        for (const place of leaves) {
          const leaf = inputs.leaves[place];
          if (leaf !== undefined && leaf.kind !== 'numbers') waiting.bringUp(name, leaf.indices);
        }
      }
    },
    apply: (inputs, { leafGradients, weightGradient }, learningRate) => {
      updates += 1;
      waiting?.begin(updates, learningRate);
      const update = { optimizer, learningRate, update: updates, regularization };
      for (const [name, { gradient, leaves }] of tables) {
        const present = leaves.filter((place) => leafGradients[place]);
        if (present.length === 0) continue;
        const blocks = present.map((place) => leafGradients[place]!);
        const inputsOfThem = present.map((place): LeafInput => inputs.leaves[place]!);
        const moved = gradient.collect(inputsOfThem, blocks);
        mover.table(name, moved, update);
        waiting?.took(name, moved.rows);
      }
      mover.dense(weightGradient, { ...update, regularization: 0 });
      weights.store();
      waiting?.finish();
    },
    updates: () => updates,
    moments: () => {
      waiting?.settle();
      return mover.moments();
    },
    restore: (state) => {
      waiting?.settle();
      copyMoments(state.moments, mover.moments());
      updates = state.updates;
      waiting?.restart(updates);
    },
    exactState: () => ({ updates, moments: mover.moments(), ...(waiting && { waiting: waiting.state() }) }),
    restoreExact: (state) => {
      requireWholeNumber('restore', 'updates', state?.updates);
      copyMoments(state.moments, mover.moments());
      updates = state.updates;
      if (waiting && state.waiting) waiting.restore(state.waiting);
    },
    use: (next) => {
      if (updates > 0) copyMoments(mover.moments(), next.moments());
      mover.dispose();
      mover = next;
    },
    dispose: () => {
      waiting?.dispose();
      mover.dispose();
    },
  };
}

function copyMoments(from: Readonly<Record<string, Float32Array>>, to: Readonly<Record<string, Float32Array>>): void {
  for (const [name, values] of Object.entries(to)) {
    const saved = from?.[name];
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
