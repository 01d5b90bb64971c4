import { refuse } from '../../../internal/require.js';
import type { RowAdam } from './embedding-optimizer.js';
import { createMissedSums, type StepSizes } from './missed-sums.js';

/** What rows missed, to be made up for in this order. */
export interface MissedUpdates {
  /** The rows; one comes several times where what it missed is no single sum. */
  readonly rows: Int32Array;
  /** Four for each: see {@link MissedSums}. */
  readonly factors: Float32Array;
}

/** Remembers up to which update each row of some tables has come. */
export interface RowClock {
  /** Notes an update's step size, before its rows. */
  tick(update: number, learningRate: number): void;
  /** Some rows of a table took this update. */
  reach(table: string, rows: Int32Array, update: number): void;
  /** What some rows missed; from now on they count as brought up to date. Valid until the next call. */
  missed(table: string, rows: Int32Array, update: number): MissedUpdates;
  /** The same for all rows of a table, part by part. */
  allMissed(table: string, update: number): Iterable<MissedUpdates>;
  /** Where each row is, and the step sizes so far. */
  state(): RowClockState;
  /** Takes over the state of a clock of the same tables at the update `now`. */
  restore(state: RowClockState, now: number): void;
}

/** All that a clock knows; its own arrays. */
export interface RowClockState {
  readonly reached: Readonly<Record<string, Int32Array>>;
  readonly rates: StepSizes;
}

/** Size of a part of all that rows missed, about. */
const PART = 1024;

/** Where all rows are at the start: a row that nothing touched has no moments to go on by. */
const UNTOUCHED = 0;

/** Makes the clock for tables of so many rows, which all stand at update `start`. */
export function createRowClock(
  optimizer: RowAdam,
  rowCounts: Readonly<Record<string, number>>,
  start = UNTOUCHED,
): RowClock {
  const sums = createMissedSums(optimizer);
  const reached: Record<string, Int32Array> = {};
  for (const [table, rows] of Object.entries(rowCounts)) {
    reached[table] = new Int32Array(rows);
    // Zeros take no memory yet.
    if (start !== UNTOUCHED) reached[table].fill(start);
  }
  let [rows, factors, count] = [new Int32Array(PART), new Float32Array(4 * PART), 0];
  const grow = (): void => {
    const [before, beforeToo] = [rows, factors];
    [rows, factors] = [new Int32Array(2 * count), new Float32Array(8 * count)];
    rows.set(before);
    factors.set(beforeToo);
  };
  const look = (last: Int32Array, row: number, update: number): void => {
    let at = last[row]!;
    if (at === UNTOUCHED || at >= update) return;
    last[row] = update;
    while (at < update) {
      if (count === rows.length) grow();
      rows[count] = row;
      at = sums.write(at, update, factors, 4 * count);
      count += 1;
    }
  };
  const found = (): MissedUpdates => {
    const missed = { rows: rows.subarray(0, count), factors: factors.subarray(0, 4 * count) };
    count = 0;
    return missed;
  };
  return {
    tick: sums.note,
    reach: (table, some, update) => {
      const last = reached[table]!;
      for (let place = 0; place < some.length; place += 1) last[some[place]!] = update;
    },
    missed: (table, some, update) => {
      const last = reached[table]!;
      for (let place = 0; place < some.length; place += 1) look(last, some[place]!, update);
      return found();
    },
    *allMissed(table, update) {
      const last = reached[table]!;
      for (let row = 0; row < last.length; row += 1) {
        look(last, row, update);
        if (count >= PART) yield found();
      }
      if (count > 0) yield found();
    },
    state: () => ({ reached, rates: sums.rates() }),
    restore: (saved, now) => {
      for (const [table, own] of Object.entries(reached)) {
        const given = saved.reached?.[table];
        const isWhole = given instanceof Int32Array && given.length === own.length;
        if (!isWhole || given.some((update) => update < UNTOUCHED || update > now)) {
          refuse('restore', `reached['${table}']`, `be an Int32Array of ${own.length} numbers from 0 to ${now}`, given);
        }
      }
      sums.restore(saved.rates);
      for (const [table, own] of Object.entries(reached)) own.set(saved.reached[table]!);
    },
  };
}
