import {
  adam,
  buildDiscriminator,
  buildGenerator,
  cosineDecay,
  diffAugment,
  ganSteps,
  generatorAverage,
  type NumericArray,
  r1Penalty,
  trainGan,
} from 'minimart';
import type { Trial } from '../trainers.js';

const shape = [4, 4, 1];

/** A small GAN with everything that remembers something from step to step. */
export function ganTrial(): Trial {
  const values = Float32Array.from({ length: 20 * 16 }, (_, place) => Math.sin(place * place) / 2 + 0.5);
  const generator = buildGenerator({
    ...{
      latentSize: 3,
      hidden: [24],
      outputShape: shape,
      outputActivation: 'sigmoid',
      normalization: 'batch',
      seed: 1,
    },
  });
  const discriminator = buildDiscriminator({ inputShape: shape, hidden: [32], dropout: 0.2, seed: 2 });
  const average = generatorAverage(generator, { decay: 0.9 });
  const [own, other] = [adam({ learningRate: 2e-3, beta1: 0.5 }), adam({ learningRate: 2e-3, beta1: 0.5 })];
  const options = {
    ...{ generator, discriminator, average, data: { values, shape: [20, ...shape] }, batchSize: 4, seed: 3 },
    ...{ generatorOptimizer: own, discriminatorOptimizer: other, schedule: cosineDecay() },
    ...{ penalties: [r1Penalty({ weight: 0.1, every: 2 })], augmentation: diffAugment() },
  };
  return {
    train: (told) => trainGan({ ...options, ...told }),
    iterate: (told) => ganSteps({ ...options, ...told }),
    numbers: async () => {
      const weights = [generator, discriminator, average.model].flatMap((model) => model.getWeights());
      const moments = [...(await own.getWeights()), ...(await other.getWeights())];
      const counts = moments.filter(({ name }) => name === 'iter');
      const all = await Promise.all([...weights, ...moments.map(({ tensor }) => tensor)].map((each) => each.data()));
      for (const { tensor } of counts) tensor.dispose();
      return all.map((each) => each.slice() as NumericArray);
    },
    free: () => {
      for (const model of [generator, discriminator, average.model]) model.dispose();
      for (const optimizer of [own, other]) optimizer.dispose();
    },
  };
}
