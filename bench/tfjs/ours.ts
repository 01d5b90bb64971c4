// A child process: this library's training steps through its public names.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { ganSteps } from 'minimart';
import { answerParent } from '../harness/answer-parent.js';
import type { Pace } from '../harness/measurement.js';
import { type Step, timeSteps } from '../harness/time-steps.js';
import type { GanWork } from '../rows/gan-work.js';
import { madeSamples } from '../rows/made-samples.js';
import { ourModels } from './our-models.js';
import { type StartRequest, startOurs } from './start-ours.js';

interface Request extends StartRequest {
  readonly work: GanWork;
  readonly pace: Pace;
}

await answerParent(async ({ work, pace, ...start }: Request) => {
  const versions = await startOurs(start);
  const steps = ganSteps({
    ...ourModels(work),
    data: madeSamples(work),
    batchSize: work.batchSize,
    steps: Number.MAX_SAFE_INTEGER,
  });
  const step: Step = async () => {
    const { value } = await steps.next();
    if (!value) throw new Error('ganSteps ended early.');
    return [value.losses.discriminator, value.losses.generator];
  };
  return { ...(await timeSteps(step, pace)), versions };
});
