import {
  buildDotProduct,
  buildEmbeddingMlp,
  buildNeuMf,
  createRng,
  createVocabulary,
  type EmbeddingModel,
} from 'minimart';

/** Rows of all features as one case takes them. */
export interface Rows {
  readonly [feature: string]: Int32Array | Float32Array;
}

const ids = (name: string, count: number) =>
  createVocabulary(Array.from({ length: count }, (_, at) => `${name} ${at}`));

/** The models that go to Keras: names, sizes and heads differ. */
export const kerasCases: Readonly<Record<string, () => EmbeddingModel>> = {
  dotProduct: () =>
    buildDotProduct({ features: { user: ids('ann', 7), item: ids('tea', 11) }, embeddingSize: 4, seed: 3 }),
  embeddingMlp: () =>
    buildEmbeddingMlp({
      features: { user: ids('ann', 7), item: ids('tea', 11), price: { kind: 'numeric', size: 2 } },
      ...{ embeddingSize: 4, hidden: [8, 4], head: 'count', seed: 4 },
    }),
  neuMf: () =>
    buildNeuMf({
      features: { user: ids('ann', 7), item: ids('tea', 11) },
      ...{ gmfSize: 3, embeddingSize: 4, hidden: [6, 3], head: 'value', seed: 5 },
    }),
};

/** Random rows for a model, and labels of zeros and ones. */
export function rowsOf(model: EmbeddingModel, count: number, seed: number): { rows: Rows; labels: Float32Array } {
  const rng = createRng(seed);
  const rows: Record<string, Int32Array | Float32Array> = {};
  for (const [name, feature] of Object.entries(model.features)) {
    if (feature.kind === 'numeric') rows[name] = Float32Array.from({ length: count * 2 }, () => rng.uniform() - 0.5);
    else {
      const { size } = feature.vocabulary;
      rows[name] = Int32Array.from({ length: count }, () => Math.floor(rng.uniform() * size));
    }
  }
  return { rows, labels: Float32Array.from({ length: count }, () => (rng.uniform() < 0.4 ? 1 : 0)) };
}
