import { millisecondsOfDay } from '../../data/orders/days.js';
import type { Column, CountColumn, NumberColumn } from '../../data/table/column.js';
import { type Table, tableOf } from '../../data/table/table.js';
import { createVocabulary } from '../../data/vocabulary.js';
import type { Customers, Named, Visit } from './visits.js';

/** Writes the visits of virtual customers as a table of orders, the oldest row first. */
export async function writeVisits(
  { start, source }: Pick<Customers, 'start' | 'source'>,
  named: Named,
  customers: readonly (readonly Visit[])[],
  pause: () => Promise<void>,
): Promise<Table> {
  const all = customers.flatMap((visits, customer) => visits.map((visit) => ({ customer, visit })));
  const timeOf = ({ day, clock }: Visit) => start + day * millisecondsOfDay + clock;
  await pause();
  all.sort((one, other) => timeOf(one.visit) - timeOf(other.visit) || one.customer - other.customer);
  const length = all.reduce((sum, { visit }) => sum + visit.products.length, 0);
  const [who, what, when] = [new Int32Array(length), new Int32Array(length), new Float64Array(length)];
  const [pieces, prices] = [new Float64Array(length), new Float64Array(length)];
  let row = 0;
  for (const { customer, visit } of all) {
    await pause();
    who.fill(customer, row, row + visit.products.length);
    when.fill(timeOf(visit), row, row + visit.products.length);
    what.set(visit.products, row);
    pieces.set(visit.pieces, row);
    prices.set(visit.prices, row);
    row += visit.products.length;
  }
  const ids = createVocabulary(customers.map((_, customer) => `V${customer + 1}`));
  const columns: Record<string, Column> = {
    [named.customer]: { kind: source.customer.kind, codes: who, vocabulary: ids },
    [named.product]: { kind: source.product.kind, codes: what, vocabulary: source.product.vocabulary },
    [named.time]: { kind: 'time', values: when },
  };
  if (named.pieces !== undefined && source.pieces) columns[named.pieces] = numbersLike(source.pieces, pieces);
  if (named.price !== undefined && source.price) columns[named.price] = numbersLike(source.price, prices);
  return tableOf(columns, length);
}

function numbersLike({ kind }: CountColumn | NumberColumn, values: Float64Array): CountColumn | NumberColumn {
  return kind === 'count' ? { kind, values: Int32Array.from(values) } : { kind, values };
}
