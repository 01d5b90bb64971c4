import { type Explanation, explainRecommendation, type Interactions, type Recommendation, recommend } from 'minimart';
import type { Orders } from './load-orders.js';
import { expectedOf, type Measured } from './measure.js';
import type { OrderSplit } from './split-orders.js';

/** A recommended item, why, and how it fared. */
export interface Pick extends Recommendation {
  readonly category: string;
  /** Whether the customer bought it on the test days. */
  readonly isBought: boolean;
  /** Its place, from 1, by true expected purchases among all items new to the customer; missing for real orders. */
  readonly trueRank?: number;
  /** What made the score. */
  readonly explanation: Explanation;
}

/** What is shown of one customer. */
export interface Customer {
  readonly id: string;
  readonly country: string;
  /** Order lines before the test days. */
  readonly lines: number;
  /** What most of them are: categories, or items where there are none. */
  readonly favourites: readonly { readonly name: string; readonly lines: number }[];
  readonly picks: readonly Pick[];
}

/** Three of the judged customers, with few, some and many orders, and what one recommender shows them. */
export async function showCustomers(
  orders: Orders,
  split: OrderSplit,
  { recommender, report }: Measured,
): Promise<Customer[]> {
  const { offsets } = split.train;
  const lines = (user: number) => offsets[user + 1]! - offsets[user]!;
  const judged = [...report.perUser.userIndices].sort((a, b) => lines(a) - lines(b));
  const users = [0.25, 0.6, 0.9].map((share) => judged[Math.floor(share * (judged.length - 1))]!);
  return Promise.all(
    [...new Set(users)].map(async (user) => {
      const id = split.train.users.idAt(user)!;
      const found = await recommend(recommender, id, { k: 5, exclude: 'seen' });
      return {
        id,
        country: orders.country.vocabulary.idAt(orders.country.values[user]!) ?? 'unknown',
        lines: lines(user),
        favourites: favouritesOf(orders, split.train, user),
        picks: await Promise.all(
          found.map(async (each) => ({
            ...describePick(orders, split, user, each),
            explanation: await explainRecommendation(recommender, id, each.item),
          })),
        ),
      };
    }),
  );
}

function describePick(
  orders: Orders,
  { train, test, testFrom }: OrderSplit,
  user: number,
  found: Recommendation,
): Omit<Pick, 'explanation'> {
  const item = train.items.indexOf(found.item);
  const bought = itemsOf(test, user).includes(item);
  const pick = { ...found, category: categoryOf(orders, item), isBought: bought };
  if (!orders.shop) return pick;
  const id = train.users.idAt(user)!;
  const expected = expectedOf(orders.shop, [id], testFrom);
  const seen = new Set(itemsOf(train, user));
  const own = expected(id, found.item);
  const ahead = Array.from({ length: train.items.size }, (_, other) => other).filter(
    (other) => !seen.has(other) && expected(id, train.items.idAt(other)!) > own,
  );
  return { ...pick, trueRank: ahead.length + 1 };
}

function favouritesOf(orders: Orders, train: Interactions, user: number): Customer['favourites'] {
  const counts = new Map<string, number>();
  for (const item of itemsOf(train, user)) {
    const name = orders.category ? categoryOf(orders, item) : train.items.idAt(item)!;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, 4);
  return most.map(([name, lines]) => ({ name, lines }));
}

function categoryOf({ category }: Orders, item: number): string {
  return category?.vocabulary.idAt(category.values[item]!) ?? '';
}

function itemsOf({ offsets, itemIndices }: Interactions, user: number): readonly number[] {
  return Array.from(itemIndices.subarray(offsets[user]!, offsets[user + 1]!));
}
