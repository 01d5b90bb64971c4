import { type Part, releaseThreads, splitWork, threadsFor } from '../../../kernels/threads/split-work.js';
import { moduleBytes } from '../../../kernels/wasm/module/least-squares-bytes.js';
import { openModule } from '../../../kernels/wasm/module/open-module.js';
import { paddedSize } from '../../../linear-algebra/panels.js';
import type { AlsFitter, AlsSides } from './als-fitter.js';
import { type AlsPlaces, copyInPieces, placeSides, putSide } from './als-memory.js';
import { type AlsSettings, refuseUnsolvable } from './als-side.js';

/** The routines in kernels/wasm/assembly/least-squares.ts, which say what each argument is. */
interface AlsRoutines {
  addOuterProducts(...numbers: number[]): void;
  startMatrix(matrix: number, gram: number, size: number, weight: number, diagonal: number): void;
  fitRows(...numbers: number[]): void;
  solveRow(...numbers: number[]): void;
}

/** Vectors that the routines pack at a time: a sum that is cut is cut behind so many. */
const PACKED = 64;
/** Products that a thread does between two pauses: some 5 milliseconds. */
const AT_ONCE = 1 << 23;
/** Parts of a job for each thread, so that one that is slower does fewer; and how many there may be. */
const PARTS_EACH = 2;
const MOST_PARTS = 64;

/**
 * Fits rows by the wasm routines, on the threads of the pool where one runs. Its bits are those of `plainFitter`, whatever the number
 * of threads: a row is fitted in one of them, and the sum for a row of very many observations is cut by rows of its matrix.
 *
 * @returns `undefined` where the host cannot run the routines or has no memory for both sides.
 */
export async function wasmFitter(
  sides: AlsSides,
  settings: AlsSettings,
  pause: () => Promise<void>,
): Promise<AlsFitter | undefined> {
  const places = placeSides(sides, settings.factors);
  const opened = await openModule<AlsRoutines>(moduleBytes, places.scratch + MOST_PARTS * scratchOf(settings.factors));
  if (opened === undefined) return undefined;
  const { memory, routines } = opened;
  const { users, items } = sides;
  await putSide(memory.buffer, places.users, users, items.offsets.length - 1, settings, pause);
  await putSide(memory.buffer, places.items, items, users.offsets.length - 1, settings, pause);
  return {
    async fit(name, pauseBetween) {
      const task = { routines, memory, settings, sides, name, places, pause: pauseBetween };
      await fitSide(task);
      const { vectors } = sides[name];
      await copyInPieces(new Float32Array(memory.buffer, places[name].vectors, vectors.length), vectors, pauseBetween);
    },
    close: () => releaseThreads(routines),
  };
}

/** One side's fit. */
interface Task {
  readonly routines: AlsRoutines;
  readonly memory: WebAssembly.Memory;
  readonly settings: AlsSettings;
  readonly sides: AlsSides;
  readonly name: keyof AlsSides;
  readonly places: AlsPlaces;
  readonly pause: () => Promise<void>;
}

// Scratch of a part: packed vectors, a matrix, and a right side behind it.
function scratchOf(factors: number): number {
  const size = paddedSize(factors);
  return 8 * (PACKED + size + 1) * size;
}

function otherOf({ name }: Pick<Task, 'name'>): keyof AlsSides {
  return name === 'users' ? 'items' : 'users';
}

async function fitSide(task: Task): Promise<void> {
  const { memory, settings, sides, name, places, pause } = task;
  const size = paddedSize(settings.factors);
  const failed = new Int32Array(memory.buffer, places.failed, 1).fill(0);
  new Float64Array(memory.buffer, places.gram, size * size).fill(0);
  const others = sides[otherOf(task)].offsets.length - 1;
  await addOuterProducts(task, { matrix: places.gram, observed: 0, confidences: 0, from: 0, to: others });
  const rows = sides[name].offsets.length - 1;
  for (let row = 0; row < rows; ) {
    await pause();
    const end = batchEnd(task, row);
    if (end > row) fitBatch(task, row, end);
    else await fitLongRow(task, row);
    row = Math.max(end, row + 1);
    if (failed[0] !== 0) refuseUnsolvable(settings);
  }
}

/** Products that the equations of a row take. */
function costOf({ sides, name, settings: { factors } }: Task, row: number): number {
  const { offsets } = sides[name];
  const observed = offsets[row + 1]! - offsets[row]!;
  return observed === 0 ? factors : factors ** 2 * (observed / 2 + factors / 6 + 4);
}

/** Where the rows end that are fitted together from `first` on; none are, where one alone has too much to add up. */
function batchEnd(task: Task, first: number): number {
  const rows = task.sides[task.name].offsets.length - 1;
  const most = AT_ONCE * threadsFor(task.routines, Number.POSITIVE_INFINITY);
  let row = first;
  for (let cost = 0; row < rows; row += 1) {
    const own = costOf(task, row);
    cost += own;
    if (own > AT_ONCE || (cost > most && row > first)) break;
  }
  return row;
}

/** Fits rows, each in one thread. */
function fitBatch(task: Task, first: number, end: number): void {
  const { routines, name, settings, places } = task;
  const [own, other] = [places[name], places[otherOf(task)]];
  const parts = runsOfEqualCost(task, first, end).map(([from, to], part): Part<AlsRoutines> => {
    const given = [from, to, settings.factors, own.offsets, own.observed, own.confidences, other.vectors, places.gram];
    const scratch = places.scratch + part * scratchOf(settings.factors);
    return [['fitRows', ...given, settings.unobservedWeight, own.diagonals, own.vectors, places.failed, scratch]];
  });
  splitWork(routines, parts);
}

function runsOfEqualCost(task: Task, first: number, end: number): (readonly [number, number])[] {
  let left = 0;
  for (let row = first; row < end; row += 1) left += costOf(task, row);
  const threads = threadsFor(task.routines, left);
  const runs: [number, number][] = [];
  let parts = threads === 1 ? 1 : Math.min(MOST_PARTS, threads * PARTS_EACH);
  for (let row = first; row < end; parts -= 1) {
    const start = row;
    for (const share = left - left / parts; row < end && (row === start || left > share || parts === 1); row += 1) {
      left -= costOf(task, row);
    }
    runs.push([start, row]);
  }
  return runs;
}

/** Fits a row of very many observations: its sum is cut over threads, and over time. */
async function fitLongRow(task: Task, row: number): Promise<void> {
  const { routines, sides, name, settings, places } = task;
  const size = paddedSize(settings.factors);
  const [own, other] = [places[name], places[otherOf(task)]];
  const [from, to] = [sides[name].offsets[row]!, sides[name].offsets[row + 1]!];
  // Behind the packed vectors of the first part.
  const matrix = places.scratch + 8 * PACKED * size;
  const [diagonal] = new Float64Array(task.memory.buffer, own.diagonals + 8 * row, 1);
  routines.startMatrix(matrix, places.gram, size, settings.unobservedWeight, diagonal!);
  await addOuterProducts(task, { matrix, observed: own.observed, confidences: own.confidences, from, to });
  const observed = [from, to, own.observed, own.confidences, other.vectors];
  routines.solveRow(row, settings.factors, ...observed, matrix, own.vectors, places.failed);
}

/** A sum of outer products of vectors of the other side. */
interface OuterProducts {
  readonly matrix: number;
  readonly observed: number;
  readonly confidences: number;
  readonly from: number;
  readonly to: number;
}

async function addOuterProducts(task: Task, { matrix, observed, confidences, from, to }: OuterProducts): Promise<void> {
  const { routines, settings, places, pause } = task;
  const { factors } = settings;
  const { vectors } = places[otherOf(task)];
  const most = threadsFor(routines, ((to - from) * factors ** 2) / 2);
  const bands = bandsOf(paddedSize(factors), Math.min(MOST_PARTS, most));
  const atOnce = PACKED * Math.max(1, Math.floor((2 * AT_ONCE * bands.length) / (PACKED * factors ** 2)));
  for (let first = from; first < to; first += atOnce) {
    await pause();
    const end = Math.min(to, first + atOnce);
    const parts = bands.map(([top, bottom], part): Part<AlsRoutines> => {
      const scratch = places.scratch + part * scratchOf(factors);
      return [['addOuterProducts', matrix, factors, vectors, observed, confidences, first, end, top, bottom, scratch]];
    });
    splitWork(routines, parts);
  }
}

/** Cuts the rows of a triangle into bands of about as many numbers each. */
function bandsOf(size: number, count: number): (readonly [number, number])[] {
  const ends = Array.from({ length: count + 1 }, (_, band) => 4 * Math.round((size * Math.sqrt(band / count)) / 4));
  return ends.slice(1).flatMap((end, band): [number, number][] => (end > ends[band]! ? [[ends[band]!, end]] : []));
}
