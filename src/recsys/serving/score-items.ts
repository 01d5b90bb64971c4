import type { Id } from '../../data/vocabulary.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireOneOf } from '../../internal/require.js';
import { requireRecommender } from '../check-recommender.js';
import { createCompletion, type ScoreSource } from '../completion.js';
import type { FoldedUser } from '../folding/folded-user.js';
import type { Recommender } from '../recommender.js';
import { requireId, requireIds } from './item-indices.js';
import { requireUserPolicy, scoresOfUser } from './user-scores.js';

/** An item with its score. */
export interface ScoredItem {
  /** The id, as text. */
  readonly item: string;
  /**
   * Higher is better; comparable with the same user's other scores from the same source, not with another user's. By
   * popularity it is the number of users who have the item.
   */
  readonly score: number;
  /** Where the score comes from; one by popularity ranks below the recommender's own. */
  readonly source: ScoreSource;
}

/** Options of {@link scoreItems}. */
export interface ScoreItemsOptions {
  /** What to do for a user that the recommender does not know. Default `'popular'`; `'nothing'` gives an empty list. */
  readonly unknownUser?: 'popular' | 'model' | 'nothing' | 'throw';
  /**
   * What to do with items that it does not know: `'mark'` gives them the score 0 and the source `'unknown'`, so that the
   * answer has an entry for each id. Default `'mark'`.
   */
  readonly unknownItems?: 'mark' | 'throw' | 'skip';
}

const names: OptionNames<ScoreItemsOptions> = { unknownUser: true, unknownItems: true };

/**
 * Scores some items for a user.
 *
 * @param recommender - Any: a trained model, a baseline, or one of your own.
 * @param user - The user's id, or a user from {@link foldInUser}.
 * @param items - Ids of items.
 * @returns The items in the order given, each with its score and where it comes from: as raw as the recommender gives it, or,
 *   where the recommender knows nothing of user or item, how many users have the item.
 * @throws RangeError when an option is not known, or a user or an item is not and the policy is to throw.
 * @example
 * const [tea, gone] = await scoreItems(recommender, 'ann', ['tea', 'discontinued']);
 * tea.source; // 'model'
 * gone.source; // 'unknown'
 */
export async function scoreItems(
  recommender: Recommender,
  user: Id | FoldedUser,
  items: Iterable<Id> & object,
  options: ScoreItemsOptions = {},
): Promise<ScoredItem[]> {
  const where = 'scoreItems';
  requireOptions(where, options, names);
  const { unknownUser, unknownItems = 'mark' } = options;
  requireUserPolicy(where, unknownUser);
  requireOneOf(where, 'unknownItems', ['mark', 'skip', 'throw'], unknownItems);
  requireRecommender(where, recommender);
  const ids = listOfIds(where, recommender, items, unknownItems);
  const known = Int32Array.from(
    ids.filter((id) => recommender.items.has(id)),
    (id) => recommender.items.indexOf(id),
  );
  const scores = scoresOfUser(where, recommender, user, unknownUser);
  if (!scores) return [];
  const completion = createCompletion(recommender);
  const own = scores.isKnown ? await scores.scoreItems(known) : undefined;
  const keys = completion.complete(own, known, new Float64Array(known.length)).values();
  return ids.map((item) => {
    const key = recommender.items.has(item) ? keys.next().value! : Number.NEGATIVE_INFINITY;
    return { item, ...completion.read(key) };
  });
}

function listOfIds(
  where: string,
  { items }: Recommender,
  given: Iterable<Id>,
  policy: NonNullable<ScoreItemsOptions['unknownItems']>,
): string[] {
  requireIds(where, 'items', given);
  const ids: string[] = [];
  for (const id of given) {
    requireId(where, 'items', id);
    const isKnown = items.has(id);
    if (!isKnown && policy === 'throw') refuse(where, 'items', 'hold items that the recommender knows', id);
    if (isKnown || policy === 'mark') ids.push(String(id));
  }
  return ids;
}
