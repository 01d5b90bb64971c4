import { kernelState } from '../kernel-state.js';

/** One call of a routine of a wasm module: its name, then its arguments, which are numbers. */
export type Call<Routines> = {
  [Name in keyof Routines]: Routines[Name] extends (...args: infer Arguments) => unknown
    ? readonly [Name, ...Arguments]
    : never;
}[keyof Routines];

/** Calls that follow one another in one thread. */
export type Part<Routines> = readonly Call<Routines>[];

/** Routines of which the pool has instances on the same memory in its threads. */
export interface SharedRoutines {
  /** The caller included. */
  readonly threads: number;
  run(parts: readonly Part<never>[]): void;
}

/**
 * How many threads `splitWork` has for these routines: 1 where no pool runs, or none that knows them.
 *
 * @param work - How many products and sums there are to compute; a number that is only passed through counts `PASS`. What is too
 *   little for two threads stays on one.
 */
export function threadsFor(routines: object, work: number): number {
  const shared = work < 2 * WORTHWHILE ? undefined : kernelState().pool?.sharedBy(routines);
  return shared === undefined ? 1 : Math.min(shared.threads, Math.floor(work / WORTHWHILE));
}

/**
 * Work that a thread is woken for: some 13 µs of it by fused products. Twice as much in two parts is 1.8 times as fast where the other
 * thread looks for work (bench/threads/handing.ts: half of it 1.5 times), but one that sleeps must be woken first.
 */
const WORTHWHILE = 250_000;

/** What it takes to read a number from memory and to write one, in products and sums. */
export const PASS = 8;

/**
 * Does parts of one piece of work, on as many threads as there are, and returns when all are done.
 *
 * Each part may be done by any thread, in any order, beside any other: parts must write to different places, scratch included.
 * What comes out must not depend on the number of parts: no number may be summed over them.
 *
 * @throws Error when a routine fails in a thread, and when a thread has died.
 */
export function splitWork<Routines extends object>(routines: Routines, parts: readonly Part<Routines>[]): void {
  const shared = parts.length > 1 ? kernelState().pool?.sharedBy(routines) : undefined;
  if (shared) shared.run(parts as readonly Part<never>[]);
  else for (const part of parts) for (const call of part) doCall(routines, call);
}

/** Does one call for each run of `count` rows that take so much `work` together, by {@link splitWork}. */
export function splitRows<Routines extends object>(
  routines: Routines,
  count: number,
  work: number,
  call: (run: Run) => Call<Routines>,
): void {
  const threads = threadsFor(routines, work);
  if (threads === 1) doCall(routines, call({ start: 0, count }));
  else
    splitWork(
      routines,
      runsOf(count, threads).map((run) => [call(run)]),
    );
}

function doCall<Routines extends object>(routines: Routines, [name, ...numbers]: Call<Routines>): void {
  (routines[name] as (...numbers: unknown[]) => void)(...numbers);
}

/**
 * Gives the threads of the pool instances of a module on a shared memory, where a pool runs and has none for these routines, which are
 * those of the caller's instance. `splitWork` has them as soon as this resolves.
 */
export async function shareWithThreads(
  routines: object,
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<void> {
  const { pool } = kernelState();
  if (pool && !pool.sharedBy(routines)) await pool.share(routines, module, memory);
}

/** Takes these instances back, so that the memory can be freed. */
export function releaseThreads(routines: object): void {
  kernelState().pool?.release(routines);
}

/** Some of the things that are to be done: `count` of them from `start` on. */
export interface Run {
  readonly start: number;
  readonly count: number;
}

/** Cuts `count` things into at most `parts` runs whose lengths are multiples of `step`, that of the last one excepted. */
export function runsOf(count: number, parts: number, step = 1): Run[] {
  const length = Math.max(step, Math.ceil(count / parts / step) * step);
  return Array.from({ length: Math.ceil(count / length) }, (_, index) => {
    const start = index * length;
    return { start, count: Math.min(length, count - start) };
  });
}
