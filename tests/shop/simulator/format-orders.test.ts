import { formatOrders, simulateShop } from 'minimart';
import Papa from 'papaparse';
import { expect, test } from 'vitest';

test('formatOrders writes every row, and names that need quotes come back whole', () => {
  const categories = ['Plates, deep', 'The "good" ones'];
  const countries = [{ name: 'Bonaire, Sint Eustatius and Saba', share: 1 }];
  const shop = simulateShop({ seed: 5, users: 40, items: 12, days: 60, categories, countries });
  const { data, errors } = Papa.parse<Record<string, string>>(formatOrders(shop), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  expect(data.length).toBe(shop.orders.length);
  data.forEach((line, row) => {
    const item = shop.orders.itemIndices[row]!;
    const isReturn = shop.orders.returnOf[row]! >= 0;
    expect(line).toEqual({
      Order: `${isReturn ? 'C' : ''}${shop.orders.orderNumbers[row]}`,
      Product: shop.items.ids[item],
      Category: categories[shop.items.categories[item]!],
      Quantity: String(shop.orders.quantities[row]),
      Time: expect.stringMatching(/^2024-0[123]-\d\d \d\d:\d\d:\d\d$/),
      UnitPrice: shop.orders.unitPrices[row]!.toFixed(2),
      Customer: shop.users.ids[shop.orders.userIndices[row]!],
      Country: countries[0]!.name,
    });
    expect(Date.parse(`${line.Time!.replace(' ', 'T')}Z`)).toBe(shop.orders.times[row]);
    expect(Number(line.Quantity) < 0).toBe(isReturn);
  });
});
