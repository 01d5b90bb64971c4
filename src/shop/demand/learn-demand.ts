import { millisecondsOfDay, weekdayOf } from '../../data/orders/days.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { pauseFor } from '../../internal/signal.js';
import { drawGamma } from '../../random/gamma.js';
import { drawPoisson } from '../../random/poisson.js';
import type { Rng } from '../../random/rng.js';
import { type DailyDemand, requireDaily, requireLearnable } from './daily-demand.js';
import { type DemandGenerator, drawDays, readSample, type SampleDaysOptions } from './demand-generator.js';
import { nextLevel } from './learning/feedback.js';
import { type DemandFit, fitDemand } from './learning/fit-demand.js';
import { logLinesOfDays } from './learning/log-lines.js';
import { markPromotions, type Promotion } from './learning/promotions.js';

/** Options of {@link learnDemand}, and of what {@link DemandModel} does. */
export interface LearnDemandOptions {
  /** When products were promoted. A day without sales leaves no order line to say so, so no column can. Default: never. */
  readonly promotions?: readonly Promotion[];
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A model of demand over time. Made by {@link learnDemand}. */
export interface DemandModel extends DemandGenerator {
  /**
   * Draws virtual days: the ones that follow the days learned from. Each call first draws how much each product is asked for
   * in the long run, as far as the record leaves that open: many short calls show what may come, a long one a single such future.
   *
   * @throws RangeError when `days` is no whole number from 1 to 1,000,000, or an option is wrong.
   */
  sample(days: number, options?: SampleDaysOptions & Pick<LearnDemandOptions, 'promotions'>): Promise<DailyDemand>;
  /**
   * The natural logarithm of the probability of each day's order lines, given the days before, `[T]`; the mean over days that
   * follow the ones learned from compares models of the same products. The pieces of the lines do not count. -Infinity
   * for what the model rules out, such as orders on a weekday on which the shop had none.
   *
   * @throws RangeError when the products are others, or an option is wrong.
   */
  logProbability(demand: DailyDemand, options?: LearnDemandOptions): Promise<Float64Array>;
}

const names: OptionNames<LearnDemandOptions> = { promotions: true, signal: true };

/**
 * Learns a model of demand over time from recorded days.
 *
 *     lines of product p on day t ~ Poisson(weekday_p(t) * uplift_p(t) * level_p(t) * shop_p(t) * own_p(t))
 *     level_p(t + 1) = (1 - news_p - memory_p) + news_p lines_p(t) / (weekday_p(t) uplift_p(t)) + memory_p level_p(t)
 *     shop_p(t)      = exp(exposure_p z(t) - exposure_p^2 / 2),   z(t) standard normal, the same for all products
 *     own_p(t)       ~ Gamma with mean 1,                         so that lines are negative binomial
 *     pieces of a line                                            one of the product's recorded lines
 *
 * Weekdays on which the shop never had an order stay without; on others it has none as often as it had. Few lines say little:
 * weekdays, exposures and the spread of a product are shrunk to those of all products together, so it helps to learn from more
 * products than are asked about. Seasons of a year and trends are not modelled, but followed, with some days' delay, by `level`.
 *
 * @param demand - 14 days or more, each product with an order line.
 * @returns The model, which holds the pieces of the order lines, and neither days nor customers.
 * @throws RangeError when the days are too few, a product was never asked for, or an option is wrong.
 * @see Ferland, Latour and Oraichi, "Integer-Valued GARCH Process" (2006)
 * @example
 * const shop = simulateShop({ seed: 7, users: 300, items: 20, days: 150 });
 * const orders = parseTable(formatOrders(shop), { Product: idColumn(), Quantity: countColumn(), Time: timeColumn() });
 * const demand = await demandByDay(orders, { product: 'Product', time: 'Time', pieces: 'Quantity' });
 * const model = await learnDemand(demand);
 * const virtual = await model.sample(1000, { seed: 1 });
 * const { policy } = await bestBaseStock({ demand: virtual.series('P0003'), leadTime: 2, holding: 1, penalty: 9 });
 * policy.act([0]) > 0; // true
 */
export async function learnDemand(demand: DailyDemand, options: LearnDemandOptions = {}): Promise<DemandModel> {
  const where = 'learnDemand';
  requireOptions(where, options, names);
  const pause = pauseFor(where, options.signal);
  requireLearnable(where, demand);
  const fit = await fitDemand(demand, markPromotions(where, options.promotions, demand), pause);
  const { start, days: recorded, products, sizes } = demand;
  const learned = { start, days: recorded, products };
  return {
    async sample(days, given = {}) {
      const { promotions, ...sampling } = given;
      const { rng, pause: pauseDraw } = readSample(days, sampling);
      const next = { start: start + recorded * millisecondsOfDay, days, products };
      const promoted = markPromotions('sample', promotions, next);
      return drawDays(learned, days, dayDraw({ fit, sizes, promoted, start: next.start }, rng), pauseDraw);
    },
    async logProbability(others, given = {}) {
      requireOptions('logProbability', given, names);
      const pauseLog = pauseFor('logProbability', given.signal);
      requireDaily('logProbability', others, 'demand', products);
      return logLinesOfDays(fit, others, markPromotions('logProbability', given.promotions, others), pauseLog);
    },
  };
}

interface Drawn {
  readonly fit: DemandFit;
  readonly sizes: DailyDemand['sizes'];
  /** `[T, P]`. */
  readonly promoted: Uint8Array;
  readonly start: number;
}

function dayDraw({ fit, sizes, promoted, start }: Drawn, rng: Rng): Parameters<typeof drawDays>[2] {
  const { weekdays, feedback, exposures, shapes, doubts } = fit;
  const levels = fit.levels.slice();
  const longRun = doubts.map((doubt) => (doubt > 0 ? gammaOfMeanOne(rng, 1 / doubt) : 1));
  return (day, add) => {
    const weekday = weekdayOf(start, day);
    const isOpen = !weekdays.closed[weekday] && rng.uniform() >= weekdays.closedShare;
    if (!isOpen) return false;
    const common = rng.normal();
    for (let product = 0; product < levels.length; product += 1) {
      const cell = day * levels.length + product;
      const usual = weekdays.lines[weekday * levels.length + product]!;
      const expected = usual * longRun[product]! * (promoted[cell] === 1 ? weekdays.uplift[product]! : 1);
      const shop = Math.exp(exposures[product]! * common - exposures[product]! ** 2 / 2);
      const own = gammaOfMeanOne(rng, shapes[product]!);
      const lines = drawPoisson(rng, expected * levels[product]! * shop * own);
      for (let line = 0; line < lines; line += 1) add(product, sizes[product]![rng.integer(sizes[product]!.length)]!);
      levels[product] = nextLevel(feedback[product]!, levels[product]!, lines, expected);
    }
    return true;
  };
}

function gammaOfMeanOne(rng: Rng, shape: number): number {
  return Number.isFinite(shape) ? drawGamma(rng, shape) / shape : 1;
}
