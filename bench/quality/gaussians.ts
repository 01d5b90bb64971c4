// tsx bench/quality/gaussians.ts GAME [FIRST LAST STEPS], minimax or recommended: how many of 25 Gaussians on a grid they find,
// with the same networks, steps, optimizers and averages, seed by seed.
import '@tensorflow/tfjs-backend-wasm';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type GanRules, minimaxLoss, recommendedGan, sampleGan, trainGan, useBackend } from 'minimart';
import { writeImageGrid } from 'minimart/node';
import { countModes, makeModes } from '../../examples/mode-coverage/modes.js';
import { scatterPlots } from '../../examples/mode-coverage/scatter-plots.js';

const [game = 'recommended', ...numbers] = process.argv.slice(2);
const [first = 1, last = 10, steps = 8000] = numbers.map(Number);
const [points, samples, batchSize, latentSize] = [20_000, 2_500, 256, 8];
const games: Readonly<Record<string, GanRules>> = {
  minimax: { loss: minimaxLoss(), penalties: [] },
  recommended: {},
};

await useBackend('wasm');
const results = fileURLToPath(new URL('results/', import.meta.url));
await mkdir(results, { recursive: true });
const rows: Record<string, unknown>[] = [];
const pictures: Float32Array[] = [];
for (let seed = first; seed <= last; seed += 1) {
  const data = { values: makeModes(points, seed), shape: [points, 2] };
  const start = process.cpuUsage();
  const gan = { ...recommendedGan({ sampleShape: [2], latentSize, seed }), ...games[game] };
  await trainGan({ ...gan, data, batchSize, steps, seed, reportEvery: 100 });
  const { user, system } = process.cpuUsage(start);
  const drawn = await sampleGan(gan.average.model, samples, { seed: 1 });
  const values = Float32Array.from(await drawn.data<'float32'>());
  const count = countModes(values);
  rows.push({ game, seed, ...count, processorSeconds: (user + system) / 1e6 });
  pictures.push(values);
  console.log(
    `${game}, seed ${seed}: ${count.covered} of 25 modes (${count.touched} touched), ${(100 * count.onModes).toFixed(0)}% on modes`,
  );
  for (const each of [drawn, gan.generator, gan.discriminator, gan.average.model]) each.dispose();
  for (const each of [gan.generatorOptimizer, gan.discriminatorOptimizer]) each.dispose();
  const settings = { steps, batchSize, latentSize, points, samples, backend: 'wasm' };
  await writeFile(
    `${results}gaussians-${game}-${first}-${last}.json`,
    `${JSON.stringify({ settings, rows }, null, 1)}\n`,
  );
}
const file = `${results}gaussians-${game}-${first}-${last}.png`;
await writeImageGrid(file, scatterPlots(pictures), {
  columns: 5,
  synthetic: { generator: 'minimart bench, gaussians' },
});
