import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireEach, requirePositive, requireWholeNumber } from '../../internal/require.js';
import type { DemandSource } from '../demand/demand.js';
import type { Environment, EnvironmentStep } from '../environments/environment.js';
import { calendarEnvironment } from '../inventory/calendar-environment.js';
import { demandDraw, isSeries } from '../inventory/demand-draw.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import { type InventoryPeriod, inventoryOptionNames, inventoryRules } from '../inventory/inventory-rules.js';

/** A stock problem with a forecast for each period: T of them. */
export interface ForecastInventoryOptions extends Omit<InventoryOptions, 'demand' | 'maxOrder' | 'horizon'> {
  /** A recorded series of T units, a distribution, or a function of the period from 0 to T - 2. What it gives is rounded to whole units. */
  readonly demand: DemandSource;
  /**
   * `[T]`, T >= 2, each >= 0: units that were forecast, before the period, for it and the `leadTime` periods that follow together. An order
   * of the period is to last for these. Each must be made of what was known before its period alone.
   */
  readonly forecast: ArrayLike<number>;
  /** Units of a step of what is shown, > 0: 1 for whole units, more for tables with few states, less for what seldom sells. Default 1. */
  readonly bin?: number;
  /** Most units of one order, a whole number >= 1: nothing is proven of demand that changes. */
  readonly maxOrder: number;
  /** Periods of an episode, which is then cut off: at most T - 1, as what is seen behind the last is a forecast too. Default T - 1. */
  readonly horizon?: number;
}

/** One product whose demand is forecast. Made by {@link forecastInventoryEnvironment}. */
export interface ForecastInventoryEnvironment extends Environment {
  /** Orders so many units: the action is the order. */
  step(action: number): EnvironmentStep & {
    /** What happened in the period. */
    readonly period: InventoryPeriod;
  };
}

const where = 'forecastInventoryEnvironment';
// So many are told apart in float32.
const mostBins = 2 ** 24;

/**
 * An inventory environment whose agent sees a forecast, and can order by it.
 *
 *     last entry of the observation before period t = round(forecast[t] / bin)
 *
 * The observation is that of {@link inventoryEnvironment} with this one entry more. Policies that order by stock alone would count it as stock:
 * {@link forecastBaseStockPolicy}, which orders up to the forecast and a safety stock, does not. Bins are whole numbers, so that tables can
 * learn as well as networks. An episode begins in any period that leaves a whole one, drawn by the seed.
 *
 * An agent can trust a forecast as far as it could where it learned. One fitted to the periods that it learns in looks better than it will be, and
 * makes stock too low: let each forecast know the periods before it alone, as `backtestForecast` and `forecastCosts` do.
 *
 * @returns The environment.
 * @throws RangeError when an option is unknown or out of range, a forecast is no number >= 0, there are not as many as periods of a recorded
 *   series, or too few for the horizon and the period behind it.
 * @example
 * // Two of each, then five: known before, as by a calendar.
 * const demand = [2, 2, 2, 5, 5, 5, 2, 2];
 * const forecast = demand.map((units, day) => units + (demand[day + 1] ?? 2));
 * const costs = { leadTime: 1, holding: 1, penalty: 9 };
 * const shop = forecastInventoryEnvironment({ demand, forecast, ...costs, maxOrder: 12, initialStock: 2 });
 * const policy = forecastBaseStockPolicy({ safety: 0 });
 * let { observation } = shop.reset({ seed: 1 });
 * observation; // Float32Array [2, 4]
 * const paid = demand.slice(1).map(() => {
 *   const step = shop.step(policy.act(observation));
 *   observation = step.observation;
 *   return step.period.cost;
 * });
 * paid; // [0, 0, 0, 0, 0, 0, 0]
 */
export function forecastInventoryEnvironment(options: ForecastInventoryOptions): ForecastInventoryEnvironment {
  const { forecast, bin, horizon, problem, demand } = checked(options);
  const highest = forecast.reduce((most, units) => Math.max(most, Math.round(units / bin)), 0);
  if (highest > mostBins) refuse(where, 'bin', `make at most ${mostBins} bins of the largest forecast`, bin);
  return calendarEnvironment({
    name: 'inventory with a forecast',
    problem: { ...problem, horizon },
    demand: demandDraw(where, demand, () => 0),
    entryOf: (at) => Math.round(forecast[at]! / bin),
    highest,
    firstOf: (rng) => rng.integer(forecast.length - horizon),
  });
}

function checked(options: ForecastInventoryOptions) {
  const names: OptionNames<ForecastInventoryOptions> = { ...inventoryOptionNames(), forecast: true, bin: true };
  requireGivenOptions(where, options, names);
  const { forecast: given, bin = 1, demand, ...problem } = options;
  requireWholeNumber(where, 'maxOrder', problem.maxOrder, 1, 100_000);
  const { horizon, ...rest } = problem;
  inventoryRules(where, { ...rest, demand });
  requirePositive(where, 'bin', bin);
  const forecast = requireForecast(given, demand, horizon);
  return { forecast, bin, horizon: horizon ?? forecast.length - 1, problem, demand };
}

function requireForecast(given: unknown, demand: DemandSource, horizon: number | undefined): Float64Array {
  if (typeof given !== 'object' || given === null) refuse(where, 'forecast', 'be a list of numbers', given);
  const list = given as ArrayLike<number>;
  if (isSeries(demand) && list.length !== demand.length) {
    refuse(where, 'forecast', `hold a number for each of the ${demand.length} periods of \`demand\``, list.length);
  }
  if (horizon !== undefined) requireWholeNumber(where, 'horizon', horizon, 1);
  const least = (horizon ?? 1) + 1;
  if (!(list.length >= least)) {
    refuse(where, 'forecast', `hold ${least} numbers or more: the horizon's and one behind it`, list.length);
  }
  const isGood = (units: unknown) => Number.isFinite(units) && (units as number) >= 0;
  requireEach(where, 'forecast', list, isGood, 'be a finite number >= 0');
  return Float64Array.from(list);
}
