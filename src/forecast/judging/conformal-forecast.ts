import { requireOptions } from '../../internal/options.js';
import { refuse, requirePositiveInteger } from '../../internal/require.js';
import { sortInParts } from '../../internal/sort-in-parts.js';
import {
  type ForecastMethod,
  type ForecastNumbers,
  requireForecastNumbers,
  requireMethod,
} from '../forecast-method.js';
import { firstPeriods } from '../series/period-sales.js';
import { rollingOrigins } from './origins.js';
import { actualAt } from './scores.js';

/** Options of {@link conformalForecast}. */
export interface ConformalForecastOptions {
  /** From how many origins errors are taken, before the end of the sales. Default 10. */
  readonly origins?: number;
  /** Periods from one origin to the next. Default 1. */
  readonly step?: number;
}

/**
 * A method with quantiles as its errors were: it forecasts from earlier origins too, and what it was off by there says how far it will be
 * off now.
 *
 * Errors of each period ahead are divided by the standard deviation that the method states, and pooled over products and origins; of n of
 * them in order the quantile of a probability p is the one at place ceil((n + 1) p). Were the errors to come exchangeable with those that
 * came, sales would stay at or below it with a probability of at least p, over all products together, whatever their distribution. Where
 * sales move on from what they were, no such promise holds, and where a few products have very large errors, all have wide ranges.
 * Means are those of the method. The first 1, 2 ... periods together have errors of their own.
 *
 * @param method - Any method. It learns once for each origin and once more.
 * @returns The method with such quantiles. It refuses sales of too few periods, and probabilities beyond n / (n + 1).
 * @throws RangeError when `method` is none, or an option is wrong.
 * @see Lei, G'Sell, Rinaldo, Tibshirani and Wasserman, "Distribution-Free Predictive Inference for Regression" (2018)
 * @example
 * const sales = createPeriodSales({ tea: [2, 4, 2, 4, 2, 4, 2, 4] });
 * const forecast = await forecastSales(sales, { method: conformalForecast(meanForecast(), { origins: 4 }), horizon: 1 });
 * forecast.mean('tea'); // [3]
 * forecast.quantile('tea', 0.75); // [5]
 */
export function conformalForecast(method: ForecastMethod, options: ConformalForecastOptions = {}): ForecastMethod {
  const where = 'conformalForecast';
  requireOptions(where, options, { origins: true, step: true });
  const { origins = 10, step = 1 } = options;
  requireMethod(where, 'method', method);
  requirePositiveInteger(where, 'origins', origins);
  requirePositiveInteger(where, 'step', step);
  return {
    name: `${method.name}, conformal`,
    async forecast(sales, work) {
      const { horizon } = work;
      const [single, total]: number[][][] = [lists(horizon), lists(horizon)];
      for (const origin of rollingOrigins(where, sales, { horizon, origins, step })) {
        const known = firstPeriods(sales, origin);
        const numbers = await method.forecast(known, work);
        requireForecastNumbers(where, method, numbers, sales.products.size * horizon);
        for (let place = 0; place < sales.products.size; place += 1) {
          await work.pause();
          if (known.onSale[place]! >= origin) continue;
          addErrors(numbers, place, actualAt(sales, place, origin, horizon), { single, total });
        }
      }
      if (single[0]!.length === 0) refuse(where, 'sales', 'have a product with a forecast to be off from', 'none');
      const errors = { single: await inOrder(single, work.pause), total: await inOrder(total, work.pause) };
      return { ...(await method.forecast(sales, work)), errors };
    },
  };
}

function lists(horizon: number): number[][] {
  return Array.from({ length: horizon }, () => []);
}

async function inOrder(errors: readonly (readonly number[])[], pause: () => Promise<void>): Promise<Float64Array[]> {
  const sorted = errors.map((own) => Float64Array.from(own));
  for (const own of sorted) await sortInParts(own, pause);
  return sorted;
}

// A forecast that claims to be sure, as of a product that never sold, has no errors to scale.
function addErrors(
  { means, variances, totals }: ForecastNumbers,
  place: number,
  actual: Float64Array,
  to: { readonly single: readonly number[][]; readonly total: readonly number[][] },
): void {
  let [sum, expected] = [0, 0];
  for (const [step, value] of actual.entries()) {
    const cell = place * actual.length + step;
    sum += value;
    expected += means[cell]!;
    if (variances[cell]! > 0) to.single[step]!.push((value - means[cell]!) / Math.sqrt(variances[cell]!));
    if (totals[cell]! > 0) to.total[step]!.push((sum - expected) / Math.sqrt(totals[cell]!));
  }
}
