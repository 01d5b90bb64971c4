import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Rng } from '../../random/rng.js';

/** What a penalty may look at: one discriminator update, before it is done. */
export interface PenaltyContext {
  /** `[B, …]`: the real batch, as the discriminator sees it. Borrowed. */
  readonly real: Tensor;
  /** `[B, …]`: the fakes of the update, as the discriminator sees them; no gradient reaches the generator. Borrowed. */
  readonly fake: Tensor;
  /** `[B, 1]`: D(real), part of the differentiated function. */
  readonly realLogits: Tensor;
  /** `[B, 1]`: D(fake), part of the differentiated function. */
  readonly fakeLogits: Tensor;
  /**
   * Judges samples of the shape of `real`, in training mode and beside the batch's conditions if there are any. It can be
   * differentiated, and moves no batch statistics.
   */
  judge(samples: Tensor): Tensor;
  /** The penalties' own stream: what they draw moves nothing else. */
  readonly rng: Rng;
}

/**
 * A term added to what the discriminator minimises, summed into the same update:
 *
 *     loss + sum over penalties of weight * every * compute(context), at every `every`-th update
 *
 * Write your own by returning such an object.
 *
 * @example
 * const drift: Penalty = {
 *   name: 'drift',
 *   weight: 1e-3,
 *   compute: ({ realLogits }) => mean(square(realLogits)),
 * };
 */
export interface Penalty {
  /** Names the penalty in reports. */
  readonly name: string;
  /** Factor of the term, >= 0. 0 switches it off: nothing is computed. */
  readonly weight: number;
  /**
   * Computes the term at every so many discriminator updates only, `every` times as strong, which costs less and
   * changes little (Karras et al., "Analyzing and Improving the Image Quality of StyleGAN", 2020). Default 1.
   */
  readonly every?: number;
  /**
   * Refuses a discriminator that the penalty cannot work with, by throwing; called before training, unless the weight is 0,
   * and waited for.
   *
   * @param where - Function that the user called, for the message.
   */
  check?(where: string, discriminator: LayersModel): void | Promise<void>;
  /** The term, a scalar before its weight; called within the differentiated function. */
  compute(context: PenaltyContext): Scalar;
}
