// tsx bench/quality/gaussians.ts [SEEDS] [STEPS]: how many of 25 Gaussians on a grid plain minimax and the recommended rules find,
// with the same networks, steps and optimizers, seed by seed.
import '@tensorflow/tfjs-backend-wasm';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { minimaxLoss, recommendedGan, sampleGan, trainGan, useBackend } from 'minimart';
import { writeImageGrid } from 'minimart/node';
import { countModes, makeModes } from '../../examples/mode-coverage/modes.js';
import { scatterPlots } from '../../examples/mode-coverage/scatter-plots.js';

const [seeds = 10, steps = 2000] = process.argv.slice(2).map(Number);
const [points, samples, batchSize] = [20_000, 2_500, 256];
const games = {
  minimax: { loss: minimaxLoss(), penalties: [] },
  'relativistic pairing, R1, R2': {},
};

await useBackend('wasm');
const results = fileURLToPath(new URL('results/', import.meta.url));
await mkdir(results, { recursive: true });
const rows: Record<string, unknown>[] = [];
const pictures: Float32Array[] = [];
for (let seed = 1; seed <= seeds; seed += 1) {
  const data = { values: makeModes(points, seed), shape: [points, 2] };
  for (const [name, change] of Object.entries(games)) {
    const start = process.cpuUsage();
    const gan = { ...recommendedGan({ sampleShape: [2], seed }), ...change };
    await trainGan({ ...gan, data, batchSize, steps, seed, reportEvery: 100 });
    const { user, system } = process.cpuUsage(start);
    const drawn = await sampleGan(gan.average.model, samples, { seed: 1 });
    const values = Float32Array.from(await drawn.data<'float32'>());
    const count = countModes(values);
    rows.push({ game: name, seed, ...count, processorSeconds: (user + system) / 1e6 });
    if (seed <= 5) pictures.push(values);
    console.log(`${name}, seed ${seed}: ${count.covered} of 25 modes, ${(100 * count.onModes).toFixed(0)}% on modes`);
    for (const each of [drawn, gan.generator, gan.discriminator, gan.average.model]) each.dispose();
    for (const each of [gan.generatorOptimizer, gan.discriminatorOptimizer]) each.dispose();
  }
  const settings = { steps, batchSize, points, samples, backend: 'wasm' };
  await writeFile(`${results}gaussians.json`, `${JSON.stringify({ settings, rows }, null, 1)}\n`);
}
const file = `${results}gaussians.png`;
await writeImageGrid(file, scatterPlots(pictures), {
  columns: 2,
  synthetic: { generator: 'minimart bench, gaussians' },
});
