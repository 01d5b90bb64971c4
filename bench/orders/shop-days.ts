import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  countColumn,
  createRng,
  type DailyDemand,
  demandByDay,
  formatOrders,
  idColumn,
  itemDemand,
  parseTable,
  simulateShop,
  timeColumn,
} from 'minimart';
import { drawVisits } from '../../src/shop/simulator/making/draw-visits.js';
import { fillBaskets } from '../../src/shop/simulator/making/fill-baskets.js';
import { writeOrders } from '../../src/shop/simulator/making/write-orders.js';

const day = 86_400_000;
/** Days learned from at most, and products that are learned together. */
export const longest = 300;
const together = 50;

/** A shop whose days are cut in two at `split`: what came before is learned from. */
export interface ShopDays {
  readonly name: string;
  /** The last days before the split, of the products most often asked for and those that are given. */
  history(days: number, products?: readonly string[]): Promise<DailyDemand>;
  /** Days behind the split, one list for each way that they may have come; a single one where only what happened is known. */
  futures(product: string): Promise<readonly (readonly number[])[]>;
  /** What happened behind the split, where that alone is known. */
  heldOut?(products: readonly string[]): Promise<DailyDemand>;
}

/** UCI Online Retail: 300 days from 1 December 2010 to learn from, the 74 that follow held out. */
export function uciDays(path: string): ShopDays {
  const orders = parseTable(gunzipSync(readFileSync(path)).toString(), {
    StockCode: idColumn(),
    Quantity: countColumn(),
    InvoiceDate: timeColumn(),
  });
  const columns = { product: 'StockCode', time: 'InvoiceDate', pieces: 'Quantity' } as const;
  const split = Date.UTC(2010, 11, 1) + longest * day;
  return {
    name: 'UCI Online Retail',
    history: (days, products) =>
      recent((given) => demandByDay(orders, { ...columns, ...given }), split, days, products),
    futures: async (product) => [
      (await demandByDay(orders, { ...columns, products: [product], from: split })).series(product),
    ],
    heldOut: (products) => demandByDay(orders, { ...columns, products, from: split }),
  };
}

/** A simulated shop; the days behind the split are drawn anew from the same truth, 20 times. */
export function simulatedDays(seed: number): ShopDays {
  const length = 120;
  const shop = simulateShop({ seed, users: 2000, items: 200, days: longest + length });
  const orders = parseTable(formatOrders(shop), { Product: idColumn(), Quantity: countColumn(), Time: timeColumn() });
  const columns = { product: 'Product', time: 'Time', pieces: 'Quantity' } as const;
  const split = shop.settings.start + longest * day;
  const again = Array.from({ length: 20 }, (_, future) => {
    const rng = createRng(seed).stream(`future ${future}`);
    const lines = fillBaskets(shop, drawVisits(shop.users, shop.seasons, rng.stream('visits')), rng.stream('baskets'));
    return { ...shop, orders: writeOrders(lines, shop.prices, shop.settings.start) };
  });
  return {
    name: `simulated shop ${seed}`,
    history: (days, products) =>
      recent((given) => demandByDay(orders, { ...columns, ...given }), split, days, products),
    futures: async (product) => {
      const item = shop.items.ids.indexOf(product);
      return again.map((other) => [...itemDemand(other, item).sold.subarray(longest)]);
    },
  };
}

// Codes of UCI without five digits are postage, carriage, fees and corrections.
const isGoods = /^(\d{5}|P\d{4})/;

interface Window {
  readonly from: number;
  readonly to: number;
  readonly products?: readonly string[];
}

async function recent(
  count: (window: Window) => Promise<DailyDemand>,
  split: number,
  days: number,
  products: readonly string[] = [],
): Promise<DailyDemand> {
  const window = { from: split - days * day, to: split - 1 };
  const all = await count(window);
  const goods = all.products.toJSON().ids.filter((id) => isGoods.test(id));
  if (products.length === 0) return count({ ...window, products: goods });
  const often = goods
    .map((id) => ({ id, lines: all.sizes[all.products.indexOf(id)]!.length }))
    .sort((one, other) => other.lines - one.lines)
    .slice(0, together)
    .map(({ id }) => id);
  return count({ ...window, products: [...products, ...often.filter((id) => !products.includes(id))] });
}
