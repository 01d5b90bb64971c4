import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  countColumn,
  idColumn,
  leaveLastOut,
  parseTable,
  splitAtTime,
  timeColumn,
  toInteractions,
  wholeNumberId,
} from 'minimart';
import { sharedData } from './shared-data.js';

/** UCI Online Retail with every purchase, and the splits of next baskets: the rehearsal lies within train of `lastOrders`. */
export function nextBasketData() {
  const path = sharedData('online-retail', 'online-retail.csv.gz');
  if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');
  const orders = parseTable(gunzipSync(readFileSync(path)).toString('utf8'), {
    InvoiceNo: idColumn(),
    StockCode: idColumn(),
    Quantity: countColumn(),
    InvoiceDate: timeColumn(),
    CustomerID: idColumn({ normalize: wholeNumberId }),
  });
  const columns = { user: 'CustomerID', item: 'StockCode', time: 'InvoiceDate', order: 'InvoiceNo' } as const;
  const shop = toInteractions(orders, { ...columns, weight: 'Quantity', cancellationPrefix: 'C' });
  const lastOrders = leaveLastOut(shop, { minimum: 3 });
  const rehearsal = leaveLastOut(lastOrders.train, { minimum: 3 });
  const afterADate = splitAtTime(shop, { time: Date.UTC(2011, 9, 1), test: 'next' });
  return { shop, lastOrders, rehearsal, afterADate };
}
