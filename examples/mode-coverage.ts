// How many of 25 modes does a GAN find? npx tsx examples/mode-coverage.ts --help
//
// The data are 25 small heaps of points on a grid. The same pair of networks learns them twice: by the minimax game of the
// first paper, and by relativistic pairing with R1 and R2, the rules of recommendedGan. A picture shows both on their way.
// When not to use a GAN for this: always. A mixture of Gaussians fits such points in a second; here one can count what a GAN
// finds, which pictures of garments do not allow.
import '@tensorflow/tfjs-backend-wasm';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type ArrayData, type GanRules, minimaxLoss, recommendedGan, sampleGan, trainGan, useBackend } from 'minimart';
import { writeImageGrid } from 'minimart/node';
import { countModes, type ModeCount, makeModes } from './mode-coverage/modes.js';
import { scatterPlots } from './mode-coverage/scatter-plots.js';

const settings = { steps: 8000, seed: 7, out: 'out/mode-coverage.png' };
const samples = 2500;
const batchSize = 256;
const shots = 5;

const help = `npx tsx examples/mode-coverage.ts [--steps N] [--seed N] [--out FILE.png]
Defaults: ${settings.steps} steps for each game, seed ${settings.seed}, ${settings.out}.`;

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { steps: text, seed: text, out: text, help: { type: 'boolean' } } });
  if (values.help) return console.log(help);
  const { out, ...given } = { ...settings, ...values };
  const [steps, seed] = [Number(given.steps), Number(given.seed)];

  await useBackend('wasm');
  const points = makeModes(20_000, seed);
  const games: Record<string, GanRules> = {
    minimax: { loss: minimaxLoss(), penalties: [] },
    'relativistic pairing, R1, R2': {},
  };
  const pictures: Float32Array[] = [];
  for (const [name, change] of Object.entries(games)) {
    const { taken, count } = await play(name, change, { data: { values: points, shape: [20_000, 2] }, steps, seed });
    pictures.push(...taken, points.subarray(0, 2 * samples));
    console.log(summary(name, count));
  }
  await mkdir(dirname(out), { recursive: true });
  await writeImageGrid(out, scatterPlots(pictures), { columns: shots + 1, synthetic: { generator: 'two small GANs' } });
  console.log(`${out}: a row for each game, ${shots} moments of it and, last, the data.`);
}

/** Trains one game and takes samples of the same noise at several moments. */
async function play(name: string, change: GanRules, run: { data: ArrayData; steps: number; seed: number }) {
  const gan = { ...recommendedGan({ sampleShape: [2], latentSize: 8, seed: run.seed }), ...change };
  const every = Math.max(1, Math.floor(run.steps / shots));
  const taken: Float32Array[] = [];
  await trainGan({
    ...gan,
    ...run,
    batchSize,
    reportEvery: every,
    onProgress: async ({ step, totalSteps }) => {
      if (taken.length === shots) return;
      const drawn = await sampleGan(gan.average.model, samples, { seed: 1 });
      taken.push(Float32Array.from(await drawn.data<'float32'>()));
      drawn.dispose();
      console.log(`${name}, step ${step} of ${totalSteps}: ${countModes(taken.at(-1)!).covered} modes`);
    },
  });
  return { taken, count: countModes(taken.at(-1)!) };
}

function summary(name: string, { covered, onModes, least, most }: ModeCount): string {
  const share = `${Math.round(100 * onModes)}% of samples lie on one`;
  return `${name}: ${covered} of 25 modes, ${share}, the rarest has ${least} and the commonest ${most} of ${samples}.`;
}
