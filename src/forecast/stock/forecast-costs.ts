import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import {
  refuse,
  requireFilled,
  requireFunction,
  requirePositive,
  requirePositiveInteger,
} from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import type { InventoryOptions } from '../../rl/inventory/inventory-options.js';
import {
  type InventoryRules,
  inventoryRules,
  position,
  stockProblemNames,
} from '../../rl/inventory/inventory-rules.js';
import { meanEstimate } from '../../statistics/estimate.js';
import { type ForecastMethod, requireMethod } from '../forecast-method.js';
import { learnForecast } from '../forecast-sales.js';
import { firstPeriods, type PeriodSales, requireSales, seriesAt } from '../series/period-sales.js';
import type { ForecastCosts, MethodCosts } from './cost-report.js';
import { costTable } from './cost-table.js';
import { quantileOfSums } from './quantile-of-sums.js';

/** Options of {@link forecastCosts}: a stock problem without its demand, and what orders are decided by. */
export interface ForecastCostsOptions extends Omit<InventoryOptions, 'demand' | 'horizon' | 'initialStock'> {
  /** The methods to compare. */
  readonly methods: readonly ForecastMethod[];
  /** The last so many periods are played: more than `leadTime + 1`, which do not count. */
  readonly periods: number;
  /** Called after each period and method, and waited for. What it throws ends the work. */
  readonly onProgress?: (progress: {
    readonly done: number;
    readonly total: number;
    readonly method: string;
  }) => void | Promise<void>;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

function optionNames(): OptionNames<ForecastCostsOptions> {
  return { ...stockProblemNames, methods: true, periods: true, onProgress: true, signal: true };
}

/** The name of the rule without a forecast. */
const plainRule = 'sums that were';

/**
 * Judges forecasts by what they are for: in each period stock is ordered up to a quantile of the forecast, and the periods that came say
 * what that cost.
 *
 *     level = quantile of the demand of lead time + 1 periods together, at penalty / (penalty + holding)
 *     order = level - stock - orders under way, where that is above 0
 *
 * Each method forecasts anew in each period from those before it. Beside them stands the rule without a forecast: the same quantile of
 * all sums of so many periods that there were. Every product begins without stock, and the first `leadTime + 1` periods do not count.
 * Sales are rounded to whole units, and stand for demand: what was asked for while a product was sold out is not in them.
 *
 * @param sales - Sales by period.
 * @param options - The stock problem, with `holding` and `penalty` above 0, and the methods.
 * @returns Costs of all; `table` is there to print.
 * @throws RangeError when there are too few periods, no product is on sale before the first of them, or an option is wrong.
 * @see Petropoulos, Wang and Disney, "The Inventory Performance of Forecasting Methods: Evidence from the M3 Competition Data" (2019)
 * @example
 * const sales = createPeriodSales({ tea: [4, 6, 5, 4, 6, 5, 4, 6, 5, 5], mug: [0, 1, 0, 0, 1, 0, 0, 1, 0, 0] });
 * const { methods, ratio } = await forecastCosts(sales, { methods: [meanForecast()], periods: 4, holding: 1, penalty: 4 });
 * methods.map(({ method }) => method); // ['sums that were', 'mean']
 * ratio; // 0.8
 */
export async function forecastCosts(sales: PeriodSales, options: ForecastCostsOptions): Promise<ForecastCosts> {
  const where = 'forecastCosts';
  requireGivenOptions(where, options, optionNames());
  const { methods, periods, onProgress, signal, ...stock } = options;
  const pause = pauseFor(where, signal);
  requireSales(where, sales);
  requireFunction(where, 'onProgress', onProgress);
  requireMethods(where, methods);
  const rules = inventoryRules(where, { ...stock, demand: [0] });
  requirePositive(where, 'holding', stock.holding);
  requirePositive(where, 'penalty', stock.penalty);
  const first = requirePeriods(where, sales, periods, rules.leadTime + 1);
  const ratio = stock.penalty / (stock.penalty + stock.holding);
  const places = Array.from({ length: sales.products.size }, (_, place) => place).filter(
    (place) => sales.onSale[place]! < first,
  );
  requireFilled(where, 'sales.products', places);
  const games = [plainRule, ...methods.map(({ name }) => name)].map((name) => createGame(name, rules, places.length));
  for (let at = first; at < sales.periods; at += 1) {
    const known = firstPeriods(sales, at);
    const counts = at >= first + rules.leadTime + 1;
    for (const [own, game] of games.entries()) {
      const method = methods[own - 1];
      const forecast = method && (await learnForecast(where, known, { method, horizon: rules.leadTime + 1, pause }));
      for (const [index, place] of places.entries()) {
        await pause();
        const level = forecast
          ? forecast.quantilesAt(place, rules.leadTime, [ratio], true)[0]!
          : quantileOfSums(seriesAt(known, place), rules.leadTime + 1, ratio);
        game.play(index, Math.ceil(level - 1e-9), Math.round(sales.sales[place * sales.periods + at]!), counts);
      }
      const done = (at - first) * games.length + own + 1;
      await onProgress?.({ done, total: games.length * periods, method: game.method });
    }
  }
  const counted = periods - rules.leadTime - 1;
  const found = {
    methods: games.map((game) => game.costs(games[0]!, counted)),
    products: places.length,
    periods: counted,
    ratio,
  };
  return { ...found, table: costTable(found) };
}

function requireMethods(where: string, methods: unknown): asserts methods is readonly ForecastMethod[] {
  if (!Array.isArray(methods)) refuse(where, 'methods', 'be an array of methods', methods);
  requireFilled(where, 'methods', methods);
  for (const [place, method] of methods.entries()) requireMethod(where, `methods[${place}]`, method);
}

function requirePeriods(where: string, sales: PeriodSales, periods: unknown, warmUp: number): number {
  requirePositiveInteger(where, 'periods', periods);
  if (periods <= warmUp) refuse(where, 'periods', `be more than the ${warmUp} that do not count`, periods);
  const first = sales.periods - periods;
  if (first < warmUp) refuse(where, 'sales.periods', `be at least ${periods + warmUp}`, sales.periods);
  return first;
}

function createGame(method: string, rules: InventoryRules, products: number) {
  const { maxOrder = Number.POSITIVE_INFINITY } = rules.options;
  const states = Array.from({ length: products }, () => new Float64Array(rules.size));
  const costs = new Float64Array(products);
  let [demand, sold, held] = [0, 0, 0];
  const game = {
    method,
    sums: costs,
    play(index: number, level: number, units: number, counts: boolean): void {
      const state = states[index]!;
      const order = Math.min(Math.max(0, level - position(state)), rules.mostOrder(state, maxOrder));
      const happened = rules.advance(state, order, units, state);
      if (!counts) return;
      costs[index]! += happened.cost;
      demand += happened.demand;
      sold += happened.sold;
      held += happened.held;
    },
    costs(plain: { readonly sums: Float64Array }, counted: number): MethodCosts {
      return {
        method,
        cost: meanEstimate(costs.map((cost) => cost / counted)),
        difference: meanEstimate(costs.map((cost, index) => (cost - plain.sums[index]!) / counted)),
        fillRate: demand === 0 ? 1 : sold / demand,
        held: held / products / counted,
      };
    },
  };
  return game;
}
