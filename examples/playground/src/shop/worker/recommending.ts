import {
  evaluateNextBasket,
  explainRecommendation,
  type Interactions,
  nextBasketRecommender,
  personalFrequencyRecommender,
  popularityRecommender,
  recommend,
} from 'minimart';
import type { Bar, Pick, ShopServices } from '../services.js';
import { type Shop, splitSales } from './shop.js';

type Asked = ShopServices['recommend']['ask'];
type Answer = ShopServices['recommend']['answer'];

/** Ten places: what the evaluation counts, too. */
const places = 10;

/** What to show a customer, with a reason for each. */
export async function recommendTo(shop: Shop, { customer, onlyNew }: Asked): Promise<Answer> {
  const recommender = await shop.recommender();
  const { sales } = shop;
  const bought = ordersByProduct(sales, customer);
  const found = await recommend(recommender, customer, { k: places, exclude: onlyNew ? 'seen' : 'nothing' });
  const share = orderShares(sales);
  const picks: Pick[] = [];
  for (const { item, score } of found) {
    const times = bought.get(item) ?? 0;
    const why =
      times > 0
        ? `in ${times} ${times === 1 ? 'order' : 'orders'} so far`
        : await reasonFor(recommender, customer, item);
    picks.push({ product: item, isNew: times === 0, chance: score, baseline: share(item), why });
  }
  const history = [...bought].sort(([, a], [, b]) => b - a).slice(0, 8);
  return { picks, bought: history };
}

async function reasonFor(
  recommender: Parameters<typeof explainRecommendation>[0],
  customer: string,
  item: string,
): Promise<string> {
  const { contributions } = await explainRecommendation(recommender, customer, item);
  const most = contributions.filter(({ value }) => value > 0).slice(0, 2);
  return most.length === 0 ? 'many buy it' : `goes with ${most.map(({ id, feature }) => id ?? feature).join(' and ')}`;
}

/** In how many orders a customer had each product. */
function ordersByProduct(sales: Interactions, customer: string): Map<string, number> {
  const user = sales.users.indexOf(customer);
  const seen = new Map<string, Set<number>>();
  for (let row = sales.offsets[user]!; row < sales.offsets[user + 1]!; row += 1) {
    const item = sales.items.idAt(sales.itemIndices[row]!)!;
    seen.set(item, (seen.get(item) ?? new Set()).add(sales.orders?.[row] ?? row));
  }
  return new Map([...seen].map(([item, orders]) => [item, orders.size]));
}

/** The share of all orders that hold a product. */
function orderShares({ items, itemIndices, orders }: Interactions): (product: string) => number {
  const all = new Set<number>();
  const holding = Array.from({ length: items.size }, () => new Set<number>());
  itemIndices.forEach((item, row) => {
    const order = orders?.[row] ?? row;
    all.add(order);
    holding[item]!.add(order);
  });
  return (product) => (holding[items.indexOf(product)]?.size ?? 0) / all.size;
}

/** How much of the customers' last orders each list of ten would have held, learnt from what was before. */
export async function judgeRecommender({ sales }: Shop): Promise<ShopServices['judgeRecommender']['answer']> {
  const { train, test } = splitSales(sales);
  const recommender = await nextBasketRecommender(train);
  const beside = [personalFrequencyRecommender(train), popularityRecommender(train)];
  const report = await evaluateNextBasket(recommender, { test, cutoffs: [places], beside });
  const bars = report.results.flatMap(({ name, parts }) =>
    (['all', 'repeat', 'discovery'] as const).flatMap((part): Bar[] => {
      const recall = parts[part]?.metrics[0]?.recall;
      if (!recall) return [];
      const [low, high] = recall.interval ?? [recall.value, recall.value];
      return [{ name: nameOf(name), part: partNames[part], value: recall.value, low, high }];
    }),
  );
  const ahead = report.results.slice(1).map(({ name, parts }) => {
    const [low = 0, high = 0] = parts.all?.metrics[0]?.recall.difference?.interval ?? [];
    return { name: nameOf(name), low, high };
  });
  return { customers: report.customers, bars, ahead };
}

const partNames = {
  all: 'everything',
  repeat: 'bought before',
  discovery: 'new, in a list of its own',
} as const;

const nameOf = (name: string) =>
  ({ nextBasket: 'this list', personalFrequency: 'own counts', popularity: 'popularity' })[name] ?? name;
