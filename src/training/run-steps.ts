import { createPause } from '../internal/pause.js';
import { requirePositiveInteger } from '../internal/require.js';
import { requireSignal } from '../internal/signal.js';
import type { Checkpoints } from '../saving/checkpoints.js';
import type { LoopCounts } from '../saving/read-checkpoint.js';

/** What a trainer gives to the loop. */
export interface StepWork<R> {
  /** One whole step. Returns how many samples it took in; 0 when the data have ended and nothing was done. */
  step(): Promise<number>;
  /** Reads what the last step measured. */
  report(): Promise<R>;
  /** Steps of the whole run; Infinity while unknown. */
  totalSteps(): number;
  /** Looks at what the last update left, which no loss has shown yet, before the last report is handed out. */
  finish?(): Promise<void>;
}

/** Where a run stands. */
export interface Progress {
  /** Whole steps done so far, from 1. */
  readonly step: number;
  /** Steps of the whole run; Infinity while unknown (an iterable shows its length at its first end). */
  readonly totalSteps: number;
  /** Samples per second of training, over the run so far; what the caller does between steps is not counted. */
  readonly samplesPerSecond: number;
}

/** Options of every trainer. */
export interface LoopOptions {
  /**
   * Steps from one report to the next, >= 1. Default 1. Reading a report waits for the device: on a GPU, 10 or more
   * lets steps follow one another without a gap. The last step is always reported.
   */
  readonly reportEvery?: number;
  /** Stops the run between two steps; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Checks {@link LoopOptions}, for every trainer. */
export function requireLoopOptions(where: string, { reportEvery, signal }: LoopOptions): void {
  if (reportEvery !== undefined) requirePositiveInteger(where, 'reportEvery', reportEvery);
  requireSignal(where, signal);
}

type Counts = { step: number } & { -readonly [K in keyof LoopCounts]: number };

/**
 * The loop that all trainers share: it counts, reports, writes down and stops, and knows neither tensors nor losses. Stopping,
 * by the signal or by leaving the iteration, happens between two whole steps, and so do checkpoints: a report has been seen
 * by whoever asked for it before the next one is written.
 */
export async function* runSteps<R>(
  work: StepWork<R>,
  options: LoopOptions,
  checkpoints?: Checkpoints,
): AsyncGenerator<Progress & R, void> {
  const { reportEvery = 1, signal } = options;
  const pause = createPause();
  const saved = await checkpoints?.restore();
  const counts: Counts = saved ? { step: saved.step, ...saved.loop } : { step: 0, reported: 0, samples: 0, busy: 0 };
  let isFinished = false;
  const loop = (): LoopCounts => ({ reported: counts.reported, samples: counts.samples, busy: counts.busy });
  const timed = async <T>(timedWork: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await timedWork();
    counts.busy += performance.now() - start;
    return result;
  };
  const finish = async (): Promise<void> => {
    if (!isFinished) await work.finish?.();
    isFinished = true;
  };
  const report = async (totalSteps: number): Promise<Progress & R> => {
    const { step, samples } = counts;
    const measured = await timed(work.report);
    if (step >= totalSteps) await finish();
    counts.reported = step;
    return { step, totalSteps, samplesPerSecond: (1000 * samples) / counts.busy, ...measured };
  };
  while (counts.step < work.totalSteps()) {
    if (signal?.aborted) await checkpoints?.onAbort(counts.step, loop);
    signal?.throwIfAborted();
    const taken = await timed(work.step);
    if (taken === 0) break;
    counts.samples += taken;
    counts.step += 1;
    await pause();
    if (counts.step % reportEvery === 0 || counts.step >= work.totalSteps()) yield await report(work.totalSteps());
    await checkpoints?.afterStep(counts.step, loop);
  }
  // The data may have ended before the steps did.
  if (counts.step === 0) return;
  if (counts.reported < counts.step) yield await report(counts.step);
  await finish();
  await checkpoints?.last(counts.step, loop);
}
