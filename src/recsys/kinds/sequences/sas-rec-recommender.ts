import { requireInteractions } from '../../../data/interactions/require-interactions.js';
import type { Interactions } from '../../../data/interactions.js';
import type { SafetensorInput } from '../../../data/safetensors/encode-safetensors.js';
import { requireGivenOptions } from '../../../internal/options.js';
import { createPause } from '../../../internal/pause.js';
import { requireText } from '../../../internal/require.js';
import { planOf, requireSasRec, type SasRecModel } from '../../../nn/sequences/sas-rec-model.js';
import { createVectorReader } from '../../../nn/sequences/sequence-vectors.js';
import type { Contribution, Recommender, RecommenderState } from '../../recommender.js';
import { scorePairs } from '../../scoring/score-pairs.js';
import { scoreRows } from '../../scoring/score-rows.js';
import { requireSameIds } from '../../training/check-training-data.js';
import { historyOf, joinHistories, knownItems } from './histories.js';

/** What {@link sasRecRecommender} takes besides a model. */
export interface SasRecRecommenderOptions {
  /**
   * What users did, in its order: what the model reads, and what counts as seen. It may be of a later day than what the model
   * was trained on; the items are the model's.
   */
  readonly seen: Interactions;
  /** What reports call it. Default `'sasRec'`. */
  readonly name?: string;
}

/**
 * Makes a recommender of a model: it reads what users did and scores what comes next.
 *
 *     score[u, i] = (what comes out for the latest of u's last `maxLength` items) . items[i]
 *
 * There are no vectors of users: a new purchase counts as soon as it stands in `seen`, and a customer from outside is read like
 * all others, by {@link foldInUser}. Nothing is known of users without a row, and of items without a row in what the model was
 * trained on. Rows of one order are read in the order in which they stand. Weights are not looked at. It keeps nothing: it
 * scores with the weights that the model has at that moment.
 *
 * {@link explainRecommendation} leaves out each item of the history in turn; its contribution is by how much the score falls.
 * These do not add up: what items do together stands in `residual`.
 *
 * @param model - From {@link buildSasRec}; it stays yours.
 * @param options - What users did.
 * @returns A recommender over the model.
 * @throws RangeError when `seen` has other items than the model.
 * @see Kang and McAuley, "Self-Attentive Sequential Recommendation" (2018)
 * @example
 * const model = buildSasRec({ items: interactions.items, embeddingSize: 8 });
 * sasRecRecommender(model, { seen: interactions }).name; // 'sasRec'
 */
export function sasRecRecommender(model: SasRecModel, options: SasRecRecommenderOptions): Recommender {
  const where = 'sasRecRecommender';
  requireGivenOptions(where, options, { seen: true, name: true });
  requireSasRec(where, model);
  const { seen, name = 'sasRec' } = options;
  requireInteractions(where, 'seen', seen);
  requireText(where, 'name', name);
  requireSameIds(where, 'item', model.items, seen.items);
  const { items, config } = model;
  const reader = createVectorReader(model);
  const latest = (history: Int32Array) => history.subarray(Math.max(0, history.length - config.maxLength));
  // The vectors of some histories; of an empty one 0, which scores 0.
  const vectorsOf = async (histories: readonly Int32Array[]) => {
    const vectors = new Float32Array(histories.length * config.embeddingSize);
    const filled = histories.flatMap((history, place) => (history.length > 0 ? [place] : []));
    const read = await reader.read(joinHistories(filled.map((place) => latest(histories[place]!))));
    filled.forEach((place, row) => {
      const own = read.subarray(row * config.embeddingSize, (row + 1) * config.embeddingSize);
      vectors.set(own, place * config.embeddingSize);
    });
    return { size: config.embeddingSize, users: vectors, items: model.table.values };
  };
  const scoreHistories = async (histories: readonly Int32Array[]) =>
    scoreRows(await vectorsOf(histories), Int32Array.from(histories.keys()));
  return {
    name,
    users: seen.users,
    items,
    seen,
    knowledge: {
      knowsUser: (user) => historyOf(seen, user).length > 0,
      knowsItem: (item) => model.learnedItems[item] === 1,
    },
    state: () => stateOfSasRec(model),
    scoreHistory: (history) => scoreHistories([knownItems(items, history)]),
    explain: ({ seenItems }, item) =>
      explainByLeavingOut(scoreHistories, model, latest(knownItems(items, seenItems)), item),
    scoreAll: (users) => scoreHistories(Array.from(users, (user) => historyOf(seen, user))),
    scorePairs: async (users, others) => {
      const distinct = [...new Set(users)];
      const rows = new Map(distinct.map((user, row) => [user, row]));
      const factors = await vectorsOf(distinct.map((user) => historyOf(seen, user)));
      return scorePairs(
        factors,
        users.map((user) => rows.get(user)!),
        others,
      );
    },
  };
}

// Its sizes, and its numbers by the names of its parts.
function stateOfSasRec(model: SasRecModel): RecommenderState {
  const { config, table, parameters, learnedItems } = model;
  const tensors: Record<string, SafetensorInput> = {
    items: { shape: [table.rows, table.size], values: table.values },
    learnedItems: { shape: [table.rows], values: learnedItems },
  };
  for (const { name, start, shape } of planOf(model).parts) {
    tensors[name] = { shape: [...shape], values: parameters.subarray(start, start + shape[0] * shape[1]) };
  }
  return { kind: 'sasRec', settings: { ...config }, tensors };
}

// By how much the score falls without each item, wherever it stands in the history.
async function explainByLeavingOut(
  scoreHistories: (histories: readonly Int32Array[]) => Promise<Float32Array>,
  { items }: SasRecModel,
  history: Int32Array,
  item: number,
) {
  const scoreOf = async (rest: Int32Array) => (await scoreHistories([rest]))[item]!;
  const score = await scoreOf(history);
  const contributions: Contribution[] = [];
  const pause = createPause();
  for (const past of new Set(history)) {
    await pause();
    const without = await scoreOf(history.filter((each) => each !== past));
    const id = items.idAt(past);
    const value = score - without;
    contributions.push({ kind: 'history', feature: 'history', ...(id !== undefined && { id }), value });
  }
  return { baselineScore: 0, contributions };
}
