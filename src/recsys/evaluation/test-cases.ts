import type { Interactions } from '../../data/interactions.js';
import { createMarks } from '../marks.js';
import { itemsOfUser } from '../serving/seen-items.js';

/** What there is to find: users and their relevant items, each once. */
export interface TestCases {
  /** `[E]`: user indices. */
  readonly users: Int32Array;
  /** `[E + 1]`: the relevant items of case `e` are `offsets[e]` to `offsets[e + 1] - 1`. */
  readonly offsets: Uint32Array;
  readonly relevant: Int32Array;
  /** Users with rows in test of which nothing relevant is left. */
  readonly skipped: number;
  /** Rows of test that do not count. */
  readonly skippedRows: {
    /** Of items that the user has in `excluded`. */
    readonly seen: number;
    /** Of a user or an item that stands for unknown ids. */
    readonly unknown: number;
  };
}

/**
 * Takes the distinct items of each user's test rows, without those that stand for unknown ids and, with `excluded`,
 * without those that the user has there.
 */
export function selectCases(test: Interactions, excluded: Interactions | undefined): TestCases {
  const users: number[] = [];
  const offsets = [0];
  const relevant: number[] = [];
  let skipped = 0;
  const skippedRows = { seen: 0, unknown: 0 };
  const mark = createMarks(test.items.size);
  const has = createMarks(test.items.size);
  for (let user = 0; user < test.users.size; user += 1) {
    const items = itemsOfUser(test, user);
    if (items.length === 0) continue;
    mark.clear();
    has.clear();
    if (excluded) for (const item of itemsOfUser(excluded, user)) has.add(item);
    const before = relevant.length;
    for (const item of items) {
      if (user === test.users.unknownIndex || item === test.items.unknownIndex) skippedRows.unknown += 1;
      else if (has.has(item)) skippedRows.seen += 1;
      else if (mark.add(item)) relevant.push(item);
    }
    if (relevant.length === before) skipped += 1;
    else {
      users.push(user);
      offsets.push(relevant.length);
    }
  }
  return {
    users: Int32Array.from(users),
    offsets: Uint32Array.from(offsets),
    relevant: Int32Array.from(relevant),
    skipped,
    skippedRows,
  };
}
