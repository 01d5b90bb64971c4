import type { Id } from '../../data/vocabulary.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireArray, requireEachId, requireIds } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { requireDaily } from '../demand/daily-demand.js';
import type { RecordedDemand } from '../demand/demand-by-day.js';
import type { LearnDemandOptions } from '../demand/learn-demand.js';
import { markPromotions } from '../demand/learning/promotions.js';
import { type ListPrices, listPrices, type PricedDemand } from './list-prices.js';
import { type PriceResponses, pricingOf } from './price-responses.js';
import { pricingTogetherOf } from './prices-together.js';
import { type RawResponse, respond, settle } from './respond.js';

/** Options of {@link learnPriceResponse}. */
export interface LearnPriceResponseOptions extends LearnDemandOptions {
  /**
   * Lists of 2 to 8 products, such as `[['tea', 'coffee']]`, whose prices may move each other's demand. What a price does that never
   * changed is left out. Default: none.
   */
  readonly together?: readonly (readonly Id[])[];
}

const names: OptionNames<LearnPriceResponseOptions> = { promotions: true, together: true, signal: true };
const where = 'learnPriceResponse';
const mostTogether = 8;

/**
 * Learns how the demand for each product answers to its price, from what was ordered at which prices.
 *
 *     mean pieces of product p on an open day t = exp(a_p - elasticity_p log price_p(t) + sum over q of cross_pq log price_q(t)
 *         + log uplift_p promoted_p(t) + b_p log(1 + order lines of all other products on day t) + trend_p(t))
 *
 * by Poisson pseudo-likelihood, between a product's first and last sale. The lines of the other products stand for weekday, season and
 * growth of the shop: let all products be counted. The trend is linear, and bends once in about 16 weeks, at most eleven times. A list price is the median of a day's order
 * lines, of two middle ones the lower: always a price that somebody paid. On days without any between two different prices it is the one
 * or the other, as likely as their means make it that nothing was sold (by expectation and maximisation); where a named promotion begins or ends between them, the price changed with it.
 *
 * What a product's own days say is called `own`: its 95% intervals are Student's by a jackknife over stretches of two weeks, with at most
 * as many degrees of freedom as the price changed. A few changes say little, so `elasticity` draws it to what the products have in common, as
 * far as it is unsure of itself (for ten products and more; how far elasticities lie apart is left as open as the products leave it). On simulated
 * shops whose promotions are named, 97% of the intervals of `own` and of `elasticity` hold the truth, to which the latter is far closer; prices
 * chosen by it earn more (`bench/orders`). Where promotions are not named,
 * 82% of those of `own` and 55% of those of `elasticity` do: the answer is wrong then, not unsure, and neither an interval nor a verdict shows it.
 *
 * An elasticity is an effect of the price only as far as prices did not answer to demand themselves: who lowers them when sales are slow, or
 * raises them before Christmas, finds too little or the wrong sign. Name all promotions: what they do beyond their price is otherwise taken for an
 * effect of the price, and prices chosen by it earn less than those that were. What was asked for while a product was sold out is in no record.
 *
 * @param demand - Of {@link demandByDay} with a column of prices.
 * @returns The responses; they hold no days.
 * @throws RangeError when the demand has no prices, a product is unknown, or an option is wrong.
 * @see Gourieroux, Monfort and Trognon, "Pseudo Maximum Likelihood Methods: Applications to Poisson Models" (1984)
 * @see Dempster, Laird and Rubin, "Maximum Likelihood from Incomplete Data via the EM Algorithm" (1977)
 * @see Gelman et al., "Bayesian Data Analysis" (2013), 5.4, for what products have in common
 * @see Talluri and van Ryzin, "The Theory and Practice of Revenue Management" (2004), chapters 7 and 9
 * @example
 * // Tea costs 4 and 2 by turns, and is bought 5 times a day, or 20 times; mugs cost 8, and are bought once.
 * const lines = Array.from({ length: 140 }, (_, day) => {
 *   const date = new Date(Date.UTC(2026, 0, 1 + day, 9)).toISOString();
 *   return `tea,${day % 14 < 7 ? '5,4' : '20,2'},${date}\nmug,1,8,${date}\n`;
 * });
 * const kinds = { product: idColumn(), pieces: countColumn(), price: moneyColumn(), time: timeColumn() };
 * const orders = parseTable(`product,pieces,price,time\n${lines.join('')}`, kinds);
 * const columns = { product: 'product', pieces: 'pieces', price: 'price', time: 'time' } as const;
 * const responses = await learnPriceResponse(await demandByDay(orders, columns));
 * responses.of('tea').elasticity?.value.toFixed(3); // '2.000'
 * responses.of('mug').verdict; // 'price never changed'
 * // Half of the price is profit: best where elasticity / (elasticity - 1) times the cost is.
 * const problem = responses.pricing('tea', { unitCost: 1.5, prices: [2, 2.5, 3, 3.5, 4] });
 * (await bestFixedPrice(problem)).price; // 3
 */
export async function learnPriceResponse(
  demand: RecordedDemand,
  options: LearnPriceResponseOptions = {},
): Promise<PriceResponses> {
  requireOptions(where, options, names);
  const pause = pauseFor(where, options.signal);
  const priced = requirePriced(demand);
  const rivals = rivalsOf(options.together, priced);
  const promoted = markPromotions(where, options.promotions, priced);
  const lists: (ListPrices | undefined)[] = [];
  const shopLines = new Float64Array(priced.days);
  for (let product = 0; product < priced.products.size; product += 1) {
    await pause();
    lists.push(listPrices(priced, product));
    for (let day = 0; day < priced.days; day += 1)
      shopLines[day]! += priced.lines[day * priced.products.size + product]!;
  }
  const raw: RawResponse[] = [];
  for (let product = 0; product < lists.length; product += 1) {
    await pause();
    const others = [...(rivals.get(product) ?? [])];
    raw.push(await respond({ demand: priced, lists, shopLines, promoted }, product, others, pause));
  }
  const products = settle(raw);
  const of = (product: Id) => {
    if (!priced.products.has(product)) refuse('of', 'product', 'be one of the products', product);
    return products[priced.products.indexOf(product)]!;
  };
  return {
    ...{ products, of },
    pricing: (product, given) => pricingOf(of(product), given),
    pricingTogether: (ids, given) => pricingTogetherOf(of, ids, given),
  };
}

function requirePriced(demand: RecordedDemand): PricedDemand {
  requireDaily(where, demand, 'demand');
  const { prices, days, products } = demand;
  if (prices === undefined) refuse(where, 'demand.prices', 'be there: give demandByDay a column of prices', prices);
  requireArray(where, 'demand.prices.usual', prices.usual, Float64Array, days * products.size);
  requireArray(where, 'demand.prices.differ', prices.differ, Uint8Array, days * products.size);
  return { ...demand, prices };
}

/** For each product those that share a list with it. */
function rivalsOf(
  together: LearnPriceResponseOptions['together'],
  { products }: PricedDemand,
): Map<number, Set<number>> {
  const rivals = new Map<number, Set<number>>();
  if (together === undefined) return rivals;
  if (!Array.isArray(together)) refuse(where, 'together', 'be an array of lists of products', together);
  for (const [place, list] of together.entries()) {
    const name = `together[${place}]`;
    requireIds(where, name, list);
    requireEachId(where, name, list);
    const ids = [...new Set(list as readonly Id[])];
    if (ids.length < 2 || ids.length > mostTogether) refuse(where, name, `name 2 to ${mostTogether} products`, list);
    for (const id of ids) if (!products.has(id)) refuse(where, name, 'name products of the demand', id);
    const places = ids.map((id) => products.indexOf(id));
    for (const product of places) {
      const own = rivals.get(product) ?? new Set();
      for (const other of places) if (other !== product) own.add(other);
      rivals.set(product, own);
    }
  }
  return rivals;
}
