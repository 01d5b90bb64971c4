import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  categoryByKey,
  categoryColumn,
  countColumn,
  type Interactions,
  idColumn,
  kCore,
  leaveLastOut,
  moneyColumn,
  numberByKey,
  parseTable,
  timeColumn,
  toInteractions,
  type Vocabulary,
  wholeNumberId,
} from 'minimart';
import { sharedData } from './shared-data.js';

/** UCI Online Retail, split by each customer's last new products, with what is known of customers and products. */
export interface OnlineRetail {
  readonly train: Interactions;
  readonly test: Interactions;
  /** `train` split once more in the same way: settings and epochs are chosen on it. */
  readonly rehearsal: { readonly train: Interactions; readonly test: Interactions };
  readonly countries: Vocabulary;
  /** `[U]`: the country that most rows of a customer name. */
  readonly countryOf: Int32Array;
  /** `[I]`: logarithm of the median price in pounds, with mean 0 and standard deviation 1. */
  readonly priceOf: Float32Array;
  /** Seconds from the text of the file to interactions. */
  readonly seconds: number;
  readonly rows: number;
}

/** Reads the raw file and prepares it as ../../shared/golden/ncf-ml-1m.json says in its last section, but for the unit of the split. */
export function loadOnlineRetail(unit: 'order' | 'row'): OnlineRetail {
  const path = sharedData('online-retail', 'online-retail.csv.gz');
  if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');
  const text = gunzipSync(readFileSync(path)).toString('utf8');
  const start = performance.now();
  const orders = parseTable(text, {
    InvoiceNo: idColumn(),
    StockCode: idColumn(),
    Quantity: countColumn(),
    InvoiceDate: timeColumn(),
    UnitPrice: moneyColumn(),
    CustomerID: idColumn({ normalize: wholeNumberId }),
    Country: categoryColumn(),
  });
  const all = toInteractions(orders, {
    user: 'CustomerID',
    item: 'StockCode',
    time: 'InvoiceDate',
    weight: 'Quantity',
    order: 'InvoiceNo',
    cancellationPrefix: 'C',
    duplicates: 'first',
  });
  const seconds = (performance.now() - start) / 1000;
  const shop = kCore(all, { users: 5, items: 1 });
  const parts = leaveLastOut(shop, { unit });
  const by = { key: 'CustomerID', value: 'Country', vocabulary: shop.users, reduce: 'mostFrequent' } as const;
  const countries = categoryByKey(orders, by);
  const prices = numberByKey(orders, {
    key: 'StockCode',
    value: 'UnitPrice',
    vocabulary: shop.items,
    reduce: 'median',
  });
  return {
    ...parts,
    rehearsal: leaveLastOut(parts.train, { unit }),
    countries: countries.vocabulary,
    countryOf: countries.codes,
    priceOf: standardised(Float32Array.from(prices, (price) => Math.log(Math.max(price, 0.01)))),
    seconds,
    rows: orders.length,
  };
}

function standardised(values: Float32Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / deviation);
}
