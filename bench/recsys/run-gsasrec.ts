// tsx bench/recsys/run-gsasrec.ts [--size 128] [--negatives 256] [--calibration 0.75] [--checkpoints FOLDER] [--out FILE] …:
// gSASRec on MovieLens-1M, next item among all. The last train row of every user is for validation, or of each --validationEvery-th,
// the test row for the end. --calmEpochs train with --calmDropout before --dropout: much dropout keeps it at popularity for long.
// With --checkpoints a run that was stopped goes on where it stood. SASRec is --negatives 1 --calibration 0.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  buildSasRec,
  denseAdam,
  evaluateRanking,
  type Interactions,
  type Recommender,
  type RecommenderReport,
  type SasRecModel,
  sasRecRecommender,
  trainSasRec,
} from 'minimart';
import { fileStore } from 'minimart/node';
import { selectRows } from '../../src/data/splits/select-rows.js';
import { itemFactors } from './item-factors.js';
import { loadMovieLens } from './movielens.js';

const defaults = {
  size: 128,
  blocks: 2,
  heads: 1,
  length: 200,
  dropout: 0.5,
  deviation: 0.02,
  negatives: 256,
  calibration: 0.75,
  rate: 0.001,
  batch: 128,
  epochs: 1000,
  calmEpochs: 0,
  calmDropout: 0.2,
  validationEvery: 1,
  /** 1: items start from the factors of implicit ALS; 0: from drawn numbers. */
  factors: 0,
  seed: 1,
  /** Epochs from one measurement to the next, and measurements without a new best after which the run ends. */
  every: 5,
  patience: 20,
};

async function main(): Promise<void> {
  const { settings, checkpoints, out } = readOptions();
  const data = loadMovieLens();
  if (!data) throw new Error('MovieLens-1M is not there: set MINIMART_DATA to the folder that holds ml-1m.');
  const { rate, batch, epochs, negatives, calibration, seed, every, patience } = settings;
  const { train, held } = holdOut(data.train, settings.validationEvery);
  const itemVectors = settings.factors > 0 ? await itemFactors(train, settings.size) : undefined;
  const build = (dropout: number) =>
    buildSasRec({
      ...(itemVectors && { itemVectors }),
      ...{ items: train.items, embeddingSize: settings.size, blocks: settings.blocks, heads: settings.heads },
      ...{ maxLength: settings.length, dropout, embeddingDeviation: settings.deviation, seed: settings.seed },
    });
  const curve: object[] = [];
  const write = (more: object) =>
    out && writeFileSync(out, `${JSON.stringify({ model: 'gSASRec', settings, curve, ...more }, null, 1)}\n`);
  const measure = async (recommender: Recommender) => {
    const ranked = await rankAll(recommender, train, held);
    curve.push(ranked);
    console.log(`validation HR@10 ${ranked.hr10.toFixed(4)} NDCG@10 ${ranked.ndcg10.toFixed(4)}`);
    return ranked.ndcg10;
  };
  const onProgress = ({ epoch, loss, samplesPerSecond }: RecommenderReport) => {
    const { user, system } = process.cpuUsage();
    const line = { epoch, loss, samplesPerSecond, processorSeconds: (user + system) / 1e6 };
    curve.push(line);
    console.log(JSON.stringify(line));
    write({});
  };
  const teach = (model: SasRecModel, epochs: number, folder: string) => {
    const store = checkpoints === undefined ? undefined : fileStore(join(checkpoints, folder));
    return trainSasRec({
      ...{ model, interactions: train, negatives, calibration, batchSize: batch, epochs, seed, onProgress },
      optimizer: denseAdam({ learningRate: rate }),
      validation: { measure, every, patience },
      ...(store && { checkpoint: { store, everySeconds: 300 }, resume: { store, allow: ['epochs'] } }),
    });
  };
  const model = build(settings.dropout);
  if (settings.calmEpochs > 0) {
    const calm = build(settings.calmDropout);
    await teach(calm, settings.calmEpochs, 'calm');
    model.table.values.set(calm.table.values);
    model.parameters.set(calm.parameters);
  }
  const { best } = await teach(model, epochs, 'then');
  const test = await rankAll(sasRecRecommender(model, { seen: data.train }), data.train, data.test);
  console.log('best', JSON.stringify(best), 'test', JSON.stringify(test));
  write({ best, test });
}

/** The last row of every so-manieth user is to measure with, the rest to train on. */
function holdOut(rows: Interactions, every: number) {
  const parts = new Uint8Array(rows.length);
  for (let user = 0; user < rows.users.size; user += every) parts[rows.offsets[user + 1]! - 1] = 1;
  return { train: selectRows(rows, parts, 0), held: selectRows(rows, parts, 1) };
}

async function rankAll(recommender: Recommender, train: Interactions, test: Interactions) {
  const { metrics } = await evaluateRanking(recommender, {
    ...{ train, test, k: 10, negatives: 'all', metrics: ['hitRate', 'ndcg'], baseline: null, resamples: 0 },
  });
  return { hr10: metrics.hitRate.value, ndcg10: metrics.ndcg.value };
}

function readOptions() {
  const names = [...Object.keys(defaults), 'checkpoints', 'out'];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const given: Record<string, string | undefined> = parseArgs({ options }).values;
  const numbers = Object.entries(defaults).map(([name, value]) => [name, Number(given[name] ?? value)]);
  return {
    settings: Object.fromEntries(numbers) as typeof defaults,
    checkpoints: given.checkpoints,
    out: given.out,
  };
}

await main();
