import type { SimulatedShop } from '../simulated-shop.js';
import { categorySeasons } from './seasons.js';

/** What of a shop decides how demand moves from day to day. */
export type MovingDemand = Pick<SimulatedShop, 'settings' | 'categories' | 'items' | 'prices'>;

/**
 * Walks through days in order and keeps, for each item, the factor of its demand: category season, price, promotion.
 *
 * @returns A function of a day, not before the last one asked for, that fills and gives the same `[I]` each time.
 */
export function dayEffects({ settings, categories, items, prices }: MovingDemand): (day: number) => Float64Array {
  const rows = prices.offsets.slice(0, items.ids.length);
  const effects = new Float64Array(items.ids.length);
  return (day) => {
    const seasons = categorySeasons(categories, settings.start, day);
    for (let item = 0; item < effects.length; item += 1) {
      const end = prices.offsets[item + 1]!;
      let row = rows[item]!;
      while (row + 1 < end && prices.days[row + 1]! <= day) row += 1;
      rows[item] = row;
      effects[item] = prices.effects[row]! * seasons[items.categories[item]!]!;
    }
    return effects;
  };
}
