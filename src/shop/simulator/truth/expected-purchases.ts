import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { requireIndex } from '../../../internal/require.js';
import { lineRate } from '../making/add-demand.js';
import { dayEffects } from '../making/day-effects.js';
import { dotAllRows } from '../making/unit-vectors.js';
import type { SimulatedShop } from '../simulated-shop.js';
import { type DayWindow, readWindow, requireShop } from './day-window.js';

const where = 'expectedPurchases';
const names: OptionNames<DayWindow> = { from: true, to: true };

/**
 * Tells how many order lines of each item the model of {@link simulateShop} expects of some users in a stretch of days.
 *
 *     visitRate_u * basketSize_u * share_ui * sum over t of season_t * effect_it
 *
 * The sum goes over the days of the window on which the user is there. Lines of one visit come together, so the number
 * of lines varies more than a Poisson number with that mean, the more so the more lines a visit has of the item. What was
 * bought before changes nothing. Returns are not taken off.
 *
 * @param shop - From {@link simulateShop}.
 * @param users - `[B]`, user indices.
 * @returns `[B, I]`, row-major.
 * @throws RangeError when a user or a day lies outside the shop.
 * @example
 * const shop = simulateShop({ seed: 7, users: 50, items: 20, days: 90 });
 * const lines = expectedPurchases(shop, [0, 1], { from: 60 });
 * lines.length; // 40
 */
export function expectedPurchases(
  shop: SimulatedShop,
  users: ArrayLike<number>,
  options: DayWindow = {},
): Float64Array {
  requireOptions(where, options, names);
  requireShop(where, shop);
  const window = readWindow(where, shop, options);
  const count = shop.items.ids.length;
  const sums = effectSums(shop, window);
  const popularities = shop.items.popularities.map(Math.exp);
  const expected = new Float64Array(users.length * count);
  for (let row = 0; row < users.length; row += 1) {
    const user = users[row]!;
    requireIndex(where, 'users', user, shop.users.ids.length);
    const first = Math.max(window.from, shop.users.joinDays[user]!) - window.from;
    const end = Math.min(window.to, shop.users.churnDays[user]!) - window.from;
    if (end <= first) continue;
    const out = expected.subarray(row * count, (row + 1) * count);
    dotAllRows(shop.users.tastes, user, shop.items.styles, shop.settings.tasteSize, out);
    const rate = lineRate(shop.users, user) / shop.users.normalizers[user]!;
    for (let item = 0; item < count; item += 1) {
      const days = sums[end * count + item]! - sums[first * count + item]!;
      out[item] = rate * popularities[item]! * Math.exp(out[item]!) * days;
    }
  }
  return expected;
}

/**
 * Sums of `season_t * effect_it` over the first days of a window.
 *
 * @returns `[days + 1, I]`, row-major: row `n` is the sum over the first `n` days.
 */
export function effectSums(shop: Omit<SimulatedShop, 'orders'>, { from, to }: Required<DayWindow>): Float64Array {
  const count = shop.items.ids.length;
  const effects = dayEffects(shop);
  const sums = new Float64Array((to - from + 1) * count);
  for (let day = from; day < to; day += 1) {
    const today = effects(day);
    const row = (day - from) * count;
    for (let item = 0; item < count; item += 1) {
      sums[row + count + item] = sums[row + item]! + shop.seasons[day]! * today[item]!;
    }
  }
  return sums;
}
