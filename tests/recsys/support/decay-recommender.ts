import {
  createInteractions,
  growVocabulary,
  type Interactions,
  type Recommender,
  type SavedRecommender,
} from 'minimart';

/**
 * A recommender of a user's own kind: an item's score is the sum of its weights, halved for every `halfLife` rows that came
 * later in the user's history; all users have the same scores but for what they did themselves.
 */
export function decayRecommender(seen: Interactions, weights: Float32Array, halfLife: number): Recommender {
  const { users, items } = seen;
  const scoreOf = (history: ArrayLike<number>, item: number) => {
    const last = Array.from(history).lastIndexOf(item);
    return weights[item]! * (last < 0 ? 1 : 0.5 ** ((history.length - last) / halfLife));
  };
  const historyOf = (user: number) => seen.itemIndices.subarray(seen.offsets[user]!, seen.offsets[user + 1]!);
  const all = (history: ArrayLike<number>) => Float32Array.from(weights, (_, item) => scoreOf(history, item));
  return {
    name: 'decay',
    users,
    items,
    seen,
    scorePairs: async (us, is) => Float32Array.from(us, (user, at) => scoreOf(historyOf(user), is[at]!)),
    scoreAll: async (us) => Float32Array.from(Array.from(us).flatMap((user) => [...all(historyOf(user))])),
    state: () => ({
      kind: 'decay',
      settings: { halfLife },
      tensors: { weights: { shape: [weights.length], values: weights } },
    }),
    foldInUser: async (history) => ({
      scoreItems: async (some) => Float32Array.from(some, (item) => scoreOf(history, item)),
      scoreAll: async () => all(history),
    }),
    foldInItem: async (id, buyers) => {
      const grown = growVocabulary(items, [id]);
      const rows = {
        users,
        items: grown,
        userIndices: [...seen.userIndices, ...buyers],
        itemIndices: [...seen.itemIndices, ...Array.from(buyers, () => items.size)],
      };
      return decayRecommender(createInteractions(rows), Float32Array.of(...weights, buyers.length), halfLife);
    },
    explain: async ({ seenItems }, item) => {
      const [plain, score] = [weights[item]!, scoreOf(seenItems, item)];
      const id = items.idAt(item)!;
      const parts = [{ kind: 'feature', feature: 'weight', id, value: plain }] as const;
      if (score === plain) return { baselineScore: 0, contributions: parts };
      const decay = { kind: 'history', feature: 'decay', id, value: score - plain } as const;
      return { baselineScore: 0, contributions: [...parts, decay] };
    },
  };
}

/** Makes it again from a file. */
export function readDecay({ seen, settings, tensors }: SavedRecommender): Recommender {
  const { weights } = tensors;
  const { halfLife } = settings;
  if (!seen || typeof halfLife !== 'number' || !(weights?.values instanceof Float32Array)) {
    throw new RangeError('no decay recommender');
  }
  return decayRecommender(seen, weights.values, halfLife);
}
