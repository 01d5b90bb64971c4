import type { SimulatedShop } from './simulated-shop.js';
import { requireShop } from './truth/day-window.js';

const header = 'Order,Product,Category,Quantity,Time,UnitPrice,Customer,Country';

/**
 * Writes the orders of a simulated shop as CSV text, as a shop's own system would export them.
 *
 * A row is an order line or a return. The number of a return begins with `C`, and its quantity is negative. Times are
 * UTC, written `2024-01-31 09:30:00`.
 *
 * @param shop - From {@link simulateShop}.
 * @returns A header and one line for each row, with `\n` after each.
 * @throws RangeError for what {@link simulateShop} did not make.
 * @example
 * const shop = simulateShop({ seed: 7, users: 50, items: 20, days: 90 });
 * formatOrders(shop).split('\n')[0]; // 'Order,Product,Category,Quantity,Time,UnitPrice,Customer,Country'
 */
export function formatOrders(shop: SimulatedShop): string {
  requireShop('formatOrders', shop);
  const { orders, users, items, categories, settings } = shop;
  const countryNames = settings.countries.map(({ name }) => quoted(name));
  const categoryNames = categories.names.map(quoted);
  const lines = [header];
  for (let row = 0; row < orders.length; row += 1) {
    const user = orders.userIndices[row]!;
    const item = orders.itemIndices[row]!;
    lines.push(
      [
        (orders.returnOf[row]! < 0 ? '' : 'C') + orders.orderNumbers[row]!,
        items.ids[item]!,
        categoryNames[items.categories[item]!]!,
        orders.quantities[row]!,
        new Date(orders.times[row]!).toISOString().slice(0, 19).replace('T', ' '),
        orders.unitPrices[row]!.toFixed(2),
        users.ids[user]!,
        countryNames[users.countries[user]!]!,
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}

// Only where it has to be, so that ordinary names stay as they are.
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
