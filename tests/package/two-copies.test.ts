import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { mustRun } from './run-command.js';

// One app may load both formats, for example through a dependency that is CommonJS.
const script = `
import { createRequire } from 'node:module';
import '@tensorflow/tfjs-backend-wasm';
import { getKernel, memory } from '@tensorflow/tfjs-core';
import * as first from 'minimart';

const second = createRequire(import.meta.url)('minimart');
if (first.trainGan === second.trainGan) throw new Error('these are not two copies');

const kernelNames = ['BatchMatMul', 'Conv2DBackpropFilter', 'UnsortedSegmentSum'];
const kernels = () => kernelNames.map((name) => getKernel(name, 'wasm').kernelFunc);
await first.useBackend('wasm');
const before = kernels();
await second.useBackend('wasm');
first.registerLayers();
second.registerLayers();

const weightsAfter = async (builder, trainer) => {
  const shape = { outputShape: [8, 8, 1], outputActivation: 'tanh' };
  const generator = builder.buildGenerator({ ...shape, latentSize: 4, filters: [4] });
  const discriminator = builder.buildDiscriminator({ inputShape: [8, 8, 1], filters: [4], dropout: 0.2 });
  const data = { values: Float32Array.from({ length: 16 * 64 }, (_, index) => Math.sin(index)), shape: [16, 8, 8, 1] };
  await trainer.trainGan({ generator, discriminator, data, batchSize: 8, steps: 4, seed: 3 });
  const values = await Promise.all([...generator.getWeights(), ...discriminator.getWeights()].map((each) => each.data()));
  generator.dispose();
  discriminator.dispose();
  return JSON.stringify(values.map((each) => [...each]));
};

const runs = [];
for (const builder of [first, second]) for (const trainer of [first, second]) runs.push(await weightsAfter(builder, trainer));
console.log(JSON.stringify({
  sameKernels: kernels().every((kernel, index) => kernel === before[index]),
  differentRuns: new Set(runs).size,
  finite: !runs[0].includes('null'),
  tensors: memory().numTensors,
}));
`;

test('the ESM and the CommonJS copy work side by side in one process', async () => {
  const app = inject('esmApp');
  await writeFile(join(app, 'two-copies.js'), script);
  const { stdout, stderr } = await mustRun(process.execPath, ['two-copies.js'], app);
  expect(JSON.parse(stdout)).toEqual({ sameKernels: true, differentRuns: 1, finite: true, tensors: 0 });
  // tfjs says so when a kernel or a class is registered over another.
  expect(stderr).not.toMatch(/already registered/);
});
