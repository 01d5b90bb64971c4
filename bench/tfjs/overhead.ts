// A child process: whole training steps beside the step functions alone, on batches and noise that lie ready.
import '@tensorflow/tfjs-backend-wasm';
import { dispose, tensor, tidy } from '@tensorflow/tfjs-core';
import { adam, createRng, ganSteps, latentNoise, nonSaturatingLoss } from 'minimart';
import { createPlayer } from '../../src/gan/training/game/gan-player.js';
import { discriminatorStep, generatorStep } from '../../src/gan/training/game/gan-step.js';
import { answerParent } from '../harness/answer-parent.js';
import type { Pace } from '../harness/measurement.js';
import { processorTime } from '../harness/processor-time.js';
import { type GanWork, latentSize, sampleShape } from '../rows/gan-work.js';
import { madeSamples } from '../rows/made-samples.js';
import { ourModels } from './our-models.js';
import { startOurs } from './start-ours.js';

interface Request {
  readonly work: GanWork;
  readonly pace: Pace;
}

await answerParent(async ({ work, pace }: Request) => {
  await startOurs({ backend: 'wasm' });
  const models = ourModels(work);
  const data = madeSamples(work);
  const steps = ganSteps({ ...models, data, batchSize: work.batchSize, steps: Number.MAX_SAFE_INTEGER });
  const run = { whole: () => steps.next(), alone: stepAlone(work, models, data.values) };
  const series = { whole: [] as number[], alone: [] as number[] };
  // In turn, so that both meet the same machine, and in turn first, because each works in the caches the other left.
  const pairs = async (least: number, most: number) => {
    const end = performance.now() + pace.budget;
    for (let pair = 0; pair < most && (pair < least || performance.now() < end); pair += 1) {
      const order = pair % 2 === 0 ? (['whole', 'alone'] as const) : (['alone', 'whole'] as const);
      for (const name of order) series[name].push(await timed(run[name]));
    }
  };
  await pairs(2, pace.warmup);
  series.whole.length = series.alone.length = 0;
  await pairs(4, pace.steps);
  return { series };
});

async function timed(run: () => unknown): Promise<number> {
  const start = processorTime();
  await run();
  return processorTime() - start;
}

function stepAlone(work: GanWork, models: ReturnType<typeof ourModels>, values: Float32Array): () => void {
  const [generator, discriminator] = [models.generator, models.discriminator].map((model) =>
    createPlayer(model, adam({ learningRate: 2e-4, beta1: 0.5 })),
  ) as [ReturnType<typeof createPlayer>, ReturnType<typeof createPlayer>];
  const shape = [work.batchSize, ...sampleShape(work)];
  const size = shape.reduce((product, length) => product * length, 1);
  const real = tensor(values.slice(0, size), shape);
  const noise = latentNoise(createRng(1), [work.batchSize, latentSize(work)]);
  const see = <T>(samples: T) => samples;
  const rules = { generator, discriminator, loss: nonSaturatingLoss(), see, rng: createRng(1), where: 'test' };
  const rounds = [{ real, noise }];
  return () => dispose(tidy(() => [discriminatorStep(rules, rounds), generatorStep(rules, rounds)]));
}
