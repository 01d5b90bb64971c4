// tsx bench/quality/garments/train.ts CONTENDER [SEED] [EPOCHS] [EVERY] [THREADS]: trains one of them on the 60,000 images of
// Fashion-MNIST and leaves its samples, a picture of them and the facts of the run in bench/quality/.cache/garments, for score.ts:
// at the end, and after every so many epochs on the way. All cores by default; the bits are the same on any number.
import '@tensorflow/tfjs-backend-wasm';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  type ConditionalModel,
  type GanReport,
  sampleGan,
  type TrainGanOptions,
  trainGan,
  useBackend,
  wasmKernels,
} from 'minimart';
import { enableFusedProducts, writeImageGrid } from 'minimart/node';
import { loadFashion } from '../fashion.js';
import { contenders } from './contenders.js';

const [name = 'recommended', seed = '1', epochs = '8', every = epochs, threads] = process.argv.slice(2);
const make = contenders[name];
if (!make) throw new Error(`Give one of ${Object.keys(contenders).join(', ')}, not ${name}.`);
const cache = fileURLToPath(new URL('../.cache/garments/', import.meta.url));
await mkdir(cache, { recursive: true });

enableFusedProducts();
await useBackend('wasm', threads ? { threads: Number(threads) } : {});
const { images, labels } = await loadFashion('train');
const contender = make(Number(seed));
const conditional = contender.generator.inputs.length > 1;
const history: GanReport[] = [];
const [started, processor] = [performance.now(), process.cpuUsage()];
const stepsOf = (passes: number) => Math.floor(60_000 / contender.batchSize!) * passes;
let sampling = 0;
const { generator } = await trainGan({
  ...contender,
  data: images,
  ...(conditional && { conditions: labels }),
  epochs: Number(epochs),
  seed: Number(seed),
  reportEvery: 1,
  onProgress: async (report: GanReport) => {
    const { step, totalSteps, losses, samplesPerSecond } = report;
    if (step % 50 === 0) history.push(report);
    if (step % 500 === 0) console.log(name, step, '/', totalSteps, losses, Math.round(samplesPerSecond), 'images/s');
    const passes = step / stepsOf(1);
    if (passes % Number(every) === 0 && passes < Number(epochs))
      await leave(contender.average?.model ?? contender.generator, passes);
  },
  // Conditional or not, as the contender is.
} as TrainGanOptions);
await leave(generator, Number(epochs));

async function leave(model: LayersModel, passes: number): Promise<void> {
  const before = performance.now();
  const { user, system } = process.cpuUsage(processor);
  const facts = {
    name: passes < Number(epochs) ? `${passes}-passes-${name}` : name,
    seed: Number(seed),
    epochs: passes,
    batchSize: contender.batchSize,
    steps: stepsOf(passes),
    parameters: { generator: model.countParams(), discriminator: contender.discriminator.countParams() },
    loss: contender.loss?.name ?? 'non-saturating',
    penalties:
      contender.penalties?.map(({ name: penalty, weight, every = 1 }) => ({ name: penalty, weight, every })) ?? [],
    averaged: contender.average !== undefined,
    threads: wasmKernels()?.threads,
    seconds: (before - started - sampling) / 1000,
    processorSeconds: (user + system) / 1e6,
  };

  // As many of each class as the test set has, for conditional ones.
  const count = 10_000;
  const asked = conditional ? { conditions: Array.from({ length: count }, (_, place) => place % 10) } : {};
  const samples = await sampleGan(model as ConditionalModel, count, { seed: 9, ...asked } as never);
  const values = await samples.data<'float32'>();
  samples.dispose();
  const file = `${cache}${facts.name}-${seed}`;
  await writeFile(`${file}.bin`, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  await writeFile(
    `${file}.json`,
    JSON.stringify({ facts, losses: history.map(({ step, losses }) => ({ step, ...losses })) }),
  );
  const shown = { values: values.slice(0, 100 * 784), shape: [100, 28, 28, 1] };
  await writeImageGrid(`${file}.png`, shown, { columns: 10, synthetic: { generator: `minimart bench, ${name}` } });
  console.log(name, JSON.stringify(facts));
  sampling += performance.now() - before;
}
