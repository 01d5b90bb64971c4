import { readFileSync } from 'node:fs';
import {
  bestReorderQuantity,
  type Demand,
  discountedOrderQuantity,
  economicOrderQuantity,
  finiteHorizonReorder,
  normalDemand,
  poissonDemand,
  reorderQuantityCost,
  wagnerWhitin,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const golden = JSON.parse(readFileSync(new URL('./golden/stockpyl.json', import.meta.url), 'utf8'));

// Every instance within a relative 1e-6 of stockpyl's answer; how they were drawn stands in the file.
function near(value: number, expected: number) {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1e-6, Math.abs(expected)));
}

// Whatever stands in the file.
type Row = ReturnType<typeof JSON.parse>;
const numbered = (rows: readonly Row[]): [number, Row][] => rows.map((row, place) => [place, row]);

describe('economicOrderQuantity', () => {
  test.each(numbered(golden.eoq))('agrees with stockpyl: %d', (_place, [fixedOrderCost, holding, demand, q, cost]) => {
    const found = economicOrderQuantity({ fixedOrderCost, holding, demand });
    near(found.quantity, q);
    near(found.cost, cost);
    near(found.cycle, q / demand);
    expect(found.waiting).toBe(0);
  });

  test.each(numbered(golden.backorders))(
    'agrees with stockpyl where customers wait: %d',
    (_place, [fixedOrderCost, holding, penalty, demand, q, waiting, cost]) => {
      const found = economicOrderQuantity({
        ...{ fixedOrderCost, holding, penalty, demand },
      });
      near(found.quantity, q);
      near(found.waiting, waiting);
      near(found.cost, cost);
    },
  );

  test.each(numbered(golden.production))(
    'agrees with stockpyl where orders come in slowly: %d',
    (_place, [fixedOrderCost, holding, demand, production, q, cost]) => {
      const found = economicOrderQuantity({
        ...{ fixedOrderCost, holding, demand, production },
      });
      near(found.quantity, q);
      near(found.cost, cost);
    },
  );

  test('twice the quantity costs 25% more: K d / 2Q + h Q = sqrt(2 K d h) (1/4 + 1)', () => {
    const { quantity, cost } = economicOrderQuantity({ demand: 100, fixedOrderCost: 8, holding: 4 });
    // sqrt(2 * 8 * 100 / 4) = 20, 8 * 100 / 20 + 4 * 20 / 2 = 80; with 40: 20 + 80.
    expect([quantity, cost]).toEqual([20, 80]);
    expect((8 * 100) / 40 + (4 * 40) / 2).toBe(1.25 * cost);
  });

  test('says what is wrong', () => {
    const good = { demand: 5, fixedOrderCost: 1, holding: 1 };
    const wrong = (change: object) => () => economicOrderQuantity({ ...good, ...change });
    expect(wrong({ demand: 0 })).toThrow('`demand` must be a positive number, received 0');
    expect(wrong({ holding: 0 })).toThrow('`holding` must be a positive number, received 0');
    expect(wrong({ fixedOrderCost: 0 })).toThrow('`fixedOrderCost` must be a positive number, received 0');
    expect(wrong({ production: 5 })).toThrow('`production` must be above the demand, 5, received 5');
    expect(wrong({ penalty: 0 })).toThrow('`penalty` must be a positive number, received 0');
  });
});

describe('discountedOrderQuantity', () => {
  const cases = (['allUnits', 'incremental'] as const).flatMap((kind) =>
    golden[kind].map((each: Row, place: number): [string, number, Row] => [kind, place, each]),
  );
  test.each(cases)('agrees with stockpyl: %s %d', (kind, _place, [K, holdingRate, demand, from, costs, q, cost]) => {
    const found = discountedOrderQuantity({
      ...{ demand: demand as number, fixedOrderCost: K as number, holdingRate: holdingRate as number },
      prices: (from as number[]).map((units, place) => ({ from: units, unitCost: (costs as number[])[place]! })),
      discount: kind === 'allUnits' ? 'all units' : 'incremental',
    });
    near(found.quantity, q as number);
    near(found.cost, cost as number);
  });

  test('says what is wrong', () => {
    const good = { demand: 5, fixedOrderCost: 1, holdingRate: 0.2 };
    const steps = [
      { from: 0, unitCost: 5 },
      { from: 10, unitCost: 5 },
    ];
    expect(() => discountedOrderQuantity({ ...good, prices: [] })).toThrow('`prices` must be a list of steps');
    expect(() => discountedOrderQuantity({ ...good, prices: steps.slice(1) })).toThrow('`prices[0].from` must be 0');
    expect(() => discountedOrderQuantity({ ...good, prices: steps })).toThrow('`prices[1].unitCost` must be below 5');
  });
});

describe('bestReorderQuantity', () => {
  test.each(numbered(golden.rq))(
    'agrees with stockpyl: %d',
    (_place, [demand, leadTime, holding, penalty, fixedOrderCost, reorderPoint, quantity, cost]) => {
      const problem = { demand, leadTimeDemand: poissonDemand(demand * leadTime) };
      const costs = { holding, penalty, fixedOrderCost };
      const found = bestReorderQuantity({ ...problem, ...costs });
      expect([found.reorderPoint, found.quantity]).toEqual([reorderPoint, quantity]);
      near(found.cost, cost);
      near(reorderQuantityCost({ ...problem, ...costs, reorderPoint, quantity }), cost);
    },
  );

  test.each([
    ['Poisson', poissonDemand(7)],
    ['normal', normalDemand(40, 9)],
  ])('no other r and Q cost less: %s', (_name, leadTimeDemand) => {
    const problem = { demand: 3, leadTimeDemand, holding: 1, penalty: 6, fixedOrderCost: 12 };
    const best = bestReorderQuantity(problem);
    for (let reorderPoint = best.reorderPoint - 6; reorderPoint <= best.reorderPoint + 6; reorderPoint += 1) {
      for (let quantity = 1; quantity <= 2 * best.quantity; quantity += 1) {
        expect(reorderQuantityCost({ ...problem, reorderPoint, quantity })).toBeGreaterThanOrEqual(best.cost - 1e-12);
      }
    }
  });

  test('says what is wrong', () => {
    const good = { demand: 1, leadTimeDemand: poissonDemand(3), holding: 1, penalty: 9, fixedOrderCost: 5 };
    const wrong = (change: object) => () => bestReorderQuantity({ ...good, ...change });
    expect(wrong({ demand: 0 })).toThrow('`demand` must be a positive number, received 0');
    expect(wrong({ penalty: 0 })).toThrow('`penalty` must be a positive number, received 0');
    expect(wrong({ leadTimeDemand: 3 })).toThrow('`leadTimeDemand` must be a distribution');
    expect(wrong({ demand: 1e9, fixedOrderCost: 1e6 })).toThrow('`demand` must be counted in larger units');
  });
});

describe('wagnerWhitin', () => {
  test.each(numbered(golden.wagnerWhitin))(
    'agrees with stockpyl: %d',
    (_place, [demand, fixedOrderCost, holding, unitCost, orders, cost]) => {
      const problem = { demand, fixedOrderCost, holding, unitCost } as Parameters<typeof wagnerWhitin>[0];
      const found = wagnerWhitin(problem);
      near(found.cost, cost as number);
      near(costOf(problem, found.orders), cost as number);
      expect(Array.from(found.orders)).toEqual(orders);
    },
  );

  test('costs the least of all plans, costs changing with the period', () => {
    const problem = {
      demand: [4, 0, 7, 3, 9, 1],
      fixedOrderCost: [10, 12, 3, 20, 8, 8],
      holding: [2, 1, 1, 3, 0.5, 1],
      unitCost: [1, 2, 1.5, 0, 3, 2],
    };
    // Every set of periods in which something is ordered, each for the periods up to the next; the first is one of them.
    let least = Number.POSITIVE_INFINITY;
    for (let set = 1; set < 2 ** 6; set += 2) {
      const orders = new Float64Array(6);
      let last = 0;
      for (let period = 0; period < 6; period += 1) {
        if ((set >> period) % 2 === 1) last = period;
        orders[last]! += problem.demand[period]!;
      }
      least = Math.min(least, costOf(problem, orders));
    }
    const { orders, cost } = wagnerWhitin(problem);
    expect(cost).toBeCloseTo(least, 9);
    expect(costOf(problem, orders)).toBeCloseTo(least, 9);
  });

  test('says what is wrong', () => {
    const good = { demand: [1, 2], fixedOrderCost: 1, holding: 1 };
    expect(() => wagnerWhitin({ ...good, demand: [] })).toThrow('`demand` must be a list of 1 to 3660 periods');
    expect(() => wagnerWhitin({ ...good, demand: [1, -2] })).toThrow('`demand[1]` must be a number >= 0, received -2');
    expect(() => wagnerWhitin({ ...good, holding: [1] })).toThrow('`holding` must hold 2 numbers, received 1');
    expect(wagnerWhitin({ ...good, demand: [0, 0] })).toEqual({ orders: new Float64Array(2), cost: 0 });
  });
});

// What a plan costs, period by period.
function costOf({ demand, ...rates }: Parameters<typeof wagnerWhitin>[0], orders: ArrayLike<number>): number {
  const at = (rate: number | ArrayLike<number> | undefined, period: number) =>
    typeof rate === 'number' ? rate : (rate?.[period] ?? 0);
  let [stock, sum] = [0, 0];
  for (let period = 0; period < demand.length; period += 1) {
    stock += orders[period]! - demand[period]!;
    expect(stock).toBeGreaterThanOrEqual(0);
    const fixed = orders[period]! > 0 ? at(rates.fixedOrderCost, period) : 0;
    sum += fixed + at(rates.unitCost, period) * orders[period]! + at(rates.holding, period) * stock;
  }
  return sum;
}

describe('finiteHorizonReorder', () => {
  test.each(numbered(golden.finiteHorizon))(
    'agrees with stockpyl: %d',
    async (_place, [means, deviation, given, s, S, cost]) => {
      const { h, p, hT, pT, c, K, g, x0 } = given as Readonly<Record<string, number>>;
      const plan = await finiteHorizonReorder({
        demand: (means as number[]).map((mean) => normalDemand(mean, deviation as number)),
        ...{ holding: h, penalty: p, lastHolding: hT, lastPenalty: pT },
        ...{ unitCost: c, fixedOrderCost: K, discount: g, initialStock: x0 },
      });
      near(plan.cost, cost as number);
      expect(Array.from(plan.orderUpTo)).toEqual(S);
      // stockpyl counts S itself as a level from which S is reached.
      const points = (s as number[]).map((point, period) => (point === plan.orderUpTo[period] ? point - 1 : point));
      expect(Array.from(plan.reorderPoints)).toEqual(points);
    },
  );

  test('agrees with a plain recursion over all orders: Poisson demand', async () => {
    const problem = { holding: 1, penalty: 5, fixedOrderCost: 4, unitCost: 0.5, discount: 0.95, lastPenalty: 3 };
    const demand = [poissonDemand(2), poissonDemand(0.5), poissonDemand(3)];
    const plan = await finiteHorizonReorder({ ...problem, demand, initialStock: 1 });
    expect(plan.cost).toBeCloseTo(recursion({ ...problem, demand }, 1, 0), 8);
    const late = await finiteHorizonReorder({ ...problem, demand, initialStock: -7 });
    expect(late.cost).toBeCloseTo(recursion({ ...problem, demand }, -7, 0), 8);
  });

  test('never orders where waiting is cheaper than a unit', async () => {
    const plan = await finiteHorizonReorder({
      ...{ demand: poissonDemand(3), horizon: 1, holding: 1, penalty: 2, unitCost: 5 },
    });
    expect(plan.reorderPoints).toEqual(Float64Array.of(Number.NEGATIVE_INFINITY));
    expect(plan.cost).toBeCloseTo(2 * 3, 9);
  });

  test('with so large a fixed cost that one order is for all periods', async () => {
    // Demand of 10 a period, known: one order of 30, 1000 + 20 + 10.
    const ten = { ...poissonDemand(1) };
    const certain: Demand = { ...ten, ...(await pointAt(10)) };
    const plan = await finiteHorizonReorder({
      demand: certain,
      horizon: 3,
      holding: 1,
      penalty: 1000,
      fixedOrderCost: 1000,
    });
    expect(plan.orderUpTo[0]).toBe(30);
    expect(plan.cost).toBeCloseTo(1030, 9);
  });

  test('says what is wrong', async () => {
    const good = { demand: poissonDemand(3), horizon: 2, holding: 1, penalty: 2 };
    const wrong = (change: object) => finiteHorizonReorder({ ...good, ...change });
    await expect(wrong({ horizon: 0 })).rejects.toThrow('`horizon` must be a whole number from 1 to 1000, received 0');
    await expect(wrong({ horizon: undefined })).rejects.toThrow('`horizon` must be a positive integer');
    await expect(wrong({ demand: [poissonDemand(1)] })).rejects.toThrow(
      '`horizon` must be the number of distributions, 1',
    );
    await expect(wrong({ holding: 0 })).rejects.toThrow('`holding` must be a positive number, received 0');
    await expect(wrong({ discount: 0 })).rejects.toThrow('`discount` must be a number in (0, 1], received 0');
  });
});

async function pointAt(units: number): Promise<Demand> {
  const { discreteDemand } = await import('minimart');
  return discreteDemand(Float64Array.from({ length: units + 1 }, (_, k) => (k === units ? 1 : 0)));
}

interface Season {
  readonly demand: readonly Demand[];
  readonly holding: number;
  readonly penalty: number;
  readonly fixedOrderCost: number;
  readonly unitCost: number;
  readonly discount: number;
  readonly lastPenalty: number;
}

const known = new Map<string, number>();

// The definition, for every level up to 30.
function recursion(season: Season, stock: number, period: number): number {
  const { demand, holding, penalty, fixedOrderCost, unitCost, discount, lastPenalty } = season;
  if (period === demand.length) return lastPenalty * Math.max(-stock, 0);
  const key = `${stock} ${period}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  let best = Number.POSITIVE_INFINITY;
  for (let level = stock; level <= Math.max(20, stock); level += 1) {
    let cost = level > stock ? fixedOrderCost + unitCost * (level - stock) : 0;
    demand[period]!.probabilities!.forEach((share, units) => {
      if (share < 1e-13) return;
      const left = level - units;
      cost += share * (holding * Math.max(left, 0) + penalty * Math.max(-left, 0));
      cost += share * discount * recursion(season, left, period + 1);
    });
    best = Math.min(best, cost);
  }
  known.set(key, best);
  return best;
}
