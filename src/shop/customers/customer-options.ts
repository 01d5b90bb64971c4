import type { NamesOf } from '../../data/interactions/interaction-options.js';
import type { CodedColumn, Columns, CountColumn, NumberColumn, TimeColumn } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { requireOptions } from '../../internal/options.js';
import { requireSeed, requireWholeNumber } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { createRng } from '../../random/rng.js';

/** Which columns of a table of orders say what. */
export interface OrderColumns<C extends Columns, N extends keyof C & string> {
  /** Column of the customers' ids. */
  readonly customer: N & NamesOf<C, CodedColumn>;
  /** Column of the products' ids. */
  readonly product: N & NamesOf<C, CodedColumn>;
  /** Column of the times. */
  readonly time: N & NamesOf<C, TimeColumn>;
  /** Column of pieces. By default there is none. */
  readonly pieces?: N & NamesOf<C, CountColumn | NumberColumn>;
  /** Column of prices. By default there is none. */
  readonly price?: N & NamesOf<C, CountColumn | NumberColumn>;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Options of {@link CustomerGenerator.sample}. */
export interface SampleCustomersOptions {
  /** Fixes the customers; any safe integer. Default 0. */
  readonly seed?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What became of the rows that were learned from. */
export interface CustomerReport {
  /** Rows of the table. */
  readonly rows: number;
  /** Rows that were learned from. */
  readonly counted: number;
  /** Rows of fewer than 0 pieces. */
  readonly returns: number;
  /** Rows without customer, product, time, pieces or price. */
  readonly lacking: number;
  /** Customers with a row. */
  readonly customers: number;
  /** Visits: the days of a customer with an order. */
  readonly visits: number;
}

/** What makes virtual customers with their orders over time. Made by {@link virtualCustomers} and {@link bootstrapCustomers}. */
export interface CustomerGenerator<C extends Columns = Columns> {
  /**
   * Draws customers, each with all orders in the days learned from: a row for each order line, the oldest first, in the columns
   * that were named. Customers are `V1`, `V2` and so on; products have their own ids.
   *
   * @throws RangeError when `customers` is no whole number from 1 to 10,000,000, or an option is wrong.
   */
  sample(customers: number, options?: SampleCustomersOptions): Promise<Table<C>>;
  /** What became of the rows that were learned from. */
  readonly report: CustomerReport;
}

/** What a `sample` needs, its arguments checked. */
export function readSample(customers: number, options: SampleCustomersOptions) {
  requireOptions('sample', options, { seed: true, signal: true });
  requireWholeNumber('sample', 'customers', customers, 1, 10_000_000);
  requireSeed('sample', options.seed);
  return { rng: createRng(options.seed ?? 0).stream('customers'), pause: pauseFor('sample', options.signal) };
}
