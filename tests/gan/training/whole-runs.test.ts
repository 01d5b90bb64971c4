import '../../support/backends.js';
import { buildDiscriminator, buildGenerator, createRng, trainGan, useBackend } from 'minimart';
import { expect, test } from 'vitest';
import { weightsOf } from '../../support/gan-pair.js';

// Wide networks amplify differences of one unit in the last place until whole runs part; narrow ones stay together.
test('twenty steps of a 128-wide pair agree on cpu and wasm to 1e-5', async () => {
  const run = async (backend: string) => {
    await useBackend(backend);
    const generator = buildGenerator({
      latentSize: 32,
      hidden: [128, 128],
      outputShape: [64],
      outputActivation: 'tanh',
    });
    const discriminator = buildDiscriminator({ inputShape: [64], hidden: [128, 128] });
    const values = createRng(2).fillUniform(new Float32Array(256 * 64));
    await trainGan({ generator, discriminator, data: { values, shape: [256, 64] }, batchSize: 32, steps: 20, seed: 7 });
    return [...(await weightsOf(generator)), ...(await weightsOf(discriminator))];
  };
  const onCpu = await run('cpu');
  const onWasm = await run('wasm');
  for (const [index, expected] of onCpu.entries()) {
    const difference = Math.hypot(...expected.map((value, place) => value - onWasm[index]![place]!));
    expect(difference / Math.hypot(...expected)).toBeLessThan(1e-5);
  }
});
