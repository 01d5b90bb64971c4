import type { Optimizer, Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Rng } from '../../../random/rng.js';
import type { KeepingOptions } from '../../../saving/checkpoint-options.js';
import type { NonFiniteOptions } from '../../../training/recovery.js';
import type { RunLength } from '../../../training/run-length.js';
import type { LoopOptions } from '../../../training/run-steps.js';
import type { LearningRateSchedule } from '../../../training/schedules/learning-rate-schedule.js';
import type { AdversarialLoss } from '../../losses/adversarial-loss.js';
import type { Penalty } from '../../penalties/penalty.js';
import type { GanObserver } from '../../watching/gan-observer.js';
import type { GeneratorAverage } from '../generator-average.js';
import type { ConditionalGan, PlainGan } from './gan-networks.js';
import type { GanPrivacy } from './gan-privacy.js';

/** The rules of a game, which {@link trainGan} and {@link ganSteps} take beside the networks and the data. */
export interface GanRules extends LoopOptions, KeepingOptions, NonFiniteOptions {
  /** The game to play. Default {@link nonSaturatingLoss}`()`. */
  readonly loss?: AdversarialLoss;
  /**
   * Samples in a batch of `data` in memory, at most as many as there are. Default 64, or all samples when there are
   * fewer. Data in memory come in a new order every epoch, whose last `N mod batchSize` samples are left out. An
   * iterable has its own batch sizes, a smaller last one is used as it is, and this must be left out.
   */
  readonly batchSize?: number;
  /** Terms added to what the discriminator minimises, such as {@link r1Penalty}. Default none. */
  readonly penalties?: readonly Penalty[];
  /** Changes what the discriminator sees, of real samples and fakes alike, such as {@link diffAugment}. Default none. */
  readonly augmentation?: Augmentation;
  /** A {@link generatorAverage} of the generator, updated after every generator update. Default none. */
  readonly average?: GeneratorAverage;
  /** Discriminator updates in each step, each on a batch of its own. Default 1. */
  readonly discriminatorSteps?: number;
  /** Generator updates in each step, each with noise of its own, after those of the discriminator. Default 1. */
  readonly generatorSteps?: number;
  /** Batches over which each update takes its mean gradient, for batches that memory does not hold. Default 1. */
  readonly accumulate?: number;
  /** Bounds on the gradients of each network. Default none. */
  readonly gradientClipping?: {
    /** Scales all gradients of a network by one factor when their common Euclidean norm is above this. Above 0. Default none. */
    readonly norm?: number;
    /** Clips every component to [-value, value], before the norm is taken. Above 0. Default none. */
    readonly value?: number;
  };
  /**
   * After each of its updates the discriminator's weights are clipped to [-weightClipping, weightClipping] (Arjovsky et al.,
   * "Wasserstein GAN", 2017: 0.01). Above 0. Default none.
   */
  readonly weightClipping?: number;
  /**
   * Samples that the discriminator sees at once, along the last axis (Lin et al., "PacGAN", 2018): it takes
   * `[B / packing, …, packing * C]`. Divides the batch. Default 1.
   */
  readonly packing?: number;
  /**
   * Makes the discriminator's updates, and with them all that the generator learns, differentially private for samples that are
   * added or removed. Samples come in batches that are drawn by chance, of `batchSize` on average; `data` is in memory, `seed` is
   * given and kept secret, and nothing else looks at real samples: no conditions, packing, accumulation, augmentation, observers,
   * validation, nor layers that keep statistics. Updates of the generator cost nothing. Reports tell of real samples and are not
   * covered. Default: not private.
   */
  readonly privacy?: GanPrivacy;
  /** Factor of both optimizers' learning rates at each step, such as {@link cosineDecay}`()`. Default none. */
  readonly schedule?: LearningRateSchedule;
  /**
   * Measures the generator as it trains and keeps its best weights: however the run ends, by its length, by `patience`, by
   * `signal`, by an observer, by an error or because {@link ganSteps} is left, what draws samples (the model of `average`
   * where there is one, else the generator) then has the weights of the best measurement, or, where nothing was measured,
   * those of the last whole step. The discriminator stays as it is. A GAN has no loss that says how good it is, and more
   * steps may well make it worse. The best of many scores is a flattering number: report one from a third set. By default
   * nothing is measured.
   *
   * @see Prechelt, "Early Stopping - But When?" (1998), https://doi.org/10.1007/3-540-49430-8_3
   */
  readonly validation?: {
    /**
     * How good the generator is, best by samples that it was not trained on and the same noise each time. It is called with
     * what draws samples, must leave that as it is, and is waited for. A score that is not finite, or that of a generator
     * whose weights are not, is reported, is never the best, and counts against `patience`. The signal is that of the run.
     */
    score(generator: LayersModel, signal?: AbortSignal): number | Promise<number>;
    /** Steps from one measurement to the next, >= 1. The last step is measured too. */
    readonly every: number;
    /** Ends the run after so many measurements in a row without a new best. By default it goes on to its end. */
    readonly patience?: number;
    /** Which scores are good ones; of equals the earlier is the best. Default `'lower'`, as for distances. */
    readonly better?: 'lower' | 'higher';
  };
  /** Watch the run at every report, and may end it. Default none. */
  readonly observers?: readonly GanObserver[];
  /**
   * Default {@link adam}: learning rate 2e-4, beta1 0.5, beta2 0.999, epsilon 1e-7. Any optimizer of tfjs will do; one that
   * is passed in stays yours.
   */
  readonly generatorOptimizer?: Optimizer;
  /** As `generatorOptimizer`; another instance. */
  readonly discriminatorOptimizer?: Optimizer;
  /**
   * Fixes noise, order and {@link seededDropout}; any safe integer. Default 0. Initial weights have the builders' own seed;
   * layers of tfjs that draw random numbers, such as its own dropout, follow no seed of ours.
   */
  readonly seed?: number;
}

/**
 * What {@link trainGan} and {@link ganSteps} need to know: two networks and their data, the rules, and `epochs` or `steps`,
 * one of them. `steps` are generator updates.
 */
export type GanOptions = GanRules & (PlainGan | ConditionalGan) & RunLength;

/**
 * Changes samples before the discriminator sees them, real ones and fakes alike. It must be differentiable with respect
 * to the samples, because the generator learns through it.
 */
export interface Augmentation {
  /** Names the augmentation in reports. */
  readonly name: string;
  /** `[B, …]` to `[B, …]` of the same shape; random numbers come from `rng`, a fresh set at every call. */
  apply(samples: Tensor, rng: Rng): Tensor;
}
