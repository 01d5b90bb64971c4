import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import {
  refuse,
  requireNonNegative,
  requirePositiveInteger,
  requireShare,
  requireWholeNumber,
} from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { type Demand, requireDistribution } from '../demand/demand.js';
import { requireStockCosts } from '../inventory/stock-costs.js';
import { type FiniteHorizonPlan, type PeriodTable, solveBackward } from './backward-periods.js';

/** Options of {@link finiteHorizonReorder}. */
export interface FiniteHorizonOptions {
  /** Demand of each period, or one distribution for `horizon` periods alike. */
  readonly demand: Demand | readonly Demand[];
  /** Periods, a whole number from 1 to 1000. Default: as many as there are distributions. */
  readonly horizon?: number;
  /** Cost per unit left at the end of a period, > 0. */
  readonly holding: number;
  /** Cost per waiting unit and period, > 0. */
  readonly penalty: number;
  /** Cost of an order of any size, >= 0. Default 0. */
  readonly fixedOrderCost?: number;
  /** Cost per unit ordered, >= 0. Default 0. */
  readonly unitCost?: number;
  /** What a unit of money is worth one period later, in (0, 1]. Default 1. */
  readonly discount?: number;
  /** Cost per unit left at the very end, beside that of the last period, >= 0. Default 0. */
  readonly lastHolding?: number;
  /** Cost per unit still waited for at the very end, beside that of the last period, >= 0. Default 0. */
  readonly lastPenalty?: number;
  /** Units in stock at the start; below zero where customers wait. Any whole number. Default 0. */
  readonly initialStock?: number;
  /** Stops the work: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

function optionNames(): OptionNames<FiniteHorizonOptions> {
  return {
    demand: true,
    horizon: true,
    holding: true,
    penalty: true,
    fixedOrderCost: true,
    unitCost: true,
    discount: true,
    lastHolding: true,
    lastPenalty: true,
    initialStock: true,
    signal: true,
  };
}

/**
 * The best (s, S) of each period of a season that ends, where customers who find no stock wait and orders are there at once.
 *
 *     cost_t(x) = min over y >= x of K [y > x] + unitCost (y - x) + G_t(y) + discount E cost_(t+1)(y - D_t)
 *     cost_(T+1)(x) = lastHolding max(x, 0) + lastPenalty max(-x, 0)
 *
 * G_t is {@link newsvendorCost} of the period. Such a pair is optimal in every period. Levels are worked out as far up and down as can
 * matter: the answer is exact, in whole units. Continuous demand costs what its own distribution says, and leads to stocks rounded to
 * whole units.
 *
 * @returns s and S of each period, and the cost.
 * @throws RangeError when an option is unknown or out of range, or the quantities are too large to be worked out.
 * @see Scarf, "The Optimality of (S, s) Policies in the Dynamic Inventory Problem" (1960)
 * @example
 * const plan = await finiteHorizonReorder({
 *   demand: poissonDemand(6), horizon: 4, holding: 1, penalty: 9, fixedOrderCost: 20,
 * });
 * plan.reorderPoints; // Float64Array [4, 4, 5, 3]
 */
export async function finiteHorizonReorder(options: FiniteHorizonOptions): Promise<FiniteHorizonPlan> {
  const where = 'finiteHorizonReorder';
  requireGivenOptions(where, options, optionNames());
  const pause = pauseFor(where, options.signal);
  requireCosts(where, options);
  const {
    initialStock = 0,
    fixedOrderCost = 0,
    unitCost = 0,
    discount = 1,
    lastHolding = 0,
    lastPenalty = 0,
  } = options;
  requireWholeNumber(where, 'initialStock', initialStock, -1e6, 1e6);
  const { holding, penalty } = options;
  const table: PeriodTable = {
    ...{ demands: requireDemands(where, options), holding, penalty, fixedOrderCost, unitCost },
    ...{ discount, lastHolding, lastPenalty, initialStock },
  };
  return solveBackward(where, table, pause);
}

function requireDemands(where: string, { demand, horizon }: FiniteHorizonOptions): readonly Demand[] {
  if (horizon !== undefined) requireWholeNumber(where, 'horizon', horizon, 1, 1000);
  if (!Array.isArray(demand)) {
    requireDistribution(where, 'demand', demand);
    requirePositiveInteger(where, 'horizon', horizon);
    return new Array<Demand>(horizon).fill(demand);
  }
  demand.forEach((each, period) => {
    requireDistribution(where, `demand[${period}]`, each);
  });
  if (demand.length < 1 || demand.length > 1000) refuse(where, 'demand', 'be 1 to 1000 distributions', demand.length);
  if (horizon !== undefined && horizon !== demand.length) {
    refuse(where, 'horizon', `be the number of distributions, ${demand.length}`, horizon);
  }
  return demand;
}

function requireCosts(where: string, options: FiniteHorizonOptions): void {
  requireStockCosts(where, options.holding, options.penalty);
  for (const name of ['fixedOrderCost', 'unitCost', 'lastHolding', 'lastPenalty'] as const) {
    requireNonNegative(where, name, options[name] ?? 0);
  }
  requireShare(where, 'discount', options.discount ?? 1);
}
