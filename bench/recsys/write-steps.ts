// tsx bench/recsys/write-steps.ts FOLDER [--model mlp|neumf] [--seed 1] [--steps 1000]: the first updates of a run on
// MovieLens-1M as numbers, for adam_peer.py to repeat: start, samples in their order, and weights after some updates.
import '@tensorflow/tfjs-backend-wasm';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  buildEmbeddingMlp,
  buildNeuMf,
  createEmbeddingStep,
  createRng,
  denseAdam,
  type EmbeddingBatch,
  type EmbeddingModel,
  type EmbeddingOptimizer,
  lazyAdam,
  uniformNegatives,
  useBackend,
} from 'minimart';
import { pointwiseBatches } from '../../src/recsys/training/batches/training-batches.js';
import { createDrawNegative } from '../../src/recsys/training/negatives/draw-negative.js';
import { loadMovieLens } from './movielens.js';

const optimizers: Readonly<Record<string, () => EmbeddingOptimizer>> = { lazy: lazyAdam, dense: denseAdam };
const looked = [1, 10, 100, 1000, 5000, 19_417];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      model: { type: 'string', default: 'mlp' },
      seed: { type: 'string', default: '1' },
      steps: { type: 'string', default: '1000' },
    },
  });
  const data = loadMovieLens();
  if (!data || !positionals[0]) throw new Error('Give a folder to write to, and MINIMART_DATA with ml-1m in it.');
  await useBackend('wasm');
  const [folder, steps, seed] = [positionals[0], Number(values.steps), Number(values.seed)];
  mkdirSync(folder, { recursive: true });
  const features = { user: data.train.users, item: data.train.items };
  const build = () =>
    values.model === 'neumf'
      ? buildNeuMf({ features, seed })
      : buildEmbeddingMlp({ features, embeddingSize: 32, hidden: [32, 16, 8], seed });
  const samples = Array.from({ length: 3 }, () => [] as ArrayLike<number>[]);
  for (const [name, optimizer] of Object.entries(optimizers)) {
    const model = build();
    if (name === 'lazy') await writeWeights(model, folder, 'start');
    const step = createEmbeddingStep(model, { optimizer: optimizer() });
    const losses: number[] = [];
    const rng = createRng(seed);
    const draw = createDrawNegative('write-steps', data.train, uniformNegatives(), rng.stream('negatives'));
    const batches = pointwiseBatches(data.train, { negatives: 4, batchSize: 256 }, draw, rng.stream('shuffle'));
    const epoch = batches.epoch();
    for (let done = 1; done <= steps; done += 1) {
      const { rows, labels } = epoch.next().value as EmbeddingBatch;
      if (name === 'lazy')
        for (const [k, each] of [rows.user, rows.item, labels].entries())
          samples[k]!.push((each as Int32Array).slice());
      await step.update({ rows, labels });
      losses.push(...(await step.readLosses()));
      if (looked.includes(done) || done === steps) await writeWeights(model, folder, `${name}-${done}`);
    }
    writeFileSync(join(folder, `${name}-losses.json`), JSON.stringify(losses));
    step.dispose();
    model.dispose();
  }
  for (const [k, name] of ['users', 'items', 'labels'].entries()) {
    writeNumbers(
      folder,
      name,
      samples[k]!.flatMap((each) => Array.from(each)),
    );
  }
}

async function writeWeights(model: EmbeddingModel, folder: string, name: string): Promise<void> {
  const parts: Record<string, readonly number[]> = {};
  const numbers: number[] = [];
  for (const [table, { rows, size, values }] of Object.entries(model.tables)) {
    parts[`table/${table}`] = [numbers.length, rows, size];
    for (const value of values) numbers.push(value);
  }
  for (const [weight, variable] of Object.entries(model.variables)) {
    parts[weight] = [numbers.length, ...variable.shape];
    for (const value of await variable.data()) numbers.push(value);
  }
  writeNumbers(folder, name, numbers);
  writeFileSync(join(folder, 'parts.json'), JSON.stringify(parts));
}

function writeNumbers(folder: string, name: string, numbers: readonly number[]): void {
  writeFileSync(join(folder, `${name}.f32`), Float32Array.from(numbers));
}

await main();
