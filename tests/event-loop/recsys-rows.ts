import {
  buildDotProduct,
  buildSasRec,
  createInteractions,
  createRng,
  createVocabulary,
  decodeRecommender,
  easeRecommender,
  encodeRecommender,
  evaluateNextBasket,
  evaluateRanking,
  explainRecommendation,
  factorRecommender,
  foldInUser,
  type Interactions,
  itemItemRecommender,
  nextBasketRecommender,
  popularityRecommender,
  recommend,
  recommendAll,
  recommenderSteps,
  sasRecRecommender,
  scoreItems,
  sequentialRulesRecommender,
  similarItems,
  trainImplicitAls,
  trainRecommender,
  trainSasRec,
} from 'minimart';
import { type EventLoopRows, goThrough, often } from './event-loop-rows.js';

const numbered = (count: number, letter: string) =>
  createVocabulary(Array.from({ length: count }, (_, index) => `${letter}${index}`));

function randomRows(userCount: number, itemCount: number, rowCount: number): Interactions {
  const rng = createRng(5);
  const draw = (below: number) => Int32Array.from({ length: rowCount }, () => rng.integer(below));
  const [users, items] = [numbered(userCount, 'u'), numbered(itemCount, 'i')];
  return createInteractions({ users, items, userIndices: draw(userCount), itemIndices: draw(itemCount) });
}

function vectorsOf(seen: Interactions, size: number) {
  const rng = createRng(6);
  const fill = (rows: number) => rng.fillNormal(new Float32Array(rows * size));
  const { users, items } = seen;
  return factorRecommender({ users, items, seen, factors: { size, users: fill(users.size), items: fill(items.size) } });
}

/** Every asynchronous function of recsys, and the methods of what they give. */
export async function recsysRows(): Promise<EventLoopRows> {
  const wide = randomRows(300, 100_000, 3000);
  const few = createInteractions({
    users: wide.users,
    items: wide.items,
    userIndices: Int32Array.from({ length: 40 }, (_, user) => user),
    itemIndices: Int32Array.from({ length: 40 }, (_, user) => 600 * user),
  });
  const vectors = vectorsOf(wide, 64);
  // Two customers, of whom one has all 3,000 items.
  const heavy = createInteractions({
    users: numbered(2, 'u'),
    items: numbered(3000, 'i'),
    userIndices: Int32Array.from({ length: 4500 }, (_, row) => (row < 3000 ? 0 : 1)),
    itemIndices: Int32Array.from({ length: 4500 }, (_, row) => row % 3000),
  });
  const { recommender: folding } = await trainImplicitAls({ interactions: heavy, factors: 64, epochs: 1 });
  const everything = Array.from({ length: 3000 }, (_, item) => `i${item}`);
  const crowd = randomRows(3000, 3000, 60_000);
  const fewer = randomRows(400, 1500, 4000);
  const wideShop = randomRows(500, 1200, 12_000);
  const shop = randomRows(60_000, 3000, 400_000);
  const smallerShop = randomRows(25_000, 3000, 200_000);
  const ids = Array.from({ length: 100_000 }, (_, item) => `i${item}`);
  const [largeFile, longFile] = [
    await encodeRecommender(vectors),
    await encodeRecommender(popularityRecommender(shop)),
  ];
  const neighbours = await itemItemRecommender(crowd, { neighbours: 50 });
  const trained = randomRows(400, 200, 8000);
  const model = () =>
    buildDotProduct({ features: { user: trained.users, item: trained.items }, embeddingSize: 8, seed: 1 });
  const training = (signal?: AbortSignal) => ({
    model: model(),
    interactions: trained,
    negatives: 4,
    epochs: 4,
    batchSize: 512,
    signal,
  });
  const sequences = (items: Interactions['items']) => {
    const made = buildSasRec({ items, embeddingSize: 32, maxLength: 100, seed: 1 });
    made.learnedItems.fill(1);
    return made;
  };
  const reading = sasRecRecommender(sequences(heavy.items), { seen: heavy });
  const readers = sasRecRecommender(sequences(trained.items), { seen: trained });
  return {
    trainSasRec: (signal) =>
      trainSasRec({ model: sequences(trained.items), interactions: trained, epochs: 1, batchSize: 32, signal }),
    'sasRecRecommender, scoreAll': () => readers.scoreAll(Int32Array.from({ length: 400 }, (_, user) => user)),
    'sasRecRecommender, explainRecommendation': () => explainRecommendation(reading, 'u0', 'i7'),
    evaluateRanking: (signal) =>
      evaluateRanking(vectors, { test: few, metrics: ['hitRate', 'coverage'], baseline: null, signal }),
    evaluateNextBasket: (signal) =>
      evaluateNextBasket(popularityRecommender(fewer), {
        test: fewer,
        cutoffs: [10],
        beside: [],
        resamples: 40,
        signal,
      }),
    nextBasketRecommender: (signal) => nextBasketRecommender(fewer, { discover: popularityRecommender, signal }),
    'nextBasketRecommender, scoreAll': async () => {
      const fixed = { discover: popularityRecommender, mix: { repeatShare: 0.5 } };
      return (await nextBasketRecommender(fewer, fixed)).scoreAll(Int32Array.from({ length: 400 }, (_, user) => user));
    },
    trainImplicitAls: (signal) => trainImplicitAls({ interactions: heavy, factors: 64, epochs: 1, signal }),
    foldInUser: (signal) => often(6, () => foldInUser(folding, everything, { signal })),
    itemItemRecommender: (signal) => itemItemRecommender(shop, { neighbours: 50, signal }),
    easeRecommender: (signal) => easeRecommender(wideShop, { signal }),
    sequentialRulesRecommender: (signal) => sequentialRulesRecommender(smallerShop, { signal }),
    decodeRecommender: () => decodeRecommender(largeFile),
    'decodeRecommender, many rows': () => decodeRecommender(longFile),
    'itemItemRecommender, scoreAll': () => neighbours.scoreAll(Int32Array.from({ length: 3000 }, (_, user) => user)),
    recommend: () => often(4, () => recommend(vectors, 'u1', { k: 20, diversify: { strength: 0.5, pool: 6000 } })),
    recommendAll: (signal) =>
      goThrough(recommendAll(vectors, { users: Array.from({ length: 40 }, (_, user) => `u${user}`), k: 10, signal })),
    recommenderSteps: (signal) => goThrough(recommenderSteps(training(signal))),
    encodeRecommender: () => encodeRecommender(vectors),
    scoreItems: () => often(3, () => scoreItems(vectors, 'u1', ids)),
    'similarItems, of many rows': () => often(3, () => similarItems(popularityRecommender({ ...shop }), 'i1')),
    similarItems: () => often(20, () => similarItems(vectors, wide.items.idAt(wide.itemIndices[0]!)!)),
    trainRecommender: (signal) => trainRecommender(training(signal)),
    'factorRecommender, scorePairs': () => vectors.scorePairs(new Int32Array(3_000_000), new Int32Array(3_000_000)),
  };
}
