import {
  compareDemand,
  countColumn,
  createRng,
  demandByDay,
  idColumn,
  moneyColumn,
  type Promotion,
  parseTable,
  timeColumn,
  virtualCustomers,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { learnLifts } from '../../../src/shop/customers/promotion-lifts.js';
import { readCustomers } from '../../../src/shop/customers/visits.js';

const columns = { customer: 'customer', product: 'product', time: 'time', pieces: 'pieces', price: 'price' } as const;
const tableOf = (rows: readonly string[]) =>
  parseTable(`customer,product,pieces,price,time\n${rows.join('\n')}\n`, {
    customer: idColumn(),
    product: idColumn(),
    pieces: countColumn(),
    price: moneyColumn(),
    time: timeColumn(),
  });
type Orders = ReturnType<typeof tableOf>;

const start = Date.UTC(2026, 2, 2);
const at = (day: number) => start + day * 86_400_000;
const row = (customer: string, product: string, pieces: number, price: number, day: number) =>
  `${customer},${product},${pieces},${price},${new Date(at(day) + 36_000_000).toISOString()}`;
const promoted = (product: string, from: number, to: number): Promotion => ({ product, from: at(from), to: at(to) });
const pause = async () => {};

const promotions = [promoted('p0', 30, 43), promoted('p0', 80, 93), promoted('p1', 50, 56)];
const isOn = (product: number, day: number) =>
  product === 0 ? (day >= 30 && day <= 43) || (day >= 80 && day <= 93) : product === 1 && day >= 50 && day <= 56;

// 140 days of 40 customers a day, two lines each of 30 products; p0 and p1 are chosen five times as often while promoted, two
// pieces at half of the price.
function drawn(seed: number): Orders {
  const rng = createRng(seed);
  const rows: string[] = [];
  for (let day = 0; day < 140; day += 1) {
    const weights = Array.from({ length: 30 }, (_, product) => (isOn(product, day) ? 5 : 1));
    const total = weights.reduce((sum, each) => sum + each, 0);
    for (let visit = 0; visit < 40; visit += 1) {
      const customer = `c${rng.integer(400)}`;
      for (let line = 0; line < 2; line += 1) {
        let left = rng.uniform() * total;
        const product = weights.findIndex((weight) => {
          left -= weight;
          return left < 0;
        });
        const isLow = isOn(product, day);
        rows.push(row(customer, `p${product}`, isLow ? 2 : 1, isLow ? 2 : 4, day));
      }
    }
  }
  return tableOf(rows);
}

/** Share of p0 among the order lines of its promoted days, over its share on other days. */
function liftOf({ columns: { product, time } }: Orders, id = 'p0'): number {
  const count = { on: 0, allOn: 0, off: 0, allOff: 0 };
  const code = product.vocabulary.indexOf(id);
  product.codes.forEach((each, place) => {
    const day = Math.floor((time.values[place]! - start) / 86_400_000);
    const when = isOn(Number(id.slice(1)), day) ? 'on' : 'off';
    count[when] += each === code ? 1 : 0;
    count[when === 'on' ? 'allOn' : 'allOff'] += 1;
  });
  return count.on / count.allOn / (count.off / count.allOff);
}

/** Share of p0 among all order lines. */
function shareOf({ columns: { product }, length }: Orders): number {
  const code = product.vocabulary.indexOf('p0');
  return product.codes.reduce((sum, each) => sum + (each === code ? 1 : 0), 0) / length;
}

describe('virtual customers of a shop with promotions', () => {
  const orders = drawn(1);

  test('buy what is promoted on the days on which it is, as much more as recorded ones did', async () => {
    const real = liftOf(orders);
    const [blind, named] = [
      await virtualCustomers(orders, columns),
      await virtualCustomers(orders, { ...columns, promotions }),
    ];
    const [without, virtual] = [await blind.sample(400, { seed: 2 }), await named.sample(400, { seed: 2 })];
    // Five times the weight of one in 30: a share of 5 / 34 over one of 1 / 30 or so.
    expect(real).toBeGreaterThan(3);
    expect(Math.abs(liftOf(without) - 1)).toBeLessThan(0.35);
    expect(Math.abs(liftOf(virtual) / real - 1)).toBeLessThan(0.2);
    expect(Math.abs(liftOf(virtual, 'p1') / liftOf(orders, 'p1') - 1)).toBeLessThan(0.3);
  });

  test('have the demand of recorded ones closer, day by day, and no more of it in all', async () => {
    const byDay = (table: Orders) =>
      demandByDay(table, {
        product: 'product',
        time: 'time',
        pieces: 'pieces',
        products: ['p0'],
        from: at(0),
        to: at(139),
      });
    const [real, heldOut] = [await byDay(orders), await byDay(drawn(2))];
    const scores = await Promise.all(
      [undefined, promotions].map(async (given) => {
        const model = await virtualCustomers(orders, { ...columns, ...(given && { promotions: given }) });
        const table = await model.sample(400, { seed: 2 });
        const virtual = await byDay(table);
        return { ...(await compareDemand(virtual, { real, heldOut })), share: shareOf(table) };
      }),
    );
    const [blind, named] = scores;
    expect(named!.deviation.value).toBeLessThan(blind!.deviation.value / 2);
    // Customers who have most of 30 products find it hard to choose a new one, and share out what is popular: also without promotions.
    expect(Math.abs(named!.share - shareOf(orders))).toBeLessThan(Math.abs(blind!.share - shareOf(orders)));
    expect(named!.share).toBeLessThan(1.1 * shareOf(orders));
  });

  test('pay promoted prices on promoted days, and no others', async () => {
    const model = await virtualCustomers(orders, { ...columns, promotions });
    const { columns: found, length } = await model.sample(200, { seed: 3 });
    for (let line = 0; line < length; line += 1) {
      const day = Math.floor((found.time.values[line]! - start) / 86_400_000);
      const product = Number(found.product.vocabulary.idAt(found.product.codes[line]!)!.slice(1));
      expect([found.pieces.values[line], found.price.values[line]]).toEqual(isOn(product, day) ? [2, 2] : [1, 4]);
    }
  });

  test('are refused promotions that the orders do not have', async () => {
    const refused = (given: unknown) =>
      expect(virtualCustomers(orders, { ...columns, promotions: given as [] })).rejects;
    await refused([promoted('p77', 1, 2)]).toThrow(
      /`promotions\[0\].product` must be one of the products of the orders, received 'p77'/,
    );
    await refused([promoted('p0', 150, 160)]).toThrow(
      /`promotions` must lie in the days of the orders, received 'none of p0 that does'/,
    );
    await refused([]).toThrow(/`promotions` must be an array of { product, from, to }, not empty/);
    await refused([{ product: 'p0', from: 5 }]).toThrow(/`promotions\[0\].to` must/);
    await refused([promoted('p0', 9, 5)]).toThrow(/`promotions\[0\].to` must not lie before `from`/);
    await refused([null]).toThrow(/`promotions\[0\]` must/);
  });
});

describe('the lift of a promotion', () => {
  test('is a share of the order lines beside that of days near it, drawn to that of all promotions', async () => {
    // Four lines a day of 20 days. Tea: one of four, and three of four on days 5 to 9; mug: one of four, and two on days 10 and 11.
    const rows = Array.from({ length: 20 }, (_, day) => {
      const [tea, mug] = [day >= 5 && day <= 9 ? 3 : 1, day === 10 || day === 11 ? 2 : 1];
      const products = [...Array(tea).fill('tea'), ...Array(mug).fill('mug'), ...Array(4).fill('jam')].slice(0, 4);
      return products.map((product, line) => row(`c${line % 2}`, product, 1, 1, day));
    }).flat();
    const customers = await readCustomers('test', tableOf(rows), columns, pause);
    const given = [promoted('tea', 5, 9), promoted('mug', 10, 11)];
    const { keptOf, isPromoted, extraOn } = await learnLifts('test', given, customers, pause);
    const { vocabulary } = customers.source.product;
    // Tea: 15 lines beside 5 of others, where 15 beside 45 make a third as many as these: 5 / 3. Mug: 4 lines beside 4, where 13 days
    // without tea's promotion have 13 beside 39, and the five days with it 5 beside 15: 4 / 3.
    const common = (15 + 4) / (5 / 3 + 4 / 3);
    const lift = (sold: number, expected: number) => (sold + 10 * common) / (expected + 10);
    const [tea, mug] = [lift(15, 5 / 3), lift(4, 4 / 3)];
    // Of others 5 of 50 lines came while tea was promoted, and 4 of 58 while mugs were.
    const [keptTea, keptMug] = [1 / (1 + ((tea - 1) * 5) / 50), 1 / (1 + ((mug - 1) * 4) / 58)];
    expect(keptOf(vocabulary.indexOf('tea'))).toBeCloseTo(keptTea, 12);
    expect(keptOf(vocabulary.indexOf('mug'))).toBeCloseTo(keptMug, 12);
    expect(keptOf(vocabulary.indexOf('jam'))).toBe(1);
    // Of 80 lines 30 are tea's and 22 are mugs.
    const stands = 1 - ((1 - keptTea) * 30 + (1 - keptMug) * 22) / 80;
    const more = ((tea - 1) * keptTea * 30) / 80 / stands;
    expect(extraOn(7).map(({ product }) => product)).toEqual([vocabulary.indexOf('tea')]);
    expect(extraOn(7)[0]!.chance).toBeCloseTo(more / (1 + more), 12);
    expect(extraOn(0)).toEqual([]);
    expect([isPromoted(9, vocabulary.indexOf('tea')), isPromoted(10, vocabulary.indexOf('tea'))]).toEqual([
      true,
      false,
    ]);
  });
});
