import '@tensorflow/tfjs-backend-wasm';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  asRecommender,
  denseAdam,
  type EmbeddingModel,
  type EmbeddingOptimizer,
  evaluateRanking,
  type ImplicitTrainingOptions,
  type Interactions,
  lazyAdam,
  leaveLastOut,
  type Recommender,
  trainRecommender,
  useBackend,
} from 'minimart';
import { loadMovieLens } from './movielens.js';
import { rankCandidates } from './rank-candidates.js';

/** Settings that the command line may change, with their values. */
export type Settings = Record<string, number>;

/** Adam as papers mean it, or with `lazy: 1` Adam that leaves untouched rows alone. */
export function adamOf({ learningRate, lazy }: Settings): EmbeddingOptimizer {
  return lazy === 1 ? lazyAdam({ learningRate }) : denseAdam({ learningRate });
}

/** What a model with these settings is called. */
export function nameOf(model: string, { lazy }: Settings): string {
  return lazy === 1 ? `${model}, lazy Adam` : model;
}

/** One model of the MovieLens table. */
export interface Trained {
  readonly name: string;
  /** Defaults of its settings; each is an option of the command line. */
  readonly settings: Settings;
  build(train: Interactions, settings: Settings): EmbeddingModel;
  options(settings: Settings): Omit<ImplicitTrainingOptions, 'model' | 'interactions'>;
}

/**
 * Trains on MovieLens-1M and ranks the held-out items after every `--every` epochs. With `--part test` those are the test
 * items; with `--part validation` the last train interaction of every user is held out instead, to choose the number of
 * epochs by, and the test items are not touched. After every `--all` epochs the whole catalogue is ranked too.
 */
export async function followTraining(trained: Trained): Promise<void> {
  const { settings, part, every, all, out } = readOptions(trained.settings);
  const data = loadMovieLens();
  if (!data) throw new Error('MovieLens-1M is not there: set MINIMART_DATA to the folder that holds ml-1m.');
  await useBackend('wasm');
  const { train, test } = part === 'validation' ? leaveLastOut(data.train) : data;
  const model = trained.build(train, settings);
  const recommender = asRecommender(model);
  const curve: object[] = [];
  const clock = createClock();
  const onProgress: Parameters<typeof trainRecommender>[0]['onProgress'] = async ({
    epoch,
    loss,
    samplesPerSecond,
  }) => {
    if (epoch % every !== 0) return;
    const spent = clock.read();
    const line = {
      epoch,
      loss,
      ...(await rankCandidates(recommender, test, data.negatives)),
      ...(epoch % all === 0 ? { all: await rankAll(recommender, train, test) } : {}),
      ...spent,
      samplesPerSecond,
    };
    curve.push(line);
    console.log(JSON.stringify(line));
    if (out)
      writeFileSync(
        out,
        `${JSON.stringify({ model: nameOf(trained.name, settings), part, settings, curve }, null, 1)}\n`,
      );
    clock.skip();
  };
  const options = { ...trained.options(settings), model, interactions: train, onProgress };
  await trainRecommender(options as ImplicitTrainingOptions & typeof options);
}

async function rankAll(recommender: Recommender, train: Interactions, test: Interactions) {
  const { metrics } = await evaluateRanking(recommender, {
    train,
    test,
    k: 10,
    negatives: 'all',
    metrics: ['hitRate', 'ndcg'],
    baseline: null,
    resamples: 0,
  });
  return { hr10: metrics.hitRate.value, ndcg10: metrics.ndcg.value };
}

function readOptions(defaults: Settings) {
  const names = [...Object.keys(defaults), 'part', 'every', 'all', 'out'];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const given: Record<string, string | undefined> = parseArgs({ options }).values;
  const settings = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, Number(given[name] ?? value)]),
  );
  const [every, all] = [Number(given.every ?? 1), Number(given.all ?? Number.POSITIVE_INFINITY)];
  return { settings, part: given.part ?? 'test', every, all, out: given.out };
}

// Wall and processor time of training so far, without the ranking.
function createClock() {
  let [seconds, processorSeconds] = [0, 0];
  let [wall, processor] = [performance.now(), process.cpuUsage()];
  return {
    read: () => {
      const { user, system } = process.cpuUsage(processor);
      seconds += (performance.now() - wall) / 1000;
      processorSeconds += (user + system) / 1e6;
      return { seconds, processorSeconds };
    },
    skip: () => {
      [wall, processor] = [performance.now(), process.cpuUsage()];
    },
  };
}
