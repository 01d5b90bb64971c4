import type { Id } from '../../data/vocabulary.js';
import { refuse, requireOneOf } from '../../internal/require.js';
import type { FoldedUser } from '../folding/folded-user.js';
import type { Recommender } from '../recommender.js';
import { itemsOfUser, requireSeen, rowsPerItem } from './seen-items.js';

/**
 * What to do for a user that the recommender does not know: score by popularity (the number of rows in `seen`), score with
 * the row that the model has for unknown users, recommend nothing, or throw.
 */
export type UnknownUserPolicy = 'popular' | 'model' | 'nothing' | 'throw';

const policies: readonly UnknownUserPolicy[] = ['popular', 'model', 'nothing', 'throw'];

/** One user's scores, by item index, wherever they come from. */
export interface UserScores extends FoldedUser {
  /** The user's index; -1 for one without. */
  readonly index: number;
}

/** The scores of a user, by the stated policy for one that is not known; undefined where nothing is to be said. */
export function scoresOfUser(
  where: string,
  recommender: Recommender,
  user: Id | FoldedUser,
  policy: UnknownUserPolicy = 'popular',
): UserScores | undefined {
  requireOneOf(where, 'unknownUser', policies, policy);
  if (typeof user === 'object' && user !== null) return scoresOfFolded(where, recommender, user);
  if (recommender.users.has(user)) return scoresAt(recommender, recommender.users.indexOf(user));
  if (policy === 'nothing') return undefined;
  if (policy === 'popular') return scoresByPopularity(where, recommender);
  if (policy === 'throw') refuse(where, 'user', 'be a user that the recommender knows', user);
  const { unknownIndex } = recommender.users;
  if (unknownIndex < 0) refuse(where, 'unknownUser', "not be 'model' for a vocabulary without unknown users", policy);
  return scoresAt(recommender, unknownIndex);
}

function scoresOfFolded(where: string, recommender: Recommender, user: FoldedUser): UserScores {
  if (typeof user.scoreAll !== 'function' || !(user.seenItems instanceof Int32Array)) {
    refuse(where, 'user', 'be an id, or come from foldInUser', user);
  }
  if (user.seenItems.some((item) => item >= recommender.items.size)) {
    refuse(where, 'user', 'be folded into this recommender', user);
  }
  return { ...user, index: -1 };
}

function scoresAt(recommender: Recommender, index: number): UserScores {
  const { seen } = recommender;
  return {
    index,
    seenItems: seen ? itemsOfUser(seen, index) : new Int32Array(0),
    weights: seen ? seen.weights.subarray(seen.offsets[index], seen.offsets[index + 1]) : new Float32Array(0),
    scoreItems: (items) => recommender.scorePairs(new Int32Array(items.length).fill(index), items),
    scoreAll: () => recommender.scoreAll(Int32Array.of(index)),
  };
}

function scoresByPopularity(where: string, recommender: Recommender): UserScores {
  const seen = requireSeen(where, recommender, "for `unknownUser: 'popular'`");
  const counts = rowsPerItem(seen);
  return {
    index: -1,
    seenItems: new Int32Array(0),
    weights: new Float32Array(0),
    scoreItems: (items) => Promise.resolve(Float32Array.from(items, (item) => counts[item]!)),
    scoreAll: () => Promise.resolve(counts),
  };
}
