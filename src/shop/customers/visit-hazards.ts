import { weekdayOf } from '../../data/orders/days.js';
import type { Rng } from '../../random/rng.js';
import { groupOf } from '../orders/group-shares.js';
import type { Customers, Visit } from './visits.js';

/** When customers come back. */
export interface VisitHazards {
  /** `[days]`: what a day multiplies every chance with; 0 where nobody ordered. */
  readonly calendar: Float64Array;
  /** `[G, A]`: the chance to come back on a day of factor 1, by what the customer did before and days since the last visit. */
  readonly chances: Float64Array;
}

// The first of each group: visits so far, days between the last two visits (0 after the first), days since the last. Days of a month
// stand alone: who comes every week does not come on the day before.
const visitGroups = [1, 2, 3, 5, 9];
const gapGroups = [0, 1, 8, 22, 61];
const ageGroups = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 46,
  61, 91, 151,
];
// As many visits stand for the belief that a group comes back as all do, but for a factor of its own.
const belief = 5;

/** Learns from every day on which a customer could have come back, also those behind the last visit. */
export async function fitHazards(customers: Customers, pause: () => Promise<void>): Promise<VisitHazards> {
  const calendar = calendarOf(customers);
  const groups = visitGroups.length * gapGroups.length;
  const [events, exposure] = [new Float64Array(groups * ageGroups.length), new Float64Array(groups * ageGroups.length)];
  for (const own of customers.visits) {
    await pause();
    for (const [place, { day }] of own.entries()) {
      const group = groupAfter(place + 1, place === 0 ? 0 : day - own[place - 1]!.day);
      const next = own[place + 1]?.day ?? customers.days;
      for (let at = day + 1; at <= Math.min(next, customers.days - 1); at += 1) {
        exposure[group + groupOf(ageGroups, at - day)]! += calendar[at]!;
      }
      if (next < customers.days) events[group + groupOf(ageGroups, next - day)]! += 1;
    }
  }
  return { calendar, chances: shrunkChances(events, exposure) };
}

/** Draws the days of a customer's visits behind the first. */
export function drawDaysAfter(first: number, { calendar, chances }: VisitHazards, rng: Rng): number[] {
  const days = [first];
  let [last, gap] = [first, 0];
  for (let day = first + 1; day < calendar.length; day += 1) {
    const group = groupAfter(days.length, gap);
    if (rng.uniform() >= chances[group + groupOf(ageGroups, day - last)]! * calendar[day]!) continue;
    days.push(day);
    gap = day - last;
    last = day;
  }
  return days;
}

/** Weekday by weekday the visits of a day over their mean; 0 on days without any. */
function calendarOf({ busy, start, days }: Customers): Float64Array {
  const [sums, open] = [new Float64Array(7), new Float64Array(7)];
  let total = 0;
  for (let day = 0; day < days; day += 1) {
    const weekday = weekdayOf(start, day);
    sums[weekday]! += busy[day]!;
    if (busy[day]! > 0) open[weekday]! += 1;
    total += busy[day]!;
  }
  const usual = total / open.reduce((sum, each) => sum + each, 0);
  return Float64Array.from({ length: days }, (_, day) => {
    const weekday = weekdayOf(start, day);
    return busy[day] === 0 ? 0 : sums[weekday]! / open[weekday]! / usual;
  });
}

// Where the chances of a group begin.
function groupAfter(visits: number, gap: number): number {
  return (groupOf(visitGroups, visits) * gapGroups.length + groupOf(gapGroups, gap)) * ageGroups.length;
}

function shrunkChances(events: Float64Array, exposure: Float64Array): Float64Array {
  const ages = ageGroups.length;
  const usual = Float64Array.from({ length: ages }, (_, age) => {
    let [found, days] = [0, 0];
    for (let at = age; at < events.length; at += ages) {
      found += events[at]!;
      days += exposure[at]!;
    }
    return days === 0 ? 0 : found / days;
  });
  const chances = new Float64Array(events.length);
  for (let from = 0; from < events.length; from += ages) {
    let [found, expected] = [belief, belief];
    for (let age = 0; age < ages; age += 1) {
      found += events[from + age]!;
      expected += exposure[from + age]! * usual[age]!;
    }
    for (let age = 0; age < ages; age += 1) {
      const believed = (usual[age]! * found) / expected;
      const weight = believed === 0 ? 0 : belief / believed;
      const days = exposure[from + age]! + weight;
      chances[from + age] = days === 0 ? 0 : Math.min(1, (events[from + age]! + belief * Math.sign(weight)) / days);
    }
  }
  return chances;
}

/** The day of a customer's first visit: that of a recorded one, or a week before or after. */
export function drawFirstDay(visits: readonly (readonly Visit[])[], { calendar }: VisitHazards, rng: Rng): number {
  const { day } = rng.choice(visits)[0]!;
  const moved = day + 7 * (rng.integer(3) - 1);
  return (calendar[moved] ?? 0) > 0 ? moved : day;
}
