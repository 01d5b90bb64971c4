import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireOneOf, requirePositiveInteger } from '../../internal/require.js';

/** The condition of a conditional generator, and how it meets the noise. */
export interface GeneratorCondition {
  /** Length C of condition vectors, such as the number of classes. */
  readonly size: number;
  /**
   * `'concat'`: the condition stands behind the noise, `[z, c]`. `'embedding'`: a bias-free dense layer comes first,
   * `[z, c E]`, which for a one-hot condition looks up the class's row of E. Default `'concat'`.
   */
  readonly join?: 'concat' | 'embedding';
  /** Length of the embedded condition, for `join: 'embedding'`. Default `size`, but at most 50. */
  readonly embeddingSize?: number;
}

/** The condition of a conditional discriminator, and how it meets the samples. */
export interface DiscriminatorCondition {
  /** Length C of condition vectors, such as the number of classes. */
  readonly size: number;
  /**
   * `'concat'`: behind the flattened sample of a dense stack; as C more channels, each of one number, of an image.
   * `'embedding'`: the same after a bias-free dense layer, whose outputs for images are whole maps of H x W.
   * `'projection'`: at the end, `logit = dense(phi(x)) + <c V, phi(x)>` with phi(x) the flattened last features and V a
   * bias-free dense layer; for classes it says by itself how well the features fit the class. Default `'concat'`.
   */
  readonly join?: 'concat' | 'embedding' | 'projection';
  /**
   * For `join: 'embedding'`, the length of the embedded condition for dense stacks (default `size`, but at most 50), the
   * number of maps for convolutions (default 1).
   */
  readonly embeddingSize?: number;
}

/** Checks a condition's config, which may be missing. */
export function requireCondition(where: string, joins: readonly string[], condition: unknown): void {
  if (condition === undefined) return;
  const names: OptionNames<DiscriminatorCondition> = { size: true, join: true, embeddingSize: true };
  requireOptions(where, condition as DiscriminatorCondition, names, 'condition');
  const { size, join = 'concat', embeddingSize } = condition as DiscriminatorCondition;
  requirePositiveInteger(where, 'condition.size', size);
  requireOneOf(where, 'condition.join', joins, join);
  if (embeddingSize === undefined) return;
  if (join !== 'embedding') refuse(where, 'condition.embeddingSize', "go with join 'embedding' only", embeddingSize);
  requirePositiveInteger(where, 'condition.embeddingSize', embeddingSize);
}
