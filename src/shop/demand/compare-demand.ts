import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { mean } from '../../statistics/moments.js';
import { type DailyDemand, requireDaily } from './daily-demand.js';
import { correlation, type DayFeatures, differences, featuresOf } from './day-features.js';

/** Options of {@link compareDemand}. */
export interface CompareDemandOptions {
  /** The days that the model was learned from. */
  readonly real: DailyDemand;
  /** Real days that it was not learned from, as many as are virtual. */
  readonly heldOut: DailyDemand;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** How far something virtual is from the real, 0 where it is the same. */
export interface DistanceScore {
  /** Of what is virtual. */
  readonly value: number;
  /** Of the real that was held out: what is as good as real would get, within chance. */
  readonly heldOut: number;
}

/** What is compared of each product. */
export interface ProductScores {
  /** Pieces per day: the difference as a share of the real mean. */
  readonly mean: DistanceScore;
  /** Standard deviation of the pieces per day: the difference as a share of the real one. */
  readonly deviation: DistanceScore;
  /** Pieces per day: the largest difference of their cumulative distributions (Kolmogorov), in [0, 1]. */
  readonly pieces: DistanceScore;
  /** Days from one with demand to the next, in groups 1, 2, 3, 4–5, 6–8, 9–13, 14–21 and more: half the sum of differences, in [0, 1]. */
  readonly gaps: DistanceScore;
  /** Share of the pieces on each day of the week: half the sum of the differences, in [0, 1]. */
  readonly weekdays: DistanceScore;
  /** Autocorrelation of the pieces at lags of 1 to 8 days: mean difference. */
  readonly autocorrelation: DistanceScore;
}

/** What {@link compareDemand} found: means over the products, and each product. */
export interface DemandComparison extends ProductScores {
  /** Correlation of the pieces of two products on one day: mean difference over the pairs; 0 of a single product. */
  readonly correlation: DistanceScore;
  /** Each product by its id. */
  readonly products: Readonly<Record<string, ProductScores>>;
}

const names: OptionNames<CompareDemandOptions> = { real: true, heldOut: true, signal: true };

/**
 * Compares virtual days of demand with the real ones that their model was learned from, beside real days that it was not learned
 * from.
 *
 * All scores are differences to `real`, and grow as days become fewer, so there must be as many virtual days as held-out ones.
 * Days held out lie later: where demand has moved since, their scores are large, and a model need not be so far off.
 *
 * @param virtual - Days of a model, such as {@link DemandGenerator.sample} draws.
 * @param options - The real days.
 * @returns The scores.
 * @throws RangeError when the products differ, one of them was never asked for in `real`, there are not as many virtual days as
 *   held-out ones, or an option is wrong.
 * @example
 * const shop = simulateShop({ seed: 7, users: 300, items: 10, days: 200 });
 * const orders = parseTable(formatOrders(shop), { Product: idColumn(), Quantity: countColumn(), Time: timeColumn() });
 * const columns = { product: 'Product', time: 'Time', pieces: 'Quantity', products: ['P0003', 'P0005'] } as const;
 * const real = await demandByDay(orders, { ...columns, to: Date.UTC(2024, 3, 1) });
 * const heldOut = await demandByDay(orders, { ...columns, from: Date.UTC(2024, 3, 2), to: Date.UTC(2024, 5, 30) });
 * const virtual = await (await learnDemand(real)).sample(heldOut.days, { seed: 1 });
 * const { weekdays, products } = await compareDemand(virtual, { real, heldOut });
 * weekdays.value < 0.3; // true
 * products.P0003!.gaps.value <= 1; // true
 */
export async function compareDemand(virtual: DailyDemand, options: CompareDemandOptions): Promise<DemandComparison> {
  const where = 'compareDemand';
  requireGivenOptions(where, options, names);
  const { real, heldOut, signal } = options;
  const pause = pauseFor(where, signal);
  requireDaily(where, real, 'real');
  requireDaily(where, virtual, 'virtual', real.products);
  requireDaily(where, heldOut, 'heldOut', real.products);
  if (virtual.days !== heldOut.days) {
    refuse(where, 'virtual.days', `be as many as those held out, ${heldOut.days}`, virtual.days);
  }
  const products: Record<string, ProductScores> = {};
  for (const id of real.products.toJSON().ids) {
    await pause();
    const own = featuresOf(real, id);
    if (own.total === 0) refuse(where, 'real', 'have demand for each product, or be counted without it', id);
    products[id] = scoresOf(own, featuresOf(virtual, id), featuresOf(heldOut, id));
  }
  const all = Object.values(products);
  const over = (score: (each: ProductScores) => DistanceScore): DistanceScore => ({
    value: mean(all.map((each) => score(each).value)),
    heldOut: mean(all.map((each) => score(each).heldOut)),
  });
  return {
    mean: over((each) => each.mean),
    deviation: over((each) => each.deviation),
    pieces: over((each) => each.pieces),
    gaps: over((each) => each.gaps),
    weekdays: over((each) => each.weekdays),
    autocorrelation: over((each) => each.autocorrelation),
    correlation: await correlationScore(real, virtual, heldOut, pause),
    products,
  };
}

function scoresOf(real: DayFeatures, virtual: DayFeatures, heldOut: DayFeatures): ProductScores {
  const [value, other] = [differences(virtual, real), differences(heldOut, real)];
  const score = (name: keyof ProductScores): DistanceScore => ({ value: value[name], heldOut: other[name] });
  return {
    mean: score('mean'),
    deviation: score('deviation'),
    pieces: score('pieces'),
    gaps: score('gaps'),
    weekdays: score('weekdays'),
    autocorrelation: score('autocorrelation'),
  };
}

async function correlationScore(
  real: DailyDemand,
  virtual: DailyDemand,
  heldOut: DailyDemand,
  pause: () => Promise<void>,
): Promise<DistanceScore> {
  const [ofReal, ofVirtual, ofHeldOut] = [
    await allSeries(real, pause),
    await allSeries(virtual, pause),
    await allSeries(heldOut, pause),
  ];
  let [value, held, pairs] = [0, 0, 0];
  for (let first = 0; first < ofReal.length; first += 1) {
    for (let second = 0; second < first; second += 1) {
      await pause();
      const own = correlation(ofReal[first]!, ofReal[second]!);
      value += Math.abs(correlation(ofVirtual[first]!, ofVirtual[second]!) - own);
      held += Math.abs(correlation(ofHeldOut[first]!, ofHeldOut[second]!) - own);
      pairs += 1;
    }
  }
  return pairs === 0 ? { value: 0, heldOut: 0 } : { value: value / pairs, heldOut: held / pairs };
}

async function allSeries(demand: DailyDemand, pause: () => Promise<void>): Promise<(readonly number[])[]> {
  const all: (readonly number[])[] = [];
  for (const id of demand.products.toJSON().ids) {
    await pause();
    all.push(demand.series(id));
  }
  return all;
}
