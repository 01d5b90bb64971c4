import type { Id } from '../../data/vocabulary.js';
import { refuse, requirePositiveInteger } from '../../internal/require.js';
import type { Recommender } from '../recommender.js';
import { createChoice, requireExcluded } from './choice.js';
import { recommendBlock, searchBlock } from './recommend-block.js';
import type { ChoiceOptions, Recommendation } from './recommend-options.js';
import { createSearch } from './search-index.js';

/** Options of {@link recommendAll}. */
export interface RecommendAllOptions extends ChoiceOptions {
  /** Which users, by id; unknown ones are refused. Default all that the recommender knows, in the order of its vocabulary. */
  readonly users?: Iterable<Id>;
  /** Users scored at a time, >= 1. Default as many as keep a block of scores within 16 MB. */
  readonly blockSize?: number;
}

/** One user's list. */
export interface UserRecommendations {
  /** The user's id, as text. */
  readonly user: string;
  /** As {@link recommend} gives them. */
  readonly items: readonly Recommendation[];
}

const blockNumbers = 4 * 1024 * 1024;

/**
 * The best items for every user, one user after the other. Users are scored in blocks, so memory does not grow with their
 * number; leaving the loop early stops the work.
 *
 * @param recommender - Any: a trained model, a baseline, or one of your own.
 * @returns An async iterable of lists, each the one that {@link recommend} gives.
 * @throws RangeError as {@link recommend}, and when a user is not known; at the first step of the loop.
 * @example
 * for await (const { user, items } of recommendAll(recommender, { k: 1, exclude: 'seen' })) {
 *   `${user}: ${items[0]?.item}`;
 * }
 */
export async function* recommendAll(
  recommender: Recommender,
  options: RecommendAllOptions = {},
): AsyncGenerator<UserRecommendations, void> {
  const choice = createChoice('recommendAll', recommender, options);
  requireExcluded('recommendAll', recommender, choice);
  const width = choice.candidates?.length ?? recommender.items.size;
  const { blockSize = Math.max(1, Math.floor(blockNumbers / Math.max(1, width))), index } = options;
  requirePositiveInteger('recommendAll', 'blockSize', blockSize);
  const search = index && (await createSearch('recommendAll', recommender, index));
  for (const users of blocksOf(userIndices(recommender, options.users), blockSize)) {
    yield* await (search
      ? searchBlock(recommender, choice, users, search)
      : recommendBlock(recommender, choice, users));
  }
}

function* blocksOf(users: Iterable<number>, size: number): Generator<Int32Array, void> {
  let block: number[] = [];
  for (const user of users) {
    block.push(user);
    if (block.length < size) continue;
    yield Int32Array.from(block);
    block = [];
  }
  if (block.length > 0) yield Int32Array.from(block);
}

function* userIndices({ users }: Recommender, ids: Iterable<Id> | undefined): Generator<number, void> {
  if (ids === undefined) {
    for (let index = 0; index < users.size; index += 1) if (users.idAt(index) !== undefined) yield index;
    return;
  }
  for (const id of ids) {
    if (!users.has(id)) refuse('recommendAll', 'users', 'hold users that the recommender knows', id);
    yield users.indexOf(id);
  }
}
