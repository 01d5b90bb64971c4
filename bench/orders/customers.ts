// npx tsx bench/orders/customers.ts: README.md says what it shows.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  bootstrapCustomers,
  type CodedColumn,
  type CountColumn,
  compareOrders,
  countColumn,
  createRng,
  idColumn,
  moneyColumn,
  type NumberColumn,
  type OrderComparison,
  parseTable,
  type Table,
  type TimeColumn,
  timeColumn,
  virtualCustomers,
} from 'minimart';
import { sharedData } from '../recsys/shared-data.js';

type Orders = Table<{
  readonly CustomerID: CodedColumn;
  readonly StockCode: CodedColumn;
  readonly Quantity: CountColumn;
  readonly UnitPrice: NumberColumn;
  readonly InvoiceDate: TimeColumn;
}>;

const columns = {
  customer: 'CustomerID',
  product: 'StockCode',
  time: 'InvoiceDate',
  pieces: 'Quantity',
  price: 'UnitPrice',
} as const;
const measures = ['visits', 'gaps', 'lines', 'repeats', 'weekdays', 'months', 'autocorrelation', 'products'] as const;

const path = sharedData('online-retail', 'online-retail.csv.gz');
if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');
const all: Orders = parseTable(gunzipSync(readFileSync(path)).toString(), {
  CustomerID: idColumn(),
  StockCode: idColumn(),
  Quantity: countColumn(),
  UnitPrice: moneyColumn(),
  InvoiceDate: timeColumn(),
});

// Half of the customers are learned from.
const draw = createRng(1);
const isLearned = Array.from({ length: all.columns.CustomerID.vocabulary.size }, () => draw.uniform() < 0.5);
const [real, heldOut] = [customersWhere((code) => isLearned[code]!), customersWhere((code) => !isLearned[code]!)];

console.log(`| virtual | fit, s | ${measures.join(' | ')} |\n| --- | --- |${' --- |'.repeat(measures.length)}`);
await show('bootstrapCustomers', () => bootstrapCustomers(real, columns));
for (const classes of [1, 10, 40]) {
  await show(`virtualCustomers, ${classes} classes`, () => virtualCustomers(real, { ...columns, classes, seed: 1 }));
}

async function show(
  name: string,
  learn: () => ReturnType<typeof virtualCustomers<Orders['columns'], keyof Orders['columns']>>,
) {
  const start = process.cpuUsage();
  const model = await learn();
  const { user, system } = process.cpuUsage(start);
  const found: OrderComparison[] = [];
  for (const seed of [1, 2, 3]) {
    const virtual = await model.sample(isLearned.filter((learned) => !learned).length, { seed });
    found.push(await compareOrders<Orders['columns'], keyof Orders['columns']>(virtual, { ...columns, real, heldOut }));
  }
  const cells = measures.map((measure) => {
    const own = found.reduce((sum, each) => sum + each[measure].value, 0) / found.length;
    return `${own.toFixed(3)} / ${found[0]![measure].heldOut.toFixed(3)}`;
  });
  console.log(`| ${name} | ${((user + system) / 1e6).toFixed(1)} | ${cells.join(' | ')} |`);
}

function customersWhere(isWanted: (code: number) => boolean): Orders {
  const { CustomerID, StockCode, Quantity, UnitPrice, InvoiceDate } = all.columns;
  const rows = Array.from(CustomerID.codes.keys()).filter((row) => isWanted(CustomerID.codes[row]!));
  return {
    length: rows.length,
    report: all.report,
    columns: {
      CustomerID: { ...CustomerID, codes: Int32Array.from(rows, (row) => CustomerID.codes[row]!) },
      StockCode: { ...StockCode, codes: Int32Array.from(rows, (row) => StockCode.codes[row]!) },
      Quantity: { ...Quantity, values: Int32Array.from(rows, (row) => Quantity.values[row]!) },
      UnitPrice: { ...UnitPrice, values: Float64Array.from(rows, (row) => UnitPrice.values[row]!) },
      InvoiceDate: { ...InvoiceDate, values: Float64Array.from(rows, (row) => InvoiceDate.values[row]!) },
    },
  };
}
