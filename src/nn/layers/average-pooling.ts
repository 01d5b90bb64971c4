import { type serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { layers, Shape } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireOneOf } from '../../internal/require.js';
import { averagePool, type PoolWindow } from '../images/average-pool.js';
import { type LayerConfig, layerBase, layerConfigNames, onlyTensor } from '../layer-base.js';
import { imageShape, pairOf } from './image-shape.js';

type Config = NonNullable<Parameters<typeof averagePooling>[0]>;

/** What {@link averagePooling} makes. */
export class AveragePooling extends /* @__PURE__ */ layerBase() {
  /** Name in saved models. */
  static className = 'MinimartAveragePooling';
  /** The windows. */
  readonly window: PoolWindow;

  constructor(config: Config = {}) {
    requireOptions('AveragePooling', config, configNames(), 'config');
    super(config);
    const size = pairOf('AveragePooling', 'size', config.size ?? 2);
    const strides = pairOf('AveragePooling', 'strides', config.strides ?? size);
    const padding = config.padding ?? 'valid';
    requireOneOf('AveragePooling', 'padding', ['valid', 'same'], padding);
    this.window = { size, strides, padding };
  }

  /** `[B, rows, columns, C]` for `[B, H, W, C]`. */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, height, width, channels] = imageShape('AveragePooling', inputShape);
    return [batch, this.windows(height, 0), this.windows(width, 1), channels];
  }

  /** Averages the windows of one batch of images. */
  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = onlyTensor('AveragePooling', inputs);
    return tidy(() => averagePool(x, this.window));
  }

  /** What a saved model holds of this layer. */
  override getConfig(): serialization.ConfigDict {
    const { size, strides, padding } = this.window;
    return { ...super.getConfig(), size: [...size], strides: [...strides], padding };
  }

  private windows(length: number | null, axis: 0 | 1): number | null {
    if (length === null) return null;
    const { size, strides, padding } = this.window;
    const room = padding === 'same' ? length : length - size[axis] + 1;
    return Math.max(Math.ceil(room / strides[axis]), 0);
  }
}

/**
 * Makes a layer that averages windows of images `[B, H, W, C]`, and can be differentiated twice.
 *
 * The second derivative of tfjs's own averagePooling2d throws. With padding `'same'` its first one is wrong too where a
 * window reaches over the edge.
 *
 * @param config - The windows, and what every layer takes.
 * @returns A layer for a tfjs model; `registerLayers()` lets tfjs load models that contain it.
 * @throws RangeError when a size or stride is no positive integer or the padding unknown.
 * @example
 * averagePooling().apply(tensor4d([1, 2, 3, 6], [1, 2, 2, 1])); // [[[[3]]]]
 * @example
 * averagePooling({ size: [1, 2] }).computeOutputShape([null, 8, 8, 3]); // [null, 8, 4, 3]
 */
export function averagePooling(
  config: LayerConfig & {
    /** Rows and columns of a window. Default 2. */
    readonly size?: number | readonly [number, number];
    /** Rows and columns from one window to the next. Default: `size`, windows side by side. */
    readonly strides?: number | readonly [number, number];
    /**
     * `'valid'`: windows that reach over the edge are left out. `'same'`: they average what is inside, and the output has
     * H / strides rows, rounded up. Default `'valid'`.
     */
    readonly padding?: 'valid' | 'same';
  } = {},
): layers.Layer {
  requireOptions('averagePooling', config, configNames(), 'config');
  return new AveragePooling(config);
}

function configNames(): OptionNames<Config> {
  return { ...layerConfigNames(), size: true, strides: true, padding: true };
}
