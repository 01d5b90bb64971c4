import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFlag, requireWholeNumber } from '../../internal/require.js';
import { requireInteractions } from '../interactions/require-interactions.js';
import type { Interactions } from '../interactions.js';
import { selectRows } from './select-rows.js';
import type { InteractionSplit } from './split.js';
import { numberUnits, resolveUnit, type SplitUnitOptions } from './split-units.js';

/** Options of {@link leaveLastOut}. */
export interface LeaveLastOutOptions extends SplitUnitOptions {
  /** Whether the last order (or row) but one goes to a validation part. Default `false`. */
  readonly validation?: boolean;
  /**
   * How many orders (or rows, where rows are taken) a user must have to be tested; those of users with fewer all stay in
   * `train`. Default, and least: 2, or 3 with validation, so that one is left to learn from.
   */
  readonly minimum?: number;
}

const optionNames: OptionNames<LeaveLastOutOptions> = { validation: true, minimum: true, unit: true };

/**
 * Takes every user's last order for the test, and, when asked, the last but one for validation.
 *
 * An order goes whole: a model that has learnt from half of a basket finds the other half too easily. Where the
 * interactions have no orders, or with `unit: 'row'`, it takes every user's last row alone, which is the protocol of the
 * paper; `unit: 'time'` takes all rows of the user's last moment.
 *
 * The last order is the one of the user's last row: last by time; of rows of equal time, and where there are no times, the
 * last of the source. Users with too few orders, a single one for example, stay whole in `train` and have no test row.
 *
 * No user's own future is in `train`, but that of others is: of all users the last order is kept out, and where one user's
 * last order is of March, another's orders of May are learnt from. {@link splitAtTime} is the split that knows nothing of
 * what comes after. Rows merged with `duplicates: 'sum'` before a split carry weights of later orders; `'first'` does not.
 *
 * @param interactions - The whole.
 * @returns The parts.
 * @throws RangeError when `minimum` leaves nothing to learn from, no user has that many orders, or `unit` asks for orders or
 *   times that are not there.
 * @see He et al., "Neural Collaborative Filtering" (2017), for single rows
 * @see Meng et al., "Exploring Data Splitting Strategies for the Evaluation of Recommendation Models" (2020), for baskets
 * @example
 * const { train, test } = leaveLastOut(shop);
 * test.length; // 3
 * train.length + test.length === shop.length; // true
 */
export function leaveLastOut(
  interactions: Interactions,
  options: LeaveLastOutOptions & { readonly validation: true },
): InteractionSplit & {
  /** What chooses settings and the moment to stop. */
  readonly validation: Interactions;
};
export function leaveLastOut(interactions: Interactions, options?: LeaveLastOutOptions): InteractionSplit;
export function leaveLastOut(
  interactions: Interactions,
  options: LeaveLastOutOptions = {},
): InteractionSplit & { readonly validation?: Interactions } {
  const where = 'leaveLastOut';
  requireOptions(where, options, optionNames);
  requireInteractions(where, 'interactions', interactions);
  const { validation = false } = options;
  requireFlag(where, 'validation', validation);
  const least = validation ? 3 : 2;
  const { minimum = least } = options;
  requireWholeNumber(where, 'minimum', minimum, least);
  const unit = resolveUnit(where, interactions, options.unit);
  const parts = markLast(interactions, numberUnits(interactions, unit).unitOf, minimum, validation);
  const test = selectRows(interactions, parts, testPart);
  if (test.length === 0) {
    const wanted = unit === 'order' ? 'orders' : unit === 'time' ? 'moments' : 'rows';
    refuse(where, 'interactions', `have a user with at least ${minimum} ${wanted}`, `${interactions.length} rows`);
  }
  const train = selectRows(interactions, parts, trainPart);
  return validation ? { train, validation: selectRows(interactions, parts, validationPart), test } : { train, test };
}

const trainPart = 0;
const validationPart = 1;
const testPart = 2;

function markLast({ offsets }: Interactions, unitOf: Uint32Array, minimum: number, validation: boolean): Uint8Array {
  const parts = new Uint8Array(unitOf.length);
  for (let user = 0; user + 1 < offsets.length; user += 1) {
    const own = unitOf.subarray(offsets[user], offsets[user + 1]);
    const count = own.reduce((most, unit) => Math.max(most, unit + 1 - own[0]!), 0);
    if (count < minimum) continue;
    const last = own.at(-1)!;
    const before = validation ? own.findLast((unit) => unit !== last) : undefined;
    own.forEach((unit, place) => {
      const part = unit === last ? testPart : unit === before ? validationPart : trainPart;
      parts[offsets[user]! + place] = part;
    });
  }
  return parts;
}
