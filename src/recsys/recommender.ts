import type { Interactions } from '../data/interactions.js';
import type { Vocabulary } from '../data/vocabulary.js';
import type { EmbeddingModel } from '../nn/embedding/models/embedding-model.js';

/** Scores as dot products: `score[u, i] = users[u] . items[i] + itemBiases[i]`, up to a constant for each user. */
export interface Factors {
  /** Length of one vector, D. */
  readonly size: number;
  /** `[U, D]`, row-major. */
  readonly users: Float32Array;
  /** `[I, D]`, row-major. */
  readonly items: Float32Array;
  /** `[I]`; zeros where missing. */
  readonly itemBiases?: Float32Array;
}

/** How vectors were fitted by least squares, as {@link trainImplicitAls} does: what it takes to fit one more. */
export interface LeastSquares {
  /** Weight of the squared lengths. */
  readonly regularization: number;
  /** How the regularization of a vector grows with its observations. */
  readonly regularizationExponent: number;
  /** Weight of the squared score of every pair. */
  readonly unobservedWeight: number;
  /** `[N]`: what each row of `seen` counted. */
  readonly confidences: Float32Array;
  /** What a row of weight w counts. Missing in a loaded recommender, of which all rows but the new ones are known. */
  readonly confidence?: (weight: number) => number;
}

/** The most similar items of each item, as {@link itemItemRecommender} finds them. */
export interface ItemNeighbours {
  /** `[I + 1]`: the neighbours of item `j` are `offsets[j]` to `offsets[j + 1] - 1`, the most similar first. */
  readonly offsets: Uint32Array;
  /** Item indices. */
  readonly items: Int32Array;
  /** How similar each is. */
  readonly similarities: Float32Array;
}

/** A recommender that is quickly made from interactions, as plain JSON. */
export interface RecommenderOrigin {
  /** The function that makes it, such as `'popularity'`. */
  readonly kind: string;
  /** What the function was given. */
  readonly options: Readonly<Record<string, unknown>>;
}

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

/**
 * Anything that scores items for users: a trained model, a baseline, or an object of your own. Evaluation and
 * recommending know no more of a model than this. A higher score ranks first; scores of one user are comparable with each
 * other, not with another user's.
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
  /** The network behind it, where there is one. */
  readonly model?: EmbeddingModel;
  /** How to make it again from `seen` alone: what a saved file then holds in place of its numbers. */
  readonly origin?: RecommenderOrigin;
  /** What goes with each item, where scores are sums over these. */
  readonly neighbours?: ItemNeighbours;
  /** How `factors` were fitted, where that was by least squares. They then stay as they are. */
  readonly leastSquares?: LeastSquares;
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
   * Scores of every item for a user who did only this, where scores follow from what was done alone.
   *
   * @param items - `[N]`, item indices.
   * @param weights - `[N]`, how much each counts.
   * @returns `[I]`.
   */
  scoreHistory?(items: Int32Array, weights: Float32Array): Promise<Float32Array>;
}
