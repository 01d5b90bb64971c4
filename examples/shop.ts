// Recommends in a shop whose customers are known, or in yours: `npm run example:shop`, options with `-- --help`.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { itemItemRecommender, popularityRecommender, trueRecommender, useBackend } from 'minimart';
import { stopOnCtrlC } from './shared/stop-on-ctrl-c.js';
import { showCustomers } from './shop/customers.js';
import { loadOrders } from './shop/load-orders.js';
import { measure } from './shop/measure.js';
import { help, readOptions, type Settings } from './shop/options.js';
import { bestModel, verdict, writeReport } from './shop/report.js';
import { labelOf } from './shop/report-parts.js';
import { splitOrders } from './shop/split-orders.js';
import { trainAls } from './shop/train-als.js';
import { trainMlp } from './shop/train-mlp.js';

try {
  const settings = readOptions(process.argv.slice(2));
  if (settings === 'help') process.stdout.write(help);
  else await recommendInShop(settings);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function recommendInShop(settings: Settings): Promise<void> {
  const started = performance.now();
  const signal = stopOnCtrlC();
  await useBackend(settings.backend);
  const orders = await loadOrders(settings);
  const split = splitOrders(orders, settings);
  const { users, items } = orders.interactions;
  const counts = [split.train.length, users.size, items.size].map((number) => number.toLocaleString('en'));
  console.log(`Learning from ${counts[0]} order lines of ${counts[1]} customers and ${counts[2]} items.`);

  const als = await trainAls(split, settings.seed, signal);
  const mlp = await trainMlp(orders, split, settings, signal);
  const best = orders.shop && trueRecommender(orders.shop, { users, items, seen: split.train, from: split.testFrom });
  const neighbours = await itemItemRecommender(split.train, { signal });
  const recommenders = [
    popularityRecommender(split.train),
    neighbours,
    als.recommender,
    mlp.recommender,
    ...(best ? [best] : []),
  ];
  const measured = await measure(recommenders, split, orders.shop, best);
  measured.sort((a, b) => b.report.metrics.ndcg!.value - a.report.metrics.ndcg!.value);

  const customers = await showCustomers(orders, split, bestModel(measured));
  const totalSeconds = (performance.now() - started) / 1000;
  const run = { settings, orders, split, measured, trained: [als], mlp, customers, totalSeconds };
  await mkdir(settings.out, { recursive: true });
  await writeFile(join(settings.out, 'report.html'), writeReport(run));
  for (const each of measured) {
    const { ndcg, hitRate } = each.report.metrics;
    console.log(`  ${labelOf(each).padEnd(22)} NDCG@10 ${ndcg!.value.toFixed(3)}  HR@10 ${hitRate!.value.toFixed(3)}`);
  }
  console.log(`${verdict(measured)}\nOpen\n  ${join(settings.out, 'report.html')}  everything on one page`);
  mlp.model.dispose();
}
