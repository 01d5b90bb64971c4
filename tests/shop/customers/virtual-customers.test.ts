import {
  bootstrapCustomers,
  countColumn,
  createRng,
  formatOrders,
  idColumn,
  moneyColumn,
  parseTable,
  simulateShop,
  timeColumn,
  toInteractions,
  virtualCustomers,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { readCustomers } from '../../../src/shop/customers/visits.js';

const columns = { customer: 'customer', product: 'product', time: 'time', pieces: 'pieces', price: 'price' } as const;
const tableOf = (rows: readonly string[]) =>
  parseTable(`customer,product,pieces,price,time\n${rows.join('\n')}\n`, {
    customer: idColumn({ missing: 'keep' }),
    product: idColumn(),
    pieces: countColumn(),
    price: moneyColumn(),
    time: timeColumn(),
  });
type Orders = ReturnType<typeof tableOf>;

const start = Date.UTC(2026, 2, 2);
const days = 140;
const timeText = (day: number, hour: number) =>
  new Date(start + day * 86_400_000 + hour * 3_600_000).toISOString().slice(0, 16);

// Two tastes that never mix; everybody comes back after 7 days with chance 2 / 3, else never; nobody on Saturdays; a basket of 3,
// each line what was bought before with chance 1 / 2 from the second visit on.
function drawnOrders(customers: number, seed: number): Orders {
  const rng = createRng(seed);
  const rows: string[] = [];
  for (let customer = 0; customer < customers; customer += 1) {
    const taste = customer % 2;
    const owned: number[] = [];
    let day = rng.integer(60);
    while (day % 7 === 5) day = rng.integer(60);
    for (;;) {
      const basket = new Set<number>();
      while (basket.size < 3) {
        const repeats = owned.length > 5 ? 0.5 : 0;
        basket.add(rng.uniform() < repeats ? rng.choice(owned) : 50 * taste + rng.integer(50));
      }
      for (const product of basket)
        rows.push(`c${customer},p${product},${1 + (product % 3)},${product + 1}.50,${timeText(day, 9)}`);
      owned.push(...basket);
      if (rng.uniform() < 1 / 3 || day + 7 >= days) break;
      day += 7;
    }
  }
  // The last day of the record, whoever came.
  rows.push(`c0,p0,1,1.50,${timeText(days - 1, 9)}`);
  return tableOf(rows);
}

const facts = async (table: Orders) => {
  const { visits } = await readCustomers('test', table, columns, async () => {});
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const gaps = visits.flatMap((own) => own.slice(1).map(({ day }, place) => day - own[place]!.day));
  let [repeats, later] = [0, 0];
  for (const own of visits) {
    const owned = new Set<number>();
    for (const [place, { products }] of own.entries()) {
      if (place > 1) {
        later += products.length;
        repeats += products.filter((product) => owned.has(product)).length;
      }
      for (const product of products) owned.add(product);
    }
  }
  const mixed = visits.filter((own) => {
    const groups = own.flatMap(({ products }) =>
      products.map((code) => Number(table.columns.product.vocabulary.idAt(code)!.slice(1)) < 50),
    );
    const share = groups.filter(Boolean).length / groups.length;
    return share > 0.2 && share < 0.8;
  });
  return {
    visits: mean(visits.map((own) => own.length)),
    week: gaps.filter((gap) => gap >= 5 && gap <= 8).length / gaps.length,
    lines: mean(visits.flatMap((own) => own.map(({ products }) => products.length))),
    repeats: repeats / later,
    mixed: mixed.length / visits.length,
  };
};

describe('virtual customers', () => {
  test('come as often as recorded ones, at their gaps, with their baskets, repeats and tastes', async () => {
    const orders = drawnOrders(1200, 1);
    const model = await virtualCustomers(orders, { ...columns, classes: 2, seed: 1 });
    const [virtual, real] = [await facts(await model.sample(1200, { seed: 2 })), await facts(orders)];
    // (1 + 2 / 3 + 4 / 9 ...) = 3 visits of 3 lines.
    expect(virtual.visits / real.visits).toBeGreaterThan(0.85);
    expect(virtual.visits / real.visits).toBeLessThan(1.15);
    expect(virtual.week).toBeGreaterThan(0.75);
    expect(virtual.lines).toBeCloseTo(real.lines, 1);
    expect(Math.abs(virtual.repeats - real.repeats)).toBeLessThan(0.08);
    expect(real.mixed).toBeLessThan(0.01);
    expect(virtual.mixed).toBeLessThan(0.1);
  });

  test.each([
    ['virtualCustomers', virtualCustomers],
    ['bootstrapCustomers', bootstrapCustomers],
  ])(
    '%s: rows in order, in the days of the record, on days with orders, with recorded amounts',
    async (_name, learn) => {
      const orders = drawnOrders(300, 2);
      const model = await learn(orders, columns);
      const { columns: virtual, length, report } = await model.sample(200, { seed: 1 });
      const times = [...virtual.time.values];
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(Object.keys(virtual)).toEqual(['customer', 'product', 'time', 'pieces', 'price']);
      expect(report.kept).toBe(length);
      const open = new Set([...orders.columns.time.values].map((time) => Math.floor(time / 86_400_000)));
      expect(times.every((time) => open.has(Math.floor(time / 86_400_000)))).toBe(true);
      // Pieces and price belong to the product.
      for (let row = 0; row < length; row += 1) {
        const product = Number(virtual.product.vocabulary.idAt(virtual.product.codes[row]!)!.slice(1));
        expect(virtual.pieces.values[row]).toBe(1 + (product % 3));
        expect(virtual.price.values[row]).toBe(product + 1.5);
      }
      expect(virtual.customer.vocabulary.idAt(199)).toBe('V200');
      expect(new Set(virtual.customer.codes).size).toBe(200);
      const again = await model.sample(200, { seed: 1 });
      expect(again.columns.time.values).toEqual(virtual.time.values);
      expect(again.columns.product.codes).toEqual(virtual.product.codes);
    },
  );

  test('of a bootstrap each basket is a recorded one of one customer', async () => {
    const orders = tableOf(
      Array.from({ length: 30 }, (_, day) => [
        `ann,tea,${day + 1},1,${timeText(day, 8)}`,
        `bob,mug,${day + 1},2,${timeText(day, 12)}`,
      ]).flat(),
    );
    const { columns: virtual, length } = await (await bootstrapCustomers(orders, columns)).sample(40, { seed: 1 });
    const productOf = new Map<number, number>();
    for (let row = 0; row < length; row += 1) {
      const customer = virtual.customer.codes[row]!;
      expect(productOf.get(customer) ?? virtual.product.codes[row]).toBe(virtual.product.codes[row]);
      productOf.set(customer, virtual.product.codes[row]!);
      expect(new Date(virtual.time.values[row]!).getUTCHours()).toBe(virtual.product.codes[row] === 0 ? 8 : 12);
    }
    expect(length).toBeGreaterThan(800);
  });

  test('come back in the seasons of the record', async () => {
    // First visits on any day; back on a day with chance 1 / 100 in the first and the last 56 days, 4 / 100 between.
    const rng = createRng(5);
    const chance = (day: number) => (Math.floor(day / 56) === 1 ? 0.04 : 0.01);
    const rows = Array.from({ length: 1500 }, (_, customer) => {
      const visits = [rng.integer(168)];
      for (let day = visits[0]! + 1; day < 168; day += 1) if (rng.uniform() < chance(day)) visits.push(day);
      return visits.map((day) => `c${customer},p${day % 5},1,1.50,${timeText(day, 9)}`);
    });
    const orders = tableOf(rows.flat());
    const busyShare = async (table: Orders) => {
      const { visits } = await readCustomers('test', table, columns, async () => {});
      const later = visits.flatMap((own) => own.slice(1));
      return later.filter(({ day }) => chance(day) > 0.02).length / later.length;
    };
    const model = await virtualCustomers(orders, { ...columns, classes: 1 });
    const [real, virtual] = [await busyShare(orders), await busyShare(await model.sample(1500, { seed: 1 }))];
    // On average 250, 750 and 1,250 customers have come before: 750 * 4 of 250 + 750 * 4 + 1,250 visits.
    expect(real).toBeCloseTo(3000 / 4500, 1);
    expect(Math.abs(virtual - real)).toBeLessThan(0.03);
  });

  test('where nobody buys a product twice, virtual customers do not', async () => {
    // Customer c buys product 7 c + 3 v (of 40) on visit v, a week after the one before.
    const rows = Array.from({ length: 160 }, (_, row) => {
      const [customer, visit] = [Math.floor(row / 4), row % 4];
      const product = (customer * 7 + visit * 3) % 40;
      return `c${customer},p${product},${1 + (product % 3)},1.50,${timeText((customer % 5) + 7 * visit, 9)}`;
    });
    const model = await virtualCustomers(tableOf(rows), { ...columns, classes: 1 });
    const { repeats } = await facts(await model.sample(300, { seed: 1 }));
    expect(repeats).toBe(0);
  });

  test('the table goes where orders go, and 100 rows are enough', async () => {
    const text = formatOrders(simulateShop({ seed: 3, users: 40, items: 10, days: 60 }))
      .split('\n')
      .slice(0, 101)
      .join('\n');
    const orders = parseTable(text, {
      Customer: idColumn(),
      Product: idColumn(),
      Quantity: countColumn(),
      Time: timeColumn(),
    });
    const model = await virtualCustomers(orders, {
      customer: 'Customer',
      product: 'Product',
      time: 'Time',
      pieces: 'Quantity',
    });
    expect(model.report.rows).toBe(100);
    expect(model.report.counted + model.report.returns).toBe(100);
    const virtual = await model.sample(30);
    const shop = toInteractions(virtual, { user: 'Customer', item: 'Product', time: 'Time', weight: 'Quantity' });
    expect(shop.users.size).toBe(30);
    expect(shop.length).toBe(virtual.length);
  });
});

describe('refuses', () => {
  test.each([
    ['virtualCustomers', virtualCustomers],
    ['bootstrapCustomers', bootstrapCustomers],
  ])('%s: one customer, few days, columns of other kinds', async (_name, learn) => {
    const alone = tableOf([
      `ann,tea,1,1,${timeText(0, 8)}`,
      `ann,tea,1,1,${timeText(20, 8)}`,
      `,tea,1,1,${timeText(0, 8)}`,
      `bob,tea,-1,1,${timeText(0, 8)}`,
    ]);
    await expect(learn(alone, columns)).rejects.toThrow(
      /`orders` must have orders of at least 2 customers, received '1 \(rows without something: 1, returns: 1\)'/,
    );
    const short = tableOf([`ann,tea,1,1,${timeText(0, 8)}`, `bob,tea,1,1,${timeText(12, 8)}`]);
    await expect(learn(short, columns)).rejects.toThrow(/`orders` must span 14 to 36525 days.*received 13/);
    await expect(learn(short, { ...columns, customer: 'pieces' as 'customer' })).rejects.toThrow(
      /`customer` must name a column read with idColumn/,
    );
    const orders = tableOf([`ann,tea,1,1,${timeText(0, 8)}`, `bob,tea,1,1,${timeText(20, 8)}`]);
    await expect((await learn(orders, columns)).sample(0)).rejects.toThrow(/`customers` must be a whole number from 1/);
  });
});
