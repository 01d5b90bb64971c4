import {
  empiricalDemand,
  lognormalDemand,
  newsvendor,
  newsvendorCost,
  newsvendorProfit,
  normalDemand,
  poissonDemand,
} from 'minimart';
import { describe, expect, test } from 'vitest';

// L. V. Snyder and Z.-J. M. Shen, Fundamentals of Supply Chain Theory, 2nd edition (2019): the examples of chapter 4,
// as the documentation of stockpyl (MIT) prints them, derived again from the formulas to 1e-9.
describe('newsvendor', () => {
  test('normal demand', () => {
    const problem = { demand: normalDemand(50, 8), holding: 0.18, penalty: 0.7 };
    expect(newsvendor(problem)).toEqual({
      quantity: expect.closeTo(56.60395592743389, 9),
      cost: expect.closeTo(1.9976051931766445, 9),
      criticalRatio: expect.closeTo(0.7 / 0.88, 12),
    });
    expect(newsvendorCost({ ...problem, quantity: 60 })).toBeCloseTo(2.156131552870387, 9);
  });

  test('Poisson demand', () => {
    const large = newsvendor({ demand: poissonDemand(50), holding: 0.18, penalty: 0.7 });
    expect([large.quantity, large.cost]).toEqual([56, expect.closeTo(1.797235211809178, 9)]);
    const problem = { demand: poissonDemand(6), holding: 1, penalty: 4 };
    expect(newsvendor(problem)).toMatchObject({ quantity: 8, cost: expect.closeTo(3.5701069457709416, 9) });
    expect(newsvendorCost({ ...problem, quantity: 5 })).toBeCloseTo(6.590296024616343, 9);
  });

  test('lognormal demand', () => {
    const { quantity, cost } = newsvendor({ demand: lognormalDemand(6, 0.3), holding: 1, penalty: 0.1765 });
    expect(quantity).toBeCloseTo(295.6266448071368, 7);
    expect(cost).toBeCloseTo(29.442543582135, 7);
  });

  test('profits', () => {
    const prices = { price: 1, unitCost: 0.3, salvage: 0.12 };
    const normal = newsvendorProfit({ ...prices, demand: normalDemand(50, 8) });
    expect(normal.quantity).toBeCloseTo(56.60395592743389, 9);
    expect(normal.profit).toBeCloseTo(33.002394806823354, 9);
    const poisson = newsvendorProfit({ ...prices, demand: poissonDemand(50) });
    expect([poisson.quantity, poisson.profit]).toEqual([56, expect.closeTo(33.20276478819082, 9)]);
  });

  test.each([
    [{}, 3 / 5],
    [{ penalty: 1 }, 4 / 6],
    [{ salvage: 1, penalty: 2 }, 5 / 6],
    [{ salvage: -3 }, 3 / 8],
  ])('profits with %j are the best of what every quantity earns', (more, criticalRatio) => {
    const days = [1, 2, 3, 4];
    const { salvage = 0, penalty = 0 } = more as { salvage?: number; penalty?: number };
    const earned = (quantity: number) =>
      days
        .map((demand) => {
          const [left, missed] = [Math.max(0, quantity - demand), Math.max(0, demand - quantity)];
          return 5 * (quantity - left) - 2 * quantity + salvage * left - penalty * missed;
        })
        .reduce((sum, each) => sum + each / days.length, 0);
    const quantities = [0, 1, 2, 3, 4, 5];
    const most = Math.max(...quantities.map(earned));
    const found = newsvendorProfit({ demand: empiricalDemand(days), price: 5, unitCost: 2, ...more });
    expect(found).toEqual({
      quantity: quantities.find((quantity) => earned(quantity) > most - 1e-12),
      profit: expect.closeTo(most, 12),
      criticalRatio: expect.closeTo(criticalRatio, 12),
    });
  });

  // Closed form: S = smallest s with F(s) >= p / (p + 1), D Poisson(5 (L + 1)).
  test.each([
    [4, 1, 13, 4.612363651],
    [19, 3, 28, 9.765513031],
    [39, 4, 35, 12.401046718],
  ])('waiting customers, penalty %d and lead time %d', (penalty, leadTime, quantity, cost) => {
    const found = newsvendor({ demand: poissonDemand(5).over(leadTime + 1), holding: 1, penalty });
    expect([found.quantity, found.cost]).toEqual([quantity, expect.closeTo(cost, 8)]);
  });

  test.each([
    [{ holding: 0 }, 'newsvendor: `holding` must be a positive number, received 0 (number).'],
    [{ penalty: -1 }, 'newsvendor: `penalty` must be a positive number, received -1 (number).'],
  ])('refuses %j', (wrong, message) => {
    expect(() => newsvendor({ demand: poissonDemand(5), holding: 1, penalty: 1, ...wrong })).toThrow(message);
  });

  test('refuses prices out of order', () => {
    const prices = { demand: poissonDemand(5), price: 1, unitCost: 2 };
    expect(() => newsvendorProfit(prices)).toThrow('`price` must be above the unit cost, 2, received 1 (number).');
    expect(() => newsvendorProfit({ ...prices, unitCost: 1 })).toThrow(
      '`price` must be above the unit cost, 1, received 1',
    );
    expect(() => newsvendorProfit({ ...prices, unitCost: 0.5, salvage: 0.5 })).toThrow('`salvage` must be below');
  });
});
