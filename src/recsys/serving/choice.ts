import type { Vocabulary } from '../../data/vocabulary.js';
import { describe } from '../../internal/describe.js';
import { createPause } from '../../internal/pause.js';
import { type Pieces, piecemeal } from '../../internal/pieces.js';
import { refuse, requireFunction, requireOneOf } from '../../internal/require.js';
import { type Completion, createCompletion, inParts } from '../completion.js';
import type { Recommender } from '../recommender.js';
import { catalogueSize, indicesOfItems, requireItemPolicy } from './item-indices.js';
import type { ChoiceOptions, Recommendation } from './recommend-options.js';
import { type Search, searchItems, vectorOfUser } from './search-index.js';
import { defaultExclusion, requireSeen } from './seen-items.js';
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
  readonly completion: Completion;
  readonly sources: Recommender['sources'];
  /** Whether an item may be recommended to anybody. */
  accepts(item: number): boolean;
}

/** Items that were chosen, best first, by their indices and their keys in the order of {@link Completion}. */
export interface Chosen {
  readonly items: Int32Array;
  readonly keys: Float64Array;
}

/** Checks what a list is chosen from. */
export async function createChoice(where: string, recommender: Recommender, options: ChoiceOptions): Promise<Choice> {
  const { items } = recommender;
  const { filter, candidates, fill } = options;
  requireFunction(where, 'filter', filter);
  requireItemPolicy(where, options);
  if (fill !== undefined) requireOneOf(where, 'fill', ['popularity', 'nothing'], fill);
  if (candidates && options.index) refuse(where, 'candidates', 'be missing where there is an index', candidates);
  const exclude = options.exclude ?? (recommender.seen ? await defaultExclusion(recommender.seen) : 'nothing');
  const pause = createPause();
  const excluded = await piecemeal(excludedItems(where, recommender, exclude), pause);
  const k = listLength(where, items, options.k);
  const isAllowed = (item: number): boolean => {
    const id = items.idAt(item);
    return id !== undefined && (filter === undefined || filter(id));
  };
  const indices =
    candidates && (await piecemeal(indicesOfItems(where, 'candidates', items, candidates, options), pause));
  return {
    where,
    items,
    k,
    excludesSeen: exclude === 'seen',
    candidates: indices && Int32Array.from(new Set(indices.sort())),
    completion: createCompletion(recommender, recommender.seen, fill),
    sources: recommender.sources,
    accepts: (item) => !excluded.has(item) && isAllowed(item),
  };
}

/** What is seen must be known where it is excluded, unless users bring it themselves. */
export function requireExcluded(where: string, recommender: Recommender, { excludesSeen }: Choice): void {
  if (excludesSeen) requireSeen(where, recommender, "for `exclude: 'seen'`");
}

function* excludedItems(
  where: string,
  recommender: Recommender,
  exclude: NonNullable<ChoiceOptions['exclude']>,
): Pieces<ReadonlySet<number>> {
  if (exclude === 'nothing' || exclude === 'seen') return new Set();
  if (typeof exclude === 'string') refuse(where, 'exclude', "be 'seen', 'nothing' or a list of item ids", exclude);
  const indices = yield* indicesOfItems(where, 'exclude', recommender.items, exclude);
  return new Set(indices);
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

/** The best items of a user, best first; of equal ones the lower item index first. */
export async function bestItems(choice: Choice, user: UserScores, count: number, search?: Search): Promise<Chosen> {
  const vector =
    search && user.isKnown && (user.vector ?? (user.index < 0 ? undefined : vectorOfUser(search, user.index)));
  if (!search || !vector) {
    const { candidates } = choice;
    return pickBest(choice, user.seenItems, user.isKnown ? await scoresOf(user, candidates) : undefined, count);
  }
  const seen = new Set(choice.excludesSeen ? user.seenItems : []);
  const candidates = await searchItems(search, choice, vector, seen, count);
  const found = pickBest({ ...choice, candidates }, user.seenItems, await user.scoreItems(candidates), count);
  return found.items.length < count ? withFill(choice, user.seenItems, found, count) : found;
}

function scoresOf(user: UserScores, candidates: Int32Array | undefined): Promise<Float32Array> {
  return candidates ? user.scoreItems(candidates) : user.scoreAll();
}

/** What an index found, filled up from the whole catalogue. */
export function withFill(choice: Choice, seenItems: Int32Array, found: Chosen, count: number): Chosen {
  const own = new Set(found.items);
  const others = { ...choice, accepts: (item: number) => !own.has(item) && choice.accepts(item) };
  const more = pickBest(others, seenItems, undefined, count - found.items.length);
  return {
    items: Int32Array.from([...found.items, ...more.items]),
    keys: Float64Array.from([...found.keys, ...more.keys]),
  };
}

/** As {@link bestItems}, from scores that are there, of the candidates or of all items; without any, by popularity. */
export function pickBest(
  choice: Choice,
  seenItems: Int32Array,
  scores: Float32Array | undefined,
  count: number,
): Chosen {
  const { candidates, completion, accepts } = choice;
  const keys = completion.complete(scores, candidates, new Float64Array(candidates?.length ?? choice.items.size));
  const seen = new Set(choice.excludesSeen ? seenItems : []);
  const places = selectTop(choice.where, keys, count, (place) => {
    const item = candidates ? candidates[place]! : place;
    return !seen.has(item) && accepts(item);
  });
  return {
    items: places.map((place) => candidates?.[place] ?? place),
    keys: Float64Array.from(places, (place) => keys[place]!),
  };
}

/** A list in the caller's own ids. */
export function toRecommendations(choice: Choice, chosen: Chosen, seenItems: Int32Array): Recommendation[] {
  const { items, completion } = choice;
  const seen = new Set(choice.sources ? seenItems : []);
  return Array.from(chosen.items, (index, place) => ({
    item: items.idAt(index)!,
    ...inParts(completion.read(chosen.keys[place]!), choice, () => seen.has(index)),
    rank: place + 1,
  }));
}
