import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  type CodedColumn,
  type CountColumn,
  countColumn,
  idColumn,
  type NumberColumn,
  numberColumn,
  parseTable,
  splitTable,
  type Table,
  timeColumn,
} from 'minimart';

/** What of an order line is learned. */
export type OrderLineColumns = {
  readonly country: CodedColumn;
  readonly group: CodedColumn;
  readonly pieces: CountColumn;
  readonly price: NumberColumn;
  readonly hour: CountColumn;
  readonly weekday: CountColumn;
};

/** Lines of UCI Online Retail drawn at random; of the product's code the first letters are its group, all of them itself. */
export function readOrderLines(path: string, train: number, test: number, seed: number, letters = 3) {
  const all = orderLines(gunzipSync(readFileSync(path)).toString(), letters);
  const { test: drawn } = splitTable(all, { testShare: (train + test) / all.length, seed });
  return splitTable(drawn, { testShare: test / (train + test), seed });
}

function orderLines(csvText: string, letters: number): Table<OrderLineColumns> {
  const { length, report, columns } = parseTable(csvText, {
    Country: idColumn(),
    StockCode: idColumn({ normalize: (code) => code.slice(0, letters).toUpperCase() }),
    Quantity: countColumn(),
    UnitPrice: numberColumn(),
    InvoiceDate: timeColumn(),
  });
  const times = Array.from(columns.InvoiceDate.values, (time) => new Date(time));
  const count = (of: (time: Date) => number): CountColumn => ({ kind: 'count', values: Int32Array.from(times, of) });
  return {
    length,
    report,
    columns: {
      country: columns.Country,
      group: columns.StockCode,
      pieces: columns.Quantity,
      price: columns.UnitPrice,
      hour: count((time) => time.getUTCHours()),
      weekday: count((time) => time.getUTCDay()),
    },
  };
}
