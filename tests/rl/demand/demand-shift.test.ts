import { createRng, demandShift, negativeBinomialDemand, poissonDemand } from 'minimart';
import { describe, expect, test } from 'vitest';

// Weekdays of unlike demand, drawn anew each week.
const weekdays = [2, 4, 5, 4, 6, 9, 1].map((mean) => poissonDemand(mean));
const draw = (seed: number, days: number, factor = 1) => {
  const rng = createRng(seed).stream('demand');
  return Array.from({ length: days }, (_, day) => Math.round(factor * weekdays[day % 7]!.sample(rng)));
};

describe('demandShift', () => {
  test('raises false alarms as often as it says', async () => {
    let alarms = 0;
    const calls = 200;
    for (let seed = 0; seed < calls; seed += 1) {
      const days = draw(seed, 196);
      const { hasShifted } = await demandShift(days.slice(0, 168), days.slice(168), { level: 0.1, seed });
      alarms += hasShifted ? 1 : 0;
    }
    // 10% of 200: 20, with a standard deviation of 4.2.
    expect(alarms).toBeGreaterThanOrEqual(8);
    expect(alarms).toBeLessThanOrEqual(34);
  });

  test('sees half as much again in nine of ten months', async () => {
    let alarms = 0;
    for (let seed = 0; seed < 50; seed += 1) {
      const { hasShifted } = await demandShift(draw(seed, 168), draw(1000 + seed, 28, 1.5), { seed });
      alarms += hasShifted ? 1 : 0;
    }
    expect(alarms).toBeGreaterThanOrEqual(45);
  });

  test('sees a spread that grew while the mean stayed', async () => {
    const rng = createRng(3).stream('demand');
    const [even, lumpy] = [poissonDemand(6), negativeBinomialDemand({ mean: 6, deviation: 8 })];
    const before = Array.from({ length: 140 }, () => even.sample(rng));
    const recent = Array.from({ length: 56 }, () => lumpy.sample(rng));
    const found = await demandShift(before, recent);
    expect(found.hasShifted).toBe(true);
    expect(Math.abs(found.meanRecent - found.meanBefore)).toBeLessThan(2);
  });

  test('the p-value is the share of deals as far apart: one of four blocks differs', async () => {
    // Blocks of one period: 0, 0, 0 before and 9 of late. Of the four ways to choose the recent one, one lies as far apart: 1/4.
    const found = await demandShift([0, 0, 0], [9], { blockLength: 1, level: 0.3 });
    expect(found.pValue).toBeCloseTo(0.25, 1);
    expect(found.hasShifted).toBe(true);
    expect([found.meanBefore, found.meanRecent]).toEqual([0, 9]);
    expect(found.message).toMatch(
      /^Recent demand has left what was learned from \(9\.00 per period of late, 0\.00 before; p = 0\.2/,
    );
    const same = await demandShift([4, 4, 4], [4], { blockLength: 1, level: 0.3 });
    expect([same.pValue, same.hasShifted]).toEqual([1, false]);
  });

  test('says what is wrong', async () => {
    const days = draw(1, 70);
    await expect(demandShift(days.slice(0, 6), days)).rejects.toThrow(
      '`before` must hold a block of 7 periods, received 6',
    );
    await expect(demandShift(days.slice(0, 14), days.slice(0, 7))).rejects.toThrow(
      'demandShift: `recent` must be so many periods that 2 and 1 blocks could be told apart at a level of 0.05, received 1',
    );
    await expect(demandShift(days, days, { level: 0 })).rejects.toThrow(
      '`level` must lie above 0 and below 1, received 0',
    );
    await expect(demandShift(days, days, { level: 1e-4 })).rejects.toThrow('`recent` must be so many periods');
    await expect(demandShift([...days, -1], days)).rejects.toThrow('`before` must hold numbers in [0, 1000000]');
    await expect(demandShift(days, days, { blockLength: 0 })).rejects.toThrow(
      '`blockLength` must be a positive integer',
    );
  });
});
