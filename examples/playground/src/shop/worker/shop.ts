import {
  type Interactions,
  leaveLastOut,
  type NextBasketRecommender,
  nextBasketRecommender,
  repeatShare,
  toInteractions,
} from 'minimart';
import type { ShopSummary, Source } from '../services.js';
import { type Orders, readOrders } from './orders.js';

/** A shop that was opened. The recommender is made when it is first asked for. */
export interface Shop {
  readonly orders: Orders;
  /** Every purchase. */
  readonly sales: Interactions;
  recommender(): Promise<NextBasketRecommender>;
}

/** Reads orders and says what is in them. */
export async function openShop(source: Source): Promise<{ readonly shop: Shop; readonly summary: ShopSummary }> {
  const orders = await readOrders(source);
  const names = { user: 'customer', item: 'product', time: 'time', weight: 'quantity', order: 'order' } as const;
  const sales = toInteractions(orders.table, { ...names, cancellationPrefix: 'C' });
  const shop: Shop = {
    orders,
    sales,
    recommender: once(() => nextBasketRecommender(sales)),
  };
  return { shop, summary: summaryOf(orders, sales) };
}

/** The customers' last orders kept apart, where a customer has three. */
export function splitSales(sales: Interactions) {
  return leaveLastOut(sales, { minimum: 3 });
}

function summaryOf({ table }: Orders, sales: Interactions): ShopSummary {
  const { report } = table;
  const { values } = table.columns.time;
  const first = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  const missing = Object.entries(report.missing).filter(([, lines]) => lines > 0);
  return {
    lines: sales.length,
    leftOut: report.rows - report.kept,
    reasons: [...missing.map(([column, lines]) => [`no ${column}`, lines] as const), ...Object.entries(report.reasons)],
    customers: sales.users.size,
    products: sales.items.size,
    from: day(first),
    to: day(last),
    repeatShare: repeatShare(sales),
    customerIds: mostFrequent(sales.userIndices, sales.users, 200),
    productIds: mostFrequent(sales.itemIndices, sales.items, 200),
  };
}

function mostFrequent(indices: Int32Array, { size, idAt }: Interactions['users'], most: number): string[] {
  const counts = new Int32Array(size);
  for (const index of indices) counts[index] = counts[index]! + 1;
  const order = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]!);
  return order.slice(0, most).flatMap((index) => idAt(index) ?? []);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
