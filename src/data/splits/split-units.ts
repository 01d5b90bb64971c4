import { refuse, requireOneOf } from '../../internal/require.js';
import type { Interactions } from '../interactions.js';

/** Options of a split that keeps together what was bought together. */
export interface SplitUnitOptions {
  /** What is never cut. Default `'order'` where the interactions have orders, else `'row'`. */
  readonly unit?: 'order' | 'time' | 'row';
}

/** The units of some rows. */
export interface SplitUnits {
  /** How many there are. */
  readonly count: number;
  /** `[N]`: the unit of each row; those of one user are numbered on from those of the user before, by their first rows. */
  readonly unitOf: Uint32Array;
}

/** Checks `unit`, and says which it is where it is left out. */
export function resolveUnit(
  where: string,
  interactions: Interactions,
  unit: SplitUnitOptions['unit'],
): NonNullable<SplitUnitOptions['unit']> {
  requireOneOf(where, 'unit', ['order', 'time', 'row'], unit ?? 'row');
  const { orders, times } = interactions;
  if (unit === 'order' && !orders) refuse(where, 'interactions.orders', "be there for the unit 'order'", orders);
  if (unit === 'time' && !times) refuse(where, 'interactions.times', "be there for the unit 'time'", times);
  return unit ?? (orders ? 'order' : 'row');
}

/** Numbers the units of all rows. */
export function numberUnits(
  { offsets, length, times, orders }: Interactions,
  unit: SplitUnitOptions['unit'],
): SplitUnits {
  const keys = unit === 'order' ? orders : unit === 'time' ? times : undefined;
  if (!keys) return { count: length, unitOf: Uint32Array.from({ length }, (_, row) => row) };
  const unitOf = new Uint32Array(length);
  const found = new Map<number, number>();
  let count = 0;
  for (let user = 0; user + 1 < offsets.length; user += 1) {
    found.clear();
    for (let row = offsets[user]!; row < offsets[user + 1]!; row += 1) {
      const key = keys[row]!;
      // A row of no order stands alone.
      const known = unit === 'order' && key < 0 ? undefined : found.get(key);
      unitOf[row] = known ?? count;
      if (known !== undefined) continue;
      found.set(key, count);
      count += 1;
    }
  }
  return { count, unitOf };
}
