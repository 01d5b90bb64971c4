import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFinite, requireNonNegative, requirePositive } from '../../internal/require.js';
import { type Demand, requireDistribution } from '../demand/demand.js';

/** Options of {@link newsvendor}. */
export interface NewsvendorOptions {
  /** Demand of the season; with a lead time of L periods, `demand.over(L + 1)`. */
  readonly demand: Demand;
  /** Cost per unit left over, > 0. */
  readonly holding: number;
  /** Cost per unit short, > 0. */
  readonly penalty: number;
}

const optionNames: OptionNames<NewsvendorOptions> = { demand: true, holding: true, penalty: true };

/**
 * How many units to have for one season, when what is left over and what is missing both cost.
 *
 *     quantity = smallest q with P(D <= q) >= penalty / (penalty + holding)
 *     cost     = holding E max(q - D, 0) + penalty E max(D - q, 0)
 *
 * @returns The quantity (whole where demand is), its mean cost and the critical ratio.
 * @throws RangeError when an option is unknown, a cost is not above 0, or demand is no distribution.
 * @see Arrow, Harris and Marschak, "Optimal Inventory Policy" (1951)
 * @example
 * const { quantity, cost } = newsvendor({ demand: poissonDemand(6), holding: 1, penalty: 4 });
 * quantity; // 8
 * cost; // 3.5701
 */
export function newsvendor(options: NewsvendorOptions): {
  /** How many units to have. */
  readonly quantity: number;
  /** Mean cost with that many. */
  readonly cost: number;
  /** The share of seasons in which that is to be enough: penalty / (penalty + holding). */
  readonly criticalRatio: number;
} {
  requireNewsvendor('newsvendor', options, {});
  return bestQuantity(options);
}

/**
 * Mean cost of having so many units for one season: `holding E max(q - D, 0) + penalty E max(D - q, 0)`.
 *
 * @returns The mean cost.
 * @throws RangeError as {@link newsvendor} does.
 * @example
 * newsvendorCost({ quantity: 5, demand: poissonDemand(6), holding: 1, penalty: 4 }); // 6.5903
 */
export function newsvendorCost(
  options: NewsvendorOptions & {
    /** How many units there are. */
    readonly quantity: number;
  },
): number {
  requireNewsvendor('newsvendorCost', options, { quantity: true });
  const { quantity, demand, holding, penalty } = options;
  requireFinite('newsvendorCost', 'quantity', quantity);
  const short = demand.shortage(quantity);
  return holding * (quantity - demand.mean + short) + penalty * short;
}

/**
 * How many units to buy for one season, from prices instead of costs.
 *
 *     quantity = smallest q with P(D <= q) >= (price - unitCost + penalty) / (price - salvage + penalty)
 *     profit   = (price - unitCost) E D - cost of {@link newsvendor} with holding unitCost - salvage
 *                and penalty price - unitCost + penalty
 *
 * @returns The quantity, its mean profit and the critical ratio.
 * @throws RangeError when the price is not above the unit cost, or the unit cost not above the salvage value.
 * @see Snyder and Shen, "Fundamentals of Supply Chain Theory" (2019)
 * @example
 * const { quantity, profit } = newsvendorProfit({ demand: poissonDemand(50), price: 1, unitCost: 0.3, salvage: 0.12 });
 * quantity; // 56
 * profit; // 33.2028
 */
export function newsvendorProfit(options: {
  /** Demand of the season. */
  readonly demand: Demand;
  /** What a unit sells for. */
  readonly price: number;
  /** What a unit costs, below the price. */
  readonly unitCost: number;
  /** What a unit left over still brings, below the unit cost; negative when it costs. Default 0. */
  readonly salvage?: number;
  /** Cost of a customer sent away, beside the profit lost, >= 0. Default 0. */
  readonly penalty?: number;
}): {
  /** How many units to buy. */
  readonly quantity: number;
  /** Mean profit with that many. */
  readonly profit: number;
  /** The share of seasons in which that is to be enough. */
  readonly criticalRatio: number;
} {
  requireOptions('newsvendorProfit', options, {
    demand: true,
    price: true,
    unitCost: true,
    salvage: true,
    penalty: true,
  });
  const { demand, price, unitCost, salvage = 0, penalty = 0 } = options ?? {};
  requireDistribution('newsvendorProfit', 'demand', demand);
  requireNonNegative('newsvendorProfit', 'penalty', penalty);
  for (const [name, value] of Object.entries({ price, unitCost, salvage })) {
    requireFinite('newsvendorProfit', name, value);
  }
  if (!(price > unitCost)) refuse('newsvendorProfit', 'price', `be above the unit cost, ${unitCost}`, price);
  if (!(salvage < unitCost)) refuse('newsvendorProfit', 'salvage', `be below the unit cost, ${unitCost}`, salvage);
  const costs = { demand, holding: unitCost - salvage, penalty: price - unitCost + penalty };
  const { quantity, cost, criticalRatio } = bestQuantity(costs);
  return { quantity, profit: (price - unitCost) * demand.mean - cost, criticalRatio };
}

function requireNewsvendor<O extends NewsvendorOptions>(
  where: string,
  options: O,
  more: OptionNames<Omit<O, keyof NewsvendorOptions>>,
): void {
  requireOptions<NewsvendorOptions>(where, options, { ...optionNames, ...more });
  const { demand, holding, penalty } = options ?? {};
  requireDistribution(where, 'demand', demand);
  requirePositive(where, 'holding', holding);
  requirePositive(where, 'penalty', penalty);
}

function bestQuantity(options: NewsvendorOptions): ReturnType<typeof newsvendor> {
  const { demand, holding, penalty } = options;
  const criticalRatio = penalty / (penalty + holding);
  const quantity = demand.quantile(criticalRatio);
  return { quantity, cost: newsvendorCost({ ...options, quantity }), criticalRatio };
}
