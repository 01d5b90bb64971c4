import type { Rng } from '../../random/rng.js';
import type { NetworkPlan } from './network-plan.js';

/** As {@link MaskedRows}, on the host. */
export interface MaskedBatch {
  readonly cells: Int32Array;
  readonly targets: Int32Array;
  readonly counts: Float32Array;
}

/**
 * Hides cells of rows. Half of the rows show their first columns, and the next one counts; the other half show some columns at
 * random, and those hidden count in equal parts. How many are shown is drawn, every number as likely. Either way the expected loss
 * is the mean over columns of the negative log-probability of a cell given those before it, in the table's order or in a random one.
 *
 * @param rows - `[N, D]`: states of the table.
 * @param chosen - The rows of the batch.
 */
export function maskRows(plan: NetworkPlan, rows: Int32Array, chosen: Uint32Array, rng: Rng): MaskedBatch {
  const width = plan.columns.length;
  const batch = emptyBatch(chosen.length * width);
  const order = Uint32Array.from({ length: width }, (_, place) => place);
  for (const [turn, row] of chosen.entries()) {
    const shown = rng.integer(width);
    const isOrdered = rng.uniform() < 0.5;
    if (isOrdered) order.sort();
    else shuffle(order, rng);
    for (const [rank, place] of order.entries()) {
      const weight = isOrdered ? 1 : 1 / (width - shown);
      const isCounted = isOrdered ? rank === shown : rank >= shown;
      setCell(plan, batch, turn * width + place, { state: rows[row * width + place]!, isShown: rank < shown });
      batch.counts[turn * width + place] = isCounted ? weight : 0;
    }
  }
  return batch;
}

/**
 * Hides cells of rows as the table's order does, without chance: each row shows its first columns, and the next one counts.
 *
 * @param shown - How many columns a row shows.
 */
export function prefixRows(plan: NetworkPlan, rows: Int32Array, chosen: Uint32Array, shown: (row: number) => number) {
  const width = plan.columns.length;
  const batch = emptyBatch(chosen.length * width);
  for (const [turn, row] of chosen.entries()) {
    const first = shown(row);
    for (let place = 0; place < width; place += 1) {
      setCell(plan, batch, turn * width + place, { state: rows[row * width + place]!, isShown: place < first });
    }
    batch.counts[turn * width + first] = 1;
  }
  return batch;
}

function emptyBatch(size: number): MaskedBatch {
  return { cells: new Int32Array(size), targets: new Int32Array(size), counts: new Float32Array(size) };
}

function setCell(
  { columns, states }: NetworkPlan,
  { cells, targets }: MaskedBatch,
  at: number,
  { state, isShown }: { readonly state: number; readonly isShown: boolean },
): void {
  const place = at % columns.length;
  targets[at] = state - columns[place]!.base;
  cells[at] = isShown ? state : states + place;
}

function shuffle(order: Uint32Array, rng: Rng): void {
  for (let place = order.length - 1; place > 0; place -= 1) {
    const other = rng.integer(place + 1);
    const held = order[place]!;
    order[place] = order[other]!;
    order[other] = held;
  }
}
