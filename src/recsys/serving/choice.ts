import type { Vocabulary } from '../../data/vocabulary.js';
import { describe } from '../../internal/describe.js';
import { refuse } from '../../internal/require.js';
import type { Recommender } from '../recommender.js';
import { catalogueSize, indicesOfItems } from './item-indices.js';
import type { ChoiceOptions, Recommendation } from './recommend-options.js';
import { type Search, searchItems, vectorOfUser } from './search-index.js';
import { requireSeen } from './seen-items.js';
import { selectTop } from './select-top.js';
import type { UserScores } from './user-scores.js';

/** The options of a list, checked once for any number of users. */
export interface Choice {
  readonly where: string;
  readonly items: Vocabulary;
  /** Length of the list. */
  readonly k: number;
  readonly excludesSeen: boolean;
  /** Item indices in rising order, without repetition; undefined for all. */
  readonly candidates: Int32Array | undefined;
  /** Whether an item may be recommended to anybody. */
  accepts(item: number): boolean;
}

/** Checks what a list is chosen from. */
export function createChoice(where: string, recommender: Recommender, options: ChoiceOptions): Choice {
  const { items } = recommender;
  const { exclude = 'nothing', filter, candidates, unknownItems } = options;
  if (candidates && options.index) refuse(where, 'candidates', 'be missing where there is an index', candidates);
  const excluded = excludedItems(where, recommender, exclude);
  if (filter !== undefined && typeof filter !== 'function') refuse(where, 'filter', 'be a function', filter);
  const isAllowed = (item: number): boolean => {
    const id = items.idAt(item);
    return id !== undefined && (filter === undefined || filter(id));
  };
  const indices = candidates && indicesOfItems(where, 'candidates', items, candidates, unknownItems);
  return {
    where,
    items,
    k: listLength(where, items, options.k),
    excludesSeen: exclude === 'seen',
    candidates: indices && Int32Array.from(new Set(indices.sort())),
    accepts: (item) => !excluded.has(item) && isAllowed(item),
  };
}

/** What is seen must be known where it is excluded, unless users bring it themselves. */
export function requireExcluded(where: string, recommender: Recommender, { excludesSeen }: Choice): void {
  if (excludesSeen) requireSeen(where, recommender, "for `exclude: 'seen'`");
}

function excludedItems(
  where: string,
  recommender: Recommender,
  exclude: NonNullable<ChoiceOptions['exclude']>,
): ReadonlySet<number> {
  if (exclude === 'nothing' || exclude === 'seen') return new Set();
  if (typeof exclude === 'string') refuse(where, 'exclude', "be 'seen', 'nothing' or a list of item ids", exclude);
  return new Set(indicesOfItems(where, 'exclude', recommender.items, exclude, 'skip'));
}

function listLength(where: string, items: Vocabulary, k: number | undefined): number {
  const most = catalogueSize(items);
  if (most === 0) throw new RangeError(`${where}: \`recommender\` must know items, received one with none.`);
  const length = k ?? Math.min(10, most);
  if (!(Number.isSafeInteger(length) && length >= 1 && length <= most)) {
    throw new RangeError(
      `${where}: \`k\` must be an integer in [1, ${most}], the items known, received ${describe(k)}.`,
    );
  }
  return length;
}

/** The best items of a user with their scores, best first; of equal scores the lower item index first. */
export async function bestItems(
  choice: Choice,
  user: UserScores,
  count: number,
  search?: Search,
): Promise<[Int32Array, Float32Array]> {
  const { candidates } = choice;
  const vector = search && (user.vector ?? (user.index < 0 ? undefined : vectorOfUser(search, user.index)));
  if (search && vector) {
    const seen = new Set(choice.excludesSeen ? user.seenItems : []);
    const found = await searchItems(search, choice, vector, seen, count);
    return pickBest({ ...choice, candidates: found }, user.seenItems, await user.scoreItems(found), count);
  }
  const scores = await (candidates ? user.scoreItems(candidates) : user.scoreAll());
  return pickBest(choice, user.seenItems, scores, count);
}

/** As {@link bestItems}, from scores that are there: of the candidates, or of all items. */
export function pickBest(
  choice: Choice,
  seenItems: Int32Array,
  scores: Float32Array,
  count: number,
): [Int32Array, Float32Array] {
  const { candidates, accepts } = choice;
  const seen = new Set(choice.excludesSeen ? seenItems : []);
  const places = selectTop(choice.where, scores, count, (place) => {
    const item = candidates ? candidates[place]! : place;
    return !seen.has(item) && accepts(item);
  });
  return [places.map((place) => candidates?.[place] ?? place), Float32Array.from(places, (place) => scores[place]!)];
}

/** A list in the caller's own ids. */
export function toRecommendations(items: Vocabulary, indices: Int32Array, scores: Float32Array): Recommendation[] {
  return Array.from(indices, (index, place) => ({
    item: items.idAt(index)!,
    score: scores[place]!,
    rank: place + 1,
  }));
}
