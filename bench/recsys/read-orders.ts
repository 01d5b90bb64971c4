import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { countColumn, idColumn, moneyColumn, parseTable, timeColumn, toInteractions } from '../../src/index.js';
import { findSharedData } from '../../tests/support/shared-data.js';

// From the CSV text of UCI Online Retail (541,909 rows) to interactions: the median of five runs after one to warm up.
const path = findSharedData('online-retail/online-retail.csv.gz');
if (!path) process.exit(1);
const text = gunzipSync(readFileSync(path)).toString();

function run(): { table: number; interactions: number; processor: number } {
  const used = process.cpuUsage();
  const start = performance.now();
  const table = parseTable(text, {
    InvoiceNo: idColumn(),
    StockCode: idColumn(),
    Quantity: countColumn(),
    InvoiceDate: timeColumn(),
    UnitPrice: moneyColumn(),
    CustomerID: idColumn(),
    Country: idColumn(),
  });
  const read = performance.now();
  toInteractions(table, {
    user: 'CustomerID',
    item: 'StockCode',
    time: 'InvoiceDate',
    weight: 'Quantity',
    order: 'InvoiceNo',
    cancellationPrefix: 'C',
    duplicates: 'sum',
  });
  const { user, system } = process.cpuUsage(used);
  return { table: read - start, interactions: performance.now() - read, processor: (user + system) / 1000 };
}

run();
const runs = Array.from({ length: 5 }, run);
const median = (part: (each: (typeof runs)[number]) => number) => runs.map(part).sort((one, other) => one - other)[2]!;
const shown = (milliseconds: number) => `${Math.round(milliseconds)} ms`;
console.log(`text to table: ${shown(median(({ table }) => table))} (seven columns)`);
console.log(`table to interactions: ${shown(median(({ interactions }) => interactions))}`);
console.log(`time of the processor, all threads: ${shown(median(({ processor }) => processor))}`);
