import {
  type CodedColumn,
  type CountColumn,
  categoryColumn,
  countColumn,
  createVocabulary,
  formatOrders,
  idColumn,
  type NumberColumn,
  numberColumn,
  parseTable,
  type SimulatedShop,
  simulateShop,
  type Table,
  type TimeColumn,
  timeColumn,
} from 'minimart';
import { readTableFile } from 'minimart/node';
import type { Settings } from './options.js';

/** What of an order line is learned. */
export type LineColumns = {
  readonly country: CodedColumn;
  /** The product's category, or the first three letters of its code. */
  readonly group: CodedColumn;
  readonly pieces: CountColumn;
  readonly price: NumberColumn;
  readonly hour: CountColumn;
  readonly weekday: CountColumn;
};

/** Sales by product and time. */
export type SaleColumns = { readonly product: CodedColumn; readonly time: TimeColumn; readonly pieces: CountColumn };

/** A shop's sales. */
export interface Sales {
  /** What they are, in a few words. */
  readonly name: string;
  readonly lines: Table<LineColumns>;
  /** The same rows, oldest first. */
  readonly sales: Table<SaleColumns>;
  /** Rows left out since they sell nothing: returns, and lines without a price. */
  readonly leftOut: number;
  /** What the sales come from, where they are simulated. */
  readonly shop?: SimulatedShop;
}

/** Columns under one set of names, whatever the file calls them. */
type RawColumns = SaleColumns & {
  readonly group: CodedColumn;
  readonly price: NumberColumn;
  readonly country: CodedColumn;
};

/** Reads the sales of a file, or simulates a shop and reads what it exports. */
export async function loadSales({ data, seed, users, items, days }: Settings): Promise<Sales> {
  if (data !== undefined) return { name: data, ...salesOf(await readOnlineRetail(data)) };
  const shop = simulateShop({ seed, users, items, days });
  return { name: 'simulated shop', shop, ...salesOf(readSimulated(formatOrders(shop))) };
}

function readSimulated(csv: string): Table<RawColumns> {
  const { columns, ...rest } = parseTable(csv, {
    ...{ Product: idColumn(), Category: categoryColumn(), Quantity: countColumn(), UnitPrice: numberColumn() },
    ...{ Time: timeColumn(), Country: categoryColumn() },
  });
  const { Product, Category, Quantity, UnitPrice, Time, Country } = columns;
  return {
    ...rest,
    columns: { product: Product, group: Category, pieces: Quantity, price: UnitPrice, time: Time, country: Country },
  };
}

async function readOnlineRetail(path: string): Promise<Table<RawColumns>> {
  const { columns, ...rest } = await readTableFile(path, {
    ...{ StockCode: idColumn({ normalize: (code) => code.toUpperCase() }), Quantity: countColumn() },
    ...{ UnitPrice: numberColumn(), InvoiceDate: timeColumn(), Country: categoryColumn() },
  });
  const { StockCode, Quantity, UnitPrice, InvoiceDate, Country } = columns;
  const group = groupsOf(StockCode);
  return {
    ...rest,
    columns: { product: StockCode, group, pieces: Quantity, price: UnitPrice, time: InvoiceDate, country: Country },
  };
}

// The first three letters of a code: products of one kind have neighbouring numbers there.
function groupsOf({ codes, vocabulary }: CodedColumn): CodedColumn {
  const groups = Array.from({ length: vocabulary.size }, (_, code) => String(vocabulary.idAt(code)).slice(0, 3));
  const found = createVocabulary(groups);
  return { kind: 'category', vocabulary: found, codes: codes.map((code) => found.indexOf(groups[code]!)) };
}

function salesOf({ length, columns, report }: Table<RawColumns>): Omit<Sales, 'name' | 'shop'> {
  const { product, group, pieces, price, time, country } = columns;
  const kept = Uint32Array.from({ length }, (_, row) => row).filter(
    (row) => pieces.values[row]! > 0 && price.values[row]! > 0,
  );
  kept.sort((a, b) => time.values[a]! - time.values[b]! || a - b);
  const coded = (column: CodedColumn): CodedColumn => ({
    ...column,
    codes: Int32Array.from(kept, (row) => column.codes[row]!),
  });
  const count = (of: (row: number) => number): CountColumn => ({ kind: 'count', values: Int32Array.from(kept, of) });
  const when = (row: number) => new Date(time.values[row]!);
  const own = { length: kept.length, report };
  const quantities = count((row) => pieces.values[row]!);
  const [prices, times] = [price, time].map(({ values }) => Float64Array.from(kept, (row) => values[row]!));
  return {
    lines: {
      ...own,
      columns: {
        ...{ country: coded(country), group: coded(group), pieces: quantities },
        price: { kind: 'number', values: prices! },
        hour: count((row) => when(row).getUTCHours()),
        weekday: count((row) => when(row).getUTCDay()),
      },
    },
    sales: { ...own, columns: { product: coded(product), pieces: quantities, time: { kind: 'time', values: times! } } },
    leftOut: length - kept.length,
  };
}
