import '@tensorflow/tfjs-backend-wasm';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  asRecommender,
  type EmbeddingModel,
  type ImplicitTrainingOptions,
  type Interactions,
  leaveLastOut,
  trainRecommender,
  useBackend,
} from 'minimart';
import { loadMovieLens } from './movielens.js';
import { rankCandidates } from './rank-candidates.js';

/** Settings that the command line may change, with their values. */
export type Settings = Record<string, number>;

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
 * epochs by, and the test items are not touched.
 */
export async function followTraining(trained: Trained): Promise<void> {
  const { settings, part, every, out } = readOptions(trained.settings);
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
      ...spent,
      samplesPerSecond,
    };
    curve.push(line);
    console.log(JSON.stringify(line));
    if (out) writeFileSync(out, `${JSON.stringify({ model: trained.name, part, settings, curve }, null, 1)}\n`);
    clock.skip();
  };
  const options = { ...trained.options(settings), model, interactions: train, onProgress };
  await trainRecommender(options as ImplicitTrainingOptions & typeof options);
}

function readOptions(defaults: Settings) {
  const names = [...Object.keys(defaults), 'part', 'every', 'out'];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const given: Record<string, string | undefined> = parseArgs({ options }).values;
  const settings = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, Number(given[name] ?? value)]),
  );
  return { settings, part: given.part ?? 'test', every: Number(given.every ?? 1), out: given.out };
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
