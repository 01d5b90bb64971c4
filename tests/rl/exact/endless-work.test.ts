import {
  baseStockPolicy,
  bestForService,
  evaluatePolicy,
  finiteHorizonReorder,
  inventoryModel,
  poissonDemand,
  UnsolvedModelError,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { requireNoEndlessPath } from '../../../src/rl/exact/endless-path.js';
import { tableLimits } from '../../../src/rl/exact/transition-table.js';

const model = inventoryModel({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4, maxOrder: 12 });

describe('a policy that orders whatever is in stock is refused before all of its states are written out', () => {
  test('long before that', async () => {
    let advanced = 0;
    const counted = {
      ...model,
      advance: (...given: Parameters<typeof model.advance>) => {
        advanced += 1;
        return model.advance(...given);
      },
    };
    await expect(evaluatePolicy({ model: counted, policy: { name: 'always', act: () => 12 } })).rejects.toThrow(
      /evaluatePolicy: `model` must be left by the policy at few states: it goes on and on, .*\d+ states, and no end/,
    );
    // Written out it would be 2^25 transitions, each of which advances.
    expect(advanced).toBeLessThan(2 ** 20);
  });

  test('but not one that stops at last', async () => {
    // 20,001 levels lie below it, through which the path goes up, and down again.
    const pause = async () => {};
    await requireNoEndlessPath('f', model, baseStockPolicy({ level: 20_000 }), tableLimits, pause);
    const few = { states: 10_000, transitions: 2 ** 25 };
    await expect(requireNoEndlessPath('f', model, baseStockPolicy({ level: 20_000 }), few, pause)).rejects.toThrow(
      UnsolvedModelError,
    );
  });
});

test('an order that never pays within reach is refused at once', async () => {
  const season = { demand: poissonDemand(6), horizon: 4, holding: 1, penalty: 1e-300, fixedOrderCost: 20 };
  await expect(finiteHorizonReorder(season)).rejects.toThrow(
    /finiteHorizonReorder: `fixedOrderCost` must be so small beside `penalty` that an order pays before \d+ units wait, not 2\.00e\+301/,
  );
  // Where the unit costs more than it saves no order ever pays, and that is an answer.
  const plan = await finiteHorizonReorder({ ...season, unitCost: 1 });
  expect(Array.from(plan.reorderPoints)).toEqual(new Array(4).fill(Number.NEGATIVE_INFINITY));
  // In the last period one unit saves 1.1 + 0 - 1: with 20 to pay, orders pay below -200, which is far and within reach.
  const last = await finiteHorizonReorder({ ...season, penalty: 1.1, unitCost: 1, horizon: 1 });
  expect(Math.abs(last.reorderPoints[0]! + 200)).toBeLessThan(20);
});

test('an order that lasts longer than what is simulated is refused at once', async () => {
  const shop = { demand: poissonDemand(5), leadTime: 1, holding: 1, fillRate: 0.95 };
  await expect(bestForService({ ...shop, fixedOrderCost: 1e150 })).rejects.toThrow(
    /bestForService: `fixedOrderCost` must be so small beside `holding` that an order lasts 400 periods or less, not 6\.32e\+74/,
  );
  await expect(bestForService({ ...shop, fixedOrderCost: 1e150, capacity: 30 })).resolves.toMatchObject({});
});
