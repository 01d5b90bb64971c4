import { weekdayOf } from '../../data/orders/days.js';
import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { pauseFor } from '../../internal/signal.js';
import { mean } from '../../statistics/moments.js';
import type { DistanceScore } from '../demand/compare-demand.js';
import { autocorrelations } from '../demand/day-features.js';
import { groupOf, shares, totalVariation } from '../orders/group-shares.js';
import { orderColumnNames } from './bootstrap-customers.js';
import type { OrderColumns } from './customer-options.js';
import { type Customers, type Named, readCustomers } from './visits.js';

/** Options of {@link compareOrders}: the real orders, and which columns of all three tables say what. */
export interface CompareOrdersOptions<C extends Columns = Columns, N extends keyof C & string = string>
  extends OrderColumns<C, N> {
  /** The orders that the model was learned from. */
  readonly real: Table<C>;
  /** Orders in the same days of customers that it was not learned from, as many as are virtual. */
  readonly heldOut: Table<C>;
}

/** What {@link compareOrders} found. Shares are compared by half the sum of their differences, in [0, 1]. */
export interface OrderComparison {
  /** Visits of a customer, in groups 1, 2, 3, 4, 5–6, 7–9, 10–14, 15–24 and more. */
  readonly visits: DistanceScore;
  /** Days from a visit to the next, in groups 1, 2–3, 4–7, 8–14, 15–30, 31–60, 61–120 and more. */
  readonly gaps: DistanceScore;
  /** Order lines of a visit, in groups 1, 2–4, 5–9, 10–19, 20–39 and more. */
  readonly lines: DistanceScore;
  /** Share of the lines behind a customer's first visit that ask for what the customer had before: the difference, in [0, 1]. */
  readonly repeats: DistanceScore;
  /** Days of the week of the visits. */
  readonly weekdays: DistanceScore;
  /** Autocorrelation of the number of visits per day at lags of 1 to 8 days: mean difference. */
  readonly autocorrelation: DistanceScore;
  /** Shares of the products among the lines. */
  readonly products: DistanceScore;
}

function optionNames(): OptionNames<CompareOrdersOptions> {
  return { ...orderColumnNames(), real: true, heldOut: true };
}

/**
 * Compares virtual customers with the real ones that their model was learned from, beside real customers that it was not learned
 * from.
 *
 * All scores are differences to `real`, and grow as customers become fewer: let there be about as many virtual customers as held-out
 * ones, over the same days.
 *
 * @param virtual - Orders of a model, such as {@link CustomerGenerator.sample} draws.
 * @param options - The real orders, and the columns.
 * @returns The scores.
 * @throws RangeError when a column is not there or of another kind, a table has too few days or customers, or an option is wrong.
 * @example
 * const kinds = { Customer: idColumn(), Product: idColumn(), Quantity: countColumn(), Time: timeColumn() };
 * const [real, heldOut] = [7, 8].map((seed) => parseTable(formatOrders(simulateShop({ seed, users: 80, items: 20, days: 90 })), kinds));
 * const columns = { customer: 'Customer', product: 'Product', time: 'Time', pieces: 'Quantity' } as const;
 * const virtual = await (await virtualCustomers(real!, columns)).sample(60);
 * const { gaps } = await compareOrders(virtual, { ...columns, real: real!, heldOut: heldOut! });
 * gaps.value < 0.5; // true
 */
export async function compareOrders<C extends Columns, N extends keyof C & string>(
  virtual: Table<Pick<C, N>>,
  options: CompareOrdersOptions<C, N>,
): Promise<OrderComparison> {
  const where = 'compareOrders';
  requireGivenOptions(where, options, optionNames());
  const { real, heldOut, signal, ...named } = options;
  const pause = pauseFor(where, signal);
  const look = async (table: Table, argument: string) =>
    featuresOf(await readCustomers(where, table, named as Named, pause, argument), pause);
  const [own, value, other] = [
    await look(real, 'real'),
    await look(virtual, 'virtual'),
    await look(heldOut, 'heldOut'),
  ] as const;
  const score = (distance: (each: Features) => number): DistanceScore => ({
    value: distance(value),
    heldOut: distance(other),
  });
  const ofShares = (of: (each: Features) => Float64Array) => score((each) => totalVariation(of(each), of(own)));
  return {
    visits: ofShares(({ visits }) => visits),
    gaps: ofShares(({ gaps }) => gaps),
    lines: ofShares(({ lines }) => lines),
    repeats: score(({ repeats }) => Math.abs(repeats - own.repeats)),
    weekdays: ofShares(({ weekdays }) => weekdays),
    autocorrelation: score((each) =>
      mean(each.autocorrelation.map((size, lag) => Math.abs(size - own.autocorrelation[lag]!))),
    ),
    products: score((each) => productDistance(each.products, own.products)),
  };
}

interface Features {
  readonly visits: Float64Array;
  readonly gaps: Float64Array;
  readonly lines: Float64Array;
  readonly repeats: number;
  readonly weekdays: Float64Array;
  readonly autocorrelation: Float64Array;
  /** Shares by id. */
  readonly products: ReadonlyMap<string, number>;
}

const visitGroups = [1, 2, 3, 4, 5, 7, 10, 15, 25];
const gapGroups = [1, 2, 4, 8, 15, 31, 61, 121];
const lineGroups = [1, 2, 5, 10, 20, 40];

async function featuresOf(customers: Customers, pause: () => Promise<void>): Promise<Features> {
  const [visits, gaps] = [new Float64Array(visitGroups.length), new Float64Array(gapGroups.length)];
  const [lines, weekdays] = [new Float64Array(lineGroups.length), new Float64Array(7)];
  const products = new Map<string, number>();
  let [later, repeats, all] = [0, 0, 0];
  for (const own of customers.visits) {
    await pause();
    visits[groupOf(visitGroups, own.length)]! += 1;
    const before = new Set<number>();
    for (const [place, visit] of own.entries()) {
      if (place > 0) gaps[groupOf(gapGroups, visit.day - own[place - 1]!.day)]! += 1;
      lines[groupOf(lineGroups, visit.products.length)]! += 1;
      weekdays[weekdayOf(customers.start, visit.day)]! += 1;
      if (place > 0) later += visit.products.length;
      if (place > 0) repeats += visit.products.filter((product) => before.has(product)).length;
      for (const product of visit.products) {
        before.add(product);
        const id = customers.source.product.vocabulary.idAt(product)!;
        products.set(id, (products.get(id) ?? 0) + 1);
      }
      all += visit.products.length;
    }
  }
  for (const [id, count] of products) products.set(id, count / all);
  return {
    ...{ visits: shares(visits), gaps: shares(gaps), lines: shares(lines), weekdays: shares(weekdays), products },
    repeats: later === 0 ? 0 : repeats / later,
    autocorrelation: autocorrelations([...customers.busy]),
  };
}

function productDistance(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [id, share] of one) sum += Math.abs(share - (other.get(id) ?? 0));
  for (const [id, share] of other) if (!one.has(id)) sum += share;
  return sum / 2;
}
