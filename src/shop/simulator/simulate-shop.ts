import { createRng } from '../../random/rng.js';
import { addDemand } from './making/add-demand.js';
import { drawVisits } from './making/draw-visits.js';
import { fillBaskets } from './making/fill-baskets.js';
import { makeCategories, makeItems } from './making/make-items.js';
import { makePrices, makePromotions } from './making/make-prices.js';
import { makeUsers } from './making/make-users.js';
import { visitSeasons } from './making/seasons.js';
import { writeOrders } from './making/write-orders.js';
import type { SimulateShopOptions } from './shop-options.js';
import { readShopSettings } from './shop-settings.js';
import type { SimulatedShop } from './simulated-shop.js';

/**
 * Simulates a shop: its orders, and what truly lies beneath them.
 *
 *     visits of user u on day t          ~ Poisson(visitRate_u * season_t),   joinDay_u <= t < churnDay_u
 *     order lines of item i in a visit   ~ Poisson(basketSize_u * share_ui * effect_it)
 *     share_ui  = exp(popularity_i + taste_u . style_i) / normalizer_u,   summing to 1 over the items
 *     effect_it = categorySeason_it * (price_it / listPrice_i)^elasticity_i * uplift_it
 *     pieces of a line                   ~ 1 + Poisson((quantity_i - 1) * bulkFactor_u)
 *     a line comes back                  ~ Bernoulli(returnRate_i), whole, 1 + floor(10 * Exponential) days later
 *
 * Given how many lines a visit has, their items are independent draws of a multinomial logit with utilities
 * `popularity_i + taste_u . style_i + elasticity_i log(price_it / listPrice_i) + log uplift_it + log categorySeason_it`;
 * the number of lines itself moves with prices and promotions. A visit without a line leaves no trace. Visit rates are
 * gamma numbers over users, and users leave at rates that are gamma numbers too: without seasons, that is the Pareto/NBD
 * model of customers. Everything sold was in stock; a return after the last day is not recorded.
 *
 * {@link expectedPurchases}, {@link itemDemand} and {@link trueRecommender} tell the truth in the terms of an app.
 *
 * @returns Orders and truth, the same for the same options on every platform.
 * @throws RangeError when an option is out of its range.
 * @see Schmittlein, Morrison and Colombo, "Counting Your Customers" (1987)
 * @example
 * const shop = simulateShop({ seed: 7, users: 50, items: 20, days: 90 });
 * shop.items.ids.length; // 20
 * shop.seasons.length; // 90
 */
export function simulateShop(options: SimulateShopOptions): SimulatedShop {
  const settings = readShopSettings(options);
  const rng = createRng(settings.seed);
  const seasons = visitSeasons(settings);
  const categories = makeCategories(settings, rng.stream('categories'));
  const items = makeItems(settings, categories, rng.stream('items'));
  const users = makeUsers(settings, categories, rng.stream('users'));
  addDemand(users, items, settings.days);
  const promotions = makePromotions(settings, rng.stream('promotions'));
  const prices = makePrices(settings, items, promotions, rng.stream('prices'));
  const truth = { settings, users, items, categories, seasons, prices, promotions };
  const visits = drawVisits(users, seasons, rng.stream('visits'));
  const lines = fillBaskets(truth, visits, rng.stream('baskets'));
  return { ...truth, orders: writeOrders(lines, prices, settings.start) };
}
