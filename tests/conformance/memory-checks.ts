import { memory } from '@tensorflow/tfjs-core';
import { type GanOptions, ganSteps, trainGan, useBackend } from 'minimart';
import type { ConformanceCheck } from './conformance-check.js';
import {
  conditionsFor,
  disposeAll,
  type Networks,
  samplesFor,
  type TrainingPair,
  trainingPairs,
} from './training-pairs.js';

type Train = (networks: Networks, pair: TrainingPair) => Promise<unknown>;

// Plain or conditional, as the pair is.
const optionsOf = (networks: Networks, pair: TrainingPair) =>
  ({ ...networks, ...settings(pair) }) as unknown as GanOptions;

const settings = (pair: TrainingPair) => ({
  data: samplesFor(pair),
  conditions: conditionsFor(pair),
  batchSize: pair.batchSize,
  steps: 20,
  seed: 7,
});

const wholeRun: Train = (networks, pair) => trainGan(optionsOf(networks, pair));

const abortedRun: Train = async (networks, pair) => {
  const controller = new AbortController();
  const reason = new Error('stopped by the caller');
  const onProgress = ({ step }: { step: number }) => {
    if (step === 5) controller.abort(reason);
  };
  await requireRejection(trainGan({ ...optionsOf(networks, pair), onProgress, signal: controller.signal }), reason);
};

const failedRun: Train = async (networks, pair) => {
  const reason = new Error('thrown by the caller');
  const onProgress = () => Promise.reject(reason);
  await requireRejection(trainGan({ ...optionsOf(networks, pair), onProgress }), reason);
};

const leftRun: Train = async (networks, pair) => {
  for await (const { step } of ganSteps(optionsOf(networks, pair))) {
    if (step === 5) break;
  }
};

const runs: readonly (readonly [string, Train])[] = [
  ['20 steps', wholeRun],
  ['an abort', abortedRun],
  ['a throw', failedRun],
  ['leaving the iteration', leftRun],
];

/** Whatever way a run ends, it leaves no tensor behind. */
export const memoryChecks: readonly ConformanceCheck[] = trainingPairs.flatMap((pair) =>
  runs.map(([end, train]) => ({
    name: `no tensors left by ${end}: ${pair.name}`,
    async run(backend: string) {
      await useBackend(backend);
      const networks = pair.make();
      const before = memory();
      await train(networks, pair);
      const after = memory();
      disposeAll(networks);
      requireSame('tensors', after.numTensors, before.numTensors);
      requireSame('data buffers', after.numDataBuffers, before.numDataBuffers);
    },
  })),
);

async function requireRejection(run: Promise<unknown>, reason: Error): Promise<void> {
  const outcome = await run.then(
    () => 'none',
    (error: unknown) => error,
  );
  if (outcome !== reason) throw new Error(`the run rejected with ${String(outcome)}, not with its reason`);
}

function requireSame(what: string, after: number, before: number): void {
  if (after !== before) throw new Error(`${what}: ${before} before, ${after} after`);
}
