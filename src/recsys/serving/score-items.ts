import type { Id } from '../../data/vocabulary.js';
import { requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { inStretches, type Pieces, piecemeal } from '../../internal/pieces.js';
import { refuse, requireIds, requireOneOf } from '../../internal/require.js';
import { requireRecommender } from '../check-recommender.js';
import { type Completion, createCompletion, inParts, type SourcedScore } from '../completion.js';
import type { FoldedUser } from '../folding/folded-user.js';
import type { Recommender, ScoreSource } from '../recommender.js';
import { idsInPiece, requireId } from './item-indices.js';
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
  options: {
    /** What to do for a user that the recommender does not know. Default `'popular'`; `'nothing'` gives an empty list. */
    readonly unknownUser?: 'popular' | 'model' | 'nothing' | 'throw';
    /**
     * What to do with items that it does not know: `'mark'` gives them the score 0 and the source `'unknown'`, so that the
     * answer has an entry for each id. Default `'mark'`.
     */
    readonly unknownItems?: 'mark' | 'throw' | 'skip';
  } = {},
): Promise<ScoredItem[]> {
  const where = 'scoreItems';
  requireOptions(where, options, { unknownUser: true, unknownItems: true });
  const { unknownUser, unknownItems = 'mark' } = options;
  requireUserPolicy(where, unknownUser);
  requireOneOf(where, 'unknownItems', ['mark', 'skip', 'throw'], unknownItems);
  requireRecommender(where, recommender);
  const pause = createPause();
  const listed = await piecemeal(listItems(where, recommender, items, unknownItems), pause);
  const known = Int32Array.from(listed.known);
  const scores = scoresOfUser(where, recommender, user, unknownUser);
  if (!scores) return [];
  const completion = createCompletion(recommender);
  const own = scores.isKnown ? await scores.scoreItems(known) : undefined;
  const had = new Set(recommender.sources ? scores.seenItems : []);
  const read = (key: number, item: number) => inParts(completion.read(key), recommender, () => had.has(item));
  return piecemeal(readScores(listed, known, own, { ...completion, read }), pause);
}

// The scores of what is known, each in its place.
function* readScores(
  { ids, isKnown }: ListedItems,
  known: Int32Array,
  own: Float32Array | undefined,
  { complete, read }: Pick<Completion, 'complete'> & { read(key: number, item: number): SourcedScore },
): Pieces<ScoredItem[]> {
  const keys = new Float64Array(known.length);
  yield* inStretches(known.length, (from, to) => {
    complete(own?.subarray(from, to), known.subarray(from, to), keys.subarray(from, to));
  });
  const scored: ScoredItem[] = [];
  let next = 0;
  yield* inStretches(
    ids.length,
    (from, to) => {
      for (let place = from; place < to; place += 1) {
        const key = isKnown[place] ? keys[next]! : Number.NEGATIVE_INFINITY;
        scored.push({ item: ids[place]!, ...read(key, known[next] ?? -1) });
        if (isKnown[place]) next += 1;
      }
    },
    idsInPiece,
  );
  return scored;
}

interface ListedItems {
  readonly ids: readonly string[];
  /** Whether each of them is known. */
  readonly isKnown: readonly boolean[];
  /** Indices of those that are. */
  readonly known: readonly number[];
}

function* listItems(
  where: string,
  { items }: Recommender,
  given: Iterable<Id>,
  policy: 'mark' | 'throw' | 'skip',
): Pieces<ListedItems> {
  requireIds(where, 'items', given);
  const listed = { ids: [] as string[], isKnown: [] as boolean[], known: [] as number[] };
  let looked = 0;
  for (const id of given) {
    looked += 1;
    if (looked % idsInPiece === 0) yield;
    requireId(where, 'items', id);
    const isKnown = items.has(id);
    if (!isKnown && policy === 'throw') refuse(where, 'items', 'hold items that the recommender knows', id);
    if (!isKnown && policy === 'skip') continue;
    listed.ids.push(String(id));
    listed.isKnown.push(isKnown);
    if (isKnown) listed.known.push(items.indexOf(id));
  }
  return listed;
}
