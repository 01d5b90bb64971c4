import { requireOptions } from '../../internal/options.js';
import { requireFunction, requirePositiveInteger } from '../../internal/require.js';
import { type ForecastMethod, requireForecastNumbers, requireMethod } from '../forecast-method.js';
import type { PeriodSales } from '../series/period-sales.js';
import { type GroupOf, type Groups, groupsOf, sumGroups } from './group-sales.js';

/** Options of {@link topDownForecast}. */
export interface TopDownForecastOptions {
  /** Which products are forecast together, such as those of a category. Default: all of the shop. */
  readonly groupOf?: GroupOf;
  /** The last so many periods tell the shares of products. Default: all. */
  readonly window?: number;
}

/**
 * Forecasts groups of products by a method, and splits that by the products' shares of their group: top-down by average historical
 * proportions.
 *
 *     share of a product = mean over periods of its sales / those of the group, where the group sold something
 *
 * Sums of products are what was forecast of their group. Variances are those of the method for each product by itself.
 *
 * @param method - Any method.
 * @returns The method.
 * @throws RangeError when `method` is none, or an option is wrong.
 * @see Gross and Sohl, "Disaggregation Methods to Expedite Product Line Forecasting" (1990)
 * @example
 * const sales = createPeriodSales({ tea: [3, 1], mug: [1, 1] }); // shares 3/4 and 1/2, so 5/8
 * const forecast = await forecastSales(sales, { method: topDownForecast(naiveForecast()), horizon: 1 });
 * forecast.mean('tea'); // [1.25]
 */
export function topDownForecast(method: ForecastMethod, options: TopDownForecastOptions = {}): ForecastMethod {
  const where = 'topDownForecast';
  requireOptions(where, options, { groupOf: true, window: true });
  const { groupOf = () => 'shop', window = Number.POSITIVE_INFINITY } = options;
  requireMethod(where, 'method', method);
  requireFunction(where, 'groupOf', options.groupOf);
  if (options.window !== undefined) requirePositiveInteger(where, 'window', window);
  return {
    name: `${method.name}, top-down`,
    async forecast(sales, work) {
      const groups = groupsOf('topDownForecast', sales, groupOf);
      const above = sumGroups(sales, groups);
      const ofGroups = await method.forecast(above, work);
      requireForecastNumbers(where, method, ofGroups, above.products.size * work.horizon);
      const numbers = await method.forecast(sales, work);
      const shares = sharesOf(sales, above, groups, Math.min(window, sales.periods));
      const means = numbers.means.map((_, cell) => {
        const product = Math.floor(cell / work.horizon);
        return shares[product]! * ofGroups.means[groups.places[product]! * work.horizon + (cell % work.horizon)]!;
      });
      return { ...numbers, means };
    },
  };
}

function sharesOf(sales: PeriodSales, above: PeriodSales, { places }: Groups, window: number): Float64Array {
  const { periods } = sales;
  return Float64Array.from(places, (group, product) => {
    let [sum, count] = [0, 0];
    for (let at = periods - window; at < periods; at += 1) {
      const whole = above.sales[group * periods + at]!;
      if (whole === 0) continue;
      sum += sales.sales[product * periods + at]! / whole;
      count += 1;
    }
    return count === 0 ? 0 : sum / count;
  });
}
