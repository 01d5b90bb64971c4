import { mul, type serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireBetween } from '../../internal/require.js';
import { createRng, type Rng } from '../../random/rng.js';
import { dropoutMask } from '../dropout-mask.js';
import { type LayerCallArguments, type LayerConfig, layerBase, layerConfigNames, onlyTensor } from '../layer-base.js';
import type { Reseedable } from '../reseed-layers.js';

/** Config of {@link SeededDropout}. */
export interface SeededDropoutConfig extends LayerConfig {
  /** Share of the elements that a training call drops, in [0, 1). */
  readonly rate: number;
  /** Seed of the layer's own stream, used until {@link SeededDropout.reseed}. Default 0. */
  readonly seed?: number;
}

/**
 * Dropout whose masks come from a seeded stream on the host, a fresh one for every training call.
 *
 *     training: x * mask, mask = 0 with chance rate, else 1 / (1 - rate); otherwise: x
 *
 * tfjs's `dropout({ seed })` repeats one mask at every call, and without a seed no run can be repeated. The rate has a
 * resolution of 1/65536. Two layers with one seed draw the same masks: give each its own, or hand streams out with
 * `reseedLayers`, as the trainers do.
 *
 * @see Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (2014)
 * @example
 * const layer = new SeededDropout({ rate: 0.5, seed: 1 });
 * max(layer.apply(ones([100]), { training: true }) as Tensor); // 2
 */
export class SeededDropout extends /* @__PURE__ */ layerBase() implements Reseedable {
  /** Name in saved models. */
  static className = 'MinimartSeededDropout';
  /** Share of the elements that a training call drops. */
  readonly rate: number;
  /** Seed of the layer's own stream. */
  readonly seed: number;
  private rng: Rng;

  /**
   * @param config - The rate, a seed, and what every layer takes.
   * @throws RangeError when the rate is not in [0, 1) or the seed not a safe integer.
   */
  constructor(config: SeededDropoutConfig) {
    // A class that extends this one may have options of its own.
    if (new.target === SeededDropout) requireOptions('SeededDropout', config ?? {}, configNames(), 'config');
    super(config);
    requireBetween('SeededDropout', 'rate', config.rate, 0, 1);
    this.rate = config.rate;
    this.seed = config.seed ?? 0;
    if (!Number.isSafeInteger(this.seed)) refuse('SeededDropout', 'seed', 'be a safe integer', this.seed);
    this.rng = createRng(this.seed);
    this.supportsMasking = true;
  }

  /** Takes all further masks from `rng`, which the caller may share, save and restore. */
  reseed(rng: Rng): void {
    this.rng = rng;
  }

  /** Drops elements when called with `{ training: true }`, and returns the input otherwise. */
  override call(inputs: Tensor | Tensor[], callArguments: LayerCallArguments = {}): Tensor {
    const x = onlyTensor('SeededDropout', inputs);
    if (!callArguments.training || this.rate === 0) return x;
    return tidy(() => mul(x, dropoutMask(this.rng, x.shape, this.rate)));
  }

  /** What a saved model holds of this layer. */
  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate, seed: this.seed };
  }
}

/**
 * Makes a {@link SeededDropout} layer.
 *
 * @param config - The rate, a seed, and what every layer takes.
 * @returns A layer for a tfjs model; `registerLayers()` lets tfjs load models that contain it.
 * @throws RangeError when the rate is not in [0, 1) or the seed not a safe integer.
 * @example
 * seededDropout({ rate: 0.5 }).apply(tensor1d([1, 2])); // [1, 2]: nothing is dropped outside training
 */
export function seededDropout(config: SeededDropoutConfig): SeededDropout {
  requireOptions('seededDropout', config ?? {}, configNames(), 'config');
  return new SeededDropout(config);
}

function configNames(): OptionNames<SeededDropoutConfig> {
  return { ...layerConfigNames(), rate: true, seed: true };
}
