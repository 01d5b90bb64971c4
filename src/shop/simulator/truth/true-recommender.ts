import { requireInteractions } from '../../../data/interactions/require-interactions.js';
import type { Interactions } from '../../../data/interactions.js';
import { createVocabulary, type Vocabulary } from '../../../data/vocabulary.js';
import { requireOptions } from '../../../internal/options.js';
import { createPause } from '../../../internal/pause.js';
import { refuse } from '../../../internal/require.js';
import type { Factors } from '../../../nn/embedding/models/factors.js';
import type { Recommender } from '../../../recsys/recommender.js';
import { addRow, dotAllRows, dotRows } from '../making/unit-vectors.js';
import type { SimulatedShop } from '../simulated-shop.js';
import { type DayWindow, readWindow, requireShop } from './day-window.js';
import { effectSums } from './expected-purchases.js';

/**
 * Makes the recommender that knows the truth of a simulated shop: no ranking can expect more purchases among its first
 * items, whatever k is.
 *
 *     score_ui = taste_u . style_i + popularity_i + log sum over t of season_t * effect_it
 *
 * It ranks by the expected purchases of the window as if a user were there on all of its days; the logarithm of a user's
 * rate, which moves all scores of the user alike, is left out. An index for unknown ids gets no taste, and as an item the
 * least of all biases.
 *
 * @param shop - From {@link simulateShop}.
 * @returns A recommender over dot products.
 * @throws RangeError when an id is none of the shop, or a day lies outside it.
 * @example
 * const shop = simulateShop({ seed: 7, users: 50, items: 20, days: 90 });
 * const best = trueRecommender(shop, { from: 60 });
 * (await best.scoreAll(Int32Array.of(0, 1))).length; // 40
 */
export function trueRecommender(
  shop: SimulatedShop,
  options: DayWindow & {
    /** Which users, in which order, such as those of the interactions to evaluate with. Default all of the shop. */
    readonly users?: Vocabulary;
    /** Which items, in which order. Default all of the shop. */
    readonly items?: Vocabulary;
    /** What counts as seen when it recommends. By default nothing. */
    readonly seen?: Interactions;
  } = {},
): Recommender {
  const where = 'trueRecommender';
  requireOptions(where, options, { from: true, to: true, users: true, items: true, seen: true });
  requireShop(where, shop);
  const { users = createVocabulary(shop.users.ids), items = createVocabulary(shop.items.ids), seen } = options;
  if (seen !== undefined) requireInteractions(where, 'seen', seen);
  const factors = trueFactors(shop, users, items, readWindow(where, shop, options));
  const { size, users: tastes, items: styles, itemBiases } = factors;
  return {
    name: 'truth',
    users,
    items,
    ...(seen ? { seen } : {}),
    // Rows teach it nothing: it knows everybody of the shop without them.
    knowledge: { knowsUser: (user) => user !== users.unknownIndex, knowsItem: (item) => item !== items.unknownIndex },
    factors: async () => factors,
    scorePairs: async (userIndices, itemIndices) => {
      const pause = createPause();
      const scores = new Float32Array(userIndices.length);
      for (let row = 0; row < scores.length; row += 1) {
        if ((row & 4095) === 0) await pause();
        const item = itemIndices[row]!;
        scores[row] = itemBiases[item]! + dotRows(tastes, userIndices[row]!, styles, item, size);
      }
      return scores;
    },
    scoreAll: async (userIndices) => {
      const pause = createPause();
      const scores = new Float32Array(userIndices.length * items.size);
      const row = new Float64Array(items.size);
      for (let place = 0; place < userIndices.length; place += 1) {
        await pause();
        dotAllRows(tastes, userIndices[place]!, styles, size, row);
        for (let item = 0; item < row.length; item += 1)
          scores[place * row.length + item] = row[item]! + itemBiases[item]!;
      }
      return scores;
    },
  };
}

function trueFactors(
  shop: SimulatedShop,
  users: Vocabulary,
  items: Vocabulary,
  window: Required<DayWindow>,
): Required<Factors> {
  const size = shop.settings.tasteSize;
  const sums = effectSums(shop, window).subarray((window.to - window.from) * shop.items.ids.length);
  const biases = shop.items.popularities.map((popularity, item) => popularity + Math.log(sums[item]!));
  const itemPlaces = placesIn(shop.items.ids, items, 'items');
  const least = biases.reduce((low, bias) => Math.min(low, bias), Number.POSITIVE_INFINITY);
  return {
    size,
    users: gather(shop.users.tastes, placesIn(shop.users.ids, users, 'users'), size),
    items: gather(shop.items.styles, itemPlaces, size),
    itemBiases: Float32Array.from(itemPlaces, (place) => (place < 0 ? least : biases[place]!)),
  };
}

// The index in the shop of each index of a vocabulary; -1 for the one that stands for unknown ids.
function placesIn(ids: readonly string[], vocabulary: Vocabulary, name: string): Int32Array {
  const known = createVocabulary(ids);
  return Int32Array.from({ length: vocabulary.size }, (_, index) => {
    if (index === vocabulary.unknownIndex) return -1;
    const id = vocabulary.idAt(index) ?? '';
    if (!known.has(id)) refuse('trueRecommender', name, 'hold ids of the shop only', id);
    return known.indexOf(id);
  });
}

function gather(rows: Float32Array, places: Int32Array, size: number): Float32Array {
  const gathered = new Float32Array(places.length * size);
  places.forEach((place, index) => {
    if (place >= 0) addRow(gathered.subarray(index * size, (index + 1) * size), rows, place, 1);
  });
  return gathered;
}
