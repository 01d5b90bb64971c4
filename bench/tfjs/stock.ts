// A child process: the loop that a user of TensorFlow.js writes today. Nothing of this library is loaded.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  add,
  gather,
  mean,
  neg,
  type Optimizer,
  randomNormal,
  type Scalar,
  setBackend,
  softplus,
  type Tensor,
  tensor,
  tensor1d,
  tidy,
  train,
  util,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { answerParent } from '../harness/answer-parent.js';
import type { Pace } from '../harness/measurement.js';
import { type Step, timeSteps } from '../harness/time-steps.js';
import { type GanWork, latentSize } from '../rows/gan-work.js';
import { madeSamples } from '../rows/made-samples.js';
import { stockModels } from './stock-models.js';

interface Request {
  readonly work: GanWork;
  readonly backend: string;
  readonly pace: Pace;
}

await answerParent(async ({ work, backend, pace }: Request) => {
  if (!(await setBackend(backend))) throw new Error(`The backend ${backend} does not start.`);
  const { values, shape } = madeSamples(work);
  return timeSteps(stockStep(work, tensor(values, shape)), pace);
});

function stockStep(work: GanWork, samples: Tensor): Step {
  const { generator, discriminator } = stockModels(work);
  const updateDiscriminator = updater(discriminator);
  const updateGenerator = updater(generator);
  const noise = () => randomNormal([work.batchSize, latentSize(work)]);
  const nextRows = shuffledRows(samples.shape[0]!, work.batchSize);
  return async () => {
    const losses = tidy(() => {
      const real = gather(samples, tensor1d(nextRows(), 'int32'));
      const fake = forward(generator, noise());
      const discriminatorLoss = updateDiscriminator(() =>
        add(mean(softplus(neg(forward(discriminator, real)))), mean(softplus(forward(discriminator, fake)))),
      );
      const generatorLoss = updateGenerator(() =>
        mean(softplus(neg(forward(discriminator, forward(generator, noise()))))),
      );
      return [discriminatorLoss, generatorLoss];
    });
    const [discriminatorLoss, generatorLoss] = await Promise.all(losses.map((loss) => loss.data()));
    for (const loss of losses) loss.dispose();
    return [discriminatorLoss![0]!, generatorLoss![0]!];
  };
}

function forward(model: LayersModel, x: Tensor): Tensor {
  return model.apply(x, { training: true }) as Tensor;
}

function updater(model: LayersModel): (loss: () => Scalar) => Scalar {
  const optimizer: Optimizer = train.adam(2e-4, 0.5, 0.999, 1e-7);
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  return (loss) => {
    const { value, grads } = variableGrads(loss, variables);
    optimizer.applyGradients(grads);
    return value;
  };
}

function shuffledRows(count: number, batchSize: number): () => number[] {
  let order: number[] = [];
  return () => {
    if (order.length < batchSize) order = [...util.createShuffledIndices(count)];
    return order.splice(0, batchSize);
  };
}
