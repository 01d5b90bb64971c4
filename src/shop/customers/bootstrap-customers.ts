import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { pauseFor } from '../../internal/signal.js';
import type { Rng } from '../../random/rng.js';
import { type CustomerGenerator, type OrderColumns, readSample } from './customer-options.js';
import { type Customers, readCustomers, type Visit } from './visits.js';
import { writeVisits } from './write-orders.js';

/** The names of the columns' options. */
export function orderColumnNames(): OptionNames<OrderColumns<Columns, string>> {
  return { customer: true, product: true, time: true, pieces: true, price: true, signal: true };
}

/**
 * Draws customers of the record itself, with their visits shuffled: the baseline of virtual customers.
 *
 * A virtual customer begins on the day of a recorded one, and comes back as often, after days drawn from that customer's own gaps and with
 * baskets drawn from that customer's own visits, both with replacement. A day on which nobody ordered is put off to the next one on which
 * somebody did; visits behind the last day do not happen. No basket is new, and no protection of anybody's data.
 *
 * @param orders - A row for each order line, in any order: 14 days or more, 2 customers or more.
 * @param options - Which columns say what.
 * @returns What draws the customers; it holds the record.
 * @throws RangeError when a column is not there or of another kind, the days or customers are too few, or an option is wrong.
 * @see Efron, "Bootstrap Methods: Another Look at the Jackknife" (1979)
 * @example
 * const text = formatOrders(simulateShop({ seed: 7, users: 100, items: 20, days: 120 }));
 * const orders = parseTable(text, { Customer: idColumn(), Product: idColumn(), Quantity: countColumn(), Time: timeColumn() });
 * const columns = { customer: 'Customer', product: 'Product', time: 'Time', pieces: 'Quantity' } as const;
 * const virtual = await (await bootstrapCustomers(orders, columns)).sample(50, { seed: 1 });
 * toInteractions(virtual, { user: 'Customer', item: 'Product', time: 'Time', weight: 'Quantity' }).users.size; // 50
 */
export async function bootstrapCustomers<C extends Columns, N extends keyof C & string>(
  orders: Table<C>,
  options: OrderColumns<C, N>,
): Promise<CustomerGenerator<Pick<C, N>>> {
  const where = 'bootstrapCustomers';
  requireGivenOptions(where, options, orderColumnNames());
  const { signal, ...named } = options;
  const customers = await readCustomers(where, orders, named, pauseFor(where, signal));
  return {
    report: customers.report,
    async sample(count, sampling = {}) {
      const { rng, pause } = readSample(count, sampling);
      const drawn: Visit[][] = [];
      for (let customer = 0; customer < count; customer += 1) {
        drawn.push(shuffled(rng.choice(customers.visits), customers, rng));
        await pause();
      }
      return (await writeVisits(customers, named, drawn, pause)) as Table<Pick<C, N>>;
    },
  };
}

function shuffled(own: readonly Visit[], { days, busy }: Customers, rng: Rng): Visit[] {
  const gaps = own.slice(1).map(({ day }, place) => day - own[place]!.day);
  const visits: Visit[] = [];
  let day = own[0]!.day;
  for (let visit = 0; visit < own.length; visit += 1) {
    if (visit > 0) day += rng.choice(gaps);
    while (day < days && busy[day] === 0) day += 1;
    if (day >= days) break;
    visits.push({ ...rng.choice(own), day });
  }
  return visits;
}
