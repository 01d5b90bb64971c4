import { type GanOptions, ganSteps } from 'minimart';
import type { ConformanceCheck } from './conformance-check.js';
import { compareRuns, type Run, runSteps, type Training } from './follow-steps.js';
import { penaltyTraining } from './penalty-training.js';
import { articlePair, conditionsFor, samplesFor, type TrainingPair, trainingPairs } from './training-pairs.js';

const long = 20;
// A second of cpu's time each. Every step begins with cpu's weights anyway, and the second has moments of the first; more of them are in
// the long runs.
const ofWidePair = 2;

/** Every step of training, begun where cpu began it, has to end where cpu ended it: 1e-4, per variable. */
export const stepChecks: readonly ConformanceCheck[] = [
  ...trainingPairs.map((pair) => stepCheck(pair.name, long, ganTraining(pair, long))),
  stepCheck(articlePair.name, ofWidePair, ganTraining(articlePair, ofWidePair)),
  stepCheck('convolutional pair with an exact gradient penalty', long, penaltyTraining(long)),
];

function stepCheck(name: string, steps: number, training: Training): ConformanceCheck {
  let reference: Promise<Run> | undefined;
  return {
    name: `${steps} steps: ${name}`,
    async run(backend) {
      reference ??= runSteps('cpu', training);
      const expected = await reference;
      const actual = await runSteps(backend, training, expected);
      // cpu against itself: one backend gives the same bits run to run.
      compareRuns(actual, expected, backend === 'cpu' ? 0 : 1e-4);
    },
  };
}

function ganTraining(pair: TrainingPair, steps: number): Training {
  return {
    make: pair.make,
    async *train(networks) {
      const data = samplesFor(pair);
      const conditions = conditionsFor(pair);
      const { batchSize } = pair;
      // Plain or conditional, as the pair is.
      const options = { ...networks, data, conditions, batchSize, steps, seed: 7 } as unknown as GanOptions;
      for await (const { losses } of ganSteps(options)) {
        yield [losses.discriminator, losses.generator];
      }
    },
  };
}
