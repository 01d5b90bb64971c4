// What checkpoints cost a training of real size: two equal runs of the article's GAN take turns, and one of them writes
// checkpoints.
import '@tensorflow/tfjs-backend-wasm';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  adam,
  buildDiscriminator,
  buildGenerator,
  type CheckpointStore,
  createRng,
  ganSteps,
  useBackend,
} from 'minimart';
import { fileStore } from 'minimart/node';
import { processorTime } from '../harness/processor-time.js';

interface CostRequest {
  /** Steps of each run. */
  readonly steps: number;
  /** Steps from one checkpoint to the next. */
  readonly everySteps: number;
}

/** Milliseconds of steps. */
interface Spent {
  readonly clock: number[];
  readonly processor: number[];
}

function articleSteps(steps: number, keeping: object) {
  const shape = [28, 28, 1];
  const generator = buildGenerator({
    ...{ latentSize: 784, hidden: [256, 512, 1024], activation: 'leakyRelu', outputShape: shape, seed: 1 },
    outputActivation: 'tanh',
  });
  const discriminator = buildDiscriminator({ inputShape: shape, hidden: [1024, 512, 256], seed: 2 });
  const rng = createRng(3);
  const values = Float32Array.from({ length: 1280 * 784 }, () => 2 * rng.uniform() - 1);
  const optimizers = {
    generatorOptimizer: adam({ learningRate: 1e-4 }),
    discriminatorOptimizer: adam({ learningRate: 1e-4 }),
  };
  const data = { values, shape: [1280, ...shape] };
  return ganSteps({ generator, discriminator, data, batchSize: 128, steps, reportEvery: 1, ...optimizers, ...keeping });
}

async function step(run: AsyncGenerator<object, void>, { clock, processor }: Spent): Promise<void> {
  const before = { clock: performance.now(), processor: processorTime() };
  await run.next();
  clock.push(performance.now() - before.clock);
  processor.push(processorTime() - before.processor);
}

async function main({ steps, everySteps }: CostRequest): Promise<void> {
  await useBackend('wasm');
  const folder = await mkdtemp(join(tmpdir(), 'minimart-cost-'));
  const { store, written } = counting(fileStore(folder));
  const runs = [articleSteps(2 * steps, {}), articleSteps(2 * steps, { checkpoint: { store, everySteps } })] as const;
  const spent = [nothing(), nothing(), nothing()] as const;
  for (let done = 0; done < steps; ) {
    const before = written();
    const isDue = done % everySteps === 0 && done > 0;
    // What is written beside the steps of its run shall not be counted as the other's.
    let together = 0;
    for (; together === 0 || (isDue && written() === before); together += 1) {
      await step(runs[1], done === 0 ? nothing() : isDue && together === 0 ? spent[2] : spent[1]);
    }
    for (let each = 0; each < together; each += 1) await step(runs[0], done === 0 ? nothing() : spent[0]);
    done += together;
  }
  const [latest] = (await readdir(folder))
    .sort()
    .reverse()
    .filter((name) => name.endsWith('.safetensors'));
  const bytes = (await stat(join(folder, latest!))).size;
  for (const run of runs) await run.return();
  await rm(folder, { recursive: true });
  report(spent, written(), bytes);
}

function nothing(): Spent {
  return { clock: [], processor: [] };
}

function counting(store: CheckpointStore) {
  let count = 0;
  const write: CheckpointStore['write'] = async (name, bytes) => {
    await store.write(name, bytes);
    count += 1;
  };
  return { store: { ...store, write }, written: () => count };
}

/** A checkpoint costs what its run spent beyond as many steps of the other. In the step that begins it the arrays are copied. */
function report([plain, keeping, due]: readonly [Spent, Spent, Spent], checkpoints: number, bytes: number): void {
  const copied = Array.from({ length: 9 }, () => copyTime(bytes));
  const size = (bytes / 2 ** 20).toFixed(1);
  console.log(
    `${checkpoints} checkpoints of ${size} MB; to copy as much, ${median(copied).toFixed(0)} ms of processor time`,
  );
  for (const time of ['clock', 'processor'] as const) {
    const all = [...keeping[time], ...due[time]];
    const mean = average(plain[time]);
    const each = (sum(all) - all.length * mean) / checkpoints;
    const first = median(due[time]) - median(plain[time]);
    const share = `${((100 * each) / 30_000).toFixed(2)}% of 30 s`;
    const step = `a step ${mean.toFixed(1)} ms`;
    console.log(
      `${time}: ${step}; a checkpoint ${each.toFixed(0)} ms, ${share}; the step that begins it ${first.toFixed(0)} ms more`,
    );
  }
}

function copyTime(bytes: number): number {
  const memory = new Uint8Array(bytes).fill(1);
  const before = processorTime();
  memory.slice();
  return processorTime() - before;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function average(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

await main(JSON.parse(process.argv[2]!));
