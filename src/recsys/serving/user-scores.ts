import type { Id } from '../../data/vocabulary.js';
import { isId, refuse, requireOneOf } from '../../internal/require.js';
import { checkedScores } from '../check-recommender.js';
import type { FoldedUser } from '../folding/folded-user.js';
import { knowledgeOf } from '../knowledge.js';
import type { Recommender } from '../recommender.js';
import type { RecommendOptions } from './recommend-options.js';
import { itemsOfUser, requireSeen } from './seen-items.js';

/** What to do for a user that the recommender does not know, as {@link RecommendOptions} says. */
export type UnknownUserPolicy = NonNullable<RecommendOptions['unknownUser']>;

const policies: readonly UnknownUserPolicy[] = ['popular', 'model', 'nothing', 'throw'];

/** One user's scores, by item index, wherever they come from. */
export interface UserScores extends FoldedUser {
  /** The user's index; -1 for one without. */
  readonly index: number;
}

/** Refuses a policy that is none. */
export function requireUserPolicy(where: string, policy: unknown): void {
  if (policy !== undefined) requireOneOf(where, 'unknownUser', policies, policy);
}

/** The scores of a user, by the stated policy for one that is not known; undefined where nothing is to be said. */
export function scoresOfUser(
  where: string,
  recommender: Recommender,
  user: Id | FoldedUser,
  policy: UnknownUserPolicy = 'popular',
): UserScores | undefined {
  if (typeof user === 'object' && user !== null) return scoresOfFolded(where, recommender, user);
  const index = indexOfUser(where, 'user', recommender, user, policy);
  if (index === undefined) return undefined;
  if (index < 0) return unknownUser();
  return scoresAt(where, recommender, index, index === recommender.users.unknownIndex);
}

/** The index of a user, by the policy for one that is not known: -1 goes by popularity, undefined gets nothing. */
export function indexOfUser(
  where: string,
  name: string,
  recommender: Recommender,
  user: unknown,
  policy: UnknownUserPolicy,
): number | undefined {
  const { users } = recommender;
  const isOne = name === 'user';
  if (!isId(user)) {
    refuse(where, name, isOne ? 'be an id, or come from foldInUser' : 'hold ids', user);
  }
  if (users.has(user)) return users.indexOf(user);
  if (policy === 'nothing') return undefined;
  if (policy === 'throw') refuse(where, name, `${isOne ? 'be a user' : 'hold users'} that the recommender knows`, user);
  if (policy === 'popular') {
    requireSeen(where, recommender, "for `unknownUser: 'popular'`");
    return -1;
  }
  const { unknownIndex } = users;
  if (unknownIndex < 0) refuse(where, 'unknownUser', "not be 'model' for a vocabulary without unknown users", policy);
  return unknownIndex;
}

function scoresOfFolded(where: string, recommender: Recommender, user: FoldedUser): UserScores {
  if (typeof user.scoreAll !== 'function' || !(user.seenItems instanceof Int32Array)) {
    refuse(where, 'user', 'be an id, or come from foldInUser', user);
  }
  if (user.seenItems.some((item) => item >= recommender.items.size)) {
    refuse(where, 'user', 'be folded into this recommender', user);
  }
  const { items } = recommender;
  return {
    ...user,
    index: -1,
    scoreItems: (some) => checkedScores(where, recommender, user.scoreItems(some), some.length),
    scoreAll: () => checkedScores(where, recommender, user.scoreAll(), items.size),
  };
}

function scoresAt(where: string, recommender: Recommender, index: number, isAsked: boolean): UserScores {
  const { seen, items } = recommender;
  return {
    index,
    // The row for unknown users is asked for by name: then it is taken for known.
    isKnown: isAsked || knowledgeOf(recommender).knowsUser(index),
    seenItems: seen ? itemsOfUser(seen, index) : new Int32Array(0),
    weights: seen ? seen.weights.subarray(seen.offsets[index], seen.offsets[index + 1]) : new Float32Array(0),
    unknownItems: [],
    scoreItems: (some) => {
      const users = new Int32Array(some.length).fill(index);
      return checkedScores(where, recommender, recommender.scorePairs(users, some), some.length);
    },
    scoreAll: () => checkedScores(where, recommender, recommender.scoreAll(Int32Array.of(index)), items.size),
  };
}

function unknownUser(): UserScores {
  return {
    index: -1,
    isKnown: false,
    seenItems: new Int32Array(0),
    weights: new Float32Array(0),
    unknownItems: [],
    scoreItems: async (items) => new Float32Array(items.length),
    scoreAll: async () => new Float32Array(0),
  };
}
