import {
  buildEmbeddingMlp,
  type EmbeddingModel,
  type Interactions,
  lazyAdam,
  type RecommenderReport,
  trainRecommender,
} from 'minimart';
import { createProgressBar, type ProgressBar } from '../shared/progress-bar.js';
import type { Orders } from './load-orders.js';
import type { Settings } from './options.js';
import type { OrderSplit } from './split-orders.js';
import { ndcg, type Trained } from './train-als.js';

/** The embedding MLP, and how it got there. */
export interface TrainedMlp extends Trained {
  readonly model: EmbeddingModel;
  /** Of the run that chose the number of epochs, with validation. */
  readonly history: readonly RecommenderReport[];
  readonly epochs: number;
}

const recipe = { embeddingSize: 32, hidden: [64, 32], embeddingDeviation: 0.1 } as const;
const learning = { negatives: 4, batchSize: 512, optimizer: () => lazyAdam({ learningRate: 0.002 }) } as const;

/**
 * The embedding MLP on user, item, country and category. A first run on the days before validation says how many epochs
 * are best; a second learns as long from everything before the test.
 */
export async function trainMlp(
  orders: Orders,
  split: OrderSplit,
  settings: Settings,
  signal: AbortSignal,
): Promise<TrainedMlp> {
  const started = performance.now();
  const bar = createProgressBar('embedding MLP   ');
  const { seed } = settings;
  const common = { ...learning, optimizer: learning.optimizer(), seed, signal, reportEvery: 100 };
  const trial = buildModel(orders, seed);
  const measured = await trainRecommender({
    ...{ ...common, model: trial, interactions: split.fit, epochs: settings.epochs },
    validation: { measure: (recommender) => ndcg(recommender, split.fit, split.validation), patience: 2 },
    onProgress: (report) => showReport(bar, report),
  });
  bar.stop();
  trial.dispose();
  const again = createProgressBar('  on all its days');
  const model = buildModel(orders, seed);
  const { recommender } = await trainRecommender({
    ...{ ...common, optimizer: learning.optimizer(), model, interactions: split.train, epochs: measured.best!.at },
    onProgress: (report) => showReport(again, report),
  });
  again.stop();
  const epochs = measured.best!.at;
  const features = Object.keys(model.features).join(', ');
  const note = `embeddings of ${recipe.embeddingSize} for ${features}, hidden ${recipe.hidden.join(', ')}, ${learning.negatives} negatives, Adam 0.002, batches of ${learning.batchSize}, ${epochs} epochs (chosen on the validation days)`;
  const seconds = (performance.now() - started) / 1000;
  return { model, recommender, history: measured.history, epochs, note, seconds };
}

function buildModel({ interactions, country, category }: Orders, seed: number): EmbeddingModel {
  const { users, items } = interactions as Interactions;
  return buildEmbeddingMlp({
    ...{ ...recipe, seed },
    features: {
      user: users,
      item: items,
      country: country.vocabulary,
      ...(category && { category: category.vocabulary }),
    },
    userColumns: { country: country.values },
    itemColumns: category ? { category: category.values } : {},
  });
}

function showReport(
  bar: ProgressBar,
  { step, totalSteps, epoch, loss, validation, samplesPerSecond }: RecommenderReport,
): void {
  const ranking = validation ? ` · validation NDCG@10 ${validation.value.toFixed(4)}` : '';
  bar.show(
    step,
    totalSteps,
    `epoch ${epoch} · loss ${loss.toFixed(3)}${ranking} · ${Math.round(samplesPerSecond)} rows/s`,
  );
}
