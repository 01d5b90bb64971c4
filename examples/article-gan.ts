// The fully connected GAN of the article, layer for layer, on 28 x 28 images: npx tsx examples/article-gan.ts --help
//
// Generator 784-256-512-1024-784, discriminator 784-1024-512-256-1, Adam 1e-4, batches of 128, no normalization, no
// dropout. When not to use it: nearly always. After 1,500 steps, some four minutes, it draws grainy outlines of shirts and
// little else, where the recipe of `npm start` draws most kinds of garment in half the time. It is here because people
// know it, and because its speed is what the benchmarks compare.
import '@tensorflow/tfjs-backend-wasm';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { adam, buildDiscriminator, buildGenerator, sampleGan, scalePixels, trainGan, useBackend } from 'minimart';
import { readIdx, writeImageGrid } from 'minimart/node';

const settings = {
  latentSize: 784,
  generator: [256, 512, 1024],
  discriminator: [1024, 512, 256],
  learningRate: 1e-4,
  batchSize: 128,
  steps: 1500,
  seed: 7,
  out: 'out/article.png',
};

const help = `npx tsx examples/article-gan.ts [--steps N] [--seed N] [--out FILE.png]
Defaults: ${settings.steps} steps, seed ${settings.seed}, ${settings.out}.`;

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
  const { steps, seed, out } = { ...settings, ...values };

  await useBackend('wasm');
  const file = fileURLToPath(new URL('data/fashion-mnist/t10k-images-idx3-ubyte.gz', import.meta.url));
  const data = scalePixels(await readIdx(file), [-1, 1]);
  const shape = [28, 28, 1];
  const { latentSize, learningRate, batchSize } = settings;
  const generator = buildGenerator({
    latentSize,
    hidden: settings.generator,
    activation: 'leakyRelu',
    outputShape: shape,
    outputActivation: 'tanh',
    seed: Number(seed),
  });
  const discriminator = buildDiscriminator({ inputShape: shape, hidden: settings.discriminator, seed: Number(seed) });
  const { history } = await trainGan({
    generator,
    discriminator,
    data,
    batchSize,
    generatorOptimizer: adam({ learningRate }),
    discriminatorOptimizer: adam({ learningRate }),
    steps: Number(steps),
    seed: Number(seed),
    onProgress: ({ step, totalSteps, losses }) => {
      if (step % 20 > 0 && step < totalSteps) return;
      const { discriminator: d, generator: g } = losses;
      console.log(`step ${step} of ${totalSteps}: loss D ${d.toFixed(3)}, G ${g.toFixed(3)}`);
    },
  });

  await mkdir(dirname(out), { recursive: true });
  const samples = await sampleGan(generator, 64, { seed: 1 });
  await writeImageGrid(out, samples, { range: [-1, 1], scale: 2, synthetic: true });
  const rate = Math.round(history.at(-1)?.samplesPerSecond ?? 0);
  console.log(`${history.length} steps at ${rate} images a second; 64 samples in ${out}.`);
}
