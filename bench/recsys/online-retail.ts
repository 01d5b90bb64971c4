// tsx bench/recsys/online-retail.ts order|row [RESULT.json [NAME …]]: five recommenders on UCI Online Retail, from the raw
// file, with intervals; each customer's last order is the test, or the last row alone. With names, only those are run, and
// what the file holds of the others is kept.
import '@tensorflow/tfjs-backend-wasm';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { evaluateRanking, type RankingReport, useBackend } from 'minimart';
import { loadOnlineRetail } from './online-retail-data.js';
import { contenders } from './online-retail-models.js';

async function main([unit, file, ...names]: readonly string[]): Promise<void> {
  if (unit !== 'order' && unit !== 'row') throw new Error('Say which split: order or row.');
  await useBackend('wasm');
  const data = loadOnlineRetail(unit);
  const { train, test, rows } = data;
  const facts = {
    rows,
    csvSeconds: data.seconds,
    unit,
    users: new Set(test.userIndices).size,
    testRows: test.length,
    items: train.items.size,
    trainRows: train.length,
  };
  console.log(JSON.stringify(facts));
  const kept = file && names.length > 0 && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).results : [];
  const results: object[] = kept.filter(({ name }: { name: string }) => !names.includes(name));
  for (const [key, contender] of Object.entries(contenders)) {
    if (names.length > 0 && !names.includes(key)) continue;
    const start = performance.now();
    const { recommender, settings } = await contender(data);
    const seconds = (performance.now() - start) / 1000;
    const known = { train, test, k: 10, seed: 1, baseline: null };
    const sampled = await evaluateRanking(recommender, { ...known, negatives: 99 });
    const all = await evaluateRanking(recommender, { ...known, negatives: 'all' });
    results.push({ name: recommender.name, settings, seconds, sampled: brief(sampled), all: brief(all) });
    console.log(JSON.stringify(results.at(-1)));
    if (file) writeFileSync(file, `${JSON.stringify({ facts, results }, null, 1)}\n`);
  }
}

function brief({ metrics, ties }: RankingReport): object {
  return { ...metrics, ties: ties.pairs };
}

await main(process.argv.slice(2));
