import {
  type Estimate,
  evaluateRanking,
  expectedPurchases,
  type RankingReport,
  type Recommender,
  recommendAll,
  type SimulatedShop,
} from 'minimart';
import type { OrderSplit } from './split-orders.js';

export const listLength = 10;

/** How good one recommender is. */
export interface Measured {
  readonly recommender: Recommender;
  readonly report: RankingReport<'ndcg' | 'hitRate' | 'coverage'>;
  /** Purchases expected of its lists over those of the best possible lists; missing for real orders. */
  readonly captured?: number;
  /** How far from popularity (0) to the best possible ranking (1) its NDCG is; missing for real orders. */
  readonly closeness?: number;
}

/** Judges recommenders on the test days, by items that are new to their users, against all other items. */
export async function measure(
  recommenders: readonly Recommender[],
  { train, test, testFrom }: OrderSplit,
  shop: SimulatedShop | undefined,
  best: Recommender | undefined,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const recommender of recommenders) {
    const report = await evaluateRanking(recommender, {
      ...{ train, test, k: listLength },
      exclude: 'seen',
      metrics: ['ndcg', 'hitRate', 'coverage'],
    });
    measured.push({ recommender, report });
  }
  if (!shop || !best) return measured;
  const users = Array.from(measured[0]!.report.perUser.userIndices, (index) => train.users.idAt(index)!);
  const expected = expectedOf(shop, users, testFrom);
  const most = await expectedOfLists(best, users, expected);
  const truth = measured.find(({ recommender }) => recommender === best)!.report.metrics.ndcg!.value;
  const popularity = measured[0]!.report.metrics.ndcg!.baseline!.value;
  return Promise.all(
    measured.map(async (each) => ({
      ...each,
      captured: (await expectedOfLists(each.recommender, users, expected)) / most,
      closeness: (each.report.metrics.ndcg!.value - popularity) / (truth - popularity),
    })),
  );
}

/** Purchases that the truth expects of a user and an item on the test days. */
export type ExpectedOf = (user: string, item: string) => number;

/** Looks up expected purchases by id. */
export function expectedOf(shop: SimulatedShop, users: readonly string[], from: number): ExpectedOf {
  const places = new Map(shop.users.ids.map((id, index) => [id, index]));
  const items = new Map(shop.items.ids.map((id, index) => [id, index]));
  const lines = expectedPurchases(
    shop,
    users.map((id) => places.get(id)!),
    { from },
  );
  const rows = new Map(users.map((id, row) => [id, row]));
  return (user, item) => lines[rows.get(user)! * shop.items.ids.length + items.get(item)!]!;
}

async function expectedOfLists(
  recommender: Recommender,
  users: readonly string[],
  expected: ExpectedOf,
): Promise<number> {
  let sum = 0;
  for await (const { user, items } of recommendAll(recommender, { users, k: listLength, exclude: 'seen' })) {
    for (const { item } of items) sum += expected(user, item);
  }
  return sum;
}

/** A number and the range where it may as well lie. */
export function withInterval({ value, interval }: Estimate, digits = 3): string {
  const range = interval
    ? `<br><span class="soft nowrap">(${interval.map((end) => end.toFixed(digits)).join('–')})</span>`
    : '';
  return value.toFixed(digits) + range;
}
