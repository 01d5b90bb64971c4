import type { Interactions } from '../../data/interactions.js';
import { createMarks } from '../marks.js';
import { itemsOfUser } from '../serving/seen-items.js';

/** What there is to find: users and their relevant items, each once. */
export interface CaseItems {
  /** `[E]`: user indices. */
  readonly users: Int32Array;
  /** `[E + 1]`: the relevant items of case `e` are `offsets[e]` to `offsets[e + 1] - 1`. */
  readonly offsets: Uint32Array;
  readonly relevant: Int32Array;
}

/** What a test has to find, and what of it does not count. */
export interface TestCases extends CaseItems {
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

/** Of each user's relevant items those that the user has in `train`, or with `had` false the others; a user may be left with none. */
export function casesOfPart({ users, offsets, relevant }: CaseItems, train: Interactions, had: boolean): CaseItems {
  const own = createMarks(train.items.size);
  const kept: number[] = [];
  const ends = [0];
  for (const [place, user] of users.entries()) {
    own.clear();
    for (const item of itemsOfUser(train, user)) own.add(item);
    for (const item of relevantOf({ offsets, relevant }, place)) if (own.has(item) === had) kept.push(item);
    ends.push(kept.length);
  }
  return { users, offsets: Uint32Array.from(ends), relevant: Int32Array.from(kept) };
}

/** The relevant items of a case; a view. */
export function relevantOf({ offsets, relevant }: Pick<CaseItems, 'offsets' | 'relevant'>, place: number): Int32Array {
  return relevant.subarray(offsets[place]!, offsets[place + 1]!);
}

/** The most relevant items that any user has. */
export function longestCase({ offsets }: CaseItems): number {
  let longest = 0;
  for (let place = 1; place < offsets.length; place += 1)
    longest = Math.max(longest, offsets[place]! - offsets[place - 1]!);
  return longest;
}
