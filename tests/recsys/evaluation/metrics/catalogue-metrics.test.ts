import { createRng, createVocabulary } from 'minimart';
import { describe, expect, test } from 'vitest';
import { createDiversity } from '../../../../src/recsys/evaluation/metrics/catalogue-metrics.js';
import { createPairCounts } from '../../../../src/recsys/evaluation/metrics/pair-counts.js';
import { distinctPairs } from '../../../../src/recsys/kinds/distinct-pairs.js';
import { groupByItem } from '../../../../src/recsys/kinds/group-by-item.js';
import { interactionsOf } from '../../support/hand-made.js';

/** Rows of users 0 to 30 with items that some of them have, and none; each item's users are the bits of a number. */
function shopOf(items: number) {
  const rng = createRng(3);
  const owners = Array.from({ length: items }, (_, item) =>
    item % 9 === 0 ? 0 : rng.integer(2 ** 31) & rng.integer(2 ** 31),
  );
  const rows = owners.flatMap((bits, item) =>
    Array.from({ length: 31 }, (_, user) => user).flatMap((user) =>
      (bits >> user) & 1 ? [[user, item] as const] : [],
    ),
  );
  return { owners, train: interactionsOf(idsOf(31), idsOf(items), [...rows, ...rows.slice(0, 50)]) };
}

function idsOf(count: number) {
  return createVocabulary(Array.from({ length: count }, (_, id) => id));
}

function ones(bits: number): number {
  return bits.toString(2).replaceAll('0', '').length;
}

describe('the users of two items', () => {
  test('are those that both have, of more pairs than can be remembered', () => {
    // 499,500 pairs, twice, in places for 262,144.
    const { owners, train } = shopOf(1000);
    const count = createPairCounts(groupByItem(distinctPairs(train)), train.users.size);
    let wrong = 0;
    for (let round = 0; round < 2; round += 1) {
      for (let one = 0; one < 1000; one += 1) {
        for (let other = 0; other < one; other += 1) {
          const both = owners[one]! & owners[other]!;
          const counted = round === 0 ? count(one, other) : count(other, one);
          if ((counted === 0) !== (both === 0) || (one % 50 === 0 && counted !== ones(both))) wrong += 1;
        }
      }
    }
    expect(wrong).toBe(0);
  });
});

describe('diversity', () => {
  test.each([2, 3, 10, 20, 21, 40])('of lists of %i items is one minus the mean over their pairs', (length) => {
    const { owners, train } = shopOf(60);
    const diversity = createDiversity(train);
    const rng = createRng(length);
    for (let time = 0; time < 20; time += 1) {
      const list = Int32Array.from({ length: 60 }, (_, item) => item);
      for (let at = 0; at < 60; at += 1) {
        const other = at + rng.integer(60 - at);
        [list[at], list[other]] = [list[other]!, list[at]!];
      }
      let [sum, pairs] = [0, 0];
      for (let one = 0; one < length; one += 1) {
        for (let other = 0; other < one; other += 1) {
          const [first, second] = [owners[list[one]!]!, owners[list[other]!]!];
          sum += ones(first & second) / Math.sqrt(Math.max(1, ones(first)) * Math.max(1, ones(second)));
          pairs += 1;
        }
      }
      // What stands behind the length is of the list before.
      expect(diversity(list, length)).toBeCloseTo(1 - sum / pairs, 12);
    }
  });

  test('of one item is nothing', () => {
    expect(createDiversity(shopOf(60).train)(Int32Array.of(1, 2), 1)).toBe(0);
  });
});
