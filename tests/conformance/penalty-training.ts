import {
  add,
  grad,
  mean,
  mul,
  type Optimizer,
  type Scalar,
  square,
  sum,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { adam, buildDiscriminator, buildGenerator, createRng, latentNoise, nonSaturatingLoss } from 'minimart';
import type { Training } from './follow-steps.js';
import { HostValues } from './host-values.js';
import type { Networks } from './training-pairs.js';

const batchSize = 4;
const shape = [12, 12, 1];
const weight = 5;

/**
 * A small convolutional GAN whose discriminator pays 5 times the mean square of its slope at real samples (R1, Mescheder
 * 2018), by exact second derivatives, in plain tfjs around our networks.
 */
export function penaltyTraining(steps: number): Training {
  return {
    make: () => ({
      generator: buildGenerator({ latentSize: 6, filters: [8, 8], outputShape: shape, outputActivation: 'tanh' }),
      discriminator: buildDiscriminator({ inputShape: shape, filters: [8, 8] }),
    }),
    async *train(networks) {
      const optimizers = [1, 2].map(() => adam({ learningRate: 2e-4, beta1: 0.5 }));
      const noise = createRng(7).stream('noise');
      for (let step = 0; step < steps; step += 1) {
        const real = tensor(new HostValues(step).numbers(batchSize * 144), [batchSize, ...shape]);
        const z = latentNoise(noise, [batchSize, 6]);
        const losses = tidy(() => [
          update(optimizers[0]!, networks.discriminator, () => discriminatorLoss(networks, real, z)),
          update(optimizers[1]!, networks.generator, () => generatorLoss(networks, z)),
        ]);
        yield await Promise.all(losses.map(async (loss) => (await loss.data())[0]!));
        for (const each of [real, z, ...losses]) each.dispose();
      }
      for (const optimizer of optimizers) optimizer.dispose();
    },
  };
}

function update(optimizer: Optimizer, model: LayersModel, loss: () => Scalar): Scalar {
  const variables = model.trainableWeights.map((each) => each.read() as Variable);
  const { value, grads } = variableGrads(loss, variables);
  optimizer.applyGradients(grads);
  return value;
}

function discriminatorLoss({ generator, discriminator }: Networks, real: Tensor, z: Tensor): Scalar {
  const logits = (x: Tensor) => discriminator.apply(x, { training: true }) as Tensor;
  const slope = grad((x: Tensor) => sum(logits(x)))(real);
  const penalty = mul<Scalar>(weight, mean(sum(square(slope), [1, 2, 3])));
  const fake = generator.apply(z, { training: true }) as Tensor;
  return add(nonSaturatingLoss().discriminator(logits(real), logits(fake)), penalty);
}

function generatorLoss({ generator, discriminator }: Networks, z: Tensor): Scalar {
  const logits = discriminator.apply(generator.apply(z, { training: true }) as Tensor, { training: true }) as Tensor;
  return nonSaturatingLoss().generator(logits, logits);
}
