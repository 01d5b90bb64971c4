import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requirePositive } from '../../internal/require.js';
import { finiteAnswer } from './finite-answer.js';

/** Options of {@link economicOrderQuantity}. */
export interface EconomicOrderQuantityOptions {
  /** Units asked for per period, > 0, every period alike. */
  readonly demand: number;
  /** Cost of an order of any size, > 0. */
  readonly fixedOrderCost: number;
  /** Cost per unit in stock and period, > 0. */
  readonly holding: number;
  /** Cost per waiting unit and period, > 0. Default Infinity: nobody waits. */
  readonly penalty?: number;
  /** Units per period that an order comes in at, above the demand. Default Infinity: all at once. */
  readonly production?: number;
}

const optionNames: OptionNames<EconomicOrderQuantityOptions> = {
  demand: true,
  fixedOrderCost: true,
  holding: true,
  penalty: true,
  production: true,
};

/**
 * How much to order at a time, when every order costs something and demand is steady and known.
 *
 *     quantity = sqrt(2 K demand / (holding (1 - demand / production)) * (holding + penalty) / penalty)
 *     cost     = 2 K demand / quantity
 *
 * Near it the cost is flat: half as much or twice as much at a time costs 25% more. Where demand is uncertain, {@link bestReorderQuantity}
 * and {@link bestReorder} say when to order, too.
 *
 * @returns Quantity, cost per period (of orders, stock and waiting, not of the goods) and what follows; not rounded.
 * @throws RangeError when an option is unknown or out of range, or production is not above demand.
 * @see Harris, "How Many Parts to Make at Once" (1913); Snyder and Shen, "Fundamentals of Supply Chain Theory" (2019)
 * @example
 * const { quantity, cost } = economicOrderQuantity({ demand: 1300, fixedOrderCost: 8, holding: 0.225 });
 * quantity; // 304.0468
 * cost; // 68.4105
 */
export function economicOrderQuantity(options: EconomicOrderQuantityOptions): {
  /** Units of one order. */
  readonly quantity: number;
  /** Cost per period of orders, stock and waiting. */
  readonly cost: number;
  /** Periods from one order to the next. */
  readonly cycle: number;
  /** Units that wait when an order comes, 0 without a `penalty`. */
  readonly waiting: number;
} {
  const where = 'economicOrderQuantity';
  requireGivenOptions(where, options, optionNames);
  const { demand, fixedOrderCost, holding, penalty, production } = options;
  requirePositive(where, 'demand', demand);
  requirePositive(where, 'fixedOrderCost', fixedOrderCost);
  requirePositive(where, 'holding', holding);
  if (penalty !== undefined && penalty !== Number.POSITIVE_INFINITY) requirePositive(where, 'penalty', penalty);
  if (production !== undefined && !(production > demand)) {
    refuse(where, 'production', `be above the demand, ${demand}`, production);
  }
  // Stock never reaches the whole order where some of it is sold while it comes in, nor where some of it was waited for.
  const kept = 1 - demand / (production ?? Number.POSITIVE_INFINITY);
  const waitingShare = holding / (holding + (penalty ?? Number.POSITIVE_INFINITY));
  // 1 / (holding (1 - waitingShare)), which has no digits left where waiting is far cheaper than holding.
  const perCost = 1 / holding + 1 / (penalty ?? Number.POSITIVE_INFINITY);
  const quantity = Math.sqrt(((2 * fixedOrderCost * demand) / kept) * perCost);
  return finiteAnswer(where, {
    quantity,
    cost: (2 * fixedOrderCost * demand) / quantity,
    cycle: quantity / demand,
    waiting: quantity * kept * waitingShare,
  });
}
