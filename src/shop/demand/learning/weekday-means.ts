import { weekdayOf } from '../../../data/orders/days.js';
import type { DailyDemand } from '../daily-demand.js';

/** What days are expected to bring, before what the days before them say. */
export interface WeekdayMeans {
  /** `[7]`: whether the shop never had an order on that day of the week. */
  readonly closed: readonly boolean[];
  /** Share of the other days on which it had none. */
  readonly closedShare: number;
  /** `[7, P]`: order lines of a product on an open day without promotion. */
  readonly lines: Float64Array;
  /** `[P]`: what a promotion multiplies them with. */
  readonly uplift: Float64Array;
}

// As many lines stand for the belief that a product sells on a weekday as all products together do, and that a promotion does
// nothing: what is expected of few lines.
const weekdayLines = 10;
const promotionLines = 5;
const rounds = 20;

/** Fits weekdays and promotions by maximum likelihood of Poisson numbers, shrunk to what all products have in common. */
export async function fitWeekdayMeans(
  demand: DailyDemand,
  promoted: Uint8Array,
  pause: () => Promise<void>,
): Promise<WeekdayMeans> {
  const { days, start, products, open } = demand;
  const weekdays = Int32Array.from({ length: days }, (_, day) => weekdayOf(start, day));
  const openDays = new Float64Array(7);
  for (let day = 0; day < days; day += 1) openDays[weekdays[day]!]! += open[day]!;
  const closed = Array.from(openDays, (count) => count === 0);
  const possible = weekdays.reduce((sum, weekday) => sum + (closed[weekday] ? 0 : 1), 0);
  const profile = await sharedProfile(demand, weekdays, openDays, pause);
  const lines = new Float64Array(7 * products.size);
  const uplift = new Float64Array(products.size);
  for (let product = 0; product < products.size; product += 1) {
    await pause();
    const fitted = fitProduct(productDays(demand, promoted, weekdays, product), profile, openDays);
    uplift[product] = fitted.uplift;
    for (let weekday = 0; weekday < 7; weekday += 1) lines[weekday * products.size + product] = fitted.lines[weekday]!;
  }
  const closedShare = 1 - open.reduce((sum, isOpen) => sum + isOpen, 0) / possible;
  return { closed, closedShare, lines, uplift };
}

// Of all products together, with mean 1 over the open days.
async function sharedProfile(
  { days, products, lines }: DailyDemand,
  weekdays: Int32Array,
  openDays: Float64Array,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const sums = new Float64Array(7);
  let [total, count] = [0, 0];
  for (let day = 0; day < days; day += 1) {
    await pause();
    for (let product = 0; product < products.size; product += 1) {
      sums[weekdays[day]!]! += lines[day * products.size + product]!;
    }
  }
  for (let weekday = 0; weekday < 7; weekday += 1) {
    total += sums[weekday]!;
    count += openDays[weekday]!;
  }
  const usual = total / count;
  const factors = sums.map((sum, weekday) =>
    openDays[weekday] === 0 ? 0 : (sum + weekdayLines) / (usual * openDays[weekday]! + weekdayLines),
  );
  return withMeanOne(factors, openDays);
}

function withMeanOne(factors: Float64Array, openDays: Float64Array): Float64Array {
  let [sum, count] = [0, 0];
  for (let weekday = 0; weekday < 7; weekday += 1) {
    sum += factors[weekday]! * openDays[weekday]!;
    count += openDays[weekday]!;
  }
  return factors.map((factor) => (factor * count) / sum);
}

/** Days and lines of one product, by weekday. */
interface ProductDays {
  /** `[7]`: open days without and with a promotion. */
  readonly plain: Float64Array;
  readonly promoted: Float64Array;
  /** `[7]`: its lines. */
  readonly lines: Float64Array;
  /** Its lines on days with a promotion. */
  readonly promotedLines: number;
}

function productDays(demand: DailyDemand, marks: Uint8Array, weekdays: Int32Array, product: number): ProductDays {
  const [plain, promoted, lines] = [new Float64Array(7), new Float64Array(7), new Float64Array(7)];
  let promotedLines = 0;
  for (let day = 0; day < demand.days; day += 1) {
    const cell = day * demand.products.size + product;
    const weekday = weekdays[day]!;
    lines[weekday]! += demand.lines[cell]!;
    if (marks[cell] === 1) promotedLines += demand.lines[cell]!;
    if (demand.open[day] === 1) (marks[cell] === 1 ? promoted : plain)[weekday]! += 1;
  }
  return { plain, promoted, lines, promotedLines };
}

function fitProduct(
  { plain, promoted, lines, promotedLines }: ProductDays,
  profile: Float64Array,
  openDays: Float64Array,
) {
  const total = lines.reduce((sum, each) => sum + each, 0);
  let weekday = profile;
  let [level, uplift] = [0, 1];
  for (let round = 0; round < rounds; round += 1) {
    // As many plain days as these would have brought as much.
    const exposure = plain.map((days, place) => days + uplift * promoted[place]!);
    const expected = exposure.map((days, place) => days * weekday[place]!);
    level = total / expected.reduce((sum, each) => sum + each, 0);
    const promotedExpected = promoted.reduce((sum, days, place) => sum + days * weekday[place]!, 0) * level;
    uplift = (promotedLines + promotionLines) / (promotedExpected + promotionLines);
    const raw = profile.map((factor, place) =>
      factor === 0 ? 0 : (factor * (lines[place]! + weekdayLines)) / (level * factor * exposure[place]! + weekdayLines),
    );
    weekday = withMeanOne(raw, openDays);
  }
  return { lines: weekday.map((factor) => factor * level), uplift };
}
