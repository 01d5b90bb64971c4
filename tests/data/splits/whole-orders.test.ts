import fc from 'fast-check';
import {
  createInteractions,
  createVocabulary,
  decodeRecommender,
  encodeRecommender,
  type Interactions,
  idColumn,
  kCore,
  leaveLastOut,
  parseTable,
  popularityRecommender,
  splitAtTime,
  splitRandom,
  splitTable,
  timeColumn,
  toInteractions,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { anyOrders, orderTexts, rowTexts } from './any-interactions.js';

// ann: orders a (2 rows), b (1 row), c (3 rows, of which one is written between the rows of b and c by time);
// bob: order d alone; cid: two rows without a number.
const csv = [
  'Order,Customer,Product,Time',
  'a,ann,tea,2026-01-01',
  'a,ann,milk,2026-01-01',
  'b,ann,cake,2026-01-03',
  'c,ann,salt,2026-01-02',
  'c,ann,soap,2026-01-04',
  'c,ann,tea,2026-01-04',
  'd,bob,tea,2026-01-02',
  'd,bob,mug,2026-01-02',
  ',cid,tea,2026-01-01',
  ',cid,mug,2026-01-05',
].join('\n');
const table = parseTable(csv, {
  Order: idColumn({ missing: 'keep' }),
  Customer: idColumn(),
  Product: idColumn(),
  Time: timeColumn(),
});
const shop = toInteractions(table, { user: 'Customer', item: 'Product', time: 'Time', order: 'Order' });
const products = ({ items, itemIndices }: Interactions) => Array.from(itemIndices, (item) => items.idAt(item));

// No order has rows in two parts, and the parts hold every row once.
function expectWholeOrders(whole: Interactions, parts: readonly Interactions[]): void {
  expect(parts.flatMap(rowTexts).sort()).toEqual(rowTexts(whole).sort());
  const places = parts.map((part) => new Set(orderTexts(part)));
  const distinct = new Set(orderTexts(whole));
  expect(places.reduce((sum, { size }) => sum + size, 0)).toBe(distinct.size);
}

// The definition, by lists: the orders of one user by their last rows, latest last.
function ordersOf(whole: Interactions, user: number): string[] {
  const own = orderTexts(whole).slice(whole.offsets[user], whole.offsets[user + 1]);
  return own.filter((order, place) => own.lastIndexOf(order) === place);
}

test('interactions keep the order of each row, through sorting, merging, cores and files', async () => {
  const { vocabulary } = table.columns.Order;
  const named = Array.from(shop.orders!, (order) => vocabulary.idAt(order));
  expect(named).toEqual(['a', 'a', 'c', 'b', 'c', 'c', 'd', 'd', undefined, undefined]);
  const merged = createInteractions({ ...shop, duplicates: 'first' });
  expect([merged.length, merged.orders!.length]).toEqual([9, 9]);
  expect(Array.from(merged.orders!.slice(4, 6), (order) => vocabulary.idAt(order))).toEqual(['c', 'd']);
  const core = kCore(shop, { users: 3 });
  expect([...core.orders!]).toEqual([...shop.orders!.slice(0, 6)]);
  const { seen } = await decodeRecommender(await encodeRecommender(popularityRecommender(shop)));
  expect(rowTexts(seen!)).toEqual(rowTexts(shop));
  expect(seen!.orders).toEqual(shop.orders);
});

test('an order column needs no prefix of cancellations, and can stand beside a test of them', () => {
  const options = { user: 'Customer', item: 'Product', order: 'Order' } as const;
  expect(toInteractions(table, options).length).toBe(10);
  const isMug = (row: number) => row === 9;
  expect(toInteractions(table, { ...options, cancelled: isMug }).report.dropped.cancellation).toBe(1);
});

describe('leaveLastOut', () => {
  test('takes the order of the last row whole, also the row of it that came before another order', () => {
    const { train, test: last } = leaveLastOut(shop);
    expect(products(train)).toEqual(['tea', 'milk', 'cake', 'tea', 'mug', 'tea']);
    expect(products(last)).toEqual(['salt', 'soap', 'tea', 'mug']);
  });

  test('takes single rows, or all of one moment, where asked', () => {
    expect(products(leaveLastOut(shop, { unit: 'row' }).test)).toEqual(['tea', 'mug', 'mug']);
    // bob's rows are of one moment, so he has one thing only and stays in train.
    expect(products(leaveLastOut(shop, { unit: 'time' }).test)).toEqual(['soap', 'tea', 'mug']);
  });

  test('is leaving out the last row where there are no orders', () => {
    const { orders: _, ...rest } = shop;
    expect(leaveLastOut(rest)).toEqual(leaveLastOut(rest, { unit: 'row' }));
    expect(() => leaveLastOut(rest, { unit: 'order' })).toThrow('leaveLastOut: `interactions.orders` must be there');
  });

  test('never cuts an order, and takes what the definition says', () => {
    fc.assert(
      fc.property(anyOrders, fc.boolean(), (whole, validation) => {
        const least = validation ? 3 : 2;
        const users = Array.from({ length: whole.users.size }, (_, user) => user);
        fc.pre(users.some((user) => ordersOf(whole, user).length >= least));
        const parts = validation ? leaveLastOut(whole, { validation }) : leaveLastOut(whole);
        expectWholeOrders(whole, Object.values(parts));
        for (const user of users) {
          const orders = ordersOf(whole, user);
          const tested = orders.length >= least ? orders.slice(-1) : [];
          expect(ordersOf(parts.test, user)).toEqual(tested);
          if (!('validation' in parts)) continue;
          // By last rows, once the last order is out: the same list without its end.
          expect(ordersOf(parts.validation as Interactions, user)).toEqual(
            orders.length >= least ? orders.slice(-2, -1) : [],
          );
        }
      }),
    );
  });

  test('counts orders, not rows, against the minimum', () => {
    expect(() => leaveLastOut(shop, { minimum: 4 })).toThrow('have a user with at least 4 orders');
    expect(products(leaveLastOut(shop, { minimum: 3 }).test)).toEqual(['salt', 'soap', 'tea']);
  });
});

describe('splitAtTime', () => {
  test('learns from nothing of the moment or later, and keeps orders whole', () => {
    fc.assert(
      fc.property(anyOrders, fc.nat({ max: 10 }), (whole, moment) => {
        const { train, test: later } = splitAtTime(whole, { time: moment });
        expectWholeOrders(whole, [train, later]);
        expect(train.times!.every((each) => each < moment)).toBe(true);
        // What is in the test too early is there for a later row of the same order.
        const late = new Set(orderTexts(whole).filter((_, row) => whole.times![row]! >= moment));
        expect(new Set(orderTexts(later))).toEqual(late);
      }),
    );
  });

  test('cuts orders where asked', () => {
    const { test: later } = splitAtTime(shop, { time: Date.UTC(2026, 0, 3), unit: 'row' });
    expect(products(later)).toEqual(['cake', 'soap', 'tea', 'mug']);
    expect(products(splitAtTime(shop, { time: Date.UTC(2026, 0, 3) }).test)).toEqual([
      'salt',
      'cake',
      'soap',
      'tea',
      'mug',
    ]);
  });
});

test('splitRandom draws whole orders, the share of their number', () => {
  fc.assert(
    fc.property(anyOrders, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(), (whole, testShare, seed) => {
      const count = new Set(orderTexts(whole)).size;
      fc.pre(count >= 2);
      const { train, test: drawn } = splitRandom(whole, { testShare, seed });
      expectWholeOrders(whole, [train, drawn]);
      const expected = Math.min(count - 1, Math.max(1, Math.round(count * testShare)));
      expect(new Set(orderTexts(drawn)).size).toBe(expected);
    }),
  );
});

test('splitTable keeps together the rows of an id, and lets rows without one stand alone', () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const { train, test: drawn } = splitTable(table, { testShare: 0.5, seed, together: 'Order' });
    // Orders a, b, c, d and two rows alone: 6 groups, 3 of them drawn.
    const groups = (part: typeof table) => {
      const codes = [...part.columns.Order.codes];
      return new Set(codes.filter((code) => code >= 0)).size + codes.filter((code) => code < 0).length;
    };
    expect([groups(train), groups(drawn), train.length + drawn.length]).toEqual([3, 3, 10]);
  }
  const wrong = { testShare: 0.5, seed: 1, together: 'Time' as 'Order' };
  expect(() => splitTable(table, wrong)).toThrow('splitTable: `together` must name a column');
});

test('orders are checked', () => {
  const users = createVocabulary(['u']);
  const rows = { users, items: users, userIndices: [0, 0], itemIndices: [0, 0] };
  expect(() => createInteractions({ ...rows, orders: [1] })).toThrow('`orders.length` must be 2');
  expect(() => createInteractions({ ...rows, orders: [1, 0.5] })).toThrow('`orders` must hold whole numbers from -1');
});
