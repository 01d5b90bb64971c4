import { getBackend } from '@tensorflow/tfjs-core';
import { prepareBackend } from '../../../kernels/prepare-backend.js';
import type { NetworkInputs } from '../inputs/network-inputs.js';
import type { DenseWeights } from '../models/dense-weights.js';
import type { EmbeddingModel } from '../models/embedding-model.js';
import type { EmbeddingOptimizer } from '../training/embedding-optimizer.js';
import { createHomeMover, type HomeMover } from '../training/home-mover.js';
import type { Updater } from '../training/updater.js';
import { createHostEngine } from './host-engine.js';
import type { FillLeafAt, NetworkEngine } from './network-engine.js';
import { createEngineSource } from './open-engine.js';

/** An engine to train with, and how it takes leaves from tables in its own memory, if it has them there. */
export interface Bench {
  readonly engine: NetworkEngine;
  readonly fillAt?: (inputs: NetworkInputs) => FillLeafAt;
}

/** Gives the bench for the backend that is active at the time of each update. */
export interface Workshop {
  open(): Bench | Promise<Bench>;
}

/**
 * On wasm, and with Adam, tables and moments move into one memory with the network's blocks, where vectors work on them.
 * Where that cannot be, everything stays where it is and plain loops do the same.
 */
export function createWorkshop(
  model: EmbeddingModel,
  weights: DenseWeights,
  optimizer: EmbeddingOptimizer,
  updater: Updater,
): Workshop {
  const engineOf = createEngineSource(model.network, model.variables);
  let mover: HomeMover | undefined;
  let bench: Bench | undefined;
  let isSettled = optimizer.kind !== 'adam';
  const settle = async (): Promise<void> => {
    await prepareBackend();
    isSettled = true;
    mover = await createHomeMover({ tables: model.tables, dense: weights.flat });
    if (mover === undefined) return;
    updater.handOver(mover);
    const { home } = mover;
    bench = {
      engine: createHostEngine(home.host, model.network, home.memory),
      fillAt: (inputs) => fillFromHome(model, mover!, inputs),
    };
  };
  const elsewhere = async (): Promise<Bench> => {
    mover?.home.memory.reset();
    return { engine: await engineOf() };
  };
  const open = (): Bench | Promise<Bench> => {
    mover?.home.takeIn();
    return bench !== undefined && getBackend() === 'wasm' ? bench : elsewhere();
  };
  return { open: () => (isSettled || getBackend() !== 'wasm' ? open() : settle().then(open)) };
}

function fillFromHome({ network }: EmbeddingModel, { home }: HomeMover, inputs: NetworkInputs): FillLeafAt {
  const { memory, residents } = home;
  return (place, address) => {
    const [node, leaf] = [network.nodes[place]!, inputs.leaves[place]];
    if (node.op !== 'leaf' || leaf?.kind !== 'rows') return false;
    const { address: table, length } = residents[node.table!]!;
    const ids = memory.lendIndices(leaf.indices);
    memory.routines.takeRows(table, 1, length / node.size, node.size, ids, leaf.indices.length, address);
    return true;
  };
}
