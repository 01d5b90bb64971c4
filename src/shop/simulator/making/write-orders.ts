import type { SimulatedShop } from '../simulated-shop.js';
import type { Lines } from './fill-baskets.js';
import { priceRow } from './make-prices.js';

/** Number of the first order. */
const firstNumber = 100_001;

/** Puts order lines and returns into the order of time and numbers the orders. */
export function writeOrders(lines: Lines, prices: SimulatedShop['prices'], start: number): SimulatedShop['orders'] {
  const { users, items, quantities, days, visits, returns } = taken(lines);
  const { order, seconds } = byTime(lines);
  const count = lines.users.length;
  const orders = emptyOrders(order.length);
  const rowOf = new Int32Array(count);
  let number = firstNumber - 1;
  let before = -1;
  order.forEach((event, row) => {
    const isReturn = event >= count;
    const line = isReturn ? event - count : event;
    if (isReturn || visits[line] !== before) number += 1;
    before = isReturn ? -1 : visits[line]!;
    if (!isReturn) rowOf[line] = row;
    orders.orderNumbers[row] = number;
    orders.userIndices[row] = users[line]!;
    orders.itemIndices[row] = items[line]!;
    orders.quantities[row] = isReturn ? -quantities[line]! : quantities[line]!;
    orders.unitPrices[row] = prices.prices[priceRow(prices, items[line]!, days[line]!)]!;
    orders.times[row] = start + 1000 * (isReturn ? returns[line]! : seconds[line]!);
    orders.returnOf[row] = isReturn ? rowOf[line]! : -1;
  });
  return orders;
}

// Events 0 to N - 1 are the lines, N + n is the return of line n. Sorted as numbers that hold second and rank, because
// typed arrays sort numbers fast and comparators are slow.
function byTime(lines: Lines): { readonly order: readonly number[]; readonly seconds: Int32Array } {
  const count = lines.users.length;
  const seconds = lines.seconds.taken();
  const returns = lines.returns.taken();
  const scale = 2 * count;
  const keys: number[] = [];
  for (let line = 0; line < count; line += 1) {
    keys.push(seconds[line]! * scale + line);
    if (returns[line]! >= 0) keys.push(returns[line]! * scale + count + line);
  }
  return { order: Array.from(Float64Array.from(keys).sort(), (key) => key % scale), seconds };
}

function taken(lines: Lines) {
  return {
    users: lines.users.taken(),
    items: lines.items.taken(),
    quantities: lines.quantities.taken(),
    days: lines.days.taken(),
    visits: lines.visits.taken(),
    returns: lines.returns.taken(),
  };
}

function emptyOrders(length: number) {
  return {
    length,
    orderNumbers: new Int32Array(length),
    userIndices: new Int32Array(length),
    itemIndices: new Int32Array(length),
    quantities: new Int32Array(length),
    unitPrices: new Float64Array(length),
    times: new Float64Array(length),
    returnOf: new Int32Array(length),
  };
}
