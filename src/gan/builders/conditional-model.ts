import type { LayersModel } from '@tensorflow/tfjs-layers';

// Stands in types only: nothing of it exists when the program runs.
declare const conditional: unique symbol;

/**
 * A model of a conditional GAN: its inputs are `[noise or samples, condition]`, the condition `[B, C]`, float32, or
 * images `[B, H, W, C]` where the builder says so.
 *
 * It is a plain LayersModel; the name is there for the compiler, which asks for `conditions` wherever such a model is
 * trained or sampled. A condition is a class as a one-hot row, or any vector of numbers, such as a customer's taste.
 */
export interface ConditionalModel extends LayersModel {
  /**
   * Tells the compiler that a condition goes in beside the first input.
   *
   * @internal
   */
  readonly [conditional]: true;
}

/**
 * A model without a condition, or one of which the compiler does not know: one that you made by hand, with a second input,
 * is made known by `as ConditionalModel`.
 */
export interface PlainModel extends LayersModel {
  /**
   * Tells the compiler that this is no {@link ConditionalModel}.
   *
   * @internal
   */
  readonly [conditional]?: undefined;
}
