import { refuse } from '../../internal/require.js';
import type { Interactions } from '../interactions.js';
import { selectRows } from './select-rows.js';
import type { InteractionSplit, ValidatedSplit } from './split.js';

/** Options of {@link leaveLastOut}. */
export interface LeaveLastOutOptions {
  /** Whether the last row but one goes to a validation part. Default `false`. */
  readonly validation?: boolean;
  /**
   * How many rows a user must have to be tested; those of users with fewer all stay in `train`. Default, and least: 2, or
   * 3 with validation, so that a row is left to learn from.
   */
  readonly minimum?: number;
}

/**
 * Takes every user's last row for the test, and, when asked, the last but one for validation.
 *
 * Last by time; of rows of equal time, and where there are no times, the last of the source. Users with too few rows, a
 * single one for example, stay whole in `train` and have no test row. A row for an item that the user had before is a row
 * like any other: to test on new items only, make the rows with `duplicates: 'first'` or `'sum'`.
 *
 * @param interactions - The whole.
 * @returns The parts.
 * @throws RangeError when `minimum` leaves nothing to learn from, or no user has that many rows.
 * @see He et al., "Neural Collaborative Filtering" (2017)
 * @example
 * const { train, test } = leaveLastOut(shop);
 * test.length; // 3
 * train.length + test.length === shop.length; // true
 */
export function leaveLastOut(
  interactions: Interactions,
  options: LeaveLastOutOptions & { readonly validation: true },
): ValidatedSplit;
export function leaveLastOut(interactions: Interactions, options?: LeaveLastOutOptions): InteractionSplit;
export function leaveLastOut(
  interactions: Interactions,
  options: LeaveLastOutOptions = {},
): InteractionSplit | ValidatedSplit {
  const { validation = false } = options;
  const least = validation ? 3 : 2;
  const { minimum = least } = options;
  if (!(Number.isSafeInteger(minimum) && minimum >= least)) {
    refuse('leaveLastOut', 'minimum', `be an integer of at least ${least}`, minimum);
  }
  const parts = markLast(interactions, minimum, validation);
  const test = selectRows(interactions, parts, testPart);
  if (test.length === 0) {
    refuse('leaveLastOut', 'interactions', `have a user with at least ${minimum} rows`, `${interactions.length} rows`);
  }
  const train = selectRows(interactions, parts, trainPart);
  return validation ? { train, validation: selectRows(interactions, parts, validationPart), test } : { train, test };
}

const trainPart = 0;
const validationPart = 1;
const testPart = 2;

function markLast({ offsets, length }: Interactions, minimum: number, validation: boolean): Uint8Array {
  const parts = new Uint8Array(length);
  for (let user = 0; user + 1 < offsets.length; user += 1) {
    const end = offsets[user + 1]!;
    if (end - offsets[user]! < minimum) continue;
    parts[end - 1] = testPart;
    if (validation) parts[end - 2] = validationPart;
  }
  return parts;
}
