import { refuse } from '../../internal/require.js';
import type { Interactions } from '../interactions.js';
import { selectRows } from './select-rows.js';
import type { InteractionSplit } from './split.js';

/**
 * Puts what came before a point of time into `train`, and what came at it or after into `test`.
 *
 * Either part may be without rows, and users or items may have rows in `test` alone.
 *
 * @param interactions - The whole, with times.
 * @param time - The first moment of the test: a date, or milliseconds since 1970-01-01 UTC.
 * @returns The parts.
 * @throws RangeError when the interactions have no times, or `time` is no point of time.
 * @example
 * const { train, test } = splitAtTime(shop, new Date('2026-03-05T00:00:00Z'));
 * Math.max(...train.times!) < Math.min(...test.times!); // true
 */
export function splitAtTime(interactions: Interactions, time: Date | number): InteractionSplit {
  const { times, length } = interactions;
  if (!times) refuse('splitAtTime', 'interactions.times', 'be there', times);
  const moment = Number(time);
  if (!Number.isFinite(moment)) refuse('splitAtTime', 'time', 'be a valid date or a finite number', time);
  const parts = new Uint8Array(length);
  for (let row = 0; row < length; row += 1) parts[row] = times[row]! >= moment ? 1 : 0;
  return { train: selectRows(interactions, parts, 0), test: selectRows(interactions, parts, 1) };
}
