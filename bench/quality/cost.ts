// tsx bench/quality/cost.ts [ROUNDS]: what R1 at every 16th update and a moving average add to a step, in processor time, for a
// dense pair and for convolutional ones. The games take turns of 16 steps, so that all of them meet the same machine.
import '@tensorflow/tfjs-backend-wasm';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import {
  buildDiscriminator,
  buildGenerator,
  createRng,
  type GanRules,
  ganSteps,
  generatorAverage,
  type PlainGan,
  r1Penalty,
  useBackend,
} from 'minimart';
import { processorTime } from '../harness/processor-time.js';
import { median } from '../harness/statistics.js';

const rounds = Number(process.argv[2] ?? 7);
const turn = 16;
const shape = [28, 28, 1];

type Pair = Pick<PlainGan, 'generator' | 'discriminator'> & Pick<GanRules, 'batchSize'>;
const pairs: Record<string, () => Pair> = {
  'dense, 784-256-512-1024-784 and 784-1024-512-256-1, batch 128': () => ({
    generator: buildGenerator({ latentSize: 784, hidden: [256, 512, 1024], outputShape: shape }),
    discriminator: buildDiscriminator({ inputShape: shape, hidden: [1024, 512, 256] }),
    batchSize: 128,
  }),
  'convolutional, 64-32 and 32-64 filters, batch 64': () => ({
    generator: buildGenerator({ latentSize: 64, filters: [64, 32], normalization: 'batch', outputShape: shape }),
    discriminator: buildDiscriminator({ inputShape: shape, filters: [32, 64] }),
    batchSize: 64,
  }),
  'the same, batch normalization in both, batch 64': () => ({
    generator: buildGenerator({ latentSize: 64, filters: [64, 32], normalization: 'batch', outputShape: shape }),
    discriminator: buildDiscriminator({ inputShape: shape, filters: [32, 64], normalization: 'batch' }),
    batchSize: 64,
  }),
};

const additions: Record<string, (pair: Pair) => GanRules> = {
  plain: () => ({}),
  'R1 at every 16th update': () => ({ penalties: [r1Penalty({ weight: 1, every: turn })] }),
  'moving average': ({ generator }) => ({ average: generatorAverage(generator) }),
};

await useBackend('wasm');
const data = { values: createRng(1).fillUniform(new Float32Array(512 * 784)), shape: [512, ...shape] };
const rows: Record<string, unknown>[] = [];
for (const [networks, make] of Object.entries(pairs)) {
  const games = Object.entries(additions).map(([name, add]) => {
    const pair = make();
    const steps = ganSteps({ ...pair, ...add(pair), data, steps: Number.MAX_SAFE_INTEGER });
    return { name, steps, times: [] as number[] };
  });
  for (let round = -1; round < rounds; round += 1) {
    for (const { steps, times } of games) {
      const start = processorTime();
      for (let step = 0; step < turn; step += 1) await steps.next();
      // The first round compiles and warms up.
      if (round >= 0) times.push((processorTime() - start) / turn);
    }
  }
  const plain = games[0]!.times;
  for (const { name, steps, times } of games) {
    await steps.return();
    const added = median(times.map((time, round) => time / plain[round]! - 1));
    rows.push({ networks, name, milliseconds: median(times), added });
    console.log(`${networks}: ${name} ${median(times).toFixed(1)} ms a step, ${(100 * added).toFixed(1)}% added`);
  }
}
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
const settings = { rounds, stepsOfATurn: turn, backend: 'wasm', processor: cpus()[0]!.model };
writeFileSync(new URL('cost.json', results), `${JSON.stringify({ settings, rows }, null, 1)}\n`);
