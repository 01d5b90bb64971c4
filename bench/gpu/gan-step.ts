// The GAN steps of rows A and D on WebGPU in Node, ours against the loop that a tfjs user writes today.
//   npm install --no-save webgpu && npx tsx bench/gpu/gan-step.ts
import { provideWebgpu } from '../../tests/support/webgpu-in-node.js';

const found = await provideWebgpu();
if ('missing' in found) {
  console.log(`Skipped: ${found.missing}.`);
  process.exit(0);
}
// After navigator.gpu is there: the backend registers itself on import, if it finds one.
const { env, ready } = await import('@tensorflow/tfjs-core');
await import('@tensorflow/tfjs-backend-webgpu');
const { createRng, buildDiscriminator, buildGenerator, ganSteps, useBackend } = await import('minimart');

const warmUp = Number(process.env.WARM_UP ?? 20);
const timed = Number(process.env.TIMED ?? 100);

const networks = {
  A: () => ({
    generator: buildGenerator({
      latentSize: 784,
      hidden: [256, 512, 1024],
      outputShape: [784],
      outputActivation: 'sigmoid',
    }),
    discriminator: buildDiscriminator({ inputShape: [784], hidden: [1024, 512, 256] }),
    batchSize: 128,
    shape: [784],
  }),
  D: () => ({
    generator: buildGenerator({
      latentSize: 100,
      filters: [128, 64],
      normalization: 'batch',
      outputShape: [28, 28, 1],
      outputActivation: 'sigmoid',
    }),
    discriminator: buildDiscriminator({ inputShape: [28, 28, 1], filters: [64, 128] }),
    batchSize: 64,
    shape: [28, 28, 1],
  }),
};

async function time(row: keyof typeof networks, reportEvery: number): Promise<number> {
  const { generator, discriminator, batchSize, shape } = networks[row]();
  const size = shape.reduce((product, each) => product * each, 1);
  const data = {
    values: createRng(1).fillUniform(new Float32Array(8 * batchSize * size)),
    shape: [8 * batchSize, ...shape],
  };
  let start = 0;
  const steps = warmUp + timed;
  for await (const { step } of ganSteps({ generator, discriminator, data, batchSize, steps, reportEvery })) {
    if (step === warmUp) start = performance.now();
  }
  return (performance.now() - start) / timed;
}

await useBackend('webgpu');
await ready();
console.log(
  `adapter: ${found.adapter}; Node ${process.version}; tfjs flags: ${env().getBool('WEBGPU_USE_PROFILE_TOOL')}`,
);
for (const row of ['A', 'D'] as const) {
  for (const reportEvery of [1, 10, 20]) {
    console.log(`${row}, a report every ${reportEvery} steps: ${(await time(row, reportEvery)).toFixed(2)} ms a step`);
  }
}
process.exit(0);
