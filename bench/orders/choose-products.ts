import type { DailyDemand } from 'minimart';

/** Three products of a shop, chosen by their record alone. */
export interface Chosen {
  readonly fast: string;
  readonly slow: string;
  readonly lumpy: string;
}

/**
 * The rule: of the products with two order lines or more in the last 14 days, by the classes of Syntetos, Boylan and Croston (2005):
 *
 * - fast: demand on the most days;
 * - slow: demand on fewer than one day in 1.32, of amounts whose squared coefficient of variation is below 0.49, and of those the
 *   one nearest to one day in four;
 * - lumpy: the same with 0.49 or more.
 *
 * Where a class is empty, the product nearest to it by the coefficient of variation.
 */
export function chooseProducts(history: DailyDemand): Chosen {
  const all = history.products.toJSON().ids.map((id) => facts(history, id));
  const alive = all.filter(({ recent }) => recent >= 2);
  const fast = alive.reduce((best, each) => (each.active > best.active ? each : best));
  const seldom = alive.filter(({ active }) => history.days / active >= 1.32 && active >= history.days / 10);
  const even = seldom.filter(({ variation }) => variation < 0.49);
  const uneven = seldom.filter(({ variation }) => variation >= 0.49);
  const nearest = (list: typeof all) =>
    list.reduce((best, each) =>
      Math.abs(each.active - history.days / 4) < Math.abs(best.active - history.days / 4) ? each : best,
    );
  const byVariation = [...seldom].sort((one, other) => one.variation - other.variation);
  return {
    fast: fast.id,
    slow: (even.length > 0 ? nearest(even) : byVariation[0]!).id,
    lumpy: (uneven.length > 0 ? nearest(uneven) : byVariation.at(-1)!).id,
  };
}

function facts(history: DailyDemand, id: string) {
  const series = history.series(id);
  const amounts = series.filter((pieces) => pieces > 0);
  const mean = amounts.reduce((sum, pieces) => sum + pieces, 0) / amounts.length;
  const square = amounts.reduce((sum, pieces) => sum + (pieces - mean) ** 2, 0) / amounts.length;
  const place = history.products.indexOf(id);
  let recent = 0;
  for (let day = history.days - 14; day < history.days; day += 1) {
    recent += history.lines[day * history.products.size + place]!;
  }
  return { id, active: amounts.length, variation: square / mean ** 2, recent };
}
