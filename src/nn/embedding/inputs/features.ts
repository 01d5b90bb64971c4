import type { Vocabulary } from '../../../data/vocabulary.js';

/**
 * What a model can take as input: one of a vocabulary's ids, which has an embedding; a number, or `size` numbers, which enter
 * the network as they are; or a bag of any number of ids, such as a purchase history, of whose embeddings the mean is taken.
 */
export type Feature =
  | {
      /** Tells the kinds of features apart. */
      readonly kind: 'categorical';
      /** The ids that it can have. */
      readonly vocabulary: Vocabulary;
      /** Length of its embedding; the model's `embeddingSize` by default. */
      readonly embeddingSize?: number;
    }
  | {
      /** Tells the kinds of features apart. */
      readonly kind: 'numeric';
      /** How many numbers. Default 1. */
      readonly size?: number;
    }
  | {
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
    };

/** A feature that is one of a vocabulary's ids. */
export type CategoricalFeature = Extract<Feature, { readonly kind: 'categorical' }>;

/** A feature that is a number, or `size` numbers. */
export type NumericFeature = Extract<Feature, { readonly kind: 'numeric' }>;

/** A feature that is any number of a vocabulary's ids. */
export type BagFeature = Extract<Feature, { readonly kind: 'bag' }>;

/** Bags of N rows: the indices of row `n` are `indices[offsets[n]]` to `indices[offsets[n + 1] - 1]`. */
export interface Bags {
  /** `[N + 1]`. */
  readonly offsets: Uint32Array;
  /** Indices into the vocabulary, bag after bag. */
  readonly indices: Int32Array;
}

/** Values of features for N rows, by name: indices of a categorical one, numbers of a numeric one, bags. */
export type FeatureColumns = Readonly<Record<string, Int32Array | Float32Array | Bags>>;

/** One feature's values. */
export type FeatureColumn = FeatureColumns[string];
