import { baseStockPolicy, certifyPolicy, inventoryEnvironment, pricingEnvironment } from 'minimart';
import { describe, expect, test } from 'vitest';

// Demand of 0 and 4 in turn, orders of what was sold: base-stock 4 meets all of it, base-stock 2 half, base-stock 3 three quarters.
const series = Array.from({ length: 40 }, (_, day) => (day % 2 === 0 ? 4 : 0));
const shop = inventoryEnvironment({ demand: series, holding: 1, penalty: 9, maxOrder: 8, horizon: 20 });
const certify = (level: number, fillRate?: number) =>
  certifyPolicy({
    policy: baseStockPolicy({ level }),
    environment: shop,
    episodes: 4,
    ...(fillRate !== undefined && { fillRate }),
  });

describe('a certificate with a target', () => {
  test.each([
    [4, 0.95, true, 'base-stock 4 reaches the target of 95.0%: it has a fill rate of 100.0% (100.0% to 100.0%).'],
    [2, 0.95, false, 'base-stock 2 DOES NOT REACH the target of 95.0%: it has a fill rate of 50.0% (50.0% to 50.0%).'],
    [3, 0.75, true, 'base-stock 3 reaches the target of 75.0%: it has a fill rate of 75.0% (75.0% to 75.0%).'],
  ])('says of base-stock %d whether it reaches %d', async (level, fillRate, reached, sentence) => {
    const { target, table, policy } = await certify(level, fillRate);
    expect(target).toEqual({ fillRate, reached });
    expect(policy.service!.fillRateInterval[0]).toBeCloseTo(policy.service!.fillRate, 9);
    expect(table.split('\n')).toContain(sentence);
  });

  test('says nothing of a target that was not given', async () => {
    const { target, table } = await certify(4);
    expect(target).toBeUndefined();
    expect(table).not.toContain('target');
  });

  test('does not decide where the interval holds the target', async () => {
    // Days of 4 in one half of the series alone, so that episodes differ.
    const uneven = inventoryEnvironment({
      ...{ demand: [...series, ...series.map((units) => 2 * units)], holding: 1, penalty: 9, maxOrder: 8, horizon: 40 },
    });
    const policy = baseStockPolicy({ level: 4 });
    const {
      target,
      policy: row,
      table,
    } = await certifyPolicy({ policy, environment: uneven, episodes: 5, fillRate: 0.7 });
    const [low, high] = row.service!.fillRateInterval;
    expect([low < 0.7, high > 0.7]).toEqual([true, true]);
    expect(target).toEqual({ fillRate: 0.7 });
    expect(table).toContain('not told apart from the target of 70.0%');
  });

  test('says what is wrong', async () => {
    await expect(certify(4, 1)).rejects.toThrow('certifyPolicy: `fillRate` must lie above 0 and below 1, received 1');
    const season = pricingEnvironment({ prices: [1, 2], demand: () => 3, stock: 3, horizon: 2 });
    const policy = { name: 'first', act: () => 0 };
    await expect(certifyPolicy({ policy, environment: season, fillRate: 0.9 })).rejects.toThrow(
      '`fillRate` must be left out where there is no inventory environment',
    );
  });
});
