import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { requirePositiveInteger, requireSeed } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { createRng, type Rng } from '../../random/rng.js';
import type { Promotion } from '../demand/learning/promotions.js';
import { createShopper, fitHabits } from './basket-habits.js';
import { orderColumnNames } from './bootstrap-customers.js';
import { type CustomerGenerator, type OrderColumns, readSample } from './customer-options.js';
import { learnLifts } from './promotion-lifts.js';
import { drawClass, fitTastes } from './taste-classes.js';
import { drawDaysAfter, drawFirstDay, fitHazards } from './visit-hazards.js';
import { readCustomers, type Visit } from './visits.js';
import { writeVisits } from './write-orders.js';

/** Options of {@link virtualCustomers}. */
export interface VirtualCustomersOptions<C extends Columns = Columns, N extends keyof C & string = string>
  extends OrderColumns<C, N> {
  /** Classes of customers who choose alike; at most as many as there are customers. Default 10. */
  readonly classes?: number;
  /**
   * Days on which products were promoted: virtual customers then choose them as much more often as recorded ones did, at pieces and prices of
   * promoted days. Each must name a product of the orders, and each such product be promoted in their days. Default: none.
   */
  readonly promotions?: readonly Promotion[];
  /** Chooses the customers that classes begin with; any safe integer. Default 0. */
  readonly seed?: number;
}

function optionNames(): OptionNames<VirtualCustomersOptions> {
  return { ...orderColumnNames(), classes: true, promotions: true, seed: true };
}

/**
 * Learns customers and their orders over time from a table of orders: a marked point process.
 *
 *     first visit         on the day of a recorded customer's, or a week before or after
 *     P(back on day t)  = chance(visits so far, last gap, days since the last visit) * weekday(t) * season(t)
 *     lines of a visit    as of recorded visits after one of about as many lines
 *     a line's product    with a chance that grows with what the customer had, one of these, as often as it was bought; or else a new
 *                         one, as the customer's class of taste chooses (a mixture of classes by EM)
 *     pieces and price    those of the customer's last time, as often as recorded ones are; or else a recorded line's of the product
 *
 * The chances are learned from those who never came back, too. The season is a factor for every four weeks of the record, of visits
 * beyond the first; a record of less than eight weeks has none. One year cannot say which part of it another year will repeat. Promotions that
 * are named lift the choice of their products on their days, each as far as the orders show it and otherwise as those of all products do, the
 * promotions of the record in virtual orders again.
 *
 * Days on which nobody ordered stay without orders, and no order lies beyond the days of the record. Not modelled: that large
 * customers buy more pieces of everything, what is bought together beyond tastes, and prices that change: pieces and price of a line are those of
 * one recorded line of the product, whenever that was, so that no price response can be learned from virtual orders. Times of day are recorded ones.
 *
 * @param orders - A row for each order line, in any order: 14 days or more, 2 customers or more.
 * @param options - Which columns say what.
 * @returns The model, which holds no customer.
 * @throws RangeError when a column is not there or of another kind, the days or customers are too few, or an option is wrong.
 * @see Schmittlein, Morrison and Colombo, "Counting Your Customers" (1987)
 * @example
 * const text = formatOrders(simulateShop({ seed: 7, users: 100, items: 20, days: 120 }));
 * const orders = parseTable(text, { Customer: idColumn(), Product: idColumn(), Quantity: countColumn(), Time: timeColumn() });
 * const columns = { customer: 'Customer', product: 'Product', time: 'Time', pieces: 'Quantity' } as const;
 * const model = await virtualCustomers(orders, { ...columns, classes: 3 });
 * const virtual = await model.sample(50, { seed: 1 });
 * virtual.columns.Customer.vocabulary.idAt(0); // 'V1'
 * const demand = await demandByDay(virtual, { product: 'Product', time: 'Time', pieces: 'Quantity' });
 * demand.days <= 120; // true
 */
export async function virtualCustomers<C extends Columns, N extends keyof C & string>(
  orders: Table<C>,
  options: VirtualCustomersOptions<C, N>,
): Promise<CustomerGenerator<Pick<C, N>>> {
  const where = 'virtualCustomers';
  requireGivenOptions(where, options, optionNames());
  const { signal, classes = 10, promotions, seed = 0, ...named } = options;
  requirePositiveInteger(where, 'classes', classes);
  requireSeed(where, seed);
  const pause = pauseFor(where, signal);
  const customers = await readCustomers(where, orders, named, pause);
  const products = customers.source.product.vocabulary.size;
  const hazards = await fitHazards(customers, pause);
  const lifts = await learnLifts(where, promotions, customers, pause);
  const habits = await fitHabits(customers.visits, products, lifts, pause);
  const tastes = await fitTastes(customers.visits, products, classes, createRng(seed).stream('classes'), pause);
  const drawCustomer = (rng: Rng): Visit[] => {
    const shop = createShopper(habits, tastes, lifts, drawClass(tastes, rng), rng);
    return drawDaysAfter(drawFirstDay(customers.visits, hazards, rng), hazards, rng).map(shop);
  };
  return {
    report: customers.report,
    async sample(count, sampling = {}) {
      const { rng, pause: pauseDraw } = readSample(count, sampling);
      const drawn: Visit[][] = [];
      for (let customer = 0; customer < count; customer += 1) {
        drawn.push(drawCustomer(rng));
        await pauseDraw();
      }
      return (await writeVisits(customers, named, drawn, pauseDraw)) as Table<Pick<C, N>>;
    },
  };
}
