import type { SimulatedShop } from '../simulated-shop.js';
import { dotAllRows } from './unit-vectors.js';

/** Fills in what follows from users and items together: the users' normalizers and the items' base rates. */
export function addDemand(users: SimulatedShop['users'], items: SimulatedShop['items'], days: number): void {
  const weights = items.popularities.map(Math.exp);
  const row = new Float64Array(weights.length);
  const size = items.styles.length / weights.length;
  for (let user = 0; user < users.ids.length; user += 1) {
    dotAllRows(users.tastes, user, items.styles, size, row);
    let sum = 0;
    for (let item = 0; item < row.length; item += 1) {
      row[item] = weights[item]! * Math.exp(row[item]!);
      sum += row[item]!;
    }
    users.normalizers[user] = sum;
    const present = Math.max(0, Math.min(days, users.churnDays[user]!) - users.joinDays[user]!) / days;
    const rate = (present * lineRate(users, user)) / sum;
    if (rate > 0) for (let item = 0; item < row.length; item += 1) items.baseRates[item]! += rate * row[item]!;
  }
}

/** Expected order lines of a user a day, while there, at list prices, without season or promotion. */
export function lineRate(users: SimulatedShop['users'], user: number): number {
  return users.visitRates[user]! * users.basketSizes[user]!;
}
