import { drawExponential } from '../random/gamma.js';
import type { Rng } from '../random/rng.js';
import { GrowingInts } from './growing-ints.js';
import type { ShopUsers } from './simulated-shop.js';

/** Visits of all users, by user, those of one user in order of time. */
export interface Visits {
  readonly users: Int32Array;
  readonly days: Int32Array;
}

/**
 * Draws the visits: a Poisson process for each user, with rate `visitRate * seasons[day]` from the day of joining to the
 * day before leaving. Time runs faster in season: in `sum of seasons`, gaps between visits are exponential.
 */
export function drawVisits(users: ShopUsers, seasons: Float64Array, rng: Rng): Visits {
  const elapsed = new Float64Array(seasons.length + 1);
  for (let day = 0; day < seasons.length; day += 1) elapsed[day + 1] = elapsed[day]! + seasons[day]!;
  const found = { users: new GrowingInts(), days: new GrowingInts() };
  for (let user = 0; user < users.ids.length; user += 1) {
    const stream = rng.stream(String(user));
    const rate = users.visitRates[user]!;
    let day = users.joinDays[user]!;
    const end = Math.min(seasons.length, users.churnDays[user]!);
    if (day >= end) continue;
    let place = elapsed[day]! + drawExponential(stream) / rate;
    while (place < elapsed[end]!) {
      while (elapsed[day + 1]! <= place) day += 1;
      found.users.push(user);
      found.days.push(day);
      place += drawExponential(stream) / rate;
    }
  }
  return { users: found.users.taken(), days: found.days.taken() };
}
