import { type GanReport, ganSteps, useBackend } from 'minimart';
import { type ConformanceCheck, requireWithin } from './conformance-check.js';
import { type NetworkWeights, readWeights, writeWeights } from './network-weights.js';
import { relativeDifference } from './relative-difference.js';
import { disposeAll, samplesFor, type TrainingPair, trainingPairs } from './training-pairs.js';

const steps = 10;

interface Step {
  readonly weights: NetworkWeights;
  readonly losses: GanReport['losses'];
}

interface Run {
  readonly start: NetworkWeights;
  readonly steps: readonly Step[];
}

/** Every step of training, begun where cpu began it, has to end where cpu ended it: 1e-4, per variable. */
export const stepChecks: readonly ConformanceCheck[] = trainingPairs.map((pair) => {
  let reference: Promise<Run> | undefined;
  return {
    name: `${steps} steps: ${pair.name}`,
    async run(backend) {
      reference ??= train('cpu', pair);
      const expected = await reference;
      const actual = await train(backend, pair, expected);
      // cpu against itself: one backend gives the same bits run to run.
      compare(actual, expected, backend === 'cpu' ? 0 : 1e-4);
    },
  };
});

async function train(backend: string, pair: TrainingPair, follow?: Run): Promise<Run> {
  await useBackend(backend);
  const networks = pair.make();
  if (follow) writeWeights(networks, follow.start);
  const start = await readWeights(networks);
  const done: Step[] = [];
  const data = samplesFor(pair);
  for await (const { losses } of ganSteps({ ...networks, data, batchSize: pair.batchSize, steps, seed: 7 })) {
    done.push({ weights: await readWeights(networks), losses });
    // The moments stay as this backend made them: from gradients at the same weights.
    if (follow) writeWeights(networks, follow.steps[done.length - 1]!.weights);
  }
  disposeAll(networks);
  return { start, steps: done };
}

function compare(actual: Run, expected: Run, allowed: number): void {
  if (actual.steps.length !== steps) throw new Error(`${actual.steps.length} steps were reported, not ${steps}`);
  for (const [index, { weights, losses }] of expected.steps.entries()) {
    const step = actual.steps[index]!;
    for (const [name, values] of weights) {
      requireWithin(`step ${index + 1}, ${name}`, relativeDifference(step.weights.get(name)!, values), allowed);
    }
    const difference = relativeDifference(both(step.losses), both(losses));
    requireWithin(`step ${index + 1}, losses`, difference, allowed);
  }
}

function both({ discriminator, generator }: GanReport['losses']): number[] {
  return [discriminator, generator];
}
