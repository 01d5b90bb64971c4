import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRankCounter, type TiedRanks } from '../../../src/recsys/evaluation/tied-ranks.js';

/** The levels of a user by looking at every candidate for every score, best score first. */
function plainRanks(relevant: readonly number[], others: readonly number[]) {
  const levels = [...new Set(relevant)].sort((a, b) => b - a);
  const all = [...relevant, ...others];
  return {
    levels: levels.length,
    before: levels.map((level) => all.filter((score) => score > level).length),
    size: levels.map((level) => all.filter((score) => score === level).length),
    relevant: levels.map((level) => relevant.filter((score) => score === level).length),
    totalRelevant: relevant.length,
    totalOthers: others.length,
  };
}

function plain({ levels, before, size, relevant, ...totals }: TiedRanks) {
  const [b, s, r] = [before, size, relevant].map((each) => [...each.subarray(0, levels)]);
  return { levels, before: b, size: s, relevant: r, ...totals };
}

// Few scores, so that many are equal; infinite ones are ranked like others.
const score = fc.constantFrom(Number.NEGATIVE_INFINITY, -1, 0, 0.5, 2, Number.POSITIVE_INFINITY);
const relevant = fc.array(score, { minLength: 1, maxLength: 5 });
const others = fc.array(score, { maxLength: 8 });

describe('ranks of one user', () => {
  test('are those of a look at every candidate, also for the next user, and after some are taken back', () => {
    const counter = createRankCounter(5);
    fc.assert(
      fc.property(relevant, others, others, others, (good, range, single, back) => {
        counter.start(Float64Array.from(good));
        for (const each of single) counter.count(each, 1);
        // Only a part of what is given belongs to the range.
        counter.countRange(Float64Array.from([2, ...range, 2]), 1, range.length + 1);
        for (const each of back) counter.count(each, 2);
        for (const each of back) counter.count(each, -2);
        expect(plain(counter.finish())).toEqual(plainRanks(good, [...range, ...single]));
      }),
      { numRuns: 300 },
    );
  });

  test('follow from the counts of another counter that has more levels', () => {
    const [whole, part] = [createRankCounter(10), createRankCounter(5)];
    fc.assert(
      fc.property(relevant, relevant, others, (wanted, unwanted, rest) => {
        whole.start(Float64Array.from([...unwanted, ...wanted]));
        const all = Float64Array.from([...wanted, ...rest, ...unwanted]);
        whole.countRange(all, 0, all.length);
        part.start(Float64Array.from(wanted));
        part.countFrom(whole);
        for (const each of wanted) part.count(each, -1);
        expect(plain(part.finish())).toEqual(plainRanks(wanted, [...rest, ...unwanted]));
      }),
      { numRuns: 300 },
    );
  });
});
