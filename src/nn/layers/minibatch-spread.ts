import {
  add,
  concat,
  mean,
  reshape,
  type serialization,
  sqrt,
  square,
  sub,
  type Tensor,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import type { layers, Shape } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requirePositiveInteger } from '../../internal/require.js';
import { type LayerConfig, layerBase, layerConfigNames, onlyTensor } from '../layer-base.js';

type Config = NonNullable<Parameters<typeof minibatchSpread>[0]>;

/** What {@link minibatchSpread} makes. */
export class MinibatchSpread extends /* @__PURE__ */ layerBase() {
  /** Name in saved models. */
  static className = 'MinimartMinibatchSpread';
  /** Samples in a group, where the batch can be divided so. */
  readonly group: number;

  constructor(config: Config = {}) {
    requireOptions('MinibatchSpread', config, configNames(), 'config');
    super(config);
    this.group = config.group ?? 4;
    requirePositiveInteger('MinibatchSpread', 'group', this.group);
    if (this.group < 2) refuse('MinibatchSpread', 'group', 'be at least 2', this.group);
  }

  /**
   * The shape of the input with one more on the last axis.
   *
   * @throws RangeError when the input is not `[B, D]` or `[B, H, W, C]`.
   */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape;
    if (shape.length !== 2 && shape.length !== 4) {
      refuse('MinibatchSpread', 'inputs', 'have the shape [B, D] or [B, H, W, C]', shape);
    }
    const last = shape.at(-1)!;
    return [...shape.slice(0, -1), last === null ? null : last + 1];
  }

  /** Puts the spread behind the features of one batch. */
  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = onlyTensor('MinibatchSpread', inputs);
    return tidy(() => concat([x, this.spreadOf(x)], -1));
  }

  /** What a saved model holds of this layer. */
  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), group: this.group };
  }

  // One for each place of each sample.
  private spreadOf(x: Tensor): Tensor {
    const [batch = 0, ...rest] = x.shape.slice(0, -1);
    const places = rest.reduce((product, size) => product * size, 1);
    const members = groupSize(batch, this.group);
    const groups = reshape(x, [batch / members, members, -1]);
    const deviations = sqrt(add(mean(square(sub(groups, mean(groups, 1, true))), 1, true), 1e-8));
    const spread = mean(deviations, 2, true);
    // A sum with zeros repeats it for each sample and place.
    return reshape(add(spread, zeros([batch / members, members * places, 1])), [batch, ...rest, 1]);
  }
}

/**
 * Minibatch standard deviation: lets a discriminator see how much the samples of a batch differ, so that a generator which
 * makes the same sample over and over is found out.
 *
 *     mean over the features of sqrt(variance over the group + 1e-8)
 *
 * stands behind the features of each sample of a group, as one more feature of `[B, D]` or one more map of `[B, H, W, C]`.
 * A group is `group` samples that follow one another. Where the batch cannot be divided so, groups are made of the least
 * larger number of samples that does divide it, at worst the whole batch: smaller groups would show less difference than
 * there is, and a group of one none. The variance is the mean square deviation.
 *
 * The samples of a batch are judged together, in training and outside it, so that gradient penalties, which look at
 * samples one by one, mean less behind this layer.
 *
 * @param config - The size of a group, and what every layer takes.
 * @returns A layer for a tfjs model; `registerLayers()` lets tfjs load models that contain it.
 * @throws RangeError when the size of a group is no integer of at least 2.
 * @see Karras et al., "Progressive Growing of GANs for Improved Quality, Stability, and Variation" (2018)
 * @example
 * const batch = zeros([8, 3]);
 * (minibatchSpread().apply(batch) as Tensor).shape; // [8, 4]
 * @example
 * // Deviations of the two columns: 1 and 3.
 * minibatchSpread({ group: 2 }).apply(tensor2d([[0, 5], [2, 11]])); // [[0, 5, 2], [2, 11, 2]]
 */
export function minibatchSpread(
  config: LayerConfig & {
    /** Samples in a group, >= 2. Default 4, as in the paper's own program. */
    readonly group?: number;
  } = {},
): layers.Layer {
  requireOptions('minibatchSpread', config, configNames(), 'config');
  return new MinibatchSpread(config);
}

// The least divisor of the batch that is not less than what was asked for.
function groupSize(batch: number, group: number): number {
  let size = Math.min(group, batch);
  while (batch % size !== 0) size += 1;
  return size;
}

function configNames(): OptionNames<Config> {
  return { ...layerConfigNames(), group: true };
}
