import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { countColumn, idColumn, type PeriodSales, parseTable, salesByPeriod, timeColumn } from 'minimart';
import { sharedData } from '../recsys/shared-data.js';

/**
 * UCI Online Retail by weeks, from 6 December 2010 to 4 December 2011: goods, whose codes begin with five digits. Returns are left out.
 *
 * @param given - The file, where it is not in the folder of data.
 * @param products - The first so many goods.
 */
export async function uciWeeks(given: string | undefined, products = Number.POSITIVE_INFINITY): Promise<PeriodSales> {
  const path = given ?? sharedData('online-retail', 'online-retail.csv.gz');
  if (!path) {
    throw new Error('Online Retail is not there: name it by --data, or set MINIMART_DATA to the folder that holds it.');
  }
  const orders = parseTable(gunzipSync(readFileSync(path)).toString(), {
    StockCode: idColumn(),
    Quantity: countColumn(),
    InvoiceDate: timeColumn(),
  });
  const columns = { product: 'StockCode', time: 'InvoiceDate', pieces: 'Quantity', period: 'week' } as const;
  const weeks = { from: Date.UTC(2010, 11, 6), to: Date.UTC(2011, 11, 4) };
  const all = await salesByPeriod(orders, { ...columns, ...weeks });
  const goods = all.products.toJSON().ids.filter((id) => /^\d{5}/.test(id));
  return salesByPeriod(orders, { ...columns, ...weeks, products: goods.slice(0, products) });
}
