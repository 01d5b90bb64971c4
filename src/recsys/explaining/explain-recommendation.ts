import type { Id } from '../../data/vocabulary.js';
import { requireOptions } from '../../internal/options.js';
import { refuse, requireOneOf, requirePositiveInteger } from '../../internal/require.js';
import { requireRecommender } from '../check-recommender.js';
import { createCompletion, inParts, type SourcedScore } from '../completion.js';
import type { FoldedUser } from '../folding/folded-user.js';
import type { Contribution, Recommender } from '../recommender.js';
import { indexOfItem } from '../serving/item-indices.js';
import { scoresOfUser, type UserScores } from '../serving/user-scores.js';
import { type Explanation, explanationOf, ofHistory } from './explanation.js';

/**
 * Why a user's score of an item is what it is: contributions that sum to `score - baselineScore`, up to `residual`.
 *
 * What can be said depends on the recommender:
 * - Least squares ({@link trainImplicitAls}): each past item's part, exactly. The baseline is a user without a past, who scores
 *   0. For a trained user the parts sum to the score of the vector that the past gives with the items as they are now;
 *   training stopped half a step later, and `residual` says by how much that differs.
 * - Scores that follow from a history alone (popularity, item-item): each past item's part; baseline 0.
 * - Embedding models: integrated gradients,
 *
 *       contribution of x = sum over x's numbers of (x - baseline) * mean slope on the straight way from baseline to x
 *
 *   for each feature of the user and the item, and for each member of a bag, such as each past item of a history. Without
 *   a history bag such a model cannot say which purchase did it: the user's embedding has taken all of them in, and is
 *   one contribution. `residual` is the error of the mean taken over `steps` points.
 * - What comes again and what is new in one list ({@link nextBasketRecommender}): what the part says that the item comes from, in
 *   proportion, so that it adds up to the chance of a purchase.
 * - Sequence models ({@link sasRecRecommender}): by how much the score falls where a past item is left out, each by itself;
 *   baseline 0. These do not add up, and `residual` is what items do together.
 * - A recommender of your own: as its `explain` or its `scoreHistory` says.
 * - What the recommender knows nothing of, and {@link recommend} fills in: popularity is the one contribution, and `source`
 *   says so.
 *
 * @param recommender - A model, least squares or a baseline.
 * @param user - The user's id, or a user from {@link foldInUser}; one that is not known is refused.
 * @param item - The item's id.
 * @returns The contributions, largest first.
 * @throws RangeError when user or item is not known, an option is out of range, or nothing is known of the scores.
 * @see Sundararajan et al., "Axiomatic Attribution for Deep Networks" (2017)
 * @see Hu et al., "Collaborative Filtering for Implicit Feedback Datasets" (2008), section 5
 * @example
 * const { recommender: als } = await trainImplicitAls({ interactions: shop, factors: 4, seed: 1 });
 * const why = await explainRecommendation(als, 'bob', 'mug');
 * why.contributions.map(({ kind }) => kind); // ['history', 'history', 'history']
 */
export async function explainRecommendation(
  recommender: Recommender,
  user: Id | FoldedUser,
  item: Id,
  options: {
    /** For models: points on the way from baseline to score, >= 1; more make `residual` smaller. Default 64. */
    readonly steps?: number;
    /**
     * For models: what the score is told apart from. `'average'`: the mean of what enters the network, over all users and
     * all items, at the cost of looking at them all; `'zero'`: zeros. Default `'average'`.
     */
    readonly baseline?: 'average' | 'zero';
  } = {},
): Promise<Explanation> {
  const where = 'explainRecommendation';
  requireOptions(where, options, { steps: true, baseline: true });
  const { steps = 64, baseline = 'average' } = options;
  requirePositiveInteger(where, 'steps', steps);
  requireOneOf(where, 'baseline', ['average', 'zero'], baseline);
  requireRecommender(where, recommender);
  const index = indexOfItem(where, 'item', recommender.items, item);
  const scores = scoresOfUser(where, recommender, user, 'throw')!;
  const { score, source } = await scoreOf(recommender, scores, index);
  const id = String(item);
  if (source === 'popularity') {
    return explanationOf(id, score, source, 0, [{ kind: 'feature', feature: 'popularity', value: score }]);
  }
  if (source === 'unknown') return explanationOf(id, score, source, 0, []);
  const { baselineScore, contributions } = await partsOf(where, recommender, scores, index, { steps, baseline });
  return explanationOf(id, score, source, baselineScore, contributions);
}

/** What a recommender says of one of its scores: by its `explain`, or by what each past item would score alone. */
export function partsOf(
  where: string,
  recommender: Recommender,
  user: Parameters<NonNullable<Recommender['explain']>>[0],
  item: number,
  options: Required<NonNullable<Parameters<typeof explainRecommendation>[3]>>,
): ReturnType<NonNullable<Recommender['explain']>> {
  if (recommender.explain) return recommender.explain(user, item, options);
  if (recommender.scoreHistory) return explainByHistory(recommender, user, item);
  return refuse(
    where,
    'recommender',
    'declare `explain` or `scoreHistory`, to say how its scores come about',
    recommender.name,
  );
}

/** What each past item adds to a score that follows from the history alone: the score of a history of that item. */
async function explainByHistory(recommender: Recommender, user: FoldedUser, item: number) {
  const score = async (items: Int32Array, weights: Float32Array) =>
    (await recommender.scoreHistory!(items, weights))[item]!;
  const alone = await score(new Int32Array(0), new Float32Array(0));
  const contributions: Contribution[] = [];
  if (alone !== 0) {
    contributions.push({ kind: 'feature', feature: 'item', id: recommender.items.idAt(item)!, value: alone });
  }
  for (const past of new Set(user.seenItems)) {
    const rows = [...user.seenItems.keys()].filter((row) => user.seenItems[row] === past);
    const weights = Float32Array.from(rows, (row) => user.weights[row]!);
    const one = await score(new Int32Array(rows.length).fill(past), weights);
    if (one !== alone) contributions.push(ofHistory(recommender.items, past, one - alone));
  }
  return { baselineScore: 0, contributions };
}

async function scoreOf(recommender: Recommender, user: UserScores, item: number): Promise<SourcedScore> {
  const items = Int32Array.of(item);
  const own = user.isKnown ? await user.scoreItems(items) : undefined;
  const completion = createCompletion(recommender);
  const scored = completion.read(completion.complete(own, items, new Float64Array(1))[0]!);
  return inParts(scored, recommender, () => user.seenItems.includes(item));
}
