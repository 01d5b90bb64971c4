// npx tsx bench/orders/promoted-customers.ts [--seeds 1,2,3]: README.md says what it shows.

import { parseArgs } from 'node:util';
import {
  compareDemand,
  compareOrders,
  countColumn,
  createRng,
  demandByDay,
  formatOrders,
  idColumn,
  moneyColumn,
  type Promotion,
  parseTable,
  simulateShop,
  timeColumn,
  virtualCustomers,
} from 'minimart';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '1,2,3' } } });
const millisecondsOfDay = 86_400_000;
const columns = {
  customer: 'Customer',
  product: 'Product',
  time: 'Time',
  pieces: 'Quantity',
  price: 'UnitPrice',
} as const;
const kinds = {
  ...{ Customer: idColumn(), Product: idColumn(), Quantity: countColumn(), UnitPrice: moneyColumn() },
  Time: timeColumn(),
};
const parse = (text: string) => parseTable(text, kinds);
type Orders = ReturnType<typeof parse>;

// All items by number, so that those of two tables can be compared.
const items = Array.from({ length: 100 }, (_, item) => `P${String(item + 1).padStart(4, '0')}`);
const byDay = (orders: Orders, from: number, days: number) =>
  demandByDay(orders, {
    products: items,
    ...{ product: 'Product', time: 'Time', pieces: 'Quantity', from, to: from + (days - 1) * millisecondsOfDay },
  });

/** Order lines on promoted days over those that days without, in proportion to the lines of the shop, would have; all products together. */
async function liftOf(orders: Orders, promotions: readonly Promotion[], from: number, days: number): Promise<number> {
  const demand = await byDay(orders, from, days);
  const size = demand.products.size;
  const shop = Array.from({ length: days }, (_, day) =>
    demand.lines.subarray(day * size, (day + 1) * size).reduce((sum, each) => sum + each, 0),
  );
  let [sold, expected] = [0, 0];
  for (const product of new Set(promotions.map((each) => String(each.product)))) {
    if (!demand.products.has(product)) continue;
    const place = demand.products.indexOf(product);
    const own = promotions.filter((each) => each.product === product);
    const sums = { on: 0, shopOn: 0, off: 0, shopOff: 0 };
    for (let day = 0; day < days; day += 1) {
      const time = from + day * millisecondsOfDay;
      const isOn = own.some((each) => each.from <= time && time <= each.to);
      sums[isOn ? 'on' : 'off'] += demand.lines[day * size + place]!;
      sums[isOn ? 'shopOn' : 'shopOff'] += shop[day]!;
    }
    sold += sums.on;
    expected += (sums.off / sums.shopOff) * sums.shopOn;
  }
  return sold / expected;
}

console.log('| shop | virtual | lift | products | repeats | autocorrelation | deviation of demand |');
console.log('| --- | --- | --- | --- | --- | --- | --- |');
for (const seed of values.seeds.split(',').map(Number)) {
  const shop = simulateShop({ seed, users: 2000, items: 100, days: 365 });
  const { start, days } = shop.settings;
  const [head, ...lines] = formatOrders(shop).trim().split('\n');
  const place = head!.split(',').indexOf('Customer');
  const draw = createRng(seed);
  const learned = new Map(shop.users.ids.map((id) => [id, draw.uniform() < 0.5]));
  const half = (which: boolean) =>
    parse(`${[head, ...lines.filter((line) => learned.get(line.split(',')[place]!) === which)].join('\n')}\n`);
  const [real, heldOut] = [half(true), half(false)];
  const promotions = shop.promotions
    .filter(({ item, from }) => from < days && real.columns.Product.vocabulary.has(shop.items.ids[item]!))
    .map(({ item, from, to }) => ({
      product: shop.items.ids[item]!,
      from: start + from * millisecondsOfDay,
      to: start + (to - 1) * millisecondsOfDay,
    }));
  const show = (name: string, cells: readonly number[]) =>
    console.log(`| ${[seed, name, ...cells.map((each) => each.toFixed(3))].join(' | ')} |`);
  const [ofReal, ofHeldOut] = [await byDay(real, start, days), await byDay(heldOut, start, days)];
  show('recorded', [await liftOf(real, promotions, start, days)]);
  show('held out', [await liftOf(heldOut, promotions, start, days)]);
  for (const [name, given] of Object.entries({ 'not named': undefined, named: promotions })) {
    const model = await virtualCustomers(real, { ...columns, ...(given && { promotions: given }), seed });
    const count = new Set(heldOut.columns.Customer.codes).size;
    const virtual = await model.sample(count, { seed });
    const { products, repeats, autocorrelation } = await compareOrders(virtual, { ...columns, real, heldOut });
    const { deviation } = await compareDemand(await byDay(virtual, start, days), { real: ofReal, heldOut: ofHeldOut });
    const cells = [products, repeats, autocorrelation, deviation].map(({ value }) => value);
    show(name, [await liftOf(virtual, promotions, start, days), ...cells]);
  }
}
