import { getBackend } from '@tensorflow/tfjs-core';
import { prepareBackend } from '../../../kernels/prepare-backend.js';
import { createHostEngine } from '../engine/host-engine.js';
import type { FillLeafAt, NetworkEngine } from '../engine/network-engine.js';
import { createEngineSource } from '../engine/open-engine.js';
import type { TablePool } from '../engine/table-pool.js';
import type { NetworkInputs } from '../inputs/network-inputs.js';
import type { DenseWeights } from '../models/dense-weights.js';
import type { EmbeddingModel } from '../models/embedding-model.js';
import type { EmbeddingOptimizer } from './embedding-optimizer.js';
import { createPoolMover, type PoolMover } from './pool-mover.js';
import type { Updater } from './updater.js';

/** An engine to train with, and how it takes leaves from tables in its own memory, if it has them there. */
export interface TrainingEngine {
  readonly engine: NetworkEngine;
  readonly fillAt?: (inputs: NetworkInputs) => FillLeafAt;
}

/** Gives the engine for the backend that is active at the time of each update. */
export type TrainingEngineSource = () => TrainingEngine | Promise<TrainingEngine>;

/**
 * On wasm, and with Adam, tables and moments move into a pool, one memory with the network's blocks, where vectors work on
 * them. Where that cannot be, everything stays where it is and plain loops do the same.
 */
export function createTrainingEngineSource(
  model: EmbeddingModel,
  weights: DenseWeights,
  optimizer: EmbeddingOptimizer,
  updater: Updater,
): TrainingEngineSource {
  const engineOf = createEngineSource(model.network, model.variables);
  let mover: PoolMover | undefined;
  let pooled: TrainingEngine | undefined;
  let isSettled = optimizer.kind !== 'adam';
  const settle = async (): Promise<void> => {
    await prepareBackend();
    isSettled = true;
    mover = await createPoolMover({ tables: model.tables, dense: weights.flat });
    if (mover === undefined) return;
    updater.use(mover);
    const { pool } = mover;
    pooled = {
      engine: createHostEngine(pool.host, model.network, pool.arena),
      fillAt: (inputs) => fillFromPool(model, pool, inputs),
    };
  };
  const elsewhere = async (): Promise<TrainingEngine> => {
    mover?.pool.arena.reset();
    return { engine: await engineOf() };
  };
  const open = (): TrainingEngine | Promise<TrainingEngine> => {
    mover?.pool.bind();
    return pooled !== undefined && getBackend() === 'wasm' ? pooled : elsewhere();
  };
  return () => (isSettled || getBackend() !== 'wasm' ? open() : settle().then(open));
}

function fillFromPool({ network }: EmbeddingModel, { arena, slots }: TablePool, inputs: NetworkInputs): FillLeafAt {
  return (place, address) => {
    const [node, leaf] = [network.nodes[place]!, inputs.leaves[place]];
    if (node.op !== 'leaf' || leaf?.kind !== 'rows') return false;
    const { address: table, length } = slots[node.table!]!;
    const ids = arena.allocateIndices(leaf.indices);
    arena.routines.takeRows(table, 1, length / node.size, node.size, ids, leaf.indices.length, address);
    return true;
  };
}
