import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { TrainingData } from '../../data/batch-source.js';
import type { LoopOptions, Progress } from '../../training/run-steps.js';
import type { AdversarialLoss } from '../losses/adversarial-loss.js';
import type { Finding } from '../watching/gan-observer.js';

/** What {@link trainGan} and {@link ganSteps} need to know. */
export interface GanOptions extends LoopOptions {
  /** From noise `[B, Z]` (or any shape of noise) to samples `[B, …]`. Changed in place. */
  readonly generator: LayersModel;
  /** From samples `[B, …]` to **logits**, `[B, 1]` or any shape. Changed in place. */
  readonly discriminator: LayersModel;
  /**
   * Real samples: a Tensor `[N, …]`, `{ values, shape }`, or a sync or async iterable of batches of either kind.
   * An iterable is asked for a new iterator every epoch; endless ones go with `steps`. Tensors that it yields are
   * borrowed until the next batch is asked for. Values must lie in the range of the generator's last activation.
   */
  readonly data: TrainingData;
  /** The game to play. Default {@link nonSaturatingLoss}`()`. */
  readonly loss?: AdversarialLoss;
  /**
   * Samples in a batch of `data` in memory, at most as many as there are. Default 64, or all samples when there are
   * fewer. Data in memory come in a new order every epoch, whose last `N mod batchSize` samples are left out. An
   * iterable has its own batch sizes, a smaller last one is used as it is, and this must be left out.
   */
  readonly batchSize?: number;
  /** Passes over the data. Give either this or `steps`. */
  readonly epochs?: number;
  /** Generator updates. Give either this or `epochs`. */
  readonly steps?: number;
  /** Discriminator updates before each generator update, each on a batch of its own. Default 1. */
  readonly discriminatorSteps?: number;
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

/** What one step of a GAN measured, before its updates. */
export interface GanReport extends Progress {
  /** Both losses, means over the batch; the discriminator's at its last update of the step. */
  readonly losses: {
    /** What the discriminator minimises. */
    readonly discriminator: number;
    /** What the generator minimises. */
    readonly generator: number;
  };
  /** Mean D(x), the probability that the discriminator gives real samples of being real, in [0, 1]. */
  readonly realScore: number;
  /** Mean D(G(z)), the same for fakes. Both tend to 0.5 when the discriminator cannot tell them apart. */
  readonly fakeScore: number;
  /** What observers found at this report. */
  readonly findings?: readonly Finding[];
}
