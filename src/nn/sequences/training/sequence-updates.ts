import { requireArray, requireWholeNumber } from '../../../internal/require.js';
import type { EmbeddingOptimizer } from '../../embedding/training/embedding-optimizer.js';
import { createPoolMover, type PoolMover } from '../../embedding/training/pool-mover.js';
import { createLoopMover, type RowMover } from '../../embedding/training/row-mover.js';
import type { RowGradients } from '../../embedding/training/table-gradient.js';
import { createWaitingRows, type WaitingRowsState } from '../../embedding/training/waiting-rows.js';
import { openArena, plainArena } from '../../host/arena.js';
import { type SequenceHost, wasmHost } from '../network/sequence-host.js';
import { plainPasses } from '../passes/sequence-passes.js';
import type { SasRecModel } from '../sas-rec-model.js';

/** All that decides the next updates besides the weights; its own arrays. */
export interface SequenceUpdatesState {
  readonly updates: number;
  readonly moments: Readonly<Record<string, Float32Array>>;
  /** Rows that are behind; missing where none ever is. */
  readonly waiting?: WaitingRowsState;
}

/** Moves a model's weights against gradients. */
export interface SequenceUpdates {
  /** A host with an empty arena for `count` numbers: what was in the last one is gone. */
  host(count: number): SequenceHost;
  /** Brings the vectors of some items up to date, before they are read. */
  prepare(items: Int32Array): void;
  /** One update: of the vectors of some items, and of all parameters. */
  apply(items: RowGradients, parameters: Float32Array): void;
  state(): SequenceUpdatesState;
  /** Takes over the state of one for the same model, whose weights are as they stood there. */
  restore(state: SequenceUpdatesState): void;
  dispose(): void;
}

const table = 'items';

/** Prepares updates; under Adam vectors and moments live in one memory with the network, where there are wasm kernels. */
export async function openSequenceUpdates(model: SasRecModel, optimizer: EmbeddingOptimizer): Promise<SequenceUpdates> {
  const weights = { tables: { [table]: model.table }, dense: model.parameters };
  const pooled = optimizer.kind === 'adam' ? await createPoolMover(weights, { threads: true }) : undefined;
  const mover: RowMover = pooled ?? createLoopMover(weights, optimizer);
  const host = await openHosts(pooled);
  const goOn = optimizer.kind === 'adam' && optimizer.movesUntouchedRows;
  const waiting = goOn ? createWaitingRows(weights.tables, optimizer, () => mover) : undefined;
  let updates = 0;
  pooled?.pool.bind();
  return {
    host,
    prepare: (items) => waiting?.bringUp(table, items),
    apply: (items, parameters) => {
      updates += 1;
      const { learningRate } = optimizer;
      const update = { optimizer, learningRate, update: updates, regularization: 0 };
      waiting?.begin(updates, learningRate);
      mover.table(table, items, update);
      waiting?.took(table, items.rows);
      mover.dense(parameters, update);
      waiting?.finish();
    },
    state: () => ({ updates, moments: mover.moments(), ...(waiting && { waiting: waiting.state() }) }),
    restore: (state) => {
      const { updates: done, moments, waiting: behind } = state ?? {};
      requireWholeNumber('restore', 'state.updates', done);
      const own = Object.entries(mover.moments());
      for (const [name, values] of own) {
        requireArray('restore', `state.moments['${name}']`, moments?.[name], Float32Array, values.length);
      }
      for (const [name, values] of own) values.set(moments[name]!);
      if (waiting && behind) waiting.restore(behind);
      updates = done;
    },
    dispose: () => {
      waiting?.dispose();
      mover.dispose();
    },
  };
}

// In the memory of vectors and moments, or in one of its own.
async function openHosts(pooled: PoolMover | undefined): Promise<SequenceUpdates['host']> {
  const arena = pooled?.pool.arena ?? (await openArena(0, { threads: true }));
  if (!arena) return (count) => ({ arena: plainArena(count), openPasses: plainPasses });
  const host = await wasmHost(arena);
  return () => {
    arena.reset();
    return host;
  };
}
