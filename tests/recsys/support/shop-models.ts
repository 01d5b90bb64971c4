import {
  asRecommender,
  buildEmbeddingMlp,
  createInteractions,
  createRng,
  createVocabulary,
  type EmbeddingModel,
  type Interactions,
  type Recommender,
} from 'minimart';

const [userCount, itemCount] = [9, 14];

/** Some rows of nine users and fourteen items, with times. */
export function smallShop(): Interactions {
  const rng = createRng(4);
  const rows = Array.from({ length: userCount }, (_, user) =>
    [...rng.permutation(itemCount)].slice(0, 4).map((item) => [user, item] as const),
  ).flat();
  return createInteractions({
    users: createVocabulary(Array.from({ length: userCount }, (_, index) => `user ${index}`)),
    items: createVocabulary(Array.from({ length: itemCount }, (_, index) => `item ${index}`)),
    userIndices: rows.map(([user]) => user),
    itemIndices: rows.map(([, item]) => item),
    weights: rows.map((_, row) => 1 + (row % 3)),
    times: rows.map((_, row) => row * 1000),
  });
}

/** An embedding MLP with one feature of every kind on both sides. */
export function modelWithEverything(shop: Interactions): EmbeddingModel {
  const rng = createRng(8);
  const countries = createVocabulary(['UK', 'France'], { hasUnknown: true });
  return buildEmbeddingMlp({
    features: {
      user: shop.users,
      item: shop.items,
      country: { kind: 'categorical', vocabulary: countries, embeddingSize: 3 },
      age: { kind: 'numeric' },
      history: { kind: 'bag', vocabulary: shop.items, leaveOut: 'item' },
      price: { kind: 'numeric', size: 2 },
      tags: { kind: 'bag', vocabulary: createVocabulary(['hot', 'cold', 'sweet']) },
    },
    userColumns: {
      country: Int32Array.from({ length: userCount }, (_, user) => user % 3),
      age: rng.fillUniform(new Float32Array(userCount)),
      history: { offsets: shop.offsets, indices: shop.itemIndices },
    },
    itemColumns: {
      price: rng.fillUniform(new Float32Array(itemCount * 2)),
      tags: {
        offsets: Uint32Array.from({ length: itemCount + 1 }, (_, item) => Math.min(item, 10)),
        indices: Int32Array.from({ length: 10 }, (_, at) => at % 3),
      },
    },
    embeddingSize: 4,
    hidden: [8, 5],
    embeddingDeviation: 1,
    seed: 3,
  });
}

/** That model as a recommender. */
export function recommenderWithEverything(): Recommender {
  const shop = smallShop();
  return asRecommender(modelWithEverything(shop), { seen: shop, name: 'everything' });
}
