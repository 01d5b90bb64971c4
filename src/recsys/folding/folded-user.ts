/**
 * A user the recommender was not trained on, known by what they did: stands wherever an id of a user does in
 * {@link recommend}, {@link scoreItems} and {@link explainRecommendation}. Made by {@link foldInUser}.
 */
export interface FoldedUser {
  /** Whether anything is known of the user: a user of whom nothing is gets popular items. */
  readonly isKnown: boolean;
  /** Ids of what the user did that the recommender does not know, such as discontinued items: they were left out. */
  readonly unknownItems: readonly string[];
  /** `[N]`: item indices of what the user did; what counts as seen. */
  readonly seenItems: Int32Array;
  /** `[N]`: how much each counts. */
  readonly weights: Float32Array;
  /** The user's vector `[D]`, where scores are dot products with the factors of the items. */
  readonly vector?: Float32Array;
  /** For a model: what enters its network for the user, by the places of its leaves. */
  readonly blocks?: Readonly<Record<number, Float32Array>>;
  /** For a model: members of the user's bags, by the places of their leaves. */
  readonly bags?: Readonly<Record<number, Int32Array>>;
  /**
   * Scores of some items.
   *
   * @param items - `[N]`, item indices.
   * @returns `[N]`.
   */
  scoreItems(items: Int32Array): Promise<Float32Array>;
  /**
   * Scores of every item.
   *
   * @returns `[I]`.
   */
  scoreAll(): Promise<Float32Array>;
}
