// A child process: the same GAN step in jax-js on its wasm backend, each network's update compiled by jit().
import { defaultDevice, init, jit, nn, numpy as np, random, tree, valueAndGrad } from '@jax-js/jax';
import { answerParent } from '../harness/answer-parent.js';
import type { Pace } from '../harness/measurement.js';
import { type Step, timeSteps } from '../harness/time-steps.js';
import { type GanWork, latentSize, sampleShape } from '../rows/gan-work.js';
import { madeSamples } from '../rows/made-samples.js';
import { jaxNetworks, type Network } from './jax-networks.js';

interface Request {
  readonly work: GanWork;
  readonly pace: Pace;
}

type Trained = { weights: np.Array[]; first: np.Array[]; second: np.Array[] };

await answerParent(async ({ work, pace }: Request) => {
  await init('wasm');
  defaultDevice('wasm');
  return timeSteps(jaxStep(work), pace);
});

function jaxStep(work: GanWork): Step {
  const { generator, discriminator } = jaxNetworks(work);
  const shape = [work.batchSize, latentSize(work)];
  const updateDiscriminator = jit((own: Trained, other: np.Array[], real: np.Array, key: np.Array, step: np.Array) => {
    const fake = generator.apply(other, random.normal(key, shape));
    const loss = (weights: np.Array[], x: np.Array, y: np.Array) =>
      np
        .mean(nn.softplus(np.negative(discriminator.apply(tree.ref(weights), x))))
        .add(np.mean(nn.softplus(discriminator.apply(weights, y))));
    const [value, gradients] = valueAndGrad(loss)(tree.ref(own.weights), real, fake);
    return { loss: value, trained: adam(own, gradients as np.Array[], step) };
  });
  const updateGenerator = jit((own: Trained, other: np.Array[], key: np.Array, step: np.Array) => {
    const loss = (weights: np.Array[], judge: np.Array[], noise: np.Array) =>
      np.mean(nn.softplus(np.negative(discriminator.apply(judge, generator.apply(weights, noise)))));
    const [value, gradients] = valueAndGrad(loss)(tree.ref(own.weights), other, random.normal(key, shape));
    return { loss: value, trained: adam(own, gradients as np.Array[], step) };
  });
  let [judge, maker] = [startTraining(discriminator), startTraining(generator)];
  const nextBatch = batches(work);
  let count = 0;
  return async () => {
    count += 1;
    const keys = [random.key(2 * count), random.key(2 * count + 1)] as const;
    const first = updateDiscriminator(judge, tree.ref(maker.weights), nextBatch(), keys[0], np.array(count));
    judge = first.trained;
    const second = updateGenerator(maker, tree.ref(judge.weights), keys[1], np.array(count));
    maker = second.trained;
    const [discriminatorLoss, generatorLoss] = [await first.loss.data(), await second.loss.data()];
    return [discriminatorLoss[0]!, generatorLoss[0]!];
  };
}

function startTraining({ weights }: Network): Trained {
  const zeros = () => weights.map((weight) => np.zeros(weight.shape));
  return { weights, first: zeros(), second: zeros() };
}

function adam({ weights, first, second }: Trained, gradients: np.Array[], step: np.Array): Trained {
  const rate = np
    .sqrt(np.subtract(1, np.power(0.999, step.ref)))
    .div(np.subtract(1, np.power(0.5, step)))
    .mul(2e-4);
  const nextFirst = first.map((moment, index) => moment.mul(0.5).add(gradients[index]!.ref.mul(0.5)));
  const nextSecond = second.map((moment, index) => moment.mul(0.999).add(np.square(gradients[index]!).mul(0.001)));
  const nextWeights = weights.map((weight, index) => {
    const scale = np.sqrt(nextSecond[index]!.ref).add(1e-7);
    return weight.sub(nextFirst[index]!.ref.mul(rate.ref).div(scale));
  });
  rate.dispose();
  return { weights: nextWeights, first: nextFirst, second: nextSecond };
}

// Images are one channel deep here, so [N, H, W, 1] and [N, 1, H, W] are the same numbers in the same order.
function batches(work: GanWork): () => np.Array {
  const { values } = madeSamples(work);
  const sample = sampleShape(work);
  const size = sample.reduce((product, length) => product * length, 1);
  const shape = sample.length === 3 ? [sample[2]!, sample[0]!, sample[1]!] : sample;
  const perEpoch = values.length / (size * work.batchSize);
  let place = 0;
  return () => {
    const start = (place % perEpoch) * work.batchSize * size;
    place += 1;
    return np.array(values.slice(start, start + work.batchSize * size), { shape: [work.batchSize, ...shape] });
  };
}
