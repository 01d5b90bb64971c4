import { mul, type serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireBetween, requireGivenSeed } from '../../internal/require.js';
import { createRng, type Rng } from '../../random/rng.js';
import { dropoutMask } from '../dropout-mask.js';
import { type LayerCallArguments, type LayerConfig, layerBase, layerConfigNames, onlyTensor } from '../layer-base.js';
import type { Reseedable } from '../models/reseed-layers.js';

type Config = NonNullable<Parameters<typeof seededDropout>[0]>;

/** What {@link seededDropout} makes. */
export class SeededDropout extends /* @__PURE__ */ layerBase() implements Reseedable {
  /** Name in saved models. */
  static className = 'MinimartSeededDropout';
  /** Share of the elements that a training call drops. */
  readonly rate: number;
  /** Seed of the layer's own stream. */
  readonly seed: number;
  private rng: Rng;

  constructor(config: Config) {
    requireOptions('SeededDropout', config ?? {}, configNames(), 'config');
    super(config);
    requireBetween('SeededDropout', 'rate', config.rate, 0, 1);
    this.rate = config.rate;
    this.seed = config.seed ?? 0;
    requireGivenSeed('SeededDropout', this.seed);
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
 * Dropout whose masks come from a seeded stream on the host, a fresh one for every training call.
 *
 *     training: x * mask, mask = 0 with chance rate, else 1 / (1 - rate); otherwise: x
 *
 * tfjs's `dropout({ seed })` repeats one mask at every call, and without a seed no run can be repeated. The rate has a
 * resolution of 1/65536. Two layers with one seed draw the same masks: give each its own, or hand streams out with
 * `reseedLayers`, as the trainers do.
 *
 * @param config - The rate, a seed, and what every layer takes.
 * @returns A layer for a tfjs model; `registerLayers()` lets tfjs load models that contain it.
 * @throws RangeError when the rate is not in [0, 1) or the seed not a safe integer.
 * @see Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (2014)
 * @example
 * seededDropout({ rate: 0.5 }).apply(tensor1d([1, 2])); // [1, 2]: nothing is dropped outside training
 * @example
 * const layer = seededDropout({ rate: 0.5, seed: 1 });
 * max(layer.apply(ones([100]), { training: true }) as Tensor); // 2
 */
export function seededDropout(
  config: LayerConfig & {
    /** Share of the elements that a training call drops, in [0, 1). */
    readonly rate: number;
    /** Seed of the layer's own stream, used until `reseed`. Default 0. */
    readonly seed?: number;
  },
): layers.Layer & Reseedable {
  requireOptions('seededDropout', config ?? {}, configNames(), 'config');
  return new SeededDropout(config);
}

function configNames(): OptionNames<Config> {
  return { ...layerConfigNames(), rate: true, seed: true };
}
