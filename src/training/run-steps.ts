import { createPause } from '../internal/pause.js';
import { requirePositiveInteger } from '../internal/require.js';
import { requireSignal } from '../internal/signal.js';
import type { Checkpoints } from '../saving/checkpoints.js';
import type { LoopCounts } from '../saving/read-checkpoint.js';
import type { NonFiniteEntry, Recovery } from './recovery.js';
import type { Validator } from './validation.js';

/** What a trainer gives to the loop. */
export interface StepWork<R> {
  /** One whole step. Returns how many samples it took in; 0 when the data have ended and nothing was done. */
  step(): Promise<number>;
  /** Reads what the last step measured. */
  report(): Promise<R>;
  /** Steps of the whole run; Infinity while unknown. */
  totalSteps(): number;
  /** Steps done so far, where one call of `step` does several; it then ends at every report and no later than that. */
  done?(): number;
  /** Whether somebody ended the run at its last report. */
  isStopped?(): boolean;
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

/** What goes with a run besides its work. */
export interface RunCompany<V> {
  /** Measures the model, and may end the run. */
  readonly validator?: Validator<V> | undefined;
  /** Writes the run down, and knows where it goes on. */
  readonly checkpoints?: Checkpoints | undefined;
  /** What was done about numbers that are not finite. */
  readonly recovery?: Recovery | undefined;
}

/**
 * Hands on the reports of a run, each noted in its checkpoints first.
 *
 * @param history - Takes in the reports of a run that goes on, then all that are handed out. Iterators have none: it would grow for ever.
 */
export async function* loggedRun<R extends object>(
  run: AsyncGenerator<R, void>,
  checkpoints: Checkpoints | undefined,
  history?: R[],
): AsyncGenerator<R, void> {
  history?.push(...((checkpoints?.saved?.history ?? []) as R[]));
  for await (const report of run) {
    checkpoints?.log(report);
    history?.push(report);
    yield report;
  }
}

type Counts = { step: number } & { -readonly [K in keyof LoopCounts]: number };

/**
 * The loop that all trainers share: it counts, reports, validates, writes down and stops, and knows neither tensors nor losses.
 * Stopping, by the signal or by leaving the iteration, happens between two whole steps, and so do checkpoints: a report has
 * been seen by whoever asked for it before its step is written.
 */
export async function* runSteps<R, V = never>(
  work: StepWork<R>,
  { reportEvery = 1, signal }: LoopOptions,
  { validator, checkpoints, recovery }: RunCompany<V> = {},
): AsyncGenerator<Progress & R & { readonly validation?: V; readonly nonFinite?: readonly NonFiniteEntry[] }, void> {
  const pause = createPause();
  const saved = await checkpoints?.restore();
  const counts: Counts = saved ? { step: saved.step, ...saved.loop } : { step: 0, reported: 0, samples: 0, busy: 0 };
  const loop = (): LoopCounts => ({ reported: counts.reported, samples: counts.samples, busy: counts.busy });
  const timed = async <T>(run: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await run();
    counts.busy += performance.now() - start;
    return result;
  };
  const report = async (isLast: boolean) => {
    const { step } = counts;
    const measured = await timed(work.report);
    if (isLast) await work.finish?.();
    const validation = validator?.isDue(step, isLast) ? await validator.measure(step) : undefined;
    const isOver = isLast || validator?.isOver === true;
    if (isOver && !isLast) await work.finish?.();
    counts.reported = step;
    const totalSteps = isOver ? step : work.totalSteps();
    const where = { step, totalSteps, samplesPerSecond: (1000 * counts.samples) / counts.busy };
    const rest = { ...(validation && { validation }), ...recovery?.report() };
    return { isOver, report: { ...where, ...measured, ...rest } };
  };
  while (counts.step < work.totalSteps() && !(saved && (validator?.isOver || work.isStopped?.()))) {
    if (signal?.aborted) await checkpoints?.onAbort(counts.step, loop);
    signal?.throwIfAborted();
    const taken = await timed(work.step);
    if (taken === 0) break;
    counts.samples += taken;
    counts.step = work.done ? work.done() : counts.step + 1;
    await pause();
    const isLast = counts.step >= work.totalSteps();
    if (isLast || counts.step % reportEvery === 0 || validator?.isDue(counts.step, isLast)) {
      const now = await report(isLast);
      yield now.report;
      if (now.isOver || work.isStopped?.()) return checkpoints?.last(counts.step, loop);
    }
    await checkpoints?.afterStep(counts.step, loop);
  }
  // The data have ended before the steps did.
  if (counts.step === 0) return;
  if (counts.reported < counts.step) yield (await report(true)).report;
  else {
    await work.finish?.();
    if (recovery?.isNews) yield (await report(true)).report;
  }
  await checkpoints?.last(counts.step, loop);
}
