import fc from 'fast-check';
import { toInteractions } from 'minimart';
import { describe, expect, test } from 'vitest';
import { drops, names, shown, tableOf } from './orders.js';

describe('returns that are subtracted', () => {
  const subtract = (...rows: string[]) =>
    toInteractions(tableOf(...rows), { ...names, returns: 'subtract', mostLost: 1 });

  test('reduce what was bought before, the latest first', () => {
    const made = subtract('1,ann,tea,5,1', '2,ann,tea,3,2', '3,ann,tea,-4,3', '4,ann,tea,2,4');
    expect(shown(made)).toEqual(['ann tea 4', 'ann tea 2']);
    expect(drops(made)).toEqual({ return: 1, takenBack: 1 });
    expect(made.report.unmatchedReturns).toBe(0);
  });

  test('go by time, not by the order of the source', () => {
    expect(shown(subtract('3,ann,tea,-4,3', '1,ann,tea,5,1'))).toEqual(['ann tea 1']);
  });

  test('leave other users and items, and purchases that come later, alone', () => {
    const made = subtract('1,ann,tea,1,1', '2,bob,tea,-1,2', '3,ann,mug,-1,3', '4,bob,tea,1,4');
    expect(shown(made)).toEqual(['ann tea 1', 'bob tea 1']);
    expect(made.report.unmatchedReturns).toBe(2);
  });

  test('leave nothing of 0.3 after 0.1 and 0.2 came back', () => {
    const made = subtract('1,ann,tea,0.3,1', '2,ann,tea,-0.1,2', '3,ann,tea,-0.2,3', '4,ann,mug,1,4');
    expect(shown(made)).toEqual(['ann mug 1']);
  });

  test('weigh 1 where there are no weights', () => {
    const options = {
      user: 'user',
      item: 'item',
      order: 'order',
      cancellationPrefix: 'C',
      returns: 'subtract',
    } as const;
    const made = toInteractions(tableOf('1,ann,tea,9,1', '2,ann,tea,9,1', 'C3,ann,tea,9,1'), options);
    expect(shown(made)).toEqual(['ann tea 1']);
  });

  // The same by definition: one piece at a time, the latest purchase that still has one.
  test('leave as many pieces as taking them back one by one', () => {
    const event = fc.record({
      user: fc.nat({ max: 1 }),
      item: fc.nat({ max: 1 }),
      pieces: fc.integer({ min: -4, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 25 }), (events) => {
        const bought: { key: string; pieces: number }[] = [{ key: 'u9 i9', pieces: 1 }];
        let unmatched = 0;
        for (const { user, item, pieces } of events) {
          const key = `u${user} i${item}`;
          if (pieces > 0) bought.push({ key, pieces });
          const owed = Array.from({ length: Math.max(0, -pieces) }, () => {
            const latest = bought.findLast((each) => each.key === key && each.pieces > 0);
            if (latest) latest.pieces -= 1;
            return latest;
          });
          if (owed.includes(undefined)) unmatched += 1;
        }
        const rows = events.map(({ user, item, pieces }, at) => `${at},u${user},i${item},${pieces},${at}`);
        const made = subtract('0,u9,i9,1,0', ...rows);
        const expected = bought.filter(({ pieces }) => pieces > 0).map(({ key, pieces }) => `${key} ${pieces}`);
        expect(shown(made).sort()).toEqual(expected.sort());
        expect(made.report.unmatchedReturns).toBe(unmatched);
        const { rows: total, kept, dropped } = made.report;
        expect(kept + Object.values(dropped).reduce((sum, each) => sum + each, 0)).toBe(total);
      }),
    );
  });
});
