import { useBackend } from 'minimart';
import { requireWithin } from './conformance-check.js';
import { type NetworkWeights, readWeights, writeWeights } from './network-weights.js';
import { relativeDifference } from './relative-difference.js';
import { disposeAll, type Networks } from './training-pairs.js';

/** Networks and a way to train them that yields the losses of each step. */
export interface Training {
  make(): Networks;
  train(networks: Networks): AsyncIterable<readonly number[]>;
}

interface Step {
  readonly weights: NetworkWeights;
  readonly losses: readonly number[];
}

/** What a training did on one backend: the weights that it began with, and what each step made. */
export interface Run {
  readonly start: NetworkWeights;
  readonly steps: readonly Step[];
}

/** Trains on `backend`; with `follow`, every step begins with the weights that the followed run had. */
export async function runSteps(backend: string, training: Training, follow?: Run): Promise<Run> {
  await useBackend(backend);
  const networks = training.make();
  if (follow) writeWeights(networks, follow.start);
  const start = await readWeights(networks);
  const done: Step[] = [];
  for await (const losses of training.train(networks)) {
    done.push({ weights: await readWeights(networks), losses });
    // The moments stay as this backend made them: from gradients at the same weights.
    if (follow) writeWeights(networks, follow.steps[done.length - 1]!.weights);
  }
  disposeAll(networks);
  return { start, steps: done };
}

/** Fails when a variable, in relative L2 distance, or a loss is further from the expected than `allowed` at any step. */
export function compareRuns(actual: Run, expected: Run, allowed: number): void {
  const count = expected.steps.length;
  if (actual.steps.length !== count) throw new Error(`${actual.steps.length} steps were reported, not ${count}`);
  for (const [index, { weights, losses }] of expected.steps.entries()) {
    const step = actual.steps[index]!;
    for (const [name, values] of weights) {
      requireWithin(`step ${index + 1}, ${name}`, relativeDifference(step.weights.get(name)!, values), allowed);
    }
    requireWithin(`step ${index + 1}, losses`, relativeDifference([...step.losses], [...losses]), allowed);
  }
}
