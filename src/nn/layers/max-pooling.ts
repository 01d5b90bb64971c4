import { type serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { layers, Shape } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { maxPool } from '../images/max-pool.js';
import { type LayerConfig, layerBase, layerConfigNames, onlyTensor } from '../layer-base.js';
import { imageShape, pairOf } from './image-shape.js';

type Config = NonNullable<Parameters<typeof maxPooling>[0]>;

/** What {@link maxPooling} makes. */
export class MaxPooling extends /* @__PURE__ */ layerBase() {
  /** Name in saved models. */
  static className = 'MinimartMaxPooling';
  /** Rows and columns of a window. */
  readonly size: readonly [number, number];

  constructor(config: Config = {}) {
    requireOptions('MaxPooling', config, configNames(), 'config');
    super(config);
    this.size = pairOf('MaxPooling', 'size', config.size ?? 2);
  }

  /** `[B, rows, columns, C]` for `[B, H, W, C]`. */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, height, width, channels] = imageShape('MaxPooling', inputShape);
    const windows = (length: number | null, size: number) => (length === null ? null : Math.floor(length / size));
    return [batch, windows(height, this.size[0]), windows(width, this.size[1]), channels];
  }

  /** Keeps the greatest elements of one batch of images. */
  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = onlyTensor('MaxPooling', inputs);
    return tidy(() => maxPool(x, this.size));
  }

  /** What a saved model holds of this layer. */
  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), size: [...this.size] };
  }
}

/**
 * Makes a layer that keeps the greatest element of each window of images `[B, H, W, C]`, and can be differentiated twice.
 *
 * Windows lie side by side; rows and columns that fill none are left out. Of equal elements the first one has the
 * gradient. The second derivative of tfjs's own maxPooling2d throws.
 *
 * @param config - The size of the windows, and what every layer takes.
 * @returns A layer for a tfjs model; `registerLayers()` lets tfjs load models that contain it.
 * @throws RangeError when a size is no positive integer.
 * @example
 * maxPooling().apply(tensor4d([1, 2, 3, 6], [1, 2, 2, 1])); // [[[[6]]]]
 * @example
 * maxPooling({ size: 3 }).computeOutputShape([null, 8, 8, 1]); // [null, 2, 2, 1]
 */
export function maxPooling(
  config: LayerConfig & {
    /** Rows and columns of a window, and from one window to the next. Default 2. */
    readonly size?: number | readonly [number, number];
  } = {},
): layers.Layer {
  requireOptions('maxPooling', config, configNames(), 'config');
  return new MaxPooling(config);
}

function configNames(): OptionNames<Config> {
  return { ...layerConfigNames(), size: true };
}
