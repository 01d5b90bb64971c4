import type { Interactions } from '../data/interactions.js';
import type { SafetensorInput } from '../data/safetensors/encode-safetensors.js';
import type { Id, Vocabulary } from '../data/vocabulary.js';
import type { EmbeddingModel } from '../nn/embedding/models/embedding-model.js';
import type { Factors } from '../nn/embedding/models/factors.js';
import type { FoldInItemOptions, FoldInUserOptions } from './folding/fold-in-options.js';
import type { FoldedUser } from './folding/folded-user.js';

/**
 * Where a score comes from. `'model'`: the recommender's own; one of several parts, as {@link nextBasketRecommender}, says which:
 * `'repeat'`, what the user had before, or `'discover'`, what is new to them. `'popularity'`: the recommender knows nothing of the user, of
 * the item or of both together, and the score is the number of users who have the item. `'unknown'`: that is not known
 * either; such items are never recommended.
 */
export type ScoreSource = 'model' | 'repeat' | 'discover' | 'popularity' | 'unknown';

/**
 * What a recommender has learned anything of. Shared code asks before it believes a score: what is not known is filled up
 * by popularity, and marked so, or left out.
 */
export interface Knowledge {
  /** Whether it learned anything of a user. Default: of users with a row in `seen`, or of all where there is no `seen`. */
  knowsUser?(user: number): boolean;
  /** Whether it learned anything of an item. Default: of all; one of rows alone says no to items without a row. */
  knowsItem?(item: number): boolean;
  /** The score of a pair that nothing speaks for, such as 0 for a sum over no neighbours. Default: there is none such. */
  readonly emptyScore?: number;
}

/** What a recommender writes into a file of itself, besides its name, its vocabularies and what was seen. */
export interface RecommenderState {
  /** Its kind: by this name {@link decodeRecommender} finds what makes it again. */
  readonly kind: string;
  /** What is no array of numbers, as plain JSON. Default none. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Numbers by name. Default none. */
  readonly tensors?: Readonly<Record<string, SafetensorInput>>;
  /** Vocabularies by name, such as those of features. Default none. */
  readonly vocabularies?: Readonly<Record<string, Vocabulary>>;
}

/** What a file holds of a recommender: what the reader of its kind makes it again from. */
export interface SavedRecommender extends Required<RecommenderState> {
  /** What it is called. */
  readonly name: string;
  /** The users it knows. */
  readonly users: Vocabulary;
  /** The items it knows. */
  readonly items: Vocabulary;
  /** What it was trained on. */
  readonly seen?: Interactions;
}

/** What one thing did to a score. */
export interface Contribution {
  /** `'history'`: something the user did; `'feature'`: something else that is known of the user or the item. */
  readonly kind: 'history' | 'feature';
  /** Name of the feature, such as `'user'` or `'country'`; `'history'` for a recommender without a model,
   * `'popularity'` for what it knows nothing of. */
  readonly feature: string;
  /** Which of the feature's ids it is: the past item, the country. By default none: numbers and empty bags have no id. */
  readonly id?: string;
  /** What it adds to the score; below zero it takes away. */
  readonly value: number;
}

/**
 * Anything that scores items for users: a trained model, a baseline, or an object of your own. A higher score ranks first;
 * scores of one user are comparable with each other, not with another user's.
 *
 * Names, vocabularies and the two scores are enough for evaluation and recommending. What it can do besides it declares by
 * members that may be missing: `state` to be saved, `factors` to be searched by an index, `scoreHistory` for users who come
 * from outside (enough to fold them in and to explain scores), `foldInUser`, `foldInItem` and `explain` where it has a way of
 * its own. A function that needs what is missing says which member it is. Called with `this`, so that a copy
 * (`{ ...recommender, name: 'mine' }`) speaks of itself.
 */
export interface Recommender {
  /** What reports call it. */
  readonly name: string;
  /** The users it knows. */
  readonly users: Vocabulary;
  /** The items it knows. */
  readonly items: Vocabulary;
  /** What it was trained on: the rows that count as seen when it recommends. Missing where nobody said. */
  readonly seen?: Interactions;
  /** What it has learned anything of, where that is not what {@link Knowledge} takes for granted. */
  readonly knowledge?: Knowledge;
  /** What `source` says in place of `'model'`: of items that the user had, and of the others. Default `'model'` for both. */
  readonly sources?: {
    /** Of items that the user had before. */
    readonly had: ScoreSource;
    /** Of all others. */
    readonly others: ScoreSource;
  };
  /** The network behind it, where there is one. */
  readonly model?: EmbeddingModel;
  /**
   * Scores of N pairs.
   *
   * @param users - `[N]`, user indices.
   * @param items - `[N]`, item indices.
   * @returns `[N]`.
   */
  scorePairs(users: Int32Array, items: Int32Array): Promise<Float32Array>;
  /**
   * Scores of every item for some users.
   *
   * @param users - `[B]`, user indices.
   * @returns `[B, I]`, row-major.
   */
  scoreAll(users: Int32Array): Promise<Float32Array>;
  /** The same scores as dot products, where the model has that form: exact search and indexes use it. */
  factors?(): Promise<Factors>;
  /**
   * What {@link encodeRecommender} writes down of it. Default: its `factors`, where it has them.
   *
   * @returns What its kind's reader, in `kinds` of {@link decodeRecommender}, makes it again from.
   */
  state?(): RecommenderState | Promise<RecommenderState>;
  /**
   * Scores of every item for a user who did only this, where scores follow from what was done alone.
   *
   * @param items - `[N]`, item indices.
   * @param weights - `[N]`, how much each counts.
   * @returns `[I]`.
   */
  scoreHistory?(items: Int32Array, weights: Float32Array): Promise<Float32Array>;
  /**
   * Makes a user of somebody from outside: behind {@link foldInUser}. Default: by `scoreHistory`.
   *
   * @param items - `[N]`, item indices.
   * @param weights - `[N]`, how much each counts.
   * @returns How the user scores, and whatever else of {@link FoldedUser} is not what was given.
   */
  foldInUser?(
    items: Int32Array,
    weights: Float32Array,
    options: FoldInUserOptions,
  ): Promise<Pick<FoldedUser, 'scoreItems' | 'scoreAll'> & Partial<FoldedUser>>;
  /**
   * Makes a recommender that knows one item more: behind {@link foldInItem}.
   *
   * @param id - Its id, which is not known.
   * @param users - `[N]`, user indices, at least one.
   * @param weights - `[N]`, how much each counts.
   * @returns The recommender, with the item as the last of its vocabulary.
   */
  foldInItem?(id: Id, users: Int32Array, weights: Float32Array, options: FoldInItemOptions): Promise<Recommender>;
  /**
   * Says what a score is made of: behind {@link explainRecommendation}. Default: by `scoreHistory`.
   *
   * @param user - Who it is; `index` is -1 for somebody from outside.
   * @param item - The item's index.
   */
  explain?(
    user: FoldedUser & { readonly index: number },
    item: number,
    options: { readonly steps: number; readonly baseline: 'average' | 'zero' },
  ): Promise<{
    /** The score without the history. */
    readonly baselineScore: number;
    /** What each item of the history adds to it. */
    readonly contributions: readonly Contribution[];
  }>;
}
