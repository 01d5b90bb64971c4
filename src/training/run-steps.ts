import { createPause } from '../internal/pause.js';
import { requirePositiveInteger } from '../internal/require.js';
import { requireSignal } from '../internal/signal.js';
import type { Validator } from './validation.js';

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
   * lets steps follow one another without a gap. The last step is always reported, and so is each that was validated.
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

/**
 * The loop that all trainers share: it counts, reports, validates and stops, and knows neither tensors nor losses. Stopping,
 * by the signal or by leaving the iteration, happens between two whole steps.
 */
export async function* runSteps<R, V = never>(
  work: StepWork<R>,
  { reportEvery = 1, signal }: LoopOptions,
  validator?: Validator<V>,
): AsyncGenerator<Progress & R & { readonly validation?: V }, void> {
  const pause = createPause();
  let [step, reported, samples, busy] = [0, 0, 0, 0];
  const timed = async <T>(run: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await run();
    busy += performance.now() - start;
    return result;
  };
  const report = async (isLast: boolean) => {
    const measured = await timed(work.report);
    if (isLast) await work.finish?.();
    const validation = validator?.isDue(step, isLast) ? await validator.measure(step) : undefined;
    const isOver = isLast || validator?.isOver === true;
    if (isOver && !isLast) await work.finish?.();
    reported = step;
    const totalSteps = isOver ? step : work.totalSteps();
    const where = { step, totalSteps, samplesPerSecond: (1000 * samples) / busy };
    return { isOver, report: { ...where, ...measured, ...(validation && { validation }) } };
  };
  while (step < work.totalSteps()) {
    signal?.throwIfAborted();
    const taken = await timed(work.step);
    if (taken === 0) break;
    samples += taken;
    step += 1;
    await pause();
    const isLast = step >= work.totalSteps();
    if (!isLast && step % reportEvery !== 0 && !validator?.isDue(step, isLast)) continue;
    const now = await report(isLast);
    yield now.report;
    if (now.isOver) return;
  }
  // The data have ended before the steps did.
  if (step === 0) return;
  if (reported < step) yield (await report(true)).report;
  else await work.finish?.();
}
