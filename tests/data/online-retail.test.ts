import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  countColumn,
  idColumn,
  kCore,
  leaveLastOut,
  moneyColumn,
  parseTable,
  timeColumn,
  toInteractions,
  wholeNumberId,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { findSharedData } from '../support/shared-data.js';

const path = findSharedData('online-retail/online-retail.csv.gz');

const columns = {
  InvoiceNo: idColumn(),
  StockCode: idColumn(),
  Quantity: countColumn(),
  InvoiceDate: timeColumn(),
  UnitPrice: moneyColumn(),
  CustomerID: idColumn({ normalize: wholeNumberId, missing: 'keep' }),
  Country: idColumn(),
};
const names = {
  user: 'CustomerID',
  item: 'StockCode',
  time: 'InvoiceDate',
  weight: 'Quantity',
  order: 'InvoiceNo',
  cancellationPrefix: 'C',
} as const;

// Expected counts: the description that comes with the file, which was counted without this library.
describe.skipIf(!path)('UCI Online Retail', () => {
  const text = path ? gunzipSync(readFileSync(path)).toString() : `${Object.keys(columns)}\n`;
  const orders = parseTable(text, columns);

  test('is read whole', () => {
    const { length, report } = orders;
    const { CustomerID, StockCode, InvoiceNo, Country, Quantity, UnitPrice, InvoiceDate } = orders.columns;
    expect(report).toMatchObject({ rows: 541_909, kept: 541_909, missing: {}, bad: 0, badRows: [] });
    expect(length).toBe(541_909);
    const sizes = [CustomerID, StockCode, InvoiceNo, Country].map(({ vocabulary }) => vocabulary.size);
    expect(sizes).toEqual([4372, 4070, 25_900, 38]);
    expect(CustomerID.codes.filter((code) => code < 0).length).toBe(135_080);
    expect(CustomerID.vocabulary.has('17850')).toBe(true);
    expect(Quantity.values.reduce((sum, value) => sum + value, 0)).toBe(5_176_450);
    const revenue = Quantity.values.reduce((sum, pieces, row) => sum + pieces * UnitPrice.values[row]!, 0);
    expect(revenue).toBeCloseTo(9_747_747.93, 2);
    const first = InvoiceDate.values[0]!;
    expect([first, InvoiceDate.values[length - 1]]).toEqual([
      Date.UTC(2010, 11, 1, 8, 26),
      Date.UTC(2011, 11, 9, 12, 50),
    ]);
  });

  test('has the purchases that are counted elsewhere', () => {
    const { users, items, length, weights, report } = toInteractions(orders, names);
    expect([length, users.size, items.size]).toEqual([397_924, 4339, 3665]);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(5_181_696);
    expect(report.rows).toBe(541_909);
    expect(report.dropped).toMatchObject({
      withoutUser: 135_080,
      cancellation: 541_909 - 135_080 - 397_924,
      return: 0,
    });
    expect(toInteractions(orders, { ...names, duplicates: 'sum' }).length).toBe(266_802);
  });

  test('is prepared as for the reference scores: distinct products by first purchase, customers with 5 or more', () => {
    const pairs = toInteractions(orders, { ...names, duplicates: 'first' });
    const { train, test: last } = leaveLastOut(kCore(pairs, { users: 5 }), { unit: 'row' });
    expect([last.users.size, last.items.size, train.length, last.length]).toEqual([4080, 3665, 262_131, 4080]);
  });

  test('has lines of most last orders in train where last rows are taken, none where last orders are', () => {
    const core = kCore(toInteractions(orders, { ...names, duplicates: 'first' }), { users: 5 });
    const shareInTrain = ({ train, test: last }: ReturnType<typeof leaveLastOut>) => {
      const known = new Set(train.orders);
      return last.orders!.filter((order) => known.has(order)).length / last.length;
    };
    // 92%, counted from the file with another program.
    expect(shareInTrain(leaveLastOut(core, { unit: 'row' }))).toBeCloseTo(0.92, 2);
    expect(shareInTrain(leaveLastOut(core))).toBe(0);
  });

  test('has returns that take purchases back', () => {
    const net = toInteractions(orders, { ...names, returns: 'subtract' });
    const { report } = net;
    expect(report.kept + Object.values(report.dropped).reduce((sum, each) => sum + each, 0)).toBe(541_909);
    expect(report.dropped.takenBack).toBeGreaterThan(0);
    expect(report.unmatchedReturns).toBeGreaterThan(0);
    // The largest order of the file, 80,995 pieces, was cancelled a few minutes later.
    expect(net.weights.reduce((most, weight) => Math.max(most, weight), 0)).toBeLessThan(80_995);
  });
});
