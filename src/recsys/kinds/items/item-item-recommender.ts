import { requireInteractions } from '../../../data/interactions/require-interactions.js';
import type { Interactions } from '../../../data/interactions.js';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { createPause } from '../../../internal/pause.js';
import { piecemeal } from '../../../internal/pieces.js';
import { refuse, requireNonNegative, requireOneOf, requirePositiveInteger } from '../../../internal/require.js';
import { requireSignal } from '../../../internal/signal.js';
import type { Recommender, SavedRecommender } from '../../recommender.js';
import { distinctPairsInPieces, type Pairs } from '../distinct-pairs.js';
import { scoresByUser } from '../scores-by-user.js';
import { readItemLists, stateOfItemLists } from './item-lists.js';
import { findNeighbours, type ItemNeighbours } from './item-neighbours.js';

/** Options of {@link itemItemRecommender}. */
export interface ItemItemRecommenderOptions {
  /**
   * How alike items i and j are, of n_i and n_j users and n_ij with both: `'cosine'` is `n_ij / sqrt(n_i n_j)`,
   * `'jaccard'` is `n_ij / (n_i + n_j - n_ij)`, `'conditional'` is `n_ij / n_j`, the share of the users of j who have i.
   * Default `'cosine'`.
   */
  readonly similarity?: 'cosine' | 'jaccard' | 'conditional';
  /** How many items each item brings along: its most similar ones. Default 200, or all where there are fewer. */
  readonly neighbours?: number;
  /** Multiplies each similarity by `n_ij / (n_ij + shrinkage)`: pairs seen few times count less. Default 0. */
  readonly shrinkage?: number;
  /**
   * With how many of their different items each user counts when neighbours are found: the latest, by when each first came.
   * Infinity counts all. Default 1000.
   */
  readonly itemsPerUser?: number;
  /** Stops between two items; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const optionNames: OptionNames<ItemItemRecommenderOptions> = {
  similarity: true,
  neighbours: true,
  shrinkage: true,
  itemsPerUser: true,
  signal: true,
};

/**
 * Item-item: recommends what goes with what the user already has.
 *
 *     score[u, i] = sum over the items j of u whose neighbours include i of similarity(i, j)
 *
 * A sum over nothing, 0, says nothing: such items come by popularity in {@link recommend} and {@link evaluateRanking},
 * behind all others.
 *
 * An item is not its own neighbour; repeated rows and weights do not count. Finding neighbours takes as many steps as
 * there are pairs of items of one user, over all users: a user with n items costs n^2, which `itemsPerUser` bounds, since a
 * wholesaler who has taken everything would cost more than all others and says little about what goes together. Scores
 * are made from everything that a user has. Scoring pairs costs as much as scoring all items for each user among them.
 *
 * @param train - Who did what.
 * @returns A recommender of what goes together in `train`.
 * @throws RangeError when an option is not one of those above, or `train` has no rows. Rejects with the signal's reason
 *   when it is aborted.
 * @see Sarwar et al., "Item-Based Collaborative Filtering Recommendation Algorithms" (2001)
 * @see Deshpande and Karypis, "Item-Based Top-N Recommendation Algorithms" (2004)
 * @example
 * const recommender = await itemItemRecommender(interactions, { similarity: 'jaccard' });
 * recommender.name; // 'itemItem'
 */
export async function itemItemRecommender(
  train: Interactions,
  options: ItemItemRecommenderOptions = {},
): Promise<Recommender> {
  requireOptions('itemItemRecommender', options, optionNames);
  requireInteractions('itemItemRecommender', 'train', train);
  const { similarity = 'cosine', neighbours = 200, shrinkage = 0, itemsPerUser = 1000, signal } = options;
  requireOneOf('itemItemRecommender', 'similarity', ['cosine', 'jaccard', 'conditional'], similarity);
  requirePositiveInteger('itemItemRecommender', 'neighbours', neighbours);
  requireNonNegative('itemItemRecommender', 'shrinkage', shrinkage);
  if (itemsPerUser !== Number.POSITIVE_INFINITY)
    requirePositiveInteger('itemItemRecommender', 'itemsPerUser', itemsPerUser);
  requireSignal('itemItemRecommender', signal);
  signal?.throwIfAborted();
  if (train.length === 0) refuse('itemItemRecommender', 'train', 'have at least one row', train.length);
  const found = await findNeighbours(train, { similarity, neighbours, shrinkage, itemsPerUser, signal });
  return neighbourRecommender('itemItem', train, found);
}

// Makes the recommender of neighbours that are there.
function neighbourRecommender(name: string, train: Interactions, neighbours: ItemNeighbours): Recommender {
  const { users, items } = train;
  let pairs: Promise<Pairs> | undefined;
  const find = async (): Promise<Neighbours> => {
    pairs ??= piecemeal(distinctPairsInPieces(train), createPause());
    return { ...neighbours, pairs: await pairs };
  };
  return {
    name,
    users,
    items,
    seen: train,
    knowledge: { emptyScore: 0 },
    state: () => ({ kind: 'neighbours', ...stateOfItemLists(neighbours) }),
    scoreHistory: async (history) => {
      const scores = new Float32Array(items.size);
      for (const owned of new Set(history)) addNeighbours(neighbours, owned, scores);
      return scores;
    },
    ...scoresByUser(items.size, async () => {
      const found = await find();
      return (user, scores) => addScores(found, user, scores);
    }),
  };
}

interface Neighbours extends ItemNeighbours {
  /** What each user has, each item once. */
  readonly pairs: Pairs;
}

function addScores(found: Neighbours, user: number, scores: Float32Array): void {
  const { offsets, itemIndices } = found.pairs;
  for (let row = offsets[user]!; row < offsets[user + 1]!; row += 1) addNeighbours(found, itemIndices[row]!, scores);
}

function addNeighbours({ offsets, items, similarities }: ItemNeighbours, owned: number, scores: Float32Array): void {
  const end = offsets[owned + 1]!;
  for (let at = offsets[owned]!; at < end; at += 1) scores[items[at]!]! += similarities[at]!;
}

/** Makes it again from the neighbours. Nothing is counted anew: that could take hours where a file asks for it. */
export function readNeighbours(saved: SavedRecommender): Recommender {
  const { seen, lists } = readItemLists(saved, 'neighbours');
  return neighbourRecommender(saved.name, seen, lists);
}
