// tsx bench/quality/adversarial-recommender.ts [STEPS_SHOP STEPS_REAL]: the adversarial recommender beside the simple methods,
// on simulated shops and on the real data that are there. Settings were chosen on the shops of seeds 1 and 2, which are not here.
import '@tensorflow/tfjs-backend-wasm';
import { mkdirSync, writeFileSync } from 'node:fs';
import {
  evaluateRanking,
  itemItemRecommender,
  popularityRecommender,
  type RankingReport,
  type Recommender,
  trainAdversarialRecommender,
  trainImplicitAls,
  useBackend,
} from 'minimart';
import { type Choices, realChoices, shopChoices } from './adversarial-data.js';
import { nearestToMean } from './mean-history.js';

const settings = {
  shopSeeds: [11, 12, 13],
  shopSteps: Number(process.argv[2] ?? 1000),
  realSteps: Number(process.argv[3] ?? 3000),
  factors: 16,
  batchSize: 256,
  draws: 64,
  seed: 1,
};

interface Row {
  readonly data: string;
  readonly recommender: string;
  /** Processor seconds of training. */
  readonly seconds: number;
  readonly metrics: Readonly<Record<string, { readonly value: number; readonly interval?: readonly [number, number] }>>;
}

await useBackend('wasm');
const rows: Row[] = [];
for (const choices of [...settings.shopSeeds.map(shopChoices), ...realChoices()]) {
  const { train, test } = choices;
  console.log(
    `\n${choices.name}: ${train.users.size} users, ${train.items.size} items, ${train.length} rows, ${test.length} to find\n`,
  );
  console.log(
    '| recommender | HR@10, all items | NDCG@10, all items | HR@10, 99 negatives | NDCG@10, 99 negatives | seconds |',
  );
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const [name, make] of contenders(choices)) rows.push(await judge(choices, name, make));
  write();
}

function contenders(choices: Choices): [string, () => Promise<Recommender>][] {
  const { train } = choices;
  const { factors, seed, batchSize, draws } = settings;
  const steps = choices.name.startsWith('simulated') ? settings.shopSteps : settings.realSteps;
  const adversarial = (rank: 'ratio' | 'nearest') => async () => {
    const game = { factors, seed, batchSize, draws, steps, reportEvery: steps };
    return (await trainAdversarialRecommender({ interactions: train, rank, ...game })).recommender;
  };
  const als = () => trainImplicitAls({ interactions: train, factors, seed }).then(({ recommender }) => recommender);
  return [
    ['popularity', async () => popularityRecommender(train)],
    ['item-item', () => itemItemRecommender(train)],
    [`implicit ALS, ${factors} factors`, als],
    [
      'nearest to the mean of the history, no network',
      async () => nearestToMean(train, (await (await als()).factors!()).items, factors),
    ],
    ['adversarial, nearest to what is made', adversarial('nearest')],
    ['adversarial, ratio of densities', adversarial('ratio')],
  ];
}

async function judge(
  { name: data, train, test }: Choices,
  name: string,
  make: () => Promise<Recommender>,
): Promise<Row> {
  const start = process.cpuUsage();
  const recommender = await make();
  const { user, system } = process.cpuUsage(start);
  const common = { train, test, k: 10, baseline: null, metrics: ['hitRate', 'ndcg'] } as const;
  const all = await evaluateRanking(recommender, common);
  const sampled = await evaluateRanking(recommender, { ...common, negatives: 99 });
  const seconds = (user + system) / 1e6;
  const [a, b] = [all.metrics, sampled.metrics].map(({ hitRate, ndcg }) => ({ hitRate, ndcg })) as [Both, Both];
  const cells = [a.hitRate, a.ndcg, b.hitRate, b.ndcg].map(shown);
  console.log(`| ${[name, ...cells, seconds.toFixed(1)].join(' | ')} |`);
  const metrics = { hitRateAll: a.hitRate, ndcgAll: a.ndcg, hitRate99: b.hitRate, ndcg99: b.ndcg };
  return { data, recommender: name, seconds, metrics };
}

type Both = Pick<RankingReport<'hitRate' | 'ndcg'>['metrics'], 'hitRate' | 'ndcg'>;

function shown({ value, interval }: Both['hitRate']): string {
  return interval ? `${value.toFixed(4)} (${interval.map((each) => each.toFixed(3)).join('–')})` : value.toFixed(4);
}

function write(): void {
  const folder = new URL('results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const text = JSON.stringify({ day: new Date().toISOString().slice(0, 10), settings, rows }, null, 1);
  writeFileSync(new URL('adversarial-recommender.json', folder), `${text}\n`);
}
