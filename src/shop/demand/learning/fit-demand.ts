import { weekdayOf } from '../../../data/orders/days.js';
import { excessVariance } from '../../../statistics/negative-binomial.js';
import type { DailyDemand } from '../daily-demand.js';
import { type Feedback, fitFeedback, followLevels } from './feedback.js';
import { fitExposures } from './shared-days.js';
import { fitWeekdayMeans, type WeekdayMeans } from './weekday-means.js';

/** What is known of the days of some products. */
export interface DemandFit {
  readonly weekdays: WeekdayMeans;
  /** For each product how the days before move it. */
  readonly feedback: readonly Feedback[];
  /** `[P]`: the level behind the last day learned from. */
  readonly levels: Float64Array;
  /** `[P]`: how it follows the good and bad days of the shop. */
  readonly exposures: Float64Array;
  /** `[P]`: shape of the gamma number that is its own, day by day; Infinity where there is none. */
  readonly shapes: Float64Array;
  /** `[P]`: how far off its long-run mean may be: the variance of their ratio. */
  readonly doubts: Float64Array;
}

/** Learns the order lines of days. */
export async function fitDemand(
  demand: DailyDemand,
  promoted: Uint8Array,
  pause: () => Promise<void>,
): Promise<DemandFit> {
  const { days, products, lines } = demand;
  const weekdays = await fitWeekdayMeans(demand, promoted, pause);
  const expected = await expectedLines(demand, weekdays, promoted, pause);
  const means = new Float64Array(days * products.size);
  const levels = new Float64Array(products.size);
  const feedback: Feedback[] = [];
  for (let product = 0; product < products.size; product += 1) {
    await pause();
    const [counts, base] = [columnOf(lines, products.size, product), columnOf(expected, products.size, product)];
    const found = fitFeedback(counts, base);
    const own = new Float64Array(days);
    levels[product] = followLevels(found, counts, base, own);
    for (let day = 0; day < days; day += 1) means[day * products.size + product] = own[day]!;
    feedback.push(found);
  }
  const exposures = await fitExposures(lines, means, products.size, pause);
  const shared = excessVariance(lines, means);
  const [shapes, doubts] = [new Float64Array(products.size), new Float64Array(products.size)];
  for (let product = 0; product < products.size; product += 1) {
    await pause();
    const own = columnOf(means, products.size, product);
    const excess = shrunkExcess(columnOf(lines, products.size, product), own, shared);
    shapes[product] = 1 / Math.max(0, (1 + excess) / Math.exp(exposures[product]! ** 2) - 1);
    doubts[product] = doubtOf(excess, own, feedback[product]!);
  }
  return { weekdays, feedback, levels, exposures, shapes, doubts };
}

/** `[T, P]`: what weekdays and promotions bring in the long run; nothing where the shop has no order. */
export async function expectedLines(
  { days, start, products, open }: Pick<DailyDemand, 'days' | 'start' | 'products' | 'open'>,
  { lines, uplift }: WeekdayMeans,
  promoted: Uint8Array,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const expected = new Float64Array(days * products.size);
  for (let day = 0; day < days; day += 1) {
    await pause();
    if (open[day] === 0) continue;
    const weekday = weekdayOf(start, day);
    for (let product = 0; product < products.size; product += 1) {
      const cell = day * products.size + product;
      expected[cell] = lines[weekday * products.size + product]! * (promoted[cell] === 1 ? uplift[product]! : 1);
    }
  }
  return expected;
}

function columnOf(values: ArrayLike<number>, width: number, place: number): Float64Array {
  return Float64Array.from({ length: values.length / width }, (_, row) => values[row * width + place]!);
}

// A product is believed to vary as all together do, as strongly as so many expected squares say.
const belief = 2;

function shrunkExcess(counts: Float64Array, means: Float64Array, shared: number): number {
  const squares = means.reduce((sum, mean) => sum + mean ** 2, 0);
  return (excessVariance(counts, means) * squares + belief * shared) / (squares + belief);
}

// Relative variance of a mean over these days: chance of Poisson numbers and the excess, longer remembered where days are fed back.
function doubtOf(excess: number, means: Float64Array, { news, memory }: Feedback): number {
  const total = means.reduce((sum, mean) => sum + mean, 0);
  const squares = means.reduce((sum, mean) => sum + mean ** 2, 0);
  const remembered = (1 - memory) / (1 - news - memory);
  return Math.min(1, ((total + excess * squares) / total ** 2) * remembered ** 2);
}
