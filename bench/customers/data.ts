import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { countColumn, customerHistory, idColumn, moneyColumn, parseTable, timeColumn } from '../../src/index.js';
import { findSharedData } from '../../tests/support/shared-data.js';

/** A data set at some dates: `at(date, weeks)` is its history up to a day, with what came in the weeks behind. */
export interface Dataset {
  readonly name: string;
  at(until: string, horizon: number): ReturnType<typeof customerHistory>;
  /** The split that others have published numbers for: until, weeks. */
  readonly usual: readonly [until: string, horizon: number];
  /** A date to learn at and a later one to be judged at, and how far ahead is looked. */
  readonly inTime: readonly [learn: string, test: string, horizon: number];
}

/** The data sets that are there. */
export function readDatasets(): Dataset[] {
  return [cdnow(), onlineRetail()].filter((each) => each !== undefined);
}

function cdnow(): Dataset | undefined {
  const path = findSharedData('cdnow/CDNOW_sample.txt.gz');
  if (!path) return undefined;
  const lines = gunzipSync(readFileSync(path)).toString().trim().split(/\r?\n/);
  const rows = lines.map((line) => {
    const [, customer, day, , money] = line.trim().split(/\s+/);
    return `${customer},${day!.slice(0, 4)}-${day!.slice(4, 6)}-${day!.slice(6)},${money}`;
  });
  const kinds = { customer: idColumn(), time: timeColumn(), money: moneyColumn() };
  const orders = parseTable(`customer,time,money\n${rows.join('\n')}\n`, kinds);
  const columns = { customer: 'customer', time: 'time', money: 'money' } as const;
  return {
    name: 'CDNOW',
    at: (until, horizon) => customerHistory(orders, { ...columns, until: Date.parse(until), horizon }),
    usual: ['1997-09-30', 39],
    inTime: ['1997-06-30', '1997-09-30', 13],
  };
}

function onlineRetail(): Dataset | undefined {
  const path = findSharedData('online-retail/online-retail.csv.gz');
  if (!path) return undefined;
  const kinds = {
    CustomerID: idColumn(),
    InvoiceDate: timeColumn(),
    Quantity: countColumn(),
    UnitPrice: moneyColumn(),
    Country: idColumn(),
  };
  const orders = parseTable(gunzipSync(readFileSync(path)).toString(), kinds);
  const numbers = { pieces: 'Quantity', money: 'UnitPrice' } as const;
  const columns = { customer: 'CustomerID', time: 'InvoiceDate', ...numbers, categories: ['Country'] } as const;
  return {
    name: 'UCI Online Retail',
    at: (until, horizon) => customerHistory(orders, { ...columns, until: Date.parse(until), horizon }),
    usual: ['2011-08-31', 13],
    inTime: ['2011-05-31', '2011-08-31', 13],
  };
}
