import { requireOptions } from '../../internal/options.js';
import { refuse, requireFinite, requirePositive } from '../../internal/require.js';
import { type InstantPolicy, requireObservation } from '../acting/policy.js';
import { baseStockPolicy } from '../classic/base-stock-policy.js';
import { requireWholePacks, type WholePacks } from '../classic/whole-packs.js';

/** Options of {@link forecastBaseStockPolicy}. */
export interface ForecastBaseStockOptions extends WholePacks {
  /**
   * Units above the forecast, for what it cannot know, a finite number: below 0 where missing costs less than holding. As a function of the
   * forecast it may grow with it, as `(units) => 1.3 * Math.sqrt(units)` does for Poisson demand. Default 0.
   */
  readonly safety?: number | ((forecast: number) => number);
  /** Units of a step of what is shown, > 0: the `bin` of the environment. Default 1. */
  readonly bin?: number;
}

// A bin of 0.1 makes 3 of 30 steps, and a little more.
const rounding = 1e-9;

/**
 * Base-stock by a forecast: orders what stock and orders under way fall short of the forecast and a safety stock.
 *
 *     level = max(0, ceil(forecast + safety(forecast))),   order = max(0, level - position)
 *
 * The forecast is the last entry of the observation times `bin`, as {@link forecastInventoryEnvironment} shows it.
 *
 * @returns The policy; where an order is illegal, it takes the largest legal one below it.
 * @throws RangeError when an option is out of range; `act` when the observation has no forecast >= 0, or `safety` gives no finite number.
 * @see Zipkin, "Foundations of Inventory Management" (2000), chapter 9, for levels that follow demand
 * @example
 * const policy = forecastBaseStockPolicy({ safety: 3 });
 * policy.act([2, 1, 8]); // 8
 * policy.act([2, 1, 0]); // 0
 * forecastBaseStockPolicy({ bin: 4, safety: (units) => Math.sqrt(units) }).act([2, 4]); // 18
 */
export function forecastBaseStockPolicy(options: ForecastBaseStockOptions = {}): InstantPolicy {
  const where = 'forecastBaseStockPolicy';
  requireOptions(where, options, { safety: true, bin: true, packSize: true, minimumOrder: true });
  const { safety = 0, bin = 1, ...packs } = options;
  if (typeof safety !== 'function') requireFinite(where, 'safety', safety);
  requirePositive(where, 'bin', bin);
  requireWholePacks(where, packs);
  return {
    name: typeof safety === 'number' ? `base-stock, forecast + ${safety}` : 'base-stock, forecast + safety',
    act: (observation, mask) => {
      requireObservation(observation);
      const last = observation.length - 1;
      const forecast = observation[last]! * bin;
      if (last < 1 || forecast < 0) refuse('act', 'observation', 'end with a forecast >= 0', observation);
      const above = typeof safety === 'function' ? safety(forecast) : safety;
      requireFinite('act', 'safety', above);
      const level = Math.max(0, Math.ceil(forecast + above - rounding));
      return baseStockPolicy({ level, ...packs }).act(Array.from(observation).slice(0, last), mask);
    },
  };
}
