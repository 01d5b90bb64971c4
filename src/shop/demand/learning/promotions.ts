import { millisecondsOfDay } from '../../../data/orders/days.js';
import type { Id, Vocabulary } from '../../../data/vocabulary.js';
import { requireOptions } from '../../../internal/options.js';
import { refuse, requireFinite, requireId } from '../../../internal/require.js';

/** Days on which a product was, or will be, promoted. */
export interface Promotion {
  /** The product. */
  readonly product: Id;
  /** A time of the first day, in milliseconds since 1970. */
  readonly from: number;
  /** A time of the last day, in milliseconds since 1970. */
  readonly to: number;
}

/** The days that promotions are marked in. */
interface MarkedDays {
  readonly start: number;
  readonly days: number;
  readonly products: Vocabulary;
}

/** `[T, P]`: 1 where a product is promoted; what lies beside these days, or is of another product, does not count. */
export function markPromotions(where: string, given: unknown, { start, days, products }: MarkedDays): Uint8Array {
  const marks = new Uint8Array(days * products.size);
  if (given === undefined) return marks;
  if (!Array.isArray(given)) refuse(where, 'promotions', 'be an array of { product, from, to }', given);
  for (const [place, promotion] of given.entries()) {
    const name = `promotions[${place}]`;
    requireOptions<Promotion>(where, promotion ?? null, { product: true, from: true, to: true }, name);
    const { product, from, to } = promotion as Promotion;
    requireId(where, `${name}.product`, product);
    requireFinite(where, `${name}.from`, from);
    requireFinite(where, `${name}.to`, to);
    if (!(from <= to)) refuse(where, `${name}.to`, 'not lie before `from`', to);
    if (!products.has(product)) continue;
    const first = Math.max(0, Math.floor((from - start) / millisecondsOfDay));
    const last = Math.min(days - 1, Math.floor((to - start) / millisecondsOfDay));
    for (let day = first; day <= last; day += 1) marks[day * products.size + products.indexOf(product)] = 1;
  }
  return marks;
}
