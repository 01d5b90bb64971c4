import { millisecondsOfDay } from '../../data/orders/days.js';
import { createVocabulary, type Vocabulary } from '../../data/vocabulary.js';
import { refuse, requireArray, requireEach, requireFilled, requirePositive } from '../../internal/require.js';
import { daysOf, type TimeUnit } from './history-options.js';

/** What customers spent. */
export interface CustomerSpending {
  /** `[N]`: mean of a purchase day behind the first; 0 of customers without one. */
  readonly mean: Float64Array;
  /** `[N]`: sum of all purchase days, refunds not taken off. */
  readonly total: Float64Array;
  /** `[N]`: sum of the refunds, >= 0. */
  readonly refunded: Float64Array;
}

/** What customers did behind the date. */
export interface CustomerFuture {
  /** How long it was looked at, in units. */
  readonly horizon: number;
  /** `[N]`: days with a purchase in it. */
  readonly purchases: Float64Array;
  /** `[N]`: what these brought. By default missing, where no money is known. */
  readonly money?: Float64Array;
}

/** A category of each customer, such as a country. */
export interface CustomerCategory {
  /** All there are. */
  readonly vocabulary: Vocabulary;
  /** `[N]`: the place of each customer's, -1 where none is known. */
  readonly codes: Int32Array;
}

/** N customers as they are known at a date. Made by {@link customerHistory}. */
export interface CustomerHistory {
  /** Number of customers, N. */
  readonly length: number;
  /** Their ids, in the order of all columns here. */
  readonly customers: Vocabulary;
  /** In what time is counted. */
  readonly unit: TimeUnit;
  /** When the last known day begins, in milliseconds since 1970 UTC. */
  readonly until: number;
  /** `[N]`: days with a purchase, less the first one: x. */
  readonly frequency: Float64Array;
  /** `[N]`: from the first purchase to the last, in units: t_x. */
  readonly recency: Float64Array;
  /** `[N]`: from the first purchase to the date, in units: T. */
  readonly age: Float64Array;
  /** `[N]`: days with a purchase in the last 91 days. */
  readonly recent: Float64Array;
  /** `[N]`: order lines of a purchase day, in the mean. */
  readonly lines: Float64Array;
  /** What they spent. By default missing, where no column of money was named. */
  readonly spending?: CustomerSpending;
  /** Their categories by column. By default missing, where no `categories` were named. */
  readonly categories?: Readonly<Record<string, CustomerCategory>>;
  /** What they did behind the date. By default missing, where no `horizon` was given. */
  readonly future?: CustomerFuture;
  /** What became of the rows. */
  readonly report: {
    /** Rows of the table. */
    readonly rows: number;
    /** Rows that are purchases. */
    readonly counted: number;
    /** Rows of refunds and returns. */
    readonly refunds: number;
    /** Rows without customer, time, pieces or money. */
    readonly lacking: number;
    /** Customers with a purchase up to the date. */
    readonly customers: number;
    /** Customers whose first purchase lies behind it. */
    readonly later: number;
  };
}

/** Refuses what is no history, as from a file of one's own. */
export function requireHistory(where: string, history: CustomerHistory, argument = 'history'): void {
  const columns = ['frequency', 'recency', 'age', 'recent', 'lines'] as const;
  if (!columns.every((name) => history?.[name] instanceof Float64Array)) {
    refuse(where, argument, 'be the history of customers, such as customerHistory gives', history);
  }
  requireFilled(where, argument, history);
  for (const name of columns) {
    if (history[name].length !== history.length) {
      refuse(where, `${argument}.${name}`, `have ${history.length} customers`, history[name].length);
    }
    requireEach(where, `${argument}.${name}`, history[name], isCount, 'be a number >= 0');
  }
  for (let row = 0; row < history.length; row += 1) {
    if (history.recency[row]! > history.age[row]!) {
      refuse(where, `${argument}.recency[${row}]`, `be at most the age, ${history.age[row]}`, history.recency[row]);
    }
  }
  requireMoney(where, argument, history);
  requireCategories(where, argument, history);
}

function requireMoney(where: string, argument: string, { spending, length }: CustomerHistory): void {
  if (spending === undefined) return;
  for (const name of ['mean', 'total', 'refunded'] as const) {
    requireArray(where, `${argument}.spending.${name}`, spending?.[name], Float64Array, length);
    requireEach(where, `${argument}.spending.${name}`, spending[name], Number.isFinite, 'be a finite number');
  }
}

function requireCategories(where: string, argument: string, { categories = {}, length }: CustomerHistory): void {
  for (const [name, category] of Object.entries(categories)) {
    const path = `${argument}.categories.${name}`;
    if (!(category?.codes instanceof Int32Array && typeof category.vocabulary?.idAt === 'function')) {
      refuse(where, path, 'be a category of the customers, such as customerHistory gives', category);
    }
    if (category.codes.length !== length) refuse(where, path, `have ${length} customers`, category.codes.length);
    const isPlace = (code: unknown) => (code as number) >= -1 && (code as number) < category.vocabulary.size;
    requireEach(where, `${path}.codes`, category.codes, isPlace, `be a place of the vocabulary, or -1`);
  }
}

function isCount(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}

/** A history whose customers have a known future. */
export type LabelledHistory = CustomerHistory & {
  /** What each customer did in the horizon. */
  readonly future: CustomerFuture;
};

/** Refuses a history of which nobody knows how it went on. */
export function requireFuture(where: string, history: CustomerHistory): asserts history is LabelledHistory {
  requireHistory(where, history);
  if (history.future?.purchases?.length !== history.length) {
    refuse(where, 'history', 'say what came after it: give customerHistory a `horizon`', history.future);
  }
  requirePositive(where, 'history.future.horizon', history.future.horizon);
  requireEach(where, 'history.future.purchases', history.future.purchases, isCount, 'be a number >= 0');
}

/** When the last day begins of what is known of the customers' future, in milliseconds since 1970 UTC. */
export function endOfFuture({ until, unit, future }: LabelledHistory): number {
  return until + Math.round(future.horizon * daysOf(unit)) * millisecondsOfDay;
}

/** The same of some of the customers, each at most once, in the order of `rows`. */
export function takeCustomers<H extends CustomerHistory>(history: H, rows: Uint32Array): H {
  const { spending, future, customers, categories } = history;
  const taken = Object.entries(categories ?? {}).map(([name, category]) => [name, takeColumns(category, rows)]);
  return {
    ...takeColumns(history, rows),
    length: rows.length,
    customers: createVocabulary(Array.from(rows, (row) => customers.idAt(row) ?? '')),
    ...(spending && { spending: takeColumns(spending, rows) }),
    ...(categories && { categories: Object.fromEntries(taken) }),
    ...(future && { future: takeColumns(future, rows) }),
  };
}

function takeColumns<G extends object>(group: G, rows: Uint32Array): G {
  const take = (value: unknown) => {
    if (value instanceof Float64Array) return Float64Array.from(rows, (row) => value[row]!);
    return value instanceof Int32Array ? Int32Array.from(rows, (row) => value[row]!) : value;
  };
  return Object.fromEntries(Object.entries(group).map(([name, value]) => [name, take(value)])) as G;
}
