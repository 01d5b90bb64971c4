// Items for each customer from a conditional GAN: npx tsx examples/personalised-items.ts --help
//
// A generator learns to make, from what a customer bought and noise, features of what the customer buys next; items are ranked
// by what it makes. Popularity, item-item and implicit ALS stand beside it. When not to use it: where the same products stay on
// sale, because the others need a second in place of a minute and rank as well or better.
import '@tensorflow/tfjs-backend-wasm';
import { parseArgs } from 'node:util';
import {
  categoryColumn,
  evaluateRanking,
  foldInUser,
  formatOrders,
  type Id,
  idColumn,
  itemItemRecommender,
  leaveLastOut,
  parseTable,
  popularityRecommender,
  type Recommendation,
  type Recommender,
  recommend,
  simulateShop,
  timeColumn,
  toInteractions,
  trainAdversarialRecommender,
  trainImplicitAls,
  useBackend,
} from 'minimart';

const settings = { users: 2000, items: 500, days: 365, steps: 1000, seed: 7 };
const help = `npx tsx examples/personalised-items.ts [--steps N] [--users N] [--items N] [--days N] [--seed N]
Defaults: ${JSON.stringify(settings)}.`;

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const options = { users: text, items: text, days: text, steps: text, seed: text, help: { type: 'boolean' } } as const;
  const { help: asked, ...given } = parseArgs({ options }).values;
  if (asked) return console.log(help);
  const numbers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, Number(value)]));
  const { steps, seed, ...size } = { ...settings, ...numbers };

  await useBackend('wasm');
  const orders = parseTable(formatOrders(simulateShop({ seed, ...size })), {
    Order: idColumn(),
    Customer: idColumn(),
    Product: idColumn(),
    Category: categoryColumn(),
    Time: timeColumn(),
  });
  const columns = { user: 'Customer', item: 'Product', time: 'Time', order: 'Order' } as const;
  const bought = toInteractions(orders, { ...columns, duplicates: 'first' });
  const { train, test } = leaveLastOut(bought);
  const { Product, Category } = orders.columns;
  const categories = new Map<Id, Id>();
  Product.codes.forEach((code, row) => {
    categories.set(Product.vocabulary.idAt(code)!, Category.vocabulary.idAt(Category.codes[row]!)!);
  });

  console.log(`${train.users.size} customers, ${train.items.size} products, ${train.length} choices; ${steps} steps.`);
  const { recommender } = await trainAdversarialRecommender({
    interactions: train,
    steps,
    seed,
    reportEvery: Math.ceil(steps / 4),
    onProgress: ({ step, realScore, fakeScore }) =>
      console.log(`step ${step}: real choices look ${percent(realScore)} real, made ones ${percent(fakeScore)}`),
  });

  for (const place of [0.2, 0.5, 0.8]) {
    const user = Math.floor(place * train.users.size);
    const own = Array.from(train.itemIndices.slice(train.offsets[user], train.offsets[user + 1]));
    const name = train.users.idAt(user)!;
    console.log(`\n${name} bought ${mostOf(own.map((item) => categories.get(train.items.idAt(item)!)!))}.`);
    console.log(`  ${listed(await recommend(recommender, name, { k: 5, exclude: 'seen' }), categories)}`);
  }
  const first = train.items.idAt(train.itemIndices[0]!)!;
  const visitor = await foldInUser(recommender, [first]);
  console.log(`\nA visitor who took ${first} (${categories.get(first)}), without training again:`);
  console.log(`  ${listed(await recommend(recommender, visitor, { k: 5, exclude: 'seen' }), categories)}`);

  console.log(`\n${'against all products'.padEnd(22)}HR@10 (95% interval)    NDCG@10`);
  for (const each of [
    popularityRecommender(train),
    await itemItemRecommender(train),
    (await trainImplicitAls({ interactions: train, factors: 16 })).recommender,
    recommender,
  ]) {
    console.log(await line(each, { train, test }));
  }
}

async function line(recommender: Recommender, parts: ReturnType<typeof leaveLastOut>): Promise<string> {
  const { hitRate, ndcg } = (await evaluateRanking(recommender, { ...parts, k: 10, baseline: null })).metrics;
  const [low, high] = hitRate.interval ?? [Number.NaN, Number.NaN];
  const interval = `${hitRate.value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
  return `${recommender.name.padEnd(22)}${interval.padEnd(24)}${ndcg.value.toFixed(3)}`;
}

function listed(picks: readonly Recommendation[], categories: ReadonlyMap<Id, Id>): string {
  return picks.map(({ item }) => `${item} (${categories.get(item)})`).join(', ');
}

function mostOf(names: readonly Id[]): string {
  const counts = new Map<Id, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, 3);
  return `${names.length} products: ${most.map(([name, count]) => `${count} of ${name}`).join(', ')}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}
