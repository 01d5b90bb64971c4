import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { refuse, requireBetween, requireNonNegative, requirePositive } from '../../../internal/require.js';

/**
 * How weights move: in embedding tables only the rows that a batch touches, in dense layers all. Adam ({@link denseAdam},
 * {@link lazyAdam}), Adagrad ({@link lazyAdagrad}) or plain gradient descent ({@link lazySgd}).
 */
export type EmbeddingOptimizer =
  | {
      /** Tells the optimizers apart. */
      readonly kind: 'adam';
      /** Step size, above 0. */
      readonly learningRate: number;
      /** Share of the mean of gradients that each step keeps, in [0, 1). */
      readonly beta1: number;
      /** Share of the mean of squared gradients that each step keeps, in [0, 1). */
      readonly beta2: number;
      /** Added to the root of the mean square, above 0. */
      readonly epsilon: number;
      /** Whether rows that a batch does not touch go on by their moments, as in Adam on dense gradients. */
      readonly movesUntouchedRows: boolean;
    }
  | {
      /** Tells the optimizers apart. */
      readonly kind: 'adagrad';
      /** Step size, above 0. */
      readonly learningRate: number;
      /** What the sum of squared gradients starts from, at least 0. */
      readonly initialAccumulator: number;
      /** Added to the root of that sum, above 0. */
      readonly epsilon: number;
    }
  | {
      /** Tells the optimizers apart. */
      readonly kind: 'sgd';
      /** Step size, above 0. */
      readonly learningRate: number;
    };

/** Adam on rows. */
export type RowAdam = Extract<EmbeddingOptimizer, { readonly kind: 'adam' }>;

/**
 * Adam that moves only the rows of an embedding table that a batch touches, with their moments.
 *
 *     m = beta1 * m + (1 - beta1) * gradient
 *     v = beta2 * v + (1 - beta2) * gradient^2
 *     value = value - learningRate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
 *
 * `t` counts all updates, not those of the row, as in PyTorch's SparseAdam. A table whose every row is in every batch
 * moves as under ordinary Adam, and so do dense weights. Other tables do not: see {@link denseAdam}.
 *
 * @param config - Step size and factors; by default 0.001, 0.9, 0.999 and 1e-8.
 * @returns A value for {@link createEmbeddingStep}; it keeps nothing.
 * @throws RangeError when the step size or epsilon is not a positive number or a beta not in [0, 1).
 * @see Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015)
 * @example
 * lazyAdam({ learningRate: 0.01 }).beta1; // 0.9
 */
export function lazyAdam(config: RowAdamConfig = {}): Extract<EmbeddingOptimizer, { readonly kind: 'adam' }> {
  return { ...adamSettings('lazyAdam', config), movesUntouchedRows: false };
}

/**
 * Adam as it is on dense gradients: every row of an embedding table moves at every update, at the cost of {@link lazyAdam}.
 *
 * A row that no batch touches has a gradient of zero, and goes on by its moments:
 *
 *     m = beta1 * m,   v = beta2 * v,   value = value - learningRate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
 *
 * A row takes the updates that it missed at once, when a batch touches it next, or all rows when their numbers are read:
 * scores, saving, `table.values`. The sum of what it missed is taken at once, exact but for epsilon: off by less than three
 * thousandths of that sum where `sqrt(v)` is below epsilon, and by nothing that a float32 shows where it is 100 times
 * epsilon. Reading between updates costs a pass over all rows that were ever touched, and may change what follows in the
 * last bit.
 *
 * This is what `torch.optim.Adam` and Keras do with embeddings of dense gradients, and so what most published figures of
 * embedding models come from. A penalty (`regularization`) still counts in the batches that touch a row only.
 *
 * @param config - Step size and factors; by default 0.001, 0.9, 0.999 and 1e-8.
 * @returns A value for {@link createEmbeddingStep}; it keeps nothing.
 * @throws RangeError when the step size or epsilon is not a positive number, a beta not in [0, 1), or beta1 not below
 *   beta2: what a row missed would then have no bound.
 * @see Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015)
 * @example
 * denseAdam().movesUntouchedRows; // true
 */
export function denseAdam(config: RowAdamConfig = {}): Extract<EmbeddingOptimizer, { readonly kind: 'adam' }> {
  const settings = adamSettings('denseAdam', config);
  const { beta1, beta2 } = settings;
  if (beta1 >= beta2) refuse('denseAdam', 'beta1', `be below beta2, ${beta2}`, beta1);
  return { ...settings, movesUntouchedRows: true };
}

/** Step size and factors of {@link lazyAdam} and {@link denseAdam}. */
export interface RowAdamConfig {
  /** Step size, above 0. Default 0.001. */
  readonly learningRate?: number;
  /** Share of the mean of gradients that each step keeps, in [0, 1). Default 0.9. */
  readonly beta1?: number;
  /** Share of the mean of squared gradients that each step keeps, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the mean square, above 0. Default 1e-8. */
  readonly epsilon?: number;
}

function adamSettings(where: string, config: RowAdamConfig): Omit<RowAdam, 'movesUntouchedRows'> {
  const names: OptionNames<RowAdamConfig> = { learningRate: true, beta1: true, beta2: true, epsilon: true };
  requireOptions(where, config, names, 'config');
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = config;
  requirePositive(where, 'learningRate', learningRate);
  requireBetween(where, 'beta1', beta1, 0, 1);
  requireBetween(where, 'beta2', beta2, 0, 1);
  requirePositive(where, 'epsilon', epsilon);
  return { kind: 'adam', learningRate, beta1, beta2, epsilon };
}

/**
 * Adagrad that moves only the rows of an embedding table that a batch touches.
 *
 *     sum = sum + gradient^2
 *     value = value - learningRate * gradient / (sqrt(sum) + epsilon)
 *
 * @param config - Step size, start of the sum, epsilon; by default 0.01, 0 and 1e-10.
 * @returns A value for {@link createEmbeddingStep}; it keeps nothing.
 * @throws RangeError when the step size or epsilon is not a positive number or the start is below 0.
 * @see Duchi et al., "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization" (2011)
 * @example
 * lazyAdagrad().learningRate; // 0.01
 */
export function lazyAdagrad(
  config: {
    /** Step size, above 0. */
    readonly learningRate?: number;
    /** What the sum of squared gradients starts from, at least 0. */
    readonly initialAccumulator?: number;
    /** Added to the root of that sum, above 0. */
    readonly epsilon?: number;
  } = {},
): Extract<EmbeddingOptimizer, { readonly kind: 'adagrad' }> {
  requireOptions('lazyAdagrad', config, { learningRate: true, initialAccumulator: true, epsilon: true }, 'config');
  const { learningRate = 0.01, initialAccumulator = 0, epsilon = 1e-10 } = config;
  requirePositive('lazyAdagrad', 'learningRate', learningRate);
  requireNonNegative('lazyAdagrad', 'initialAccumulator', initialAccumulator);
  requirePositive('lazyAdagrad', 'epsilon', epsilon);
  return { kind: 'adagrad', learningRate, initialAccumulator, epsilon };
}

/**
 * Gradient descent that moves only the rows of an embedding table that a batch touches.
 *
 *     value = value - learningRate * gradient
 *
 * @param config - Step size; by default 0.01.
 * @returns A value for {@link createEmbeddingStep}; it keeps nothing.
 * @throws RangeError when the step size is not a positive number.
 * @example
 * lazySgd({ learningRate: 0.1 }).kind; // 'sgd'
 */
export function lazySgd(
  config: {
    /** Step size, above 0. */
    readonly learningRate?: number;
  } = {},
): Extract<EmbeddingOptimizer, { readonly kind: 'sgd' }> {
  requireOptions('lazySgd', config, { learningRate: true }, 'config');
  const { learningRate = 0.01 } = config;
  requirePositive('lazySgd', 'learningRate', learningRate);
  return { kind: 'sgd', learningRate };
}
