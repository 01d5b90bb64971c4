import { createVocabulary, type Vocabulary } from '../../data/vocabulary.js';
import { refuse } from '../../internal/require.js';
import { markPromotions, type Promotion } from '../demand/learning/promotions.js';
import type { Customers } from './visits.js';

/** What promotions do to the choice of products. */
export interface PromotionLifts {
  isPromoted(day: number, product: number): boolean;
  /** How often a choice of a product stands that was learned from days with and without promotions, in (0, 1]. */
  keptOf(product: number): number;
  /** The products that order lines of a day ask for beyond that, and how often. */
  extraOn(day: number): readonly { readonly product: number; readonly chance: number }[];
}

/** Days so near a promotion say what the product sells without it. */
const nearDays = 28;
// As many expected lines stand for the belief that a product's promotions do what those of all do.
const belief = 10;

/**
 * Learns how much more often promoted products are chosen, beside the order lines of all other products, so that busy days are no effect of a
 * promotion:
 *
 *     expected_p = lines of p on days without, near promotions / lines of others on these * lines of others on promoted days
 *     lift_p     = (lines of p on promoted days + belief * common) / (expected_p + belief),   common = sum of lines / sum of expected
 *
 * A lift below 1 counts as 1. Chances learned from all days have promotions in them already: a choice of p stands as often as
 *
 *     kept_p = 1 / (1 + (lift_p - 1) share of the others' lines that came while p was promoted)
 *
 * and on promoted days a line asks for p beyond that, with q_p the share of p in all order lines over that of choices that stand, as often as
 *
 *     extra_p = (lift_p - 1) kept_p q_p / (1 + sum over promoted products of (lift - 1) kept q)
 */
export async function learnLifts(
  where: string,
  given: readonly Promotion[] | undefined,
  customers: Customers,
  pause: () => Promise<void>,
): Promise<PromotionLifts> {
  if (given === undefined) return { isPromoted: () => false, keptOf: () => 1, extraOn: () => [] };
  const { days, start } = customers;
  const promoted = promotedOf(where, given, customers.source.product.vocabulary);
  const marks = markPromotions(where, given, { start, days, products: promoted.ids });
  const count = promoted.ids.size;
  requireMarks(where, marks, promoted.ids);
  const { lines, shop } = await countLines(customers, promoted.placeOf, count, pause);
  const facts: ReturnType<typeof factsOf>[] = [];
  for (let place = 0; place < count; place += 1) {
    await pause();
    facts.push(factsOf(place, { marks, lines, shop, count, days }));
  }
  const sold = facts.reduce((sum, fact) => sum + fact.sold, 0);
  const expected = facts.reduce((sum, fact) => sum + fact.expected, 0);
  const common = expected > 0 ? sold / expected : 1;
  const all = shop.reduce((sum, each) => sum + each, 0);
  const effects = facts.map((fact) => {
    const lift = Math.max(1, (fact.sold + belief * common) / (fact.expected + belief));
    const kept = 1 / (1 + (lift - 1) * fact.share);
    return { kept, share: fact.lines / all, more: (lift - 1) * kept };
  });
  const stands = effects.reduce((sum, { kept, share }) => sum - (1 - kept) * share, 1);
  const isOn = (day: number, place: number) => marks[day * count + place] === 1;
  const extras: { product: number; chance: number }[][] = [];
  for (let day = 0; day < days; day += 1) {
    await pause();
    const on = effects.flatMap(({ more, share }, place) =>
      isOn(day, place) ? [{ product: promoted.products[place]!, more: (more * share) / stands }] : [],
    );
    const total = on.reduce((sum, { more }) => sum + more, 1);
    extras.push(on.map(({ product, more }) => ({ product, chance: more / total })));
  }
  return {
    isPromoted: (day, product) => promoted.placeOf[product]! >= 0 && isOn(day, promoted.placeOf[product]!),
    keptOf: (product) => (promoted.placeOf[product]! < 0 ? 1 : effects[promoted.placeOf[product]!]!.kept),
    extraOn: (day) => extras[day]!,
  };
}

/** The promoted products, and where each product of the orders stands among them, or -1. */
function promotedOf(where: string, given: unknown, products: Vocabulary) {
  if (!Array.isArray(given) || given.length === 0) {
    refuse(where, 'promotions', 'be an array of { product, from, to }, not empty', given);
  }
  for (const [place, promotion] of given.entries()) {
    const product = (promotion as Promotion | null)?.product;
    if (product === undefined || products.has(product)) continue;
    refuse(where, `promotions[${place}].product`, 'be one of the products of the orders', product);
  }
  const known = (given as readonly (Promotion | null)[]).flatMap((each) =>
    each?.product === undefined ? [] : each.product,
  );
  const ids = createVocabulary(known);
  const placeOf = new Int32Array(products.size).fill(-1);
  const places = ids.toJSON().ids.map((id) => products.indexOf(id));
  for (const [place, product] of places.entries()) placeOf[product] = place;
  return { ids, placeOf, products: places };
}

function requireMarks(where: string, marks: Uint8Array, ids: Vocabulary): void {
  for (let place = 0; place < ids.size; place += 1) {
    let isThere = false;
    for (let cell = place; cell < marks.length && !isThere; cell += ids.size) isThere = marks[cell] === 1;
    if (!isThere) {
      refuse(where, 'promotions', 'lie in the days of the orders', `none of ${String(ids.idAt(place))} that does`);
    }
  }
}

/** `[days, count]` order lines of the promoted products, and `[days]` of all. */
async function countLines({ visits, days }: Customers, placeOf: Int32Array, count: number, pause: () => Promise<void>) {
  const [lines, shop] = [new Float64Array(days * count), new Float64Array(days)];
  for (const own of visits) {
    await pause();
    for (const { day, products } of own) {
      shop[day]! += products.length;
      for (const product of products) if (placeOf[product]! >= 0) lines[day * count + placeOf[product]!]! += 1;
    }
  }
  return { lines, shop };
}

interface Record {
  readonly marks: Uint8Array;
  readonly lines: Float64Array;
  readonly shop: Float64Array;
  readonly count: number;
  readonly days: number;
}

function factsOf(place: number, { marks, lines, shop, count, days }: Record) {
  const isOn = (day: number) => marks[day * count + place] === 1;
  const isNear = new Uint8Array(days);
  for (let day = 0; day < days; day += 1) {
    if (isOn(day)) isNear.fill(1, Math.max(0, day - nearDays), day + nearDays + 1);
  }
  const sums = { sold: 0, on: 0, without: 0, off: 0, all: 0, lines: 0 };
  for (let day = 0; day < days; day += 1) {
    const own = lines[day * count + place]!;
    sums.all += shop[day]! - own;
    sums.lines += own;
    if (isOn(day)) {
      sums.sold += own;
      sums.on += shop[day]! - own;
    } else if (isNear[day] === 1) {
      sums.without += own;
      sums.off += shop[day]! - own;
    }
  }
  const expected = sums.off > 0 ? (sums.without / sums.off) * sums.on : 0;
  return { sold: sums.sold, lines: sums.lines, expected, share: sums.all > 0 ? sums.on / sums.all : 0 };
}
