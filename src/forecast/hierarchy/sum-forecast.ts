import type { Id } from '../../data/vocabulary.js';
import { refuse, requireGivenFunction } from '../../internal/require.js';
import type { Forecast } from '../forecast.js';
import { type GroupOf, groupsOf } from './group-sales.js';

/** A forecast of products, of their groups and of the shop, each the sum of those below it. Made by {@link sumForecast}. */
export interface ForecastSums {
  /** By group, `[H]`: the sum of its products. */
  readonly groups: ReadonlyMap<Id, readonly number[]>;
  /** `[H]`: the sum of the groups. */
  readonly shop: readonly number[];
}

/**
 * Adds a forecast up to groups and to the shop: bottom-up, so that the numbers agree to the last digit.
 *
 * @param forecast - Of products, by any method; by {@link topDownForecast} or {@link reconciledForecast} the sums are those that
 *   were forecast above.
 * @param groupOf - To which group a product belongs.
 * @returns The sums.
 * @throws RangeError when `forecast` is none or `groupOf` is no function.
 * @example
 * const sales = createPeriodSales({ tea: [3, 0, 2], mate: [1, 1, 1], mug: [1, 0, 0] });
 * const forecast = await forecastSales(sales, { method: naiveForecast(), horizon: 1 });
 * const { groups, shop } = sumForecast(forecast, (product) => (product === 'mug' ? 'things' : 'drinks'));
 * groups.get('drinks'); // [3]
 * shop; // [3]
 */
export function sumForecast(forecast: Forecast, groupOf: GroupOf): ForecastSums {
  if (typeof forecast?.mean !== 'function') refuse('sumForecast', 'forecast', 'be a forecast', forecast);
  requireGivenFunction('sumForecast', 'groupOf', groupOf);
  const { horizon, means } = forecast;
  const { ids, places } = groupsOf('sumForecast', forecast, groupOf);
  const sums = ids.map(() => new Array<number>(horizon).fill(0));
  for (const [product, group] of places.entries()) {
    for (let step = 0; step < horizon; step += 1) sums[group]![step]! += means[product * horizon + step]!;
  }
  const shop = Array.from({ length: horizon }, (_, step) => sums.reduce((sum, own) => sum + own[step]!, 0));
  return { groups: new Map(ids.map((id, group) => [id, sums[group]!])), shop };
}
