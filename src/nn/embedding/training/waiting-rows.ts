import { requireWholeNumber } from '../../../internal/require.js';
import { type EmbeddingTable, isMovable } from '../models/movable-table.js';
import type { RowAdam } from './embedding-optimizer.js';
import { createRowClock, type RowClockState } from './row-clock.js';
import type { RowMover } from './row-mover.js';

/** Lets rows that no batch names wait with their updates until somebody reads them. */
export interface WaitingRows {
  /** Brings some rows of a table up to date. */
  bringUp(name: string, rows: Int32Array): void;
  /** An update begins. */
  begin(update: number, learningRate: number): void;
  /** Some rows of a table took the update. */
  took(name: string, rows: Int32Array): void;
  /** The update is done. */
  finish(): void;
  /** Brings all rows up to date. */
  settle(): void;
  /** Goes on from here: all rows stand at this update. */
  restart(update: number): void;
  /** How far each row has come; nothing is brought up to date for it. */
  state(): WaitingRowsState;
  /** Takes over the state of another one for the same tables. */
  restore(state: WaitingRowsState): void;
  /** Brings all rows up to date and lets go of the tables. */
  dispose(): void;
}

/** How far rows have come. */
export interface WaitingRowsState extends RowClockState {
  readonly now: number;
  readonly settledAt: number;
}

/** Makes it for tables whose mover may change. */
export function createWaitingRows(
  tables: Readonly<Record<string, EmbeddingTable>>,
  optimizer: RowAdam,
  moverOf: () => RowMover,
): WaitingRows {
  const counts = Object.fromEntries(Object.entries(tables).map(([name, { rows }]) => [name, rows]));
  let clock = createRowClock(optimizer, counts);
  let [now, settledAt] = [0, 0];
  const settle = (): void => {
    if (settledAt === now) return;
    settledAt = now;
    for (const name of Object.keys(tables)) {
      for (const missed of clock.allMissed(name, now)) moverOf().catchUp(name, missed);
    }
  };
  const movable = Object.values(tables).filter(isMovable);
  const endings = movable.map((table) => table.beforeReading(settle));
  // A table that does not say when it is read is never behind.
  const canWait = movable.length === Object.keys(tables).length;
  return {
    settle,
    bringUp: (name, rows) => {
      const missed = clock.missed(name, rows, now);
      if (missed.rows.length > 0) moverOf().catchUp(name, missed);
    },
    begin: (update, learningRate) => {
      now = update;
      clock.tick(update, learningRate);
    },
    took: (name, rows) => clock.reach(name, rows, now),
    finish: () => {
      if (!canWait) settle();
    },
    restart: (update) => {
      clock = createRowClock(optimizer, counts, update);
      [now, settledAt] = [update, update];
    },
    state: () => ({ ...clock.state(), now, settledAt }),
    restore: (saved) => {
      const { now: last, settledAt: settled } = saved;
      requireWholeNumber('restore', 'now', last, 0, 2 ** 31 - 1);
      requireWholeNumber('restore', 'settledAt', settled, 0, last);
      clock.restore(saved, last);
      ({ now, settledAt } = saved);
    },
    dispose: () => {
      settle();
      for (const end of endings) end();
    },
  };
}
