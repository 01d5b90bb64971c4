import type { Id } from '../../data/vocabulary.js';
import { requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { requireIds, requirePositiveInteger } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import { requireRecommender } from '../check-recommender.js';
import type { Recommender } from '../recommender.js';
import { createChoice, requireExcluded } from './choice.js';
import { type AskedUser, recommendBlock, searchBlock } from './recommend-block.js';
import { choiceNames, type RecommendOptions, type UserRecommendations } from './recommend-options.js';
import { createSearch } from './search-index.js';
import { indexOfUser, requireUserPolicy, type UnknownUserPolicy } from './user-scores.js';

const blockNumbers = 4 * 1024 * 1024;

/**
 * The best items for every user, one user after the other. Users are scored in blocks, so memory does not grow with their
 * number; leaving the loop early stops the work.
 *
 * @param recommender - Any: a trained model, a baseline, or one of your own.
 * @returns An async iterable of lists, each the one that {@link recommend} gives.
 * @throws RangeError as {@link recommend}, at the first step of the loop; the signal's reason when it is aborted.
 * @example
 * for await (const { user, items } of recommendAll(recommender, { k: 1 })) {
 *   `${user}: ${items[0]?.item}`;
 * }
 */
export async function* recommendAll(
  recommender: Recommender,
  options: Omit<RecommendOptions, 'diversify'> & {
    /** Which users, by id. Default all that the recommender knows, in the order of its vocabulary. */
    readonly users?: Iterable<Id> & object;
    /** Users scored at a time, >= 1. Default as many as keep a block of scores within 16 MB. */
    readonly blockSize?: number;
    /** Stops the work; the loop then throws the signal's reason. */
    readonly signal?: AbortSignal;
  } = {},
): AsyncGenerator<UserRecommendations, void> {
  const where = 'recommendAll';
  const own = { users: true, unknownUser: true, blockSize: true, signal: true } as const;
  requireOptions(where, options, { ...choiceNames, ...own });
  const { blockSize, index, signal, unknownUser = 'popular' } = options;
  requireSignal(where, signal);
  requireUserPolicy(where, unknownUser);
  if (blockSize !== undefined) requirePositiveInteger(where, 'blockSize', blockSize);
  if (options.users !== undefined) requireIds(where, 'users', options.users);
  requireRecommender(where, recommender);
  const choice = await createChoice(where, recommender, options);
  requireExcluded(where, recommender, choice);
  const width = choice.candidates?.length ?? recommender.items.size;
  const size = blockSize ?? Math.max(1, Math.floor(blockNumbers / Math.max(1, width)));
  const search = index && (await createSearch(where, recommender, index));
  const pause = createPause(8, signal);
  for (const users of blocksOf(askedUsers(where, recommender, options.users, unknownUser), size)) {
    signal?.throwIfAborted();
    const lists = search
      ? searchBlock(recommender, choice, users, search, signal)
      : recommendBlock(recommender, choice, users, signal);
    for await (const list of lists) {
      yield list;
      await pause();
    }
  }
}

function* blocksOf<T>(all: Iterable<T>, size: number): Generator<readonly T[], void> {
  let block: T[] = [];
  for (const each of all) {
    block.push(each);
    if (block.length < size) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

function* askedUsers(
  where: string,
  recommender: Recommender,
  ids: Iterable<Id> | undefined,
  policy: UnknownUserPolicy,
): Generator<AskedUser, void> {
  const { users } = recommender;
  if (ids !== undefined) {
    for (const id of ids) yield { id: String(id), index: indexOfUser(where, 'users', recommender, id, policy) };
    return;
  }
  for (let index = 0; index < users.size; index += 1) {
    const id = users.idAt(index);
    if (id !== undefined) yield { id, index };
  }
}
