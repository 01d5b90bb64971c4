// tsx bench/quality/garments/train.ts CONTENDER [SEED] [EPOCHS]: trains one of them on the 60,000 images of Fashion-MNIST
// and leaves its samples, a picture of them and the facts of the run in bench/quality/.cache/garments, for score.ts.
import '@tensorflow/tfjs-backend-wasm';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type GanReport, sampleGan, type TrainGanOptions, trainGan, useBackend } from 'minimart';
import { writeImageGrid } from 'minimart/node';
import { loadFashion } from '../fashion.js';
import { contenders } from './contenders.js';

const [name = 'recommended', seed = '1', epochs = '8'] = process.argv.slice(2);
const make = contenders[name];
if (!make) throw new Error(`Give one of ${Object.keys(contenders).join(', ')}, not ${name}.`);
const cache = fileURLToPath(new URL('../.cache/garments/', import.meta.url));
await mkdir(cache, { recursive: true });

await useBackend('wasm');
const { images, labels } = await loadFashion('train');
const contender = make(Number(seed));
const conditional = contender.generator.inputs.length > 1;
const history: GanReport[] = [];
const [started, processor] = [performance.now(), process.cpuUsage()];
const { generator } = await trainGan({
  ...contender,
  data: images,
  ...(conditional && { conditions: labels }),
  epochs: Number(epochs),
  seed: Number(seed),
  reportEvery: 50,
  onProgress: (report: GanReport) => {
    history.push(report);
    const { step, totalSteps, losses, samplesPerSecond } = report;
    if (step % 500 === 0) console.log(name, step, '/', totalSteps, losses, Math.round(samplesPerSecond), 'images/s');
  },
  // Conditional or not, as the contender is.
} as TrainGanOptions);
const { user, system } = process.cpuUsage(processor);
const facts = {
  name,
  seed: Number(seed),
  epochs: Number(epochs),
  batchSize: contender.batchSize,
  steps: history.at(-1)!.step,
  parameters: { generator: generator.countParams(), discriminator: contender.discriminator.countParams() },
  loss: contender.loss?.name ?? 'non-saturating',
  penalties:
    contender.penalties?.map(({ name: penalty, weight, every = 1 }) => ({ name: penalty, weight, every })) ?? [],
  averaged: contender.average !== undefined,
  seconds: (performance.now() - started) / 1000,
  processorSeconds: (user + system) / 1e6,
};

// As many of each class as the test set has, for conditional ones.
const count = 10_000;
const asked = conditional ? { conditions: Array.from({ length: count }, (_, place) => place % 10) } : {};
const samples = await sampleGan(generator, count, { seed: 9, ...asked });
const values = await samples.data<'float32'>();
const file = `${cache}${name}-${seed}`;
await writeFile(`${file}.bin`, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
await writeFile(
  `${file}.json`,
  JSON.stringify({ facts, losses: history.map(({ step, losses }) => ({ step, ...losses })) }),
);
const shown = { values: values.slice(0, 100 * 784), shape: [100, 28, 28, 1] };
await writeImageGrid(`${file}.png`, shown, { columns: 10, synthetic: { generator: `minimart bench, ${name}` } });
console.log(name, JSON.stringify(facts));
