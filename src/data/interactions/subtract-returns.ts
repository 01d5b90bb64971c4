import { groupRows } from './group-rows.js';

/** Rows in the order of a source; those that weigh less than 0 are returns. */
export interface SignedRows {
  readonly userIndices: Int32Array;
  readonly itemIndices: Int32Array;
  readonly weights: Float64Array;
  readonly times?: Float64Array;
  readonly orders?: Int32Array;
}

/** What returns leave. */
export interface RemainingRows {
  /** What is left of each row's weight; 0 for returns and for what was taken back. */
  readonly weights: Float64Array;
  /** Returns for more than had been bought before. */
  readonly unmatched: number;
}

// What rounding leaves of 0.3 - 0.1 - 0.2 is nothing.
const roundingError = 1e-9;

/** Takes returns off what the user had bought of the item before, the latest first. */
export function subtractReturns(rows: SignedRows, userCount: number, itemCount: number): RemainingRows {
  const { userIndices, itemIndices, weights, times } = rows;
  const { order, offsets } = groupRows(userIndices, userCount, times);
  const left = weights.map((weight) => Math.max(weight, 0));
  // Purchases of one user and item, chained from the latest back; rows count from 1 here, 0 ends a chain.
  const latest = new Uint32Array(itemCount);
  const earlier = new Uint32Array(order.length);
  let unmatched = 0;
  const takeBack = (item: number, amount: number) => {
    let owed = amount;
    while (latest[item]! > 0 && owed > 0) {
      const row = latest[item]! - 1;
      const taken = Math.min(owed, left[row]!);
      owed -= taken;
      left[row]! -= taken;
      if (left[row]! > roundingError * weights[row]!) break;
      left[row] = 0;
      latest[item] = earlier[row]!;
    }
    if (owed > roundingError * amount) unmatched += 1;
  };
  for (let user = 0; user < userCount; user += 1) {
    const own = order.subarray(offsets[user]!, offsets[user + 1]!);
    for (const row of own) latest[itemIndices[row]!] = 0;
    for (const row of own) {
      const item = itemIndices[row]!;
      if (weights[row]! < 0) {
        takeBack(item, -weights[row]!);
      } else {
        earlier[row] = latest[item]!;
        latest[item] = row + 1;
      }
    }
  }
  return { weights: left, unmatched };
}
