// tsx bench/recsys/next-basket-gsasrec.ts [RESULT.json] [--batch 16] …: gSASRec on the next invoices of next-basket.ts, beside personal frequency,
// EASE and rules as chosen there. The epoch is chosen on the rehearsal; the test baskets are read once. Its rows go into RESULT.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  buildSasRec,
  denseAdam,
  easeRecommender,
  evaluateNextBasket,
  formatNextBasket,
  type Interactions,
  type NextBasketReport,
  personalFrequencyRecommender,
  type Recommender,
  type RecommenderReport,
  sequentialRulesRecommender,
  trainSasRec,
} from 'minimart';
import { itemFactors } from './item-factors.js';
import { nextBasketData } from './next-basket-data.js';

const defaults = {
  ...{ size: 64, length: 50, dropout: 0.2, batch: 16, negatives: 256, epochs: 40, every: 2, patience: 4, rate: 0.001 },
  /** 1: items start from the factors of implicit ALS; 0: from drawn numbers. */
  factors: 1,
  /** Epochs that an earlier run chose, to be judged at once. */
  chosen: 0,
};

function readOptions() {
  const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' as const }]));
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const given = Object.entries(defaults).map(([name, value]) => [name, Number(values[name] ?? value)]);
  return { settings: Object.fromEntries(given) as typeof defaults, file: positionals[0] };
}

const { settings, file } = readOptions();
const { lastOrders, rehearsal, afterADate } = nextBasketData();

/** Trains on each customer's products in the order of invoices, the last `length` of them. */
async function train(rows: Interactions, epochs: number, measure?: (recommender: Recommender) => Promise<number>) {
  const { size, length, dropout, batch, negatives, every, patience } = settings;
  const model = buildSasRec({
    ...{ items: rows.items, embeddingSize: size, maxLength: length, dropout, seed: 1 },
    ...(settings.factors > 0 && { itemVectors: await itemFactors(rows, size) }),
  });
  const onProgress = ({ epoch, loss }: RecommenderReport) => {
    const { user, system } = process.cpuUsage();
    console.error(`epoch ${epoch}: loss ${loss.toFixed(5)}, ${((user + system) / 1e6).toFixed(0)} s of processor time`);
  };
  return trainSasRec({
    ...{ model, interactions: rows, epochs, negatives, batchSize: batch, seed: 1, onProgress },
    optimizer: denseAdam({ learningRate: settings.rate }),
    ...(measure && { validation: { measure, every, patience } }),
  });
}

async function chooseEpochs(): Promise<number> {
  const { best } = await train(rehearsal.train, settings.epochs, async (recommender) => {
    const report = await evaluateNextBasket(recommender, { ...rehearsal, cutoffs: [10], beside: [], resamples: 0 });
    const { all, discovery } = report.results[0].parts;
    const [recall, fresh] = [all!, discovery!].map((part) => part.metrics[0]!.recall.value);
    console.error(`rehearsal: recall ${recall!.toFixed(4)}, new in its own list ${fresh!.toFixed(4)}`);
    return recall!;
  });
  return best!.at;
}

async function judge(split: { readonly train: Interactions; readonly test: Interactions }, epochs: number) {
  const { recommender } = await train(split.train, epochs);
  const beside = [
    personalFrequencyRecommender(split.train, { decay: 0.95 }),
    await easeRecommender(split.train, { regularization: 200 }),
    await sequentialRulesRecommender(split.train, { steps: 1, history: 1, decay: 1 }),
  ];
  const named = { ...recommender, name: `gSASRec {"epochs":${epochs}}` };
  return evaluateNextBasket(named, { ...split, cutoffs: [10], beside, seed: 1 });
}

// Puts the row of gSASRec in the place of an earlier one.
function add(path: string, name: string, { results: [own] }: NextBasketReport): void {
  const all = JSON.parse(readFileSync(path, 'utf8'));
  all[name].results = [...all[name].results.filter((each: typeof own) => !each.name.startsWith('gSASRec')), own];
  writeFileSync(path, `${JSON.stringify(all, null, 1)}\n`);
}

const epochs = settings.chosen > 0 ? settings.chosen : await chooseEpochs();
for (const [name, split] of Object.entries({ lastOrders, afterADate })) {
  const report = await judge(split, epochs);
  console.log(`${name}\n\n${formatNextBasket(report)}\n`);
  if (file) add(file, name, report);
}
