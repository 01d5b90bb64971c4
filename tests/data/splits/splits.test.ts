import fc from 'fast-check';
import { createInteractions, type Interactions, kCore, leaveLastOut, splitAtTime, splitRandom } from 'minimart';
import { describe, expect, test } from 'vitest';
import { anyInteractions, anyOrders, orderTexts, rowsOfUser, rowTexts } from './any-interactions.js';

const userNumbers = [0, 1, 2, 3, 4, 5];
const counts = (whole: Interactions) => userNumbers.map((user) => rowsOfUser(whole, user).length);

// Together the parts hold every row once, each user's in the old order, with offsets that fit.
function expectPartition(whole: Interactions, parts: readonly Interactions[]): void {
  expect(parts.flatMap(rowTexts).sort()).toEqual(rowTexts(whole).sort());
  for (const part of parts) {
    const kept = new Set(rowTexts(part));
    expect(rowTexts(part)).toEqual(rowTexts(whole).filter((row) => kept.has(row)));
    expect(userNumbers.flatMap((user) => rowsOfUser(part, user))).toEqual(rowTexts(part));
    expect([part.users, part.items]).toEqual([whole.users, whole.items]);
  }
}

const withRows = (least: number) => anyInteractions.filter((whole) => Math.max(...counts(whole)) >= least);

describe('leaveLastOut', () => {
  test('tests each user on the last row, and leaves users with a single one in train', () => {
    fc.assert(
      fc.property(withRows(2), (whole) => {
        const { train, test: tested } = leaveLastOut(whole);
        expectPartition(whole, [train, tested]);
        for (const user of userNumbers) {
          const rows = rowsOfUser(whole, user);
          expect(rowsOfUser(tested, user)).toEqual(rows.length >= 2 ? rows.slice(-1) : []);
        }
      }),
    );
  });

  test('takes the last but one for validation, from users who keep a row', () => {
    fc.assert(
      fc.property(withRows(3), (whole) => {
        const { train, validation, test: tested } = leaveLastOut(whole, { validation: true });
        expectPartition(whole, [train, validation, tested]);
        for (const user of userNumbers) {
          const rows = rowsOfUser(whole, user);
          expect(rowsOfUser(validation, user)).toEqual(rows.length >= 3 ? rows.slice(-2, -1) : []);
          expect(rowsOfUser(tested, user)).toEqual(rows.length >= 3 ? rows.slice(-1) : []);
        }
      }),
    );
  });

  test('leaves users with fewer rows than the minimum whole', () => {
    fc.assert(
      fc.property(withRows(4), (whole) => {
        const { test: tested } = leaveLastOut(whole, { minimum: 4 });
        expect(counts(tested)).toEqual(counts(whole).map((count) => (count >= 4 ? 1 : 0)));
      }),
    );
  });

  test('refuses a minimum that leaves nothing to learn from, and users with too few rows', () => {
    const { users, items } = fc.sample(anyInteractions, 1)[0]!;
    const whole = createInteractions({ users, items, userIndices: [0, 0, 1], itemIndices: [0, 1, 2] });
    expect(() => leaveLastOut(whole, { minimum: 1 })).toThrow(
      'leaveLastOut: `minimum` must be a whole number >= 2, received 1 (number).',
    );
    expect(() => leaveLastOut(whole, { validation: true, minimum: 2 })).toThrow('be a whole number >= 3');
    expect(() => leaveLastOut(whole, { minimum: 3 })).toThrow(
      "leaveLastOut: `interactions` must have a user with at least 3 rows, received '3 rows' (string).",
    );
  });
});

describe('splitRandom', () => {
  const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });

  test('draws the share of the rows, rounded, and one at least for either part', () => {
    fc.assert(
      fc.property(anyInteractions, share, fc.nat(), (whole, testShare, seed) => {
        fc.pre(whole.length >= 2);
        const { train, test: tested } = splitRandom(whole, { testShare, seed });
        expectPartition(whole, [train, tested]);
        const rounded = Math.round(whole.length * testShare);
        expect(tested.length).toBe(Math.min(whole.length - 1, Math.max(1, rounded)));
        expect(rowTexts(splitRandom(whole, { testShare, seed }).test)).toEqual(rowTexts(tested));
      }),
    );
  });

  test('draws every row equally often over the seeds', () => {
    const whole = fc.sample(
      anyInteractions.filter(({ length }) => length >= 8),
      { numRuns: 1, seed: 1 },
    )[0]!;
    const seeds = 4000;
    const drawn = new Map(rowTexts(whole).map((row) => [row, 0]));
    for (let seed = 0; seed < seeds; seed += 1) {
      for (const row of rowTexts(splitRandom(whole, { testShare: 0.5, seed }).test))
        drawn.set(row, drawn.get(row)! + 1);
    }
    const expected = (seeds * Math.round(whole.length / 2)) / whole.length;
    // Five standard deviations of a binomial count.
    const slack = 5 * Math.sqrt(seeds / 4);
    for (const count of drawn.values()) expect(Math.abs(count - expected)).toBeLessThan(slack);
  });

  test('refuses shares outside (0, 1) and a single row', () => {
    const { users, items } = fc.sample(anyInteractions, 1)[0]!;
    const single = createInteractions({ users, items, userIndices: [0], itemIndices: [0] });
    const pair = createInteractions({ users, items, userIndices: [0, 0], itemIndices: [0, 1] });
    for (const testShare of [0, 1, Number.NaN]) {
      expect(() => splitRandom(pair, { testShare, seed: 1 })).toThrow('splitRandom: `testShare` must be a number');
    }
    expect(() => splitRandom(single, { testShare: 0.5, seed: 1 })).toThrow('`rows` must be 2 or more');
  });
});

describe('splitAtTime', () => {
  test('puts what came before into train, and the moment itself into test', () => {
    fc.assert(
      fc.property(anyInteractions, fc.nat({ max: 10 }), (whole, time) => {
        const { train, test: tested } = splitAtTime(whole, { time });
        expectPartition(whole, [train, tested]);
        expect(train.times!.every((each) => each < time)).toBe(true);
        expect(tested.times!.every((each) => each >= time)).toBe(true);
        expect(splitAtTime(whole, { time: new Date(time) })).toEqual({ train, test: tested });
      }),
    );
  });

  test('takes the next row, moment or order of each user alone, and what comes later to neither part', () => {
    fc.assert(
      fc.property(anyOrders, fc.nat({ max: 10 }), fc.constantFrom('row', 'time', 'order'), (whole, time, unit) => {
        const all = splitAtTime(whole, { time, unit });
        const { train, test: next } = splitAtTime(whole, { time, unit, test: 'next' });
        expect(train).toEqual(all.train);
        const keyOf = { row: rowTexts, time: ({ times }: Interactions) => [...times!].map(String), order: orderTexts }[
          unit
        ];
        for (const user of userNumbers) {
          const [from, to] = [all.test.offsets[user]!, all.test.offsets[user + 1]!];
          const keys = keyOf(all.test).slice(from, to);
          const expected = rowTexts(all.test)
            .slice(from, to)
            .filter((_, at) => keys[at] === keys[0]);
          expect(rowsOfUser(next, user)).toEqual(expected);
        }
      }),
    );
  });

  test('refuses interactions without times, and what is no time', () => {
    const whole = fc.sample(anyInteractions, 1)[0]!;
    expect(() => splitAtTime(whole, { time: 5, test: 'last' as never })).toThrow("`test` must be one of 'all', 'next'");
    const { times, ...timeless } = whole;
    expect(times).toBeDefined();
    expect(() => splitAtTime(timeless, { time: 5 })).toThrow('splitAtTime: `interactions.times` must be there');
    expect(() => splitAtTime(whole, { time: new Date('soon') })).toThrow(
      '`time` must be a valid date or a finite number',
    );
  });
});

// The definition: drop one row that breaks a minimum, until none does.
function dropOneByOne(rows: readonly string[], users: number, items: number): string[] {
  const count = (id: string) => rows.filter((row) => row.split(' ').includes(id)).length;
  const offender = rows.find((row) => count(row.split(' ')[0]!) < users || count(row.split(' ')[1]!) < items);
  return offender === undefined
    ? [...rows]
    : dropOneByOne(
        rows.filter((row) => row !== offender),
        users,
        items,
      );
}

describe('kCore', () => {
  const minimum = fc.integer({ min: 1, max: 4 });

  test('is what dropping row by row leaves, with the ids that are left', () => {
    fc.assert(
      fc.property(anyInteractions, minimum, minimum, (whole, users, items) => {
        const expected = dropOneByOne(rowTexts(whole), users, items);
        if (expected.length === 0) {
          expect(() => kCore(whole, { users, items })).toThrow('kCore: `options` must leave at least one row');
          return;
        }
        const core = kCore(whole, { users, items });
        expect(rowTexts(core)).toEqual(expected);
        const left = (place: number) => [...new Set(expected.map((row) => row.split(' ')[place]!))].sort();
        expect([core.users.toJSON().ids, core.items.toJSON().ids]).toEqual([left(0), left(1)]);
        expect(rowTexts(kCore(core, { users, items }))).toEqual(expected);
      }),
    );
  });

  test('leaves a side without a minimum as it is', () => {
    fc.assert(
      fc.property(withRows(3), (whole) => {
        const core = kCore(whole, { users: 3 });
        expect(rowTexts(core)).toEqual(
          userNumbers.filter((user) => counts(whole)[user]! >= 3).flatMap((user) => rowsOfUser(whole, user)),
        );
        expect(core.items).toBe(whole.items);
        expect(kCore(whole)).toEqual(whole);
      }),
    );
  });

  test('refuses minima that are no positive integers', () => {
    const whole = fc.sample(anyInteractions, 1)[0]!;
    expect(() => kCore(whole, { users: 0 })).toThrow('kCore: `users` must be a positive integer, received 0 (number).');
    expect(() => kCore(whole, { items: 1.5 })).toThrow('kCore: `items` must be a positive integer');
  });
});
