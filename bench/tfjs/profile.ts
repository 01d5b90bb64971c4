// A child process: where the time of this library's training steps goes, kernel by kernel.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { ganSteps } from 'minimart';
import { answerParent } from '../harness/answer-parent.js';
import type { Pace } from '../harness/measurement.js';
import { processorTime } from '../harness/processor-time.js';
import type { GanWork } from '../rows/gan-work.js';
import { madeSamples } from '../rows/made-samples.js';
import { clockKernels, type KernelTime } from './kernel-clock.js';
import { ourModels } from './our-models.js';
import { startOurs } from './start-ours.js';

/** What calls of one kind cost per step. */
export interface KernelLine {
  readonly name: string;
  readonly calls: number;
  readonly milliseconds: number;
}

/** Where a step's time goes, dearest first. */
export interface Profile {
  /** Of a whole step. */
  readonly milliseconds: number;
  readonly byName: readonly KernelLine[];
  /** By kernel, shapes of operands, and flags. */
  readonly byCall: readonly KernelLine[];
}

interface Request {
  readonly work: GanWork;
  readonly backend: string;
  readonly pace: Pace;
}

await answerParent(async ({ work, backend, pace }: Request) => {
  await startOurs({ backend });
  const clock = clockKernels(backend);
  const run = ganSteps({
    ...ourModels(work),
    data: madeSamples(work),
    batchSize: work.batchSize,
    steps: Number.MAX_SAFE_INTEGER,
  });
  const repeat = async (count: number) => {
    const end = performance.now() + pace.budget;
    let done = 0;
    for (; done < count && performance.now() < end; done += 1) await run.next();
    return done;
  };
  await repeat(pace.warmup);
  clock.reset();
  const start = processorTime();
  const steps = await repeat(pace.steps);
  const milliseconds = (processorTime() - start) / steps;
  const profile: Profile = {
    milliseconds,
    byName: perStep(clock.byName, steps),
    byCall: perStep(clock.byCall, steps),
  };
  return { series: {}, profile };
});

function perStep(times: ReadonlyMap<string, KernelTime>, steps: number): KernelLine[] {
  const rows = [...times].map(([name, { calls, milliseconds }]) => ({
    name,
    calls: calls / steps,
    milliseconds: milliseconds / steps,
  }));
  return rows.sort((a, b) => b.milliseconds - a.milliseconds);
}
