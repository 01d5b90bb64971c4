import { drawExponential } from '../../../random/gamma.js';
import type { Rng } from '../../../random/rng.js';
import type { SimulatedShop } from '../simulated-shop.js';
import { GrowingInts } from './growing-ints.js';

/** Visits of all users, sorted by day, those of one day by user. */
export interface Visits {
  /** `[days + 1]`: the visits of day `t` are `offsets[t]` to `offsets[t + 1] - 1`. */
  readonly offsets: Uint32Array;
  /** `[N]`. */
  readonly users: Int32Array;
  /** `[N, 4]`, row-major: words that begin the random numbers of each visit. */
  readonly seeds: Int32Array;
}

/**
 * Draws the visits: a Poisson process for each user, with rate `visitRate * seasons[day]` from the day of joining to the
 * day before leaving. Time runs faster in season: in `sum of seasons`, gaps between visits are exponential.
 */
export function drawVisits(users: SimulatedShop['users'], seasons: Float64Array, rng: Rng): Visits {
  const elapsed = new Float64Array(seasons.length + 1);
  for (let day = 0; day < seasons.length; day += 1) elapsed[day + 1] = elapsed[day]! + seasons[day]!;
  const found = { days: new GrowingInts(), users: new GrowingInts(), seeds: new GrowingInts() };
  for (let user = 0; user < users.ids.length; user += 1) {
    const rate = users.visitRates[user]!;
    let day = users.joinDays[user]!;
    const end = Math.min(seasons.length, users.churnDays[user]!);
    if (day >= end) continue;
    const stream = rng.stream(String(user));
    let place = elapsed[day]! + drawExponential(stream) / rate;
    while (place < elapsed[end]!) {
      while (elapsed[day + 1]! <= place) day += 1;
      found.days.push(day);
      found.users.push(user);
      for (let word = 0; word < 4; word += 1) found.seeds.push(stream.uint32() | 0);
      place += drawExponential(stream) / rate;
    }
  }
  return sortByDay(found.days.taken(), found.users.taken(), found.seeds.taken(), seasons.length);
}

function sortByDay(visitDays: Int32Array, users: Int32Array, seeds: Int32Array, days: number): Visits {
  const offsets = new Uint32Array(days + 1);
  for (const day of visitDays) offsets[day + 1]! += 1;
  for (let day = 0; day < days; day += 1) offsets[day + 1]! += offsets[day]!;
  const next = offsets.slice();
  const sorted = { users: new Int32Array(users.length), seeds: new Int32Array(seeds.length) };
  visitDays.forEach((day, visit) => {
    const place = next[day]!++;
    sorted.users[place] = users[visit]!;
    for (let word = 0; word < 4; word += 1) sorted.seeds[4 * place + word] = seeds[4 * visit + word]!;
  });
  return { offsets, ...sorted };
}
