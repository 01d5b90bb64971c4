import { requireOptions } from '../../internal/options.js';
import { refuse, requireOneOf } from '../../internal/require.js';
import { requireInteractions } from '../interactions/require-interactions.js';
import type { Interactions } from '../interactions.js';
import { selectRows } from './select-rows.js';
import type { InteractionSplit } from './split.js';
import { numberUnits, resolveUnit, type SplitUnitOptions } from './split-units.js';

/**
 * Puts what came before a point of time into `train`, and what came at it or after into `test`.
 *
 * Nothing in `train` is of that moment or later, of any user: this is the split that does not look ahead. An order that has
 * a row of that moment or later goes to `test` whole, earlier rows included, unless `unit` is `'row'`. Either part may be
 * without rows, and users or items may have rows in `test` alone.
 *
 * With `test: 'next'` the test is the first order alone of each user from that moment on, and what comes later is in neither part: the
 * protocol of what comes next, where every model has learnt the same past.
 *
 * What was done to the whole before may look ahead all the same: `duplicates: 'sum'` and `'last'` merge rows over the point
 * of time, `returns: 'subtract'` takes later returns off earlier purchases, and {@link kCore} counts all rows. Merge
 * afterwards: `createInteractions({ ...train, duplicates: 'sum' })`.
 *
 * @param interactions - The whole, with times.
 * @param options - Where to cut, and whether orders stay whole.
 * @returns The parts.
 * @throws RangeError when the interactions have no times, `time` is no point of time, or `unit` asks for orders that are not
 *   there.
 * @example
 * const { train, test } = splitAtTime(shop, { time: new Date('2026-03-05T00:00:00Z') });
 * Math.max(...train.times!) < Math.min(...test.times!); // true
 */
export function splitAtTime(
  interactions: Interactions,
  options: SplitUnitOptions & {
    /** The first moment of the test: a date, or milliseconds since 1970-01-01 UTC. */
    readonly time: Date | number;
    /** What of each user is tested: `'all'` from that moment on, or the `'next'` order (or row, or moment) alone. Default `'all'`. */
    readonly test?: 'all' | 'next';
  },
): InteractionSplit {
  const where = 'splitAtTime';
  requireOptions(where, options, { time: true, unit: true, test: true });
  requireInteractions(where, 'interactions', interactions);
  const { times, length } = interactions;
  const { time, unit: wanted, test: tested = 'all' } = options ?? {};
  requireOneOf(where, 'test', ['all', 'next'], tested);
  if (!times) refuse(where, 'interactions.times', 'be there: give toInteractions a column of `time`', times);
  const moment = time instanceof Date || typeof time === 'number' ? Number(time) : Number.NaN;
  if (!Number.isFinite(moment)) refuse(where, 'time', 'be a valid date or a finite number', time);
  const { count, unitOf } = numberUnits(interactions, resolveUnit(where, interactions, wanted));
  const isLate = new Uint8Array(count);
  for (let row = 0; row < length; row += 1) if (times[row]! >= moment) isLate[unitOf[row]!] = 1;
  const parts = Uint8Array.from(unitOf, (unit) => isLate[unit]!);
  if (tested === 'next') dropLater(interactions, unitOf, parts);
  return { train: selectRows(interactions, parts, 0), test: selectRows(interactions, parts, 1) };
}

// Of each user's units in the test all but the first go to neither part.
function dropLater({ offsets }: Interactions, unitOf: Uint32Array, parts: Uint8Array): void {
  for (let user = 0; user + 1 < offsets.length; user += 1) {
    let next: number | undefined;
    for (let row = offsets[user]!; row < offsets[user + 1]!; row += 1) {
      if (parts[row] !== 1) continue;
      next ??= unitOf[row]!;
      if (unitOf[row] !== next) parts[row] = 2;
    }
  }
}
