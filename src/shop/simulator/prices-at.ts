import type { ShopPrices } from './simulated-shop.js';

/** The row of a shop's prices that holds for an item on a day. */
export function priceRow({ offsets, days }: ShopPrices, item: number, day: number): number {
  let low = offsets[item]!;
  let high = offsets[item + 1]! - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (days[middle]! <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}
