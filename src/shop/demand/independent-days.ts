import type { Id } from '../../data/vocabulary.js';
import { requireOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import type { Demand } from '../../rl/demand/demand.js';
import { negativeBinomialDemand } from '../../rl/demand/negative-binomial-demand.js';
import { poissonDemand } from '../../rl/demand/poisson-demand.js';
import { mean, variance } from '../../statistics/moments.js';
import { type DailyDemand, requireLearnable } from './daily-demand.js';
import { type DemandGenerator, drawDays, readSample } from './demand-generator.js';

/** Days that do not depend on each other, of products that do not either. Made by {@link independentDays}. */
export interface IndependentDays extends DemandGenerator {
  /**
   * The distribution of one product's daily demand, for `bestBaseStock`, `certifyPolicy` and other exact answers.
   *
   * @throws RangeError when the product is not there.
   */
  distribution(product: Id): Demand;
}

/**
 * Fits a distribution to each product's daily demand by its mean and variance over all days: negative binomial, or Poisson where
 * the variance is not above the mean. All days are alike, each day and product by itself: what textbooks of stock assume, and the
 * second baseline of virtual demand.
 *
 * @param demand - 14 days or more, each product with an order line.
 * @returns The distributions; a virtual day's demand for a product counts as one order line.
 * @throws RangeError when the days are too few, a product was never asked for, or its demand is too large or too uneven for
 *   {@link negativeBinomialDemand}, or an option is wrong.
 * @example
 * const shop = simulateShop({ seed: 7, users: 50, items: 20, days: 90 });
 * const orders = parseTable(formatOrders(shop), { Product: idColumn(), Quantity: countColumn(), Time: timeColumn() });
 * const demand = await demandByDay(orders, { product: 'Product', time: 'Time', pieces: 'Quantity' });
 * const model = await independentDays(demand);
 * const { level } = await bestBaseStock({ demand: model.distribution('P0003'), holding: 1, penalty: 9 });
 * level; // 3
 */
export async function independentDays(
  demand: DailyDemand,
  options: {
    /** Stops the work; it then rejects with the signal's reason. */
    readonly signal?: AbortSignal;
  } = {},
): Promise<IndependentDays> {
  const where = 'independentDays';
  requireOptions(where, options, { signal: true });
  const pause = pauseFor(where, options.signal);
  requireLearnable(where, demand);
  const { products } = demand;
  const distributions: Demand[] = [];
  for (const id of products.toJSON().ids) {
    await pause();
    distributions.push(fitted(demand.series(id)));
  }
  return {
    distribution(product) {
      if (!products.has(product)) refuse('distribution', 'product', 'be one of the products', product);
      return distributions[products.indexOf(product)]!;
    },
    async sample(days, sampling = {}) {
      const { rng, pause: pauseDraw } = readSample(days, sampling);
      return drawDays(
        demand,
        days,
        (_day, add) => {
          for (const [product, distribution] of distributions.entries()) {
            const pieces = distribution.sample(rng);
            if (pieces > 0) add(product, pieces);
          }
          return true;
        },
        pauseDraw,
      );
    },
  };
}

function fitted(series: readonly number[]): Demand {
  const [centre, spread] = [mean(series), variance(series)];
  return spread > centre
    ? negativeBinomialDemand({ mean: centre, deviation: Math.sqrt(spread) })
    : poissonDemand(centre);
}
