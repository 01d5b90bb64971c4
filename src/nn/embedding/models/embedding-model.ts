import type { Variable } from '@tensorflow/tfjs-core';
import type { Feature, FeatureColumns } from '../inputs/features.js';
import type { Factors } from './factors.js';
import type { EmbeddingTable } from './movable-table.js';
import type { Network } from './network.js';

/** What the output of a model means: a logit, a real number, or the logarithm of a rate. */
export type Head = 'binary' | 'value' | 'count';

/**
 * A model over embedding tables that live on the host. Made by {@link buildEmbeddingMlp} and the other builders of the
 * family; trained in place, saved and exported by functions of their own.
 */
export interface EmbeddingModel {
  /** Which network it is, such as `'embeddingMlp'`. */
  readonly kind: string;
  /** What the builder was given, defaults filled in, as plain JSON: builds the same network again. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Its inputs by name. */
  readonly features: Readonly<Record<string, Feature>>;
  /** Values of the features that belong to a user (by user index) or an item, looked up by the model itself. */
  readonly userColumns: FeatureColumns;
  /** As `userColumns`, by item index. */
  readonly itemColumns: FeatureColumns;
  /** What its output means. */
  readonly head: Head;
  /** Embedding tables by name, on the host. */
  readonly tables: Readonly<Record<string, EmbeddingTable>>;
  /** How the output comes from the features, operation by operation. */
  readonly network: Network;
  /** Dense weights, on the active backend, by name. */
  readonly variables: Readonly<Record<string, Variable>>;
  /** Raw outputs `[N]` (logits; log rates for `count`) for N rows of features. */
  score(rows: FeatureColumns): Promise<Float32Array>;
  /** Raw outputs `[N]` for pairs of the categorical features `user` and `item`; throws for a model without them. */
  scorePairs(users: Int32Array, items: Int32Array): Promise<Float32Array>;
  /** Raw outputs `[B, I]`, row-major, of every item for some users; as `scorePairs`. */
  scoreAll(users: Int32Array): Promise<Float32Array>;
  /** The same scores as dot products, up to a constant for each user, where the network is one. */
  factors?(): Promise<Factors>;
  /** Frees the dense weights. */
  dispose(): void;
}
