import type { DecisionModel } from '../exact/decision-model.js';
import { mostWaiting } from '../inventory/inventory-model.js';
import { orderMasks } from '../inventory/order-masks.js';
import type { StockProblem } from './best-policy.js';
import { newsvendorCost } from './newsvendor.js';

/**
 * Where customers wait, stock and orders under way together tell all that an order depends on, whatever the lead time: the
 * model has one number as its state. A period is charged with what it costs when what is ordered now has arrived.
 *
 * @param most - The most units of an order.
 * @param top - The most units in stock and on order together.
 */
export function positionModel(problem: StockProblem, most: number, top: number): DecisionModel {
  const { demand, leadTime, options } = problem;
  const { holding, penalty, fixedOrderCost = 0, unitCost = 0 } = options;
  const over = demand.over(leadTime + 1);
  const waits = mostWaiting({ ...options, maxOrder: most }, demand);
  const maskUpTo = orderMasks(most);
  const costs = new Map<number, number>();
  const periodCost = (level: number): number => {
    const cost = costs.get(level) ?? newsvendorCost(level, { demand: over, holding, penalty });
    costs.set(level, cost);
    return cost;
  };
  return {
    name: 'position',
    start: [0],
    actions: most + 1,
    actionMask: (state) => maskUpTo(Math.max(0, Math.min(most, top - state[0]!))),
    outcomes: () => demand.probabilities!,
    advance: (state, order, asked, next) => {
      const level = state[0]! + order;
      next[0] = Math.max(-waits, level - asked);
      const sentAway = next[0] - (level - asked);
      const ordering = (order > 0 ? fixedOrderCost : 0) + unitCost * order;
      return -periodCost(level) - ordering - sentAway * (fixedOrderCost + unitCost + penalty * waits);
    },
  };
}
