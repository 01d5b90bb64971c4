/** What the page needs of a file of orders, and the names that people give such columns. */
export const roles = {
  order: {
    label: 'Order number',
    isNeeded: true,
    known: ['order', 'invoiceno', 'invoice', 'orderid', 'ordernumber', 'name'],
  },
  customer: {
    label: 'Customer',
    isNeeded: true,
    known: ['customer', 'customerid', 'userid', 'user', 'email', 'client'],
  },
  product: {
    label: 'Product',
    isNeeded: true,
    known: ['product', 'productid', 'stockcode', 'sku', 'item', 'itemid', 'lineitemsku', 'article'],
  },
  time: {
    label: 'Time',
    isNeeded: true,
    known: ['time', 'date', 'invoicedate', 'orderdate', 'createdat', 'timestamp'],
  },
  quantity: {
    label: 'Pieces',
    isNeeded: true,
    known: ['quantity', 'qty', 'pieces', 'count', 'lineitemquantity', 'units'],
  },
  price: { label: 'Unit price', isNeeded: false, known: ['unitprice', 'price', 'lineitemprice'] },
  country: { label: 'Country', isNeeded: false, known: ['country', 'shippingcountry', 'region', 'market'] },
} as const;

export type Role = keyof typeof roles;

/** Which column has which role; '' for none. */
export type Mapping = Readonly<Record<Role, string>>;

/** Finds columns by their names. */
export function guessMapping(header: readonly string[]): Mapping {
  const plain = header.map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
  const find = (known: readonly string[]) => {
    const place = known.map((name) => plain.indexOf(name)).find((index) => index >= 0);
    return place === undefined ? '' : header[place]!;
  };
  return Object.fromEntries(Object.entries(roles).map(([role, { known }]) => [role, find(known)])) as Mapping;
}

/** How times may be written. */
export const timeFormats = [
  'iso',
  'D/M/YYYY H:MM',
  'M/D/YYYY H:MM',
  'D.M.YYYY H:MM',
  'YYYY/M/D H:MM',
  'D.M.YYYY',
  'D/M/YYYY',
  'M/D/YYYY',
] as const;

/** The first format that could be meant by some times. Where day and month could be either, it says day first. */
export function guessFormat(times: readonly string[]): string {
  const numbers = times.map((time) => time.split(/\D+/).map(Number));
  const [first = ''] = times;
  if (/^\d{4}-/.test(first)) return 'iso';
  const hasClock = /\d:\d/.test(first);
  if (/^\d{4}\//.test(first)) return 'YYYY/M/D H:MM';
  if (first.includes('.')) return hasClock ? 'D.M.YYYY H:MM' : 'D.M.YYYY';
  const isMonthFirst = numbers.some(([, second = 0]) => second > 12);
  const date = isMonthFirst ? 'M/D/YYYY' : 'D/M/YYYY';
  return hasClock ? `${date} H:MM` : date;
}
