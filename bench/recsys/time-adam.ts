// tsx bench/recsys/time-adam.ts: processor time of an update of the embedding MLP under lazy and dense Adam, turn by turn.
import '@tensorflow/tfjs-backend-wasm';
import {
  buildEmbeddingMlp,
  createEmbeddingStep,
  createRng,
  denseAdam,
  type EmbeddingOptimizer,
  lazyAdam,
  useBackend,
  type Vocabulary,
} from 'minimart';

const shops = [
  { users: 6040, items: 3706 },
  { users: 300_000, items: 30_000 },
];
const rounds = 9;

async function main(): Promise<void> {
  await useBackend('wasm');
  for (const shop of shops) {
    for (const batch of [256, 2048]) {
      const steps = Math.round(100_000 / batch);
      const runs = [lazyAdam(), denseAdam()].map((optimizer) => contender(shop, batch, optimizer));
      for (const run of runs) await run(steps);
      const times: number[][] = [[], []];
      for (let round = 0; round < rounds; round += 1) {
        for (const [index, run] of runs.entries()) times[index]!.push(await run(steps));
      }
      const [lazy, dense] = times.map((each) => each.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!);
      console.log(JSON.stringify({ ...shop, batch, lazyMs: lazy, denseMs: dense, ratio: dense! / lazy! }));
    }
  }
}

function contender(shop: { users: number; items: number }, batch: number, optimizer: EmbeddingOptimizer) {
  const features = { user: numbers(shop.users), item: numbers(shop.items) };
  const step = createEmbeddingStep(buildEmbeddingMlp({ features, embeddingSize: 32, hidden: [32, 16, 8] }), {
    optimizer,
  });
  const rng = createRng(1);
  const draw = (count: number) => Int32Array.from({ length: batch }, () => Math.floor(rng.uniform() * count));
  return async (steps: number): Promise<number> => {
    const batches = Array.from({ length: steps }, () => ({
      rows: { user: draw(shop.users), item: draw(shop.items) },
      labels: Float32Array.from({ length: batch }, () => (rng.uniform() < 0.2 ? 1 : 0)),
    }));
    const start = process.cpuUsage();
    for (const each of batches) await step.update(each);
    await step.readLosses();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000 / steps;
  };
}

function numbers(size: number): Vocabulary {
  const state = { ids: [], hasUnknown: false };
  return { size, unknownIndex: -1, indexOf: Number, has: () => true, idAt: String, toJSON: () => state };
}

await main();
