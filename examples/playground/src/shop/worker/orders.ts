import {
  type CodedColumn,
  type CountColumn,
  countColumn,
  formatOrders,
  idColumn,
  readTable,
  simulateShop,
  type Table,
  type TimeColumn,
  timeColumn,
} from 'minimart';
import type { Mapping } from '../columns.js';
import type { Source } from '../services.js';

/** A table whose columns are named by their roles. */
export type OrderTable = Table<{
  readonly order: CodedColumn;
  readonly customer: CodedColumn;
  readonly product: CodedColumn;
  readonly time: TimeColumn;
  readonly quantity: CountColumn;
}>;

/** Orders, and the text that they came from. */
export interface Orders {
  readonly mapping: Mapping;
  readonly text: string | File;
  readonly table: OrderTable;
}

/** Columns of the simulated shop. */
const simulatedMapping: Mapping = {
  order: 'Order',
  customer: 'Customer',
  product: 'Product',
  time: 'Time',
  quantity: 'Quantity',
  price: 'UnitPrice',
  country: 'Country',
};

/** Reads orders, simulated or of a file. */
export async function readOrders(source: Source): Promise<Orders> {
  const isFile = source.kind === 'file';
  const mapping = isFile ? source.mapping : simulatedMapping;
  const text = isFile
    ? source.file
    : formatOrders(simulateShop({ seed: source.seed, users: source.customers, items: source.products }));
  const { order, customer, product, time, quantity } = mapping;
  const read = await readTable(text, {
    [order]: idColumn(),
    [customer]: idColumn(),
    [product]: idColumn(),
    [time]: timeColumn({ format: isFile ? source.format : 'iso' }),
    [quantity]: countColumn(),
  });
  const columns = {
    order: read.columns[order],
    customer: read.columns[customer],
    product: read.columns[product],
    time: read.columns[time],
    quantity: read.columns[quantity],
  } as OrderTable['columns'];
  return { mapping, text, table: { ...read, columns } };
}
