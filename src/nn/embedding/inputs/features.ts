import type { Vocabulary } from '../../../data/vocabulary.js';

/** A feature that is one of a vocabulary's ids; has an embedding. */
export interface CategoricalFeature {
  /** Tells the kinds of features apart. */
  readonly kind: 'categorical';
  /** The ids that it can have. */
  readonly vocabulary: Vocabulary;
  /** Length of its embedding; the model's `embeddingSize` by default. */
  readonly embeddingSize?: number;
}

/** A feature that is a number, or `size` numbers; enters the network as it is. */
export interface NumericFeature {
  /** Tells the kinds of features apart. */
  readonly kind: 'numeric';
  /** Default 1. */
  readonly size?: number;
}

/** A feature that is any number of a vocabulary's ids, such as a purchase history; the mean of their embeddings. */
export interface BagFeature {
  /** Tells the kinds of features apart. */
  readonly kind: 'bag';
  /** The ids that it can hold. */
  readonly vocabulary: Vocabulary;
  /** Length of its embeddings; the model's `embeddingSize` by default. */
  readonly embeddingSize?: number;
  /**
   * Name of a categorical feature whose value is left out of the row's bag in training, so that a row is not predicted
   * from itself: `'item'` for a history that holds the row's own item. By default the bag is taken whole.
   */
  readonly leaveOut?: string;
}

/** What a model can take as input. */
export type Feature = CategoricalFeature | NumericFeature | BagFeature;

/** Features as a builder takes them: a vocabulary alone is a categorical feature. */
export type FeatureConfig = Readonly<Record<string, Feature | Vocabulary>>;

/** Bags of N rows: the indices of row `n` are `indices[offsets[n]]` to `indices[offsets[n + 1] - 1]`. */
export interface Bags {
  /** `[N + 1]`. */
  readonly offsets: Uint32Array;
  /** Indices into the vocabulary, bag after bag. */
  readonly indices: Int32Array;
}

/** One feature's values for N rows: indices of a categorical one, numbers of a numeric one, bags. */
export type FeatureColumn = Int32Array | Float32Array | Bags;

/** Values of features by name. */
export type FeatureColumns = Readonly<Record<string, FeatureColumn>>;

/** Values of all features of N rows, by name. */
export type FeatureRows = FeatureColumns;
