import { expect, test } from 'vitest';
import { guessFormat, guessMapping } from '../../../examples/playground/src/shop/columns.js';
import { readHeader } from '../../../examples/playground/src/shop/worker/read-header.js';

const headerOf = (text: string) => readHeader(new File([text], 'orders.csv'));

test.each([
  [',', 'a,b\n1,2\n'],
  [';', 'a;b\n1;2\n'],
  ['tab', 'a\tb\n1\t2\n'],
  ['|', 'a|b\r\n1|2\r\n'],
])('cells parted by %s are found', async (_, text) => {
  expect(await headerOf(text)).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test('a separator within quotation marks parts nothing, and a byte order mark is no letter of the first name', async () => {
  expect(await headerOf('\uFEFFname,note\n"mug, red",\n')).toEqual([
    ['name', 'note'],
    ['mug, red', ''],
  ]);
});

test('an empty file has no lines', async () => {
  expect(await headerOf('')).toEqual([]);
});

test('columns are found by the names that shops give them, and none stands for two roles', () => {
  const header = [
    'InvoiceNo',
    'StockCode',
    'Description',
    'Quantity',
    'InvoiceDate',
    'UnitPrice',
    'CustomerID',
    'Country',
  ];
  expect(guessMapping(header)).toEqual({
    order: 'InvoiceNo',
    customer: 'CustomerID',
    product: 'StockCode',
    time: 'InvoiceDate',
    quantity: 'Quantity',
    price: 'UnitPrice',
    country: 'Country',
  });
  expect(guessMapping(['Name', 'Email', 'Lineitem sku', 'Created at', 'Lineitem quantity'])).toMatchObject({
    order: 'Name',
    customer: 'Email',
    product: 'Lineitem sku',
    time: 'Created at',
    quantity: 'Lineitem quantity',
    price: '',
  });
});

test.each([
  [['2024-03-01 10:00'], 'iso'],
  [['2024-03-01T10:00:00Z'], 'iso'],
  [['2024/3/1 10:00'], 'YYYY/M/D H:MM'],
  [['1.3.2024 10:00'], 'D.M.YYYY H:MM'],
  [['1.3.2024'], 'D.M.YYYY'],
  [['12/1/2010 8:26', '12/13/2010 9:00'], 'M/D/YYYY H:MM'],
  [['1/12/2010', '13/12/2010'], 'D/M/YYYY'],
  // Either is possible: day first, as it says.
  [['1/2/2010'], 'D/M/YYYY'],
])('times such as %j are of the format %s', (times, format) => {
  expect(guessFormat(times)).toBe(format);
});
