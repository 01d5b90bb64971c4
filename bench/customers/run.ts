import '@tensorflow/tfjs-backend-wasm';
import {
  bgNbd,
  type ChurnComparison,
  compareChurn,
  gammaGamma,
  type LearnChurn,
  logisticChurn,
  modifiedBgNbd,
  nbd,
  networkChurn,
  paretoNbd,
  purchaseChurn,
  treeChurn,
  useBackend,
} from '../../src/index.js';
import { readDatasets } from './data.js';

// npx tsx bench/customers/run.ts [all | models | churn | time] [begin of a data set's name] [seeds, such as 1,2,3] [part of a model's name]
const [part = 'all', wanted = '', given = '1,2,3', models = ''] = process.argv.slice(2);
const plain = { categories: [] } as const;
const seeds = given.split(',').map(Number);
await useBackend('wasm');
const seconds = new Map<string, number>();

/** The same, with its processor time added up. */
function timed(name: string, learn: LearnChurn): LearnChurn {
  return async (history, options) => {
    const before = process.cpuUsage();
    const model = await learn(history, options);
    const { user, system } = process.cpuUsage(before);
    seconds.set(name, (seconds.get(name) ?? 0) + (user + system) / 1e6);
    return model;
  };
}

function modelsOf(seed: number): Record<string, LearnChurn> {
  const none =
    (learnModel: typeof bgNbd): LearnChurn =>
    async (history, options) =>
      purchaseChurn(history, { model: await learnModel(history, { noDropout: 'nbd' }), ...options });
  const all: Record<string, LearnChurn> = {
    'logistic, recency, frequency, age, money': (history, options) =>
      logisticChurn(history, { ...options, features: ['sinceLast', 'recency', 'frequency', 'age', 'money'] }),
    'logistic, all features': (history, options) => logisticChurn(history, { ...options, ...plain }),
    'logistic, all features and country': logisticChurn,
    'boosted trees': treeChurn,
    'embedding MLP': (history, options) => networkChurn(history, { ...options, ...plain, seed }),
    'embedding MLP and country': (history, options) => networkChurn(history, { ...options, seed }),
    'NBD, chance of none': async (history, options) =>
      purchaseChurn(history, { model: await nbd(history), ...options }),
    'BG/NBD, chance of none': none(bgNbd),
    'MBG/NBD, chance of none': none(modifiedBgNbd),
    'Pareto/NBD, chance of none': none(paretoNbd),
  };
  const wantedModels = Object.entries(all).filter(([name]) => name.includes(models));
  return Object.fromEntries(wantedModels.map(([name, learn]) => [name, timed(name, learn)]));
}

function show({ table, models: found }: ChurnComparison): void {
  console.log(table);
  for (const name of ['logistic, all features', 'MBG/NBD, chance of none'].filter((each) => found[each])) {
    const rows = found[name]!.calibration.map(
      ({ predicted, happened: { value, interval } }) =>
        `${predicted.toFixed(3)} ${value.toFixed(3)} (${interval[0].toFixed(3)} to ${interval[1].toFixed(3)})`,
    );
    console.log(`calibration of ${name}, predicted and happened:\n  ${rows.join('\n  ')}`);
  }
  console.log([...seconds].map(([name, time]) => `${name}: ${time.toFixed(1)} s`).join('; '));
}

for (const dataset of readDatasets().filter(({ name }) => name.startsWith(wanted))) {
  console.log(`\n## ${dataset.name}`);
  const history = await dataset.at(...dataset.usual);
  if (part === 'all' || part === 'models') {
    for (const learnModel of [nbd, bgNbd, modifiedBgNbd, paretoNbd, gammaGamma]) {
      const found = await learnModel(history).catch((error: Error) => error);
      if (found instanceof Error) console.log(found.message);
      else {
        const parameters = Object.entries(found.parameters).map(
          ([name, { value, interval }]) =>
            `${name} ${value.toPrecision(8)} (${interval?.map((end) => end.toPrecision(3)).join(' to ')})`,
        );
        console.log(`${found.name}: ${parameters.join(', ')}; log-likelihood ${found.logLikelihood.toFixed(4)}`);
      }
    }
  }
  if (part === 'all' || part === 'churn') {
    for (const seed of seeds) {
      seconds.clear();
      console.log(`\nfive parts of the customers, seed ${seed}`);
      show(await compareChurn(history, { models: modelsOf(seed), seed }));
    }
  }
  if (part === 'all' || part === 'time') {
    const [learn, test, horizon] = dataset.inTime;
    seconds.clear();
    console.log(`\nlearned at ${learn}, judged at ${test}`);
    const [past, later] = [await dataset.at(learn, horizon), await dataset.at(test, horizon)];
    show(await compareChurn(past, { models: modelsOf(1), test: later }));
  }
}
