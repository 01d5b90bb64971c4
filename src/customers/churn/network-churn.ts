import { createVocabulary } from '../../data/vocabulary.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requirePositiveInteger, requireSeed, requireSizes } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { sortInParts } from '../../internal/sort-in-parts.js';
import type { Feature } from '../../nn/embedding/inputs/features.js';
import { buildEmbeddingMlp } from '../../nn/embedding/models/build-embedding-mlp.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { lazyAdam } from '../../nn/embedding/training/embedding-optimizer.js';
import { createRng } from '../../random/rng.js';
import { trainRecommender } from '../../recsys/training/train-recommender.js';
import { type CustomerHistory, requireFuture } from '../history/history.js';
import { type ChurnCategory, categoryColumns, learnCategories } from './churn-categories.js';
import {
  type ChurnFeature,
  featureColumns,
  knownFeatures,
  requireFeatures,
  type Scale,
  scaled,
  scalesOf,
} from './churn-features.js';
import { type ChurnModel, type ChurnOptions, churnLabels, churnModelOf, futureOf } from './churn-model.js';

/** Options of {@link networkChurn}. */
export interface NetworkChurnOptions extends ChurnOptions {
  /** What it looks at. By default all that the history knows. */
  readonly features?: readonly ChurnFeature[];
  /** Categories that it looks at, each as an embedding; up to 4. By default all that the history knows, and none where `features` are named. */
  readonly categories?: readonly string[];
  /** Sizes of the hidden layers. Default `[8]`. */
  readonly hidden?: readonly number[];
  /** Length of the embeddings. Default 1. */
  readonly embeddingSize?: number;
  /** Passes over the customers. Default 10: with a few thousand customers, more learn them by heart. */
  readonly epochs?: number;
  /** Networks from as many seeds, of whose log-odds the mean is taken. Default 3. */
  readonly networks?: number;
  /** Fixes weights and order; any safe integer. Default 0. */
  readonly seed?: number;
}

function names(): OptionNames<NetworkChurnOptions> {
  const own = { hidden: true, embeddingSize: true, epochs: true, networks: true, seed: true } as const;
  return { ...own, features: true, categories: true, signal: true };
}

/** Groups of customers, by quantiles of a feature, that have an embedding each. */
const mostGroups = 8;

/**
 * Learns who will buy nothing by embedding MLPs: each feature enters as a number and as the embedding of one of 8 groups (by quantiles), so
 * that what is not linear needs no deep network. Categories of customers, such as a country, enter as embeddings too.
 *
 * What fewer than 10 of the customers have counts as unknown, as do categories that come later; one customer in twenty is learned as
 * unknown, so that there is something to say of these. `doubts` of the model counts them.
 *
 * @param history - With a `horizon`: 10 customers or more who bought in it, and as many who did not.
 * @returns The model. The caller disposes it.
 * @throws RangeError when the history has no future, too few customers of a kind, not the features or categories, or an option is wrong.
 * @example
 * const shop = simulateShop({ seed: 7, users: 200, items: 30, days: 120 });
 * const orders = parseTable(formatOrders(shop), { Customer: idColumn(), Time: timeColumn() });
 * const columns = { customer: 'Customer', time: 'Time' } as const;
 * const history = await customerHistory(orders, { ...columns, until: Date.UTC(2024, 1, 20), horizon: 2 });
 * const model = await networkChurn(history, { networks: 1, epochs: 2, seed: 7 });
 * (await model.predict(history)).every((risk) => risk > 0 && risk < 1); // true
 * model.dispose?.();
 */
export async function networkChurn(history: CustomerHistory, options: NetworkChurnOptions = {}): Promise<ChurnModel> {
  const where = 'networkChurn';
  requireOptions(where, options, names());
  const { hidden = [8], embeddingSize = 1, epochs = 10, networks = 3, seed = 0, signal } = options;
  requireSizes(where, 'hidden', hidden);
  requirePositiveInteger(where, 'embeddingSize', embeddingSize);
  requirePositiveInteger(where, 'epochs', epochs);
  requirePositiveInteger(where, 'networks', networks);
  requireSeed(where, seed);
  const pause = pauseFor(where, signal);
  requireFuture(where, history);
  const { features = knownFeatures(history) } = options;
  requireFeatures(where, history, features);
  const labels = Float32Array.from(churnLabels(where, history));
  const categories = learnCategories(where, history, options);
  const columns = await featureColumns(history, features, pause);
  const coding = { names: features, scales: scalesOf(columns), edges: await edgesOf(columns, pause), categories };
  const coded = await codeRows(coding, [...columns, ...categoryColumns(where, history, categories)], pause);
  const models: EmbeddingModel[] = [];
  const dispose = () => {
    for (const model of models) model.dispose();
  };
  try {
    for (let network = 0; network < networks; network += 1) {
      const own = seed + network;
      const model = buildEmbeddingMlp({ features: inputsOf(coding), embeddingSize, hidden, seed: own });
      models.push(model);
      const settings = { optimizer: lazyAdam({ learningRate: 0.003 }), batchSize: 64, regularization: 1e-4 };
      const rows = hideSome(coded, categories, own);
      const run = { model, rows, labels, testShare: 0, epochs, seed: own, ...settings };
      await trainRecommender({ ...run, ...(signal && { signal }) });
    }
    const scorer = {
      name: 'embedding MLP',
      horizon: history.future.horizon,
      learnedFrom: futureOf(history),
      unit: history.unit,
      features: [...features],
      categories,
      score: (raw: readonly Float64Array[], pauseEach: () => Promise<void>) =>
        meanScores(models, coding, raw, pauseEach),
      dispose,
    };
    return await churnModelOf(scorer, history, pause);
  } catch (error) {
    dispose();
    throw error;
  }
}

interface Coding {
  readonly names: readonly ChurnFeature[];
  readonly scales: readonly Scale[];
  /** For each feature the numbers that groups begin with, but the first. */
  readonly edges: readonly Float64Array[];
  readonly categories: readonly ChurnCategory[];
}

async function meanScores(
  models: readonly EmbeddingModel[],
  coding: Coding,
  columns: readonly Float64Array[],
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const rows = await codeRows(coding, columns, pause);
  const mean = new Float64Array(columns[0]!.length);
  for (const model of models) {
    const scores = await model.score(rows);
    for (let row = 0; row < mean.length; row += 1) mean[row]! += scores[row]! / models.length;
  }
  return mean;
}

async function edgesOf(columns: readonly Float64Array[], pause: () => Promise<void>): Promise<Float64Array[]> {
  const edges: Float64Array[] = [];
  for (const column of columns) {
    const sorted = column.slice();
    await sortInParts(sorted, pause);
    const own = Array.from(
      { length: mostGroups - 1 },
      (_, group) => sorted[Math.floor(((group + 1) * sorted.length) / mostGroups)]!,
    );
    edges.push(Float64Array.from(new Set(own.filter((edge) => edge > sorted[0]!))));
  }
  return edges;
}

function inputsOf({ names, edges, categories }: Coding): Record<string, Feature> {
  const inputs: Record<string, Feature> = { numbers: { kind: 'numeric', size: names.length } };
  for (const [place, name] of names.entries()) {
    const groups = Array.from({ length: edges[place]!.length + 1 }, (_, group) => group);
    inputs[name] = { kind: 'categorical', vocabulary: createVocabulary(groups) };
  }
  for (const { name, known } of categories) {
    const places = Array.from({ length: known.size + 1 }, (_, place) => place);
    inputs[inputOf(name)] = { kind: 'categorical', vocabulary: createVocabulary(places) };
  }
  return inputs;
}

async function codeRows(
  { names, scales, edges, categories }: Coding,
  columns: readonly Float64Array[],
  pause: () => Promise<void>,
) {
  const length = columns[0]!.length;
  const numbers = new Float32Array(length * names.length);
  const rows: Record<string, Int32Array | Float32Array> = { numbers };
  for (const [place, column] of scaled(columns.slice(0, names.length), scales).entries()) {
    for (let row = 0; row < length; row += 1) numbers[row * names.length + place] = column[row]!;
    const groups = new Int32Array(length);
    for (const edge of edges[place]!) {
      for (let row = 0; row < length; row += 1) if (columns[place]![row]! >= edge) groups[row]! += 1;
    }
    rows[names[place]!] = groups;
    await pause();
  }
  for (const [place, { name }] of categories.entries()) {
    rows[inputOf(name)] = Int32Array.from(columns[names.length + place]!);
  }
  return rows;
}

// A column may have the name of a feature.
function inputOf(category: string): string {
  return `category ${category}`;
}

/** One customer in so many is learned as of an unknown category. */
const hiddenOf = 20;

type CodedRows = Record<string, Int32Array | Float32Array>;

function hideSome(rows: CodedRows, categories: readonly ChurnCategory[], seed: number): CodedRows {
  const hiding = createRng(seed).stream('hidden categories');
  const entries = categories.map(({ name }) => {
    const codes = (rows[inputOf(name)] as Int32Array).map((code) => (hiding.integer(hiddenOf) === 0 ? 0 : code));
    return [inputOf(name), codes] as const;
  });
  return { ...rows, ...Object.fromEntries(entries) };
}
