import { tensor1d, tidy } from '@tensorflow/tfjs-core';
import {
  type Bags,
  buildDotProduct,
  buildEmbeddingMlp,
  buildGmf,
  buildNeuMf,
  buildTwoTower,
  createRng,
  createVocabulary,
  type EmbeddingModel,
  type Feature,
} from 'minimart';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

export const users = createVocabulary(range(5));
export const items = createVocabulary(range(7));
export const countries = createVocabulary(['UK', 'France', 'Peru']);

/** Bags of the given members. */
export function bags(lists: readonly (readonly number[])[]): Bags {
  const offsets = new Uint32Array(lists.length + 1);
  lists.forEach((list, row) => {
    offsets[row + 1] = offsets[row]! + list.length;
  });
  return { offsets, indices: Int32Array.from(lists.flat()) };
}

/** What each user bought: the items that the batch below names are among them; user 3 bought nothing. */
export const histories = [[0, 1, 2], [2, 6], [4], [], [5, 6, 0, 1]] as const;
export const countryOfUser = Int32Array.of(0, 2, 0, 1, 2);
export const priceOfItem = Float32Array.of(0.5, -1, 2, 0.25, 1.5, -0.75, 1);

const history: Feature = { kind: 'bag', vocabulary: items, embeddingSize: 3, leaveOut: 'item' };
const pair = { user: users, item: items };
const start = { embeddingDeviation: 0.5, seed: 3 };

/** Every builder, small, with numbers large enough for derivatives to show. */
export const smallModels: Readonly<Record<string, () => EmbeddingModel>> = {
  'embedding MLP': () => buildEmbeddingMlp({ features: pair, embeddingSize: 4, hidden: [6, 5], ...start }),
  'embedding MLP with no hidden layer': () =>
    buildEmbeddingMlp({ features: pair, embeddingSize: 3, hidden: [], ...start }),
  'embedding MLP with side features': () =>
    buildEmbeddingMlp({
      features: {
        ...pair,
        country: { kind: 'categorical', vocabulary: countries, embeddingSize: 2 },
        price: { kind: 'numeric' },
        history,
        weather: { kind: 'numeric', size: 2 },
        basket: { kind: 'bag', vocabulary: items },
      },
      userColumns: { country: countryOfUser, history: bags(histories) },
      itemColumns: { price: priceOfItem },
      embeddingSize: 4,
      hidden: [9, 5],
      ...start,
    }),
  'embedding MLP without users and items': () =>
    buildEmbeddingMlp({
      features: { country: countries, weather: { kind: 'numeric', size: 2 } },
      embeddingSize: 3,
      hidden: [4],
      ...start,
    }),
  'embedding MLP of one feature': () =>
    buildEmbeddingMlp({ features: { country: countries }, embeddingSize: 3, hidden: [4], ...start }),
  GMF: () => buildGmf({ features: pair, embeddingSize: 5, ...start }),
  NeuMF: () => buildNeuMf({ features: pair, gmfSize: 3, embeddingSize: 4, hidden: [6, 3], ...start }),
  'dot product': () => buildDotProduct({ features: pair, embeddingSize: 6, ...start }),
  'dot product without biases': () => buildDotProduct({ features: pair, embeddingSize: 6, biases: [], ...start }),
  'two towers': () =>
    buildTwoTower({
      features: { ...pair, country: countries, price: { kind: 'numeric' } },
      userColumns: { country: countryOfUser },
      itemColumns: { price: priceOfItem },
      embeddingSize: 4,
      hidden: [6],
      outputSize: 5,
      ...start,
    }),
};

/**
 * Sets a model's biases to numbers other than zero, in its tables too: zeros would hide mistakes, and put a unit whose
 * inputs are all zero on the very kink of relu.
 */
export function shake(model: EmbeddingModel): void {
  const rng = createRng(11);
  for (const [name, table] of Object.entries(model.tables)) {
    if (!name.endsWith('Bias')) continue;
    rng.fillUniform(table.values);
  }
  for (const [name, variable] of Object.entries(model.variables)) {
    if (name.endsWith('bias')) tidy(() => variable.assign(tensor1d(rng.fillUniform(new Float32Array(variable.size)))));
  }
}

/** Eight rows; users and items come twice and more. */
export const batchRows = {
  user: Int32Array.of(0, 1, 0, 4, 1, 2, 0, 3),
  item: Int32Array.of(2, 6, 0, 5, 2, 4, 2, 3),
  country: Int32Array.of(0, 1, 1, 1, 0, 1, 0, 0),
  weather: Float32Array.of(0.1, 1, -1, 0.5, 0.3, 0.2, 1.5, -0.5, 0, 1, 0.7, -0.7, 0.9, 0.4, -0.2, 0.6),
  basket: bags([[1, 1, 3], [], [6], [0, 2], [5, 5], [4], [3, 2, 1, 0], []]),
};

export const batchLabels = Float32Array.of(1, 0, 0, 1, 1, 0, 1, 0);

/** The part of the batch that a model takes. */
export function rowsFor(model: EmbeddingModel): Record<string, (typeof batchRows)[keyof typeof batchRows]> {
  const taken = Object.keys(model.features).filter((name) => !(name in model.userColumns || name in model.itemColumns));
  return Object.fromEntries(taken.map((name) => [name, batchRows[name as keyof typeof batchRows]]));
}
