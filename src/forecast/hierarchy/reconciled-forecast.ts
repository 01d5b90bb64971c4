import { requireOptions } from '../../internal/options.js';
import { requireFunction } from '../../internal/require.js';
import {
  type ForecastMethod,
  type ForecastNumbers,
  requireForecastNumbers,
  requireMethod,
} from '../forecast-method.js';
import type { PeriodSales } from '../series/period-sales.js';
import { type GroupOf, groupsOf, sumGroups } from './group-sales.js';

/** Options of {@link reconciledForecast}. */
export interface ReconciledForecastOptions {
  /** Groups between products and the shop, such as categories. Default: none. */
  readonly groupOf?: GroupOf;
}

/**
 * Forecasts products, their groups and the whole shop by one method, and makes the three agree: each forecast moves by how unsure it is.
 *
 * What comes out are the sums that are nearest to all forecasts, in squares over their variances: minimum-trace reconciliation with
 * a diagonal of variances (MinT-WLS). It takes one pass up the tree and one down. Variances are those of the method for each product.
 *
 * @param method - Any method; where it is sure of a product, which never sold, that stays as it is.
 * @returns The method; means below 0 are 0.
 * @throws RangeError when `method` is none, or `groupOf` is no function.
 * @see Wickramasuriya, Athanasopoulos and Hyndman, "Optimal Forecast Reconciliation for Hierarchical and Grouped Time Series Through Trace
 *   Minimization" (2019)
 * @example
 * const sales = createPeriodSales({ tea: [3, 1, 2, 4], mug: [1, 1, 2, 0] });
 * const forecast = await forecastSales(sales, { method: reconciledForecast(sesForecast()), horizon: 1 });
 * forecast.mean('tea')[0]! > 1; // true
 */
export function reconciledForecast(method: ForecastMethod, options: ReconciledForecastOptions = {}): ForecastMethod {
  const where = 'reconciledForecast';
  requireOptions(where, options, { groupOf: true });
  requireMethod(where, 'method', method);
  requireFunction(where, 'groupOf', options.groupOf);
  const { groupOf } = options;
  return {
    name: `${method.name}, reconciled`,
    async forecast(sales, work) {
      const { horizon } = work;
      const groups = groupsOf('reconciledForecast', sales, groupOf ?? ((product) => product));
      const whole = groupsOf('reconciledForecast', sales, () => 'shop');
      const level = async (of: PeriodSales) => {
        const numbers = await method.forecast(of, work);
        requireForecastNumbers(where, method, numbers, of.products.size * horizon);
        return numbers;
      };
      const products = await level(sales);
      const middle = groupOf ? await level(sumGroups(sales, groups)) : products;
      const shop = await level(sumGroups(sales, whole));
      const means = products.means.slice();
      for (let step = 0; step < horizon; step += 1) {
        await work.pause();
        const bottom = nodesAt(products, horizon, step);
        // Without groups each product is its own: forecasts of both levels are one and the same, and only the shop's is to be added.
        const between = groupOf ? nodesAt(middle, horizon, step) : undefined;
        const agreed = agree(bottom, between, groups.places, nodesAt(shop, horizon, step)[0]!);
        for (const [product, mean] of agreed.entries()) means[product * horizon + step] = Math.max(0, mean);
      }
      return { ...products, means };
    },
  };
}

interface Node {
  readonly mean: number;
  readonly variance: number;
}

function nodesAt({ means, variances }: ForecastNumbers, horizon: number, step: number): Node[] {
  return Array.from({ length: means.length / horizon }, (_, place) => ({
    mean: means[place * horizon + step]!,
    variance: variances[place * horizon + step]!,
  }));
}

// Up the tree: what parts say of their sum, and what was forecast of it, each by its precision. Down: what the sum came to be is
// shared among the parts by their variances.
function agree(
  products: readonly Node[],
  groups: readonly Node[] | undefined,
  places: Int32Array,
  shop: Node,
): number[] {
  const sums = sumNodes(products, places);
  const middle = groups ? groups.map((group, place) => combine(group, sums[place]!)) : sums;
  const below = middle.reduce(add, { mean: 0, variance: 0 });
  const top = combine(shop, below);
  const ofGroups = middle.map((group) => moved(group, below, top.mean));
  return products.map((product, place) => moved(product, sums[places[place]!]!, ofGroups[places[place]!]!));
}

function sumNodes(nodes: readonly Node[], places: Int32Array): Node[] {
  const sums: Node[] = [];
  for (const [place, node] of nodes.entries()) {
    const group = places[place]!;
    sums[group] = add(sums[group] ?? { mean: 0, variance: 0 }, node);
  }
  return sums;
}

function add(one: Node, other: Node): Node {
  return { mean: one.mean + other.mean, variance: one.variance + other.variance };
}

function combine(own: Node, parts: Node): Node {
  const sum = own.variance + parts.variance;
  if (sum === 0) return parts;
  return {
    mean: (own.mean * parts.variance + parts.mean * own.variance) / sum,
    variance: (own.variance * parts.variance) / sum,
  };
}

function moved(part: Node, parts: Node, sum: number): number {
  return parts.variance === 0 ? part.mean : part.mean + (part.variance / parts.variance) * (sum - parts.mean);
}
