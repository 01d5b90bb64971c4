import '../../../support/backends.js';
import { memory, sub, type Tensor, tensor, tidy, train, variableGrads } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  type AdversarialLoss,
  buildDiscriminator,
  buildGenerator,
  createRng,
  latentNoise,
  minimaxLoss,
  nonSaturatingLoss,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { createPlayer, type Player } from '../../../../src/gan/training/game/gan-player.js';
import { discriminatorStep, generatorStep } from '../../../../src/gan/training/game/gan-step.js';
import { trainableVariables } from '../../../../src/nn/models/model-variables.js';
import { backends } from '../../../support/backends.js';
import { numberIn } from '../../../support/expect-close.js';
import { compareGradient, relativeErrorAlong } from '../../../support/finite-differences.js';
import { smallData, weightsOf } from '../../../support/gan-pair.js';

// Both networks have batch statistics, which must move in their own step only.
function players(activation?: 'tanh'): { generator: Player; discriminator: Player } {
  const both = { hidden: [8], normalization: 'batch', activation } as const;
  const generator = buildGenerator({ latentSize: 3, outputShape: [4], ...both });
  const discriminator = buildDiscriminator({ inputShape: [4], ...both });
  return {
    generator: createPlayer(generator, train.sgd(0.1)),
    discriminator: createPlayer(discriminator, train.sgd(0.1)),
  };
}

const see = (samples: Tensor) => samples;

function judge(discriminator: Player, generator: Player, loss: AdversarialLoss, real: Tensor, z: Tensor): Tensor {
  return discriminatorStep({ discriminator, generator, loss, see, rng: createRng(1), where: 'test' }, [
    { real, noise: z },
  ]);
}

function fool(generator: Player, discriminator: Player, loss: AdversarialLoss, real: Tensor, z: Tensor): Tensor {
  return generatorStep({ discriminator, generator, loss, see, rng: createRng(1), where: 'test' }, [{ real, noise: z }]);
}

const batch = () => tensor(smallData(8).values, [8, 4]);
const noise = () => latentNoise(createRng(4), [8, 3]);

async function changes(model: LayersModel, run: () => Tensor): Promise<boolean[]> {
  const before = await weightsOf(model);
  run().dispose();
  const after = await weightsOf(model);
  return after.map((values, index) => values.some((value, place) => value !== before[index]![place]));
}

describe.each(backends)('on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('a discriminator step changes every weight of the discriminator and nothing of the generator', async () => {
    const { generator, discriminator } = players();
    const step = () => judge(discriminator, generator, nonSaturatingLoss(), batch(), noise());
    expect(await changes(discriminator.model, step)).not.toContain(false);
    expect(await changes(generator.model, step)).not.toContain(true);
  });

  test('a generator step changes every weight of the generator and nothing of the discriminator', async () => {
    const { generator, discriminator } = players();
    const step = () => fool(generator, discriminator, nonSaturatingLoss(), batch(), noise());
    expect(await changes(generator.model, step)).not.toContain(false);
    expect(await changes(discriminator.model, step)).not.toContain(true);
  });

  test('a frozen layer stays, and the others train', async () => {
    const { generator, discriminator } = players();
    discriminator.model.layers.at(-1)!.trainable = false;
    const frozen = createPlayer(discriminator.model, train.sgd(0.1));
    await changes(frozen.model, () => judge(frozen, generator, minimaxLoss(), batch(), noise()));
    expect(frozen.trained).toHaveLength(trainableVariables(discriminator.model).length);
    const last = discriminator.model.layers.at(-1)!.getWeights();
    const before = await Promise.all(last.map(async (weight) => Float32Array.from(await weight.data())));
    judge(frozen, generator, minimaxLoss(), batch(), noise()).dispose();
    const after = await Promise.all(last.map(async (weight) => Float32Array.from(await weight.data())));
    expect(after).toEqual(before);
  });
});

describe('the update', () => {
  beforeEach(() => useBackend('cpu'));

  test('of the generator is minus the learning rate times the gradient, which finite differences confirm', async () => {
    // Without a kink, so that a finite difference is a slope.
    const { generator, discriminator } = players('tanh');
    const z = noise();
    const loss = () =>
      tidy(() => {
        const fake = generator.model.apply(z, { training: true }) as Tensor;
        return nonSaturatingLoss().generator(discriminator.model.apply(fake, { training: true }) as Tensor, fake);
      });
    const error = await relativeErrorAlong((seed) => compareGradient(loss, generator.trained, { step: 2e-3, seed }));
    expect(error).toBeLessThan(0.01);
    const { grads } = variableGrads(loss, generator.trained);
    const before = generator.trained.map((variable) => variable.clone());
    fool(generator, discriminator, nonSaturatingLoss(), batch(), z).dispose();
    for (const [index, variable] of generator.trained.entries()) {
      const step = await sub(variable, before[index]!).data();
      const gradient = await grads[variable.name]!.data();
      const scale = Math.max(...gradient.map(Math.abs));
      for (const [place, value] of step.entries())
        expect(Math.abs(value + 0.1 * gradient[place]!)).toBeLessThan(1e-4 * scale + 1e-7);
    }
  });

  test('of the discriminator lowers its loss on the same batch', async () => {
    const { generator, discriminator } = players();
    const x = batch();
    const z = noise();
    const lossOf = async () => {
      const measured = judge(discriminator, generator, nonSaturatingLoss(), x, z);
      const [loss] = await measured.data();
      measured.dispose();
      return loss!;
    };
    const first = await lossOf();
    for (let index = 0; index < 20; index += 1) await lossOf();
    expect(await lossOf()).toBeLessThan(first);
  });

  test('measures the loss and both mean probabilities before it is done', async () => {
    const { generator, discriminator } = players();
    const x = batch();
    const z = noise();
    const logits = (samples: Tensor) => discriminator.model.apply(samples, { training: true }) as Tensor;
    const realLogits = await logits(x).data();
    const fakeLogits = await logits(generator.model.apply(z, { training: true }) as Tensor).data();
    const meanOf = (values: ArrayLike<number>, f: (x: number) => number) =>
      Array.from(values, f).reduce((sum, value) => sum + value / values.length, 0);
    const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
    const measured = await judge(discriminator, generator, minimaxLoss(), x, z).data();
    const loss = -meanOf(realLogits, (l) => Math.log(sigmoid(l))) - meanOf(fakeLogits, (l) => Math.log(1 - sigmoid(l)));
    expect(measured[0]).toBeCloseTo(loss, 4);
    expect(measured[1]).toBeCloseTo(meanOf(realLogits, sigmoid), 5);
    expect(measured[2]).toBeCloseTo(meanOf(fakeLogits, sigmoid), 5);
  });

  test('gives real logits to a generator loss that asks for them', async () => {
    const { generator, discriminator } = players();
    const seen: number[][] = [];
    const comparing: AdversarialLoss = {
      name: 'comparing',
      discriminator: minimaxLoss().discriminator,
      generator: (fakeLogits, realLogits) => {
        seen.push(realLogits.shape);
        return sub(
          nonSaturatingLoss().generator(fakeLogits, realLogits),
          nonSaturatingLoss().generator(realLogits, fakeLogits),
        );
      },
    };
    const loss = await numberIn(fool(generator, discriminator, comparing, batch(), noise()));
    expect(seen).toEqual([[8, 1]]);
    expect(loss).not.toBe(0);
  });

  test('leaves no tensor but what it returns', () => {
    const { generator, discriminator } = players();
    const inputs = [batch(), noise()] as const;
    const round = () => {
      judge(discriminator, generator, nonSaturatingLoss(), ...inputs).dispose();
      fool(generator, discriminator, nonSaturatingLoss(), ...inputs).dispose();
    };
    round();
    const before = memory().numTensors;
    for (let index = 0; index < 5; index += 1) round();
    expect(memory().numTensors).toBe(before);
  });
});
