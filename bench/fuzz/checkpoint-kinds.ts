import type { Optimizer } from '@tensorflow/tfjs-core';
import {
  adam,
  buildDotProduct,
  type CheckpointStore,
  createDqn,
  inventoryEnvironment,
  memoryStore,
  poissonDemand,
  trainDqn,
  trainGan,
  trainRecommender,
} from 'minimart';
import { smallShop } from '../../tests/recsys/support/shop-models.js';
import { smallData, smallPair } from '../../tests/support/gan-pair.js';
import type { FuzzKind } from './kind.js';
import { damaged } from './reseal.js';

/** Trains so many steps from a store, or into it, and frees all that it made. */
type Train = (steps: number, stores: { resume?: CheckpointStore; checkpoint?: { store: CheckpointStore } }) => unknown;

/** Checkpoints of every trainer: read, put back, and trained on for a step. */
export async function checkpointKinds(): Promise<FuzzKind[]> {
  const trainers: Readonly<Record<string, Train>> = {
    trainGan: smallGan,
    trainRecommender: smallModel,
    trainDqn: agent,
  };
  const kinds: FuzzKind[] = [];
  for (const [name, train] of Object.entries(trainers)) kinds.push(await checkpointKind(name, train));
  return kinds;
}

async function checkpointKind(trainer: string, train: Train): Promise<FuzzKind> {
  const store = memoryStore();
  await train(2, { checkpoint: { store } });
  const [name] = await store.list();
  const good = await store.read(name!);
  return {
    name: `checkpoint of ${trainer}`,
    // An agent's own `learn` says it where weights that are finite are so large that its loss is not.
    readers: [trainer, 'learn'],
    make: async (rng) => {
      const other = memoryStore();
      await other.write(name!, await damaged(good, rng));
      return () => train(3, { resume: other });
    },
  };
}

const smallGan: Train = async (steps, stores) => {
  const pair = smallPair();
  const optimizers = [adam({ learningRate: 1e-3 }), adam({ learningRate: 1e-3 })] as const;
  const [generatorOptimizer, discriminatorOptimizer] = optimizers;
  try {
    const run = { ...pair, generatorOptimizer, discriminatorOptimizer, data: smallData(8), batchSize: 4, seed: 3 };
    await trainGan({ ...run, steps, ...onLast(stores) });
  } finally {
    for (const each of Object.values(pair)) each.dispose();
    for (const each of optimizers as readonly Optimizer[]) each.dispose();
  }
};

const smallModel: Train = async (steps, stores) => {
  const interactions = smallShop();
  const { users: user, items: item } = interactions;
  const model = buildDotProduct({ features: { user, item }, embeddingSize: 2, seed: 1 });
  try {
    await trainRecommender({ model, interactions, steps, batchSize: 8, seed: 1, ...onLast(stores) });
  } finally {
    model.dispose();
  }
};

const agent: Train = async (steps, stores) => {
  const environment = inventoryEnvironment({ demand: poissonDemand(2), holding: 1, penalty: 4, horizon: 6 });
  const { observationSpace, actionSpace } = environment;
  const sizes = { observationSize: observationSpace.low.length, actions: actionSpace.size };
  const learner = createDqn({ ...sizes, hidden: [4], batchSize: 2, replaySize: 8, seed: 1 });
  await trainDqn({ agent: learner, environment, steps, learningStarts: 2, seed: 2, ...onLast(stores) });
};

// A checkpoint of the second step, so that one more is left to train.
function onLast({ resume, checkpoint }: Parameters<Train>[1]) {
  return { ...(resume && { resume }), ...(checkpoint && { checkpoint: { ...checkpoint, everySteps: 2 } }) };
}
