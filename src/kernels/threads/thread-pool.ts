import type { Part, SharedRoutines } from './split-work.js';
import { startTeam, type Team } from './thread-team.js';
import { ERROR, FAILED, LOOKS, SILENT, SPINS, UNDONE, UNTAKEN, WORDS, wake } from './thread-words.js';

/** Threads that do parts of work in memories that they share with their owner. */
export interface ThreadPool {
  /** The caller included. */
  readonly threads: number;
  /** Makes instances of a module in all threads, on a shared memory; resolves when all have theirs. `routines` are the caller's. */
  share(routines: object, module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<void>;
  /** Drops those instances, so that the memory may be freed. */
  release(routines: object): void;
  /** What `share` was given, or undefined. Before all threads have theirs, those that have do the work. */
  sharedBy(routines: object): SharedRoutines | undefined;
  /** Whether no thread has died. */
  isAlive(): boolean;
  /** Ends all threads. Work goes on in the caller alone. */
  stop(): void;
}

/** A job has at most so many parts, and so many numbers for their calls. */
const PARTS = 256;
const NUMBERS = 16_384;
/**
 * Starts a pool of `threads`, the caller's own included.
 *
 * @returns `undefined` where threads do not start, for example where a policy forbids it.
 */
export async function startPool(threads: number): Promise<ThreadPool | undefined> {
  const words = new Int32Array(new SharedArrayBuffer(4 * WORDS));
  const numbers = new Float64Array(new SharedArrayBuffer(8 * NUMBERS));
  words[SPINS] = LOOKS;
  const team = startTeam(threads - 1, words);
  await team.send({ words: words.buffer, numbers: numbers.buffer });
  if (team.fault() === undefined) return createPool(team, words, numbers);
  team.stop();
  return undefined;
}

function createPool(team: Team, words: Int32Array, numbers: Float64Array): ThreadPool {
  const known = new WeakMap<object, SharedRoutines & { readonly place: number }>();
  let places = 0;
  let isStopped = false;
  const forget = (place: number) => {
    if (!isStopped) void team.send({ place });
  };
  // Routines that nobody has any more are released by themselves: threads would keep their memory.
  const forgotten = new FinalizationRegistry(forget);
  const run = (routines: object, place: number, names: Names, parts: readonly Part<never>[]) => {
    for (let done = 0; done < parts.length; ) {
      requireAlive(team);
      const count = writeJob(numbers, place, names, parts, done);
      runJob(words, routines, parts.slice(done, done + count), team);
      done += count;
    }
  };
  return {
    threads: team.size + 1,
    async share(routines, module, memory) {
      places += 1;
      const place = places;
      await team.send({ place, module, memory });
      forgotten.register(routines, place, routines);
      const names: Names = new Map(Object.keys(routines).map((name, number) => [name, number]));
      known.set(routines, { place, threads: team.size + 1, run: (parts) => run(routines, place, names, parts) });
    },
    release(routines) {
      const place = known.get(routines)?.place;
      known.delete(routines);
      forgotten.unregister(routines);
      if (place !== undefined) forget(place);
    },
    isAlive: () => team.fault() === undefined,
    sharedBy: (routines) => (isStopped ? undefined : known.get(routines)),
    stop() {
      isStopped = true;
      team.stop();
    },
  };
}

/** The number of each routine in its module. */
type Names = ReadonlyMap<string, number>;

/** Writes as many parts as there is room for, from `first` on; returns how many. */
function writeJob(
  numbers: Float64Array,
  place: number,
  names: Names,
  parts: readonly Part<never>[],
  first: number,
): number {
  let end = 1 + PARTS;
  let count = 0;
  numbers[0] = place;
  for (const part of parts.slice(first, first + PARTS)) {
    const calls = part as readonly (readonly [string, ...number[]])[];
    if (end + calls.reduce((sum, call) => sum + call.length + 1, 1) > NUMBERS) break;
    numbers[1 + count] = end;
    numbers[end] = calls.length;
    end += 1;
    for (const [name, ...given] of calls) {
      numbers.set([names.get(name)!, given.length, ...given], end);
      end += 2 + given.length;
    }
    count += 1;
  }
  if (count === 0) throw new RangeError(`minimart: a part of ${parts[first]?.length} calls is too large for a job.`);
  return count;
}

function runJob(words: Int32Array, routines: object, parts: readonly Part<never>[], team: Team): void {
  Atomics.store(words, UNDONE, parts.length);
  Atomics.store(words, UNTAKEN, parts.length);
  wake(words, parts.length - 1);
  const faults: unknown[] = [];
  for (let part = take(words); part >= 0; part = take(words)) {
    try {
      for (const [name, ...given] of parts[part] as readonly (readonly [string, ...number[]])[]) {
        (routines as Record<string, (...given: number[]) => void>)[name]!(...given);
      }
    } catch (error) {
      faults.push(error);
    }
    Atomics.sub(words, UNDONE, 1);
  }
  waitForOthers(words, team);
  const length = Atomics.exchange(words, FAILED, 0);
  if (faults.length > 0) throw faults[0];
  if (length === 0) return;
  const text = String.fromCharCode(...words.subarray(ERROR, ERROR + length));
  throw new Error(`minimart: a wasm kernel failed in a thread: ${text}`);
}

/** Takes a part that nobody has taken; -1 where there is none. */
function take(words: Int32Array): number {
  for (;;) {
    const left = Atomics.load(words, UNTAKEN);
    if (left <= 0) return -1;
    if (Atomics.compareExchange(words, UNTAKEN, left, left - 1) === left) return left - 1;
  }
}

function waitForOthers(words: Int32Array, team: Team): void {
  const end = performance.now() + SILENT;
  for (let looks = 1; ; looks += 1) {
    const left = Atomics.load(words, UNDONE);
    if (left === 0) return;
    if (looks % LOOKS !== 0) continue;
    if (performance.now() > end) break;
    if (team.canSleep) Atomics.wait(words, UNDONE, left, SILENT);
  }
  team.fail(`it has not finished its part in ${SILENT / 1000} s`);
  requireAlive(team);
}

function requireAlive(team: Team): void {
  const fault = team.fault();
  if (fault === undefined) return;
  throw new Error(
    `minimart: a thread of the wasm kernels has died (${fault}). useBackend('wasm') starts new ones, ` +
      "useBackend('wasm', { threads: 1 }) goes on without.",
  );
}
