import { millisecondsOfDay } from '../../../data/orders/days.js';
import { requireIndex } from '../../../internal/require.js';
import { lineRate } from '../making/add-demand.js';
import { extraQuantity } from '../making/fill-baskets.js';
import { priceRow } from '../making/make-prices.js';
import { categorySeasons } from '../making/seasons.js';
import { dotRows } from '../making/unit-vectors.js';
import type { SimulatedShop } from '../simulated-shop.js';
import { requireShop } from './day-window.js';

/**
 * Tells the demand for one item day by day: what was sold, and what {@link simulateShop}'s model expects.
 *
 *     expected_t = season_t * effect_it * sum over users there on day t of
 *                  visitRate_u * basketSize_u * share_ui * (1 + (quantity_i - 1) * bulkFactor_u)
 *
 * The pieces of a day are not quite Poisson numbers, because lines of several pieces and buyers of many make them vary
 * more; their mean is exact.
 *
 * @param shop - From {@link simulateShop}.
 * @param item - Index of the item.
 * @returns Columns by day.
 * @throws RangeError when the shop has no such item, or is none.
 * @example
 * const shop = simulateShop({ seed: 7, users: 50, items: 20, days: 90 });
 * itemDemand(shop, 3).sold.length; // 90
 */
export function itemDemand(
  shop: SimulatedShop,
  item: number,
): {
  /** Pieces that the model expects to be ordered. */
  readonly expected: Float64Array;
  /** Pieces that were ordered; returns are not taken off. */
  readonly sold: Int32Array;
  /** Price of one piece. */
  readonly prices: Float64Array;
  /** Factor of the demand by season, price and promotion together. */
  readonly effects: Float64Array;
} {
  requireShop('itemDemand', shop);
  const { settings, items, prices, seasons, categories } = shop;
  requireIndex('itemDemand', 'item', item, items.ids.length);
  const rows = Array.from(seasons, (_, day) => priceRow(prices, item, day));
  const category = items.categories[item]!;
  const effects = Float64Array.from(
    rows,
    (row, day) => seasons[day]! * prices.effects[row]! * categorySeasons(categories, settings.start, day)[category]!,
  );
  const present = piecesOfThosePresent(shop, item);
  return {
    expected: effects.map((effect, day) => effect * present[day]!),
    sold: piecesSold(shop, item),
    prices: Float64Array.from(rows, (row) => prices.prices[row]!),
    effects,
  };
}

// Expected pieces of a day without season, price and promotion: each user's part begins and ends with the user.
function piecesOfThosePresent(shop: SimulatedShop, item: number): Float64Array {
  const { users, items, settings } = shop;
  const pieces = new Float64Array(settings.days + 1);
  for (let user = 0; user < users.ids.length; user += 1) {
    const utility = items.popularities[item]! + dotRows(users.tastes, user, items.styles, item, settings.tasteSize);
    const lines = (lineRate(users, user) * Math.exp(utility)) / users.normalizers[user]!;
    const part = lines * (1 + extraQuantity(shop, user, item));
    pieces[users.joinDays[user]!]! += part;
    pieces[Math.min(settings.days, users.churnDays[user]!)]! -= part;
  }
  for (let day = 1; day <= settings.days; day += 1) pieces[day]! += pieces[day - 1]!;
  return pieces;
}

function piecesSold({ orders, settings }: SimulatedShop, item: number): Int32Array {
  const sold = new Int32Array(settings.days);
  for (let row = 0; row < orders.length; row += 1) {
    if (orders.itemIndices[row] !== item || orders.returnOf[row]! >= 0) continue;
    sold[Math.floor((orders.times[row]! - settings.start) / millisecondsOfDay)]! += orders.quantities[row]!;
  }
  return sold;
}
